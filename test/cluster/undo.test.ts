import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Cluster } from '../../src/cluster/cluster.ts'
import { apply, diff, equal } from '../../src/cluster/delta.ts'
import type { ConfigMap } from '../../src/cluster/kinds/config-map.ts'

/** All belong to one owner, so that they are told relative to one another. */
const ownerReferences = [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'owner', uid: 'owner' }]

const configMap = (name: string, data: Record<string, string>): ConfigMap => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'default', uid: name, creationTimestamp: '2026-01-01T00:00:00Z', ownerReferences },
  data,
})

const contents = (cluster: Cluster) =>
  Object.fromEntries(cluster.store.list('ConfigMap').map(({ metadata, data }) => [metadata.name, data]))

describe('delta', () => {
  test('apply is the inverse of diff for any two JSON values', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (value, base) => {
        const delta = diff(value, base)
        expect(equal(delta === undefined ? base : apply(base, delta), value)).toBe(true)
      }),
    )
  })

  test('items that stayed are told by their position', () => {
    const base = [{ ip: 'a' }, { ip: 'b' }, { ip: 'c' }]
    expect(diff([{ ip: 'c' }, { ip: 'a' }], base)).toEqual([[2, 0], 0])
    expect(diff([...base, { ip: 'd' }], base)).toEqual([[[0, 2], [{ ip: 'd' }]], 0])
  })

  test('a member named __proto__ is a member like any other', () => {
    const value = JSON.parse('{"data":{"__proto__":"x"}}')
    expect(JSON.stringify(apply({}, diff(value, {})!))).toBe('{"data":{"__proto__":"x"}}')
  })
})

describe('undo', () => {
  const operation = fc.record({
    name: fc.constantFrom('a', 'b', 'c'),
    data: fc.option(fc.dictionary(fc.constantFrom('k', 'l'), fc.string()), { nil: null }),
  })

  test('any history of steps leads back, also through storage', () => {
    fc.assert(
      fc.property(fc.array(fc.array(operation, { minLength: 1 }), { maxLength: 8 }), fc.boolean(), (steps, stored) => {
        let cluster = new Cluster({ clock: 0 }, [])
        const expected: unknown[] = []
        for (const step of steps) {
          const before = contents(cluster)
          const version = cluster.version
          cluster.begin({ author: 'you', line: 'step' })
          for (const { name, data } of step) {
            if (data) cluster.put(configMap(name, data))
            else cluster.remove(`ConfigMap/default/${name}`)
          }
          cluster.commit()
          if (cluster.version !== version) expected.push(before)
          if (stored) cluster = new Cluster(JSON.parse(JSON.stringify(cluster.snapshot())), [])
        }
        while (expected.length > 0) {
          expect(cluster.undo()).not.toBe(undefined)
          expect(contents(cluster)).toEqual(expected.pop())
        }
        expect(cluster.undo()).toBe(undefined)
      }),
    )
  })

  test('a step that changed nothing but settings is a new version, and so is its undo', () => {
    const cluster = new Cluster({ clock: 0 }, [])
    const before = cluster.version
    cluster.begin({ author: 'a', line: 'open' })
    cluster.configure({ firewall: ['30080/TCP'] })
    cluster.commit()
    const opened = cluster.version
    expect(opened).toBeGreaterThan(before)
    cluster.undo()
    expect(cluster.settings.firewall).toEqual([])
    expect(cluster.version).toBeGreaterThan(opened)
  })
})
