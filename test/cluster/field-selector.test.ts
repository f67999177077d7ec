import { describe, expect, test } from 'vitest'
import { fieldMatcher, parseFieldSelector } from '../../src/cluster/field-selector.ts'
import { type Kind, kinds } from '../../src/cluster/kinds/index.ts'
import type { KindDefinition, KubeObject } from '../../src/cluster/object.ts'
import { SelectorError } from '../../src/cluster/selector.ts'

const pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', namespace: 'shop', uid: 'u', creationTimestamp: '2026-11-23T08:00:00Z' },
  spec: { containers: [], nodeName: 'node-1' },
  status: { phase: 'Running', podIP: '10.244.1.2' },
} as unknown as KubeObject

const matches = (kind: Kind, selector: string, object: KubeObject): boolean =>
  fieldMatcher(kinds[kind] as KindDefinition, parseFieldSelector(selector))(object)

describe('field selectors', () => {
  test.each([
    ['', true],
    ['metadata.name=web', true],
    ['metadata.name==web', true],
    ['metadata.name!=web', false],
    ['metadata.namespace=shop,status.phase!=Pending', true],
    ['status.phase=Running,spec.nodeName=node-2', false],
    ['status.podIP=10.244.1.2', true],
    ['spec.restartPolicy=Always', true],
    ['metadata.name=a\\,b', false],
  ])('%s is %s', (selector, expected) => {
    expect(matches('Pod', selector, pod)).toBe(expected)
  })

  test.each([
    ['status.phase', "invalid selector: 'status.phase'; can't understand 'status.phase'"],
    ['a=b=c', 'invalid field selector: unescaped character in value: 61'],
    ['a=\\x', 'invalid field selector: invalid escape sequence: \\x'],
  ])('%s is none', (selector, message) => {
    expect(() => parseFieldSelector(selector)).toThrow(new SelectorError(message))
  })

  test('a kind can be selected by its own fields only', () => {
    expect(() => matches('Pod', 'spec.image=x', pod)).toThrow('field label not supported: spec.image')
    expect(() => matches('Pod', '__proto__=x', pod)).toThrow('field label not supported: __proto__')
    expect(() => matches('Deployment', 'spec.replicas=1', pod)).toThrow(
      '"spec.replicas" is not a known field selector: only "metadata.name", "metadata.namespace"',
    )
  })
})
