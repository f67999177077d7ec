import { describe, expect, test } from 'vitest'
import type { KubeObject } from '../../src/cluster/object.ts'
import { sortBy } from '../../src/kubectl/sort-by.ts'
import { parseWaitCondition } from '../../src/kubectl/wait-condition.ts'

const object = (status: unknown, generation = 1): KubeObject =>
  ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', generation }, status }) as unknown as KubeObject

const READY = object({
  phase: 'Running',
  readyReplicas: 3,
  conditions: [
    { type: 'Ready', status: 'True' },
    { type: 'Old', status: 'True', observedGeneration: 0 },
  ],
  loadBalancer: { ingress: [{ ip: '203.0.113.1' }] },
})

describe('what wait waits for', () => {
  test.each([
    ['condition=Ready', true],
    ['condition=ready=True', true],
    ['condition=Ready=false', false],
    ['condition=Nope', false],
    ['condition=Old', false],
    ['jsonpath={.status.phase}=Running', true],
    ['jsonpath=.status.phase=Running', true],
    ["jsonpath='{.status.phase}'=Running", 'unexpected path'],
    ['jsonpath={.status.phase}="Running"', true],
    ['jsonpath={.status.readyReplicas}=3', true],
    ['jsonpath={.status.readyReplicas}=2', false],
    ['jsonpath={.status.loadBalancer.ingress}', true],
    ['jsonpath={.status.nope}', false],
    ['jsonpath={.status.conditions[?(@.type=="Ready")].status}=True', true],
    ['jsonpath={.status.loadBalancer}=x', 'jsonpath leads to a nested object or list which is not supported'],
    ['jsonpath={.status.conditions[*].type}=x', 'given jsonpath expression matches more than one value'],
    ['jsonpath=', 'jsonpath expression cannot be empty'],
    ['jsonpath={.a}=', 'jsonpath wait has to have a value after equal sign'],
    ['ready', 'unrecognized condition: "ready"'],
  ])('%s', (text, expected) => {
    const outcome = () => {
      const condition = parseWaitCondition(text)
      return condition.type === 'holds' && condition.of(READY)
    }
    if (typeof expected === 'string') expect(outcome).toThrow(expected)
    else expect(outcome()).toBe(expected)
  })

  test('what the controller has not seen yet does not count', () => {
    const condition = parseWaitCondition('condition=Available')
    const status = { observedGeneration: 1, conditions: [{ type: 'Available', status: 'True' }] }
    expect(condition.type === 'holds' && condition.of(object(status, 1))).toBe(true)
    expect(condition.type === 'holds' && condition.of(object(status, 2))).toBe(false)
  })

  test('create and delete', () => {
    expect(parseWaitCondition('delete')).toEqual({ type: 'delete' })
    expect(parseWaitCondition('CREATE')).toEqual({ type: 'create' })
  })
})

describe('sort-by', () => {
  const order = (path: string, ...values: unknown[]) =>
    sortBy(values, path, (value) => ({ value })).map((value) => value)

  test.each([
    ['.value', [3, 10, 2], [2, 3, 10]],
    ['{.value}', ['b', 'B', 'a'], ['B', 'a', 'b']],
    ['.value', ['1Gi', '64Mi', '2'], ['2', '64Mi', '1Gi']],
    ['.value', ['b', undefined, 'a'], [undefined, 'a', 'b']],
  ])('%s of %o', (path, values, sorted) => {
    expect(order(path, ...values)).toEqual(sorted)
  })

  test('a path that no object has', () => {
    expect(() => order('.nope', 1, 2)).toThrow(`couldn't find any field with path "{.nope}" in the list of objects`)
    expect(order('.nope')).toEqual([])
  })
})
