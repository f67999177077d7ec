import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { equal } from '../../../src/cluster/delta.ts'
import { withoutNulls } from '../../../src/kubectl/patch/json.ts'
import { jsonPatch } from '../../../src/kubectl/patch/json-patch.ts'
import { mergeDiff, mergePatch } from '../../../src/kubectl/patch/merge-patch.ts'

describe('merge patch', () => {
  test.each<[unknown, unknown, unknown]>([
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b' }, { a: null }, {}],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    [
      ['a', 'b'],
      ['c', 'd'],
      ['c', 'd'],
    ],
    [{ a: 'b' }, ['c'], ['c']],
    [{ a: 'foo' }, null, null],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [[1, 2], { a: 'b', c: null }, { a: 'b' }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ])('RFC 7386: %j with %j is %j', (target, patch, result) => {
    expect(mergePatch(target, patch)).toEqual(result)
  })

  test('the difference of two documents without null turns the one into the other', () => {
    const document = fc.dictionary(fc.string(), fc.jsonValue()).map((value) => withoutNulls(value) as object)
    fc.assert(
      fc.property(document, document, (original, modified) => {
        const patch = mergeDiff(original as never, modified as never, equal)
        expect(equal(withoutNulls(mergePatch(original, patch)), modified)).toBe(true)
      }),
    )
  })
})

describe('JSON patch', () => {
  const web = { metadata: { labels: { app: 'web', 'a/b': 'x' } }, spec: { replicas: 3, ports: [80, 443] } }

  test.each<[string, object[], unknown]>([
    [
      'add a member',
      [{ op: 'add', path: '/spec/paused', value: true }],
      { ...web, spec: { ...web.spec, paused: true } },
    ],
    [
      'add in the middle',
      [{ op: 'add', path: '/spec/ports/1', value: 81 }],
      { ...web, spec: { replicas: 3, ports: [80, 81, 443] } },
    ],
    [
      'add at the end',
      [{ op: 'add', path: '/spec/ports/-', value: 81 }],
      { ...web, spec: { replicas: 3, ports: [80, 443, 81] } },
    ],
    ['replace', [{ op: 'replace', path: '/spec/replicas', value: 5 }], { ...web, spec: { ...web.spec, replicas: 5 } }],
    [
      'replace what is not there',
      [{ op: 'replace', path: '/spec/x', value: 5 }],
      { ...web, spec: { ...web.spec, x: 5 } },
    ],
    [
      'replace from the end',
      [{ op: 'replace', path: '/spec/ports/-1', value: 1 }],
      { ...web, spec: { replicas: 3, ports: [80, 1] } },
    ],
    ['remove', [{ op: 'remove', path: '/metadata/labels/a~1b' }], { ...web, metadata: { labels: { app: 'web' } } }],
    ['remove an item', [{ op: 'remove', path: '/spec/ports/0' }], { ...web, spec: { replicas: 3, ports: [443] } }],
    [
      'move',
      [{ op: 'move', from: '/spec/ports/0', path: '/spec/ports/-' }],
      { ...web, spec: { replicas: 3, ports: [443, 80] } },
    ],
    ['copy', [{ op: 'copy', from: '/spec/replicas', path: '/spec/x' }], { ...web, spec: { ...web.spec, x: 3 } }],
    ['test', [{ op: 'test', path: '/spec/replicas', value: 3 }], web],
    ['test for absence', [{ op: 'test', path: '/spec/x', value: null }], web],
    ['replace all', [{ op: 'replace', path: '', value: {} }], {}],
  ])('%s', (_title, patch, result) => {
    expect(jsonPatch(web, patch)).toEqual(result)
  })

  test.each<[string, unknown]>([
    ['testing value /spec/replicas failed: test failed', [{ op: 'test', path: '/spec/replicas', value: 4 }]],
    ['Unable to remove nonexistent key: x: missing value', [{ op: 'remove', path: '/spec/x' }]],
    ['doc is missing path: "/x/y": missing value', [{ op: 'add', path: '/x/y', value: 1 }]],
    ['Unable to access invalid index: 7: invalid index referenced', [{ op: 'add', path: '/spec/ports/7', value: 1 }]],
    ["'x' is no index of a list", [{ op: 'replace', path: '/spec/ports/x', value: 1 }]],
    ['doc is missing from path: /x: missing value', [{ op: 'copy', from: '/x', path: '/y' }]],
    ['Unexpected kind: merge', [{ op: 'merge', path: '/x' }]],
    ['add operation failed to decode path: missing value', [{ op: 'add', value: 1 }]],
    ['a JSON patch is a list of operations', { op: 'add' }],
    ['an operation of a JSON patch is an object', ['add']],
  ])('refused: %s', (message, patch) => {
    expect(() => jsonPatch(web, patch)).toThrow(message)
  })

  test('a refused operation changes nothing of what came before it', () => {
    const before = JSON.stringify(web)
    expect(() =>
      jsonPatch(web, [
        { op: 'remove', path: '/spec' },
        { op: 'remove', path: '/spec' },
      ]),
    ).toThrow('missing value')
    expect(JSON.stringify(web)).toBe(before)
  })

  test('whatever the patch, the document stays as it was', () => {
    const path = fc.constantFrom(
      '',
      '/spec',
      '/spec/ports',
      '/spec/ports/0',
      '/spec/ports/-',
      '/metadata/labels/app',
      '/x/y',
    )
    const op = fc.record({
      op: fc.constantFrom('add', 'remove', 'replace', 'move', 'copy', 'test'),
      path,
      from: path,
      value: fc.jsonValue(),
    })
    fc.assert(
      fc.property(fc.array(op, { maxLength: 5 }), (patch) => {
        const before = JSON.stringify(web)
        try {
          jsonPatch(web, patch)
        } catch (error) {
          expect((error as Error).name).toBe('PatchError')
        }
        expect(JSON.stringify(web)).toBe(before)
      }),
    )
  })
})
