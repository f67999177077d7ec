import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { equal } from '../../../src/cluster/delta.ts'
import { kinds } from '../../../src/cluster/kinds/index.ts'
import { compactJson } from '../../../src/kubectl/output/json.ts'
import { isObject, type JsonObject } from '../../../src/kubectl/patch/json.ts'

import { fieldsOf, type PatchRule, type PatchSchema, patchSchemaOf, ruleOf } from '../../../src/kubectl/patch/schema.ts'
import { strategicDiff } from '../../../src/kubectl/patch/strategic-diff.ts'
import { strategicMerge } from '../../../src/kubectl/patch/strategic-merge.ts'
import { threeWayMergePatch, threeWayPatch, type Versions } from '../../../src/kubectl/patch/three-way.ts'
import { deployments } from './documents.ts'

const deployment = patchSchemaOf('apps.v1.Deployment')!
const pod = patchSchemaOf('core.v1.Pod')!

interface Recorded extends Partial<Versions> {
  operation: 'diff' | 'merge' | 'three' | 'three-json'
  message: string
  patch?: JsonObject
  result: JsonObject
}

const run = ({ operation, message, original = {}, modified = {}, current = {}, patch = {} }: Recorded): JsonObject => {
  const schema = patchSchemaOf(message)!
  if (operation === 'diff') return strategicDiff(original, modified, schema)
  if (operation === 'merge') return strategicMerge(original, patch, schema)
  const versions = { original, modified, current }
  return operation === 'three' ? threeWayPatch(versions, schema) : threeWayMergePatch(versions)
}

describe('as k8s.io/apimachinery 0.36 does', () => {
  const recorded = JSON.parse(readFileSync('test/golden/strategic-merge.json', 'utf8')) as Recorded[]

  test.each(recorded.map((one, index) => [index, one.operation, one.message, one] as const))(
    'recorded case %i: %s of a %s',
    (_index, _operation, _message, one) => {
      expect(compactJson(run(one))).toBe(compactJson(one.result))
    },
  )

  test('every kind has its patch rules', () => {
    expect(Object.values(kinds).filter(({ message }) => !patchSchemaOf(message))).toEqual([])
  })
})

describe('for any documents', () => {
  test('the difference of two versions turns the one into the other', () => {
    fc.assert(
      fc.property(deployments, deployments, (original, modified) => {
        const patch = strategicDiff(original, modified, deployment)
        expect(strategicMerge(original, patch, deployment)).toEqual(modified)
      }),
    )
  })

  test('apply keeps what others added, removes what it had applied and sets what it applies', () => {
    fc.assert(
      fc.property(deployments, deployments, deployments, (original, modified, others) => {
        const current = strategicMerge(others, original, deployment)
        const patch = threeWayPatch({ original, modified, current }, deployment)
        const applied = strategicMerge(current, patch, deployment)
        const expected = naiveApply({ original, modified, current }, deployment)
        expect(compactJson(unordered(applied, deployment))).toBe(compactJson(unordered(expected, deployment)))
      }),
    )
  })

  test('applying the same again changes nothing', () => {
    fc.assert(
      fc.property(deployments, deployments, deployments, (original, modified, others) => {
        const current = strategicMerge(others, original, deployment)
        const patch = threeWayPatch({ original, modified, current }, deployment)
        const applied = strategicMerge(current, patch, deployment)
        const again = threeWayPatch({ original: modified, modified, current: applied }, deployment)
        expect(equal(strategicMerge(applied, again, deployment), applied)).toBe(true)
      }),
    )
  })
})

describe('directives', () => {
  const spec = (...containers: object[]) => ({ spec: { containers } })
  const two = spec(
    { name: 'web', image: 'nginx:1' },
    { name: 'sidecar', image: 'envoy', env: [{ name: 'A', value: '1' }] },
  )

  test.each<[string, JsonObject, JsonObject]>([
    [
      'an item is merged by its key and comes first',
      spec({ name: 'sidecar', image: 'envoy:2' }),
      spec({ name: 'web', image: 'nginx:1' }, { name: 'sidecar', image: 'envoy:2', env: [{ name: 'A', value: '1' }] }),
    ],
    ['an item is deleted', spec({ name: 'web', $patch: 'delete' }), spec(two.spec.containers[1]!)],
    ['a list is replaced', spec({ name: 'only' }, { $patch: 'replace' }), spec({ name: 'only' })],
    ['a member is removed by null', { spec: { containers: null } }, { spec: {} }],
    ['an object is replaced', { spec: { $patch: 'replace', hostNetwork: true } }, { spec: { hostNetwork: true } }],
    [
      'the order is set',
      { spec: { '$setElementOrder/containers': [{ name: 'sidecar' }, { name: 'web' }] } },
      spec(two.spec.containers[1]!, two.spec.containers[0]!),
    ],
    ['an absent member is not removed', { spec: { nodeName: null } }, two],
  ])('%s', (_title, patch, result) => {
    expect(strategicMerge(two, patch, pod)).toEqual(result)
  })

  test('a member named __proto__ is a member like any other', () => {
    const patch = JSON.parse('{"metadata":{"labels":{"__proto__":"x"}}}')
    expect(compactJson(strategicMerge({}, patch, pod))).toBe('{"metadata":{"labels":{"__proto__":"x"}}}')
  })

  test.each<[string, JsonObject]>([
    ['map: map[image:x] does not contain declared merge key: name', spec({ image: 'x' })],
    ['unknown patch type: nope in map: map[$patch:nope]', { spec: { $patch: 'nope' } }],
    ['invalid patch format of retainKeys', { spec: { $retainKeys: 'x' } }],
    ['invalid patch format of setElementOrder list', { spec: { $setElementOrder: [] } }],
    ['list element types are not identical: [[map[image:nginx:1 name:web]] [x]]', { spec: { containers: ['x'] } }],
  ])('refused: %s', (message, patch) => {
    const one = spec({ name: 'web', image: 'nginx:1' })
    expect(() => strategicMerge(one, patch, pod)).toThrow(message)
  })
})

/** Three-way apply as one would explain it, without any patch in between. Order of lists aside. */
function naiveApply({ original, modified, current }: Versions, schema: PatchSchema, rule: PatchRule = {}): JsonObject {
  const names = new Set([...Object.keys(current), ...Object.keys(modified)])
  const exclusive = rule.retainKeys === true && !isSubset(modified, current)
  const members = [...names].flatMap((name): [string, unknown][] => {
    if (!Object.hasOwn(modified, name)) {
      const mine = Object.hasOwn(original, name)
      return mine || exclusive ? [] : [[name, current[name]]]
    }
    if (!Object.hasOwn(current, name)) return [[name, modified[name]]]
    return [[name, naiveMember(original[name], modified[name], current[name], ruleOf(schema, name))]]
  })
  return Object.fromEntries(members)
}

const isSubset = (part: JsonObject, whole: JsonObject): boolean =>
  equal(Object.keys(part).sort(), Object.keys(whole).sort())

function naiveMember(original: unknown, modified: unknown, current: unknown, rule: PatchRule): unknown {
  if (isObject(modified) && isObject(current)) {
    const versions = { original: isObject(original) ? original : {}, modified, current }
    return naiveApply(versions, fieldsOf(rule), rule)
  }
  if (!Array.isArray(modified) || !Array.isArray(current) || !rule.merge) return modified
  const before = Array.isArray(original) ? original : []
  const key = (item: unknown) => (rule.mergeKey === undefined ? item : (item as JsonObject)[rule.mergeKey])
  const at = (list: unknown[], wanted: unknown) => list.find((item) => key(item) === wanted)
  const mine = modified.map((item) => {
    const live = at(current, key(item))
    return live === undefined
      ? item
      : naiveMember(at(before, key(item)), item, live, { ...rule, merge: undefined } as never)
  })
  const others = current.filter((item) => at(modified, key(item)) === undefined && at(before, key(item)) === undefined)
  return [...mine, ...others]
}

/** Merged lists sorted by their key, so that only the content is compared. */
function unordered(value: unknown, schema: PatchSchema, rule: PatchRule = {}): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => unordered(item, fieldsOf(rule)))
    return rule.merge ? items.sort((a, b) => (compactJson(a) < compactJson(b) ? -1 : 1)) : items
  }
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const next = ruleOf(schema, name)
      return [name, unordered(member, fieldsOf(next), next)]
    }),
  )
}
