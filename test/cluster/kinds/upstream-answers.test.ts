import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { create, listObjects, read, update, type Written } from '../../../src/cluster/api.ts'
import { Cluster } from '../../../src/cluster/cluster.ts'
import { ApiError, formatFieldError } from '../../../src/cluster/errors.ts'
import type { StoredEvents } from '../../../src/cluster/events.ts'
import { type Kind, kinds } from '../../../src/cluster/kinds/index.ts'
import type { Service } from '../../../src/cluster/kinds/service.ts'
import type { KindDefinition, KubeObject } from '../../../src/cluster/object.ts'
import { sortedMap } from '../../../src/cluster/quote.ts'
import { renderDescription } from '../../../src/kubectl/output/describe.ts'
import { quietCluster } from '../world.ts'

const recorded = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`../../fixtures/api-server/${name}.json`, import.meta.url), 'utf8'))

/** Which address or text it is does not matter, only that the range refuses it. */
const OUT_OF_RANGE = /the provided IP .*$/

function answerOf(write: () => Written<KubeObject>): { written?: Written<KubeObject>; answer: unknown } {
  try {
    const written = write()
    return { written, answer: { warnings: written.warnings } }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    if (!error.invalid) return { answer: { error: error.message } }
    const causes = error.invalid.causes.map(
      (cause) =>
        formatFieldError(cause)
          .replace(OUT_OF_RANGE, 'the provided network does not match the current range')
          .split('\n')[0],
    )
    return { answer: { causes: [...new Set(causes)].sort() } }
  }
}

const title = ({ kind }: KubeObject, answer: object, index: number) =>
  `${index} ${kind}: ${JSON.stringify(answer).replace(/%/g, '%%').slice(0, 140)}`

describe('objects that are created (R-ERR-1, R-ERR-2, R-ERR-4)', () => {
  const cases = recorded<({ object: KubeObject } & object)[]>('creates')
  test.each(cases.map(({ object, ...answer }, index) => [title(object, answer, index), object, answer]))(
    '%s',
    (_, object, answer) => {
      expect(answerOf(() => create(quietCluster(), object)).answer).toEqual(answer)
    },
  )
})

describe('objects that replace others (R-ERR-2)', () => {
  const cases = recorded<({ old: KubeObject; object: KubeObject } & object)[]>('updates')
  test.each(cases.map(({ old, object, ...answer }, index) => [title(object, answer, index), old, object, answer]))(
    '%s',
    (_, old, object, answer) => {
      const cluster = quietCluster()
      create(cluster, old)
      expect(answerOf(() => update(cluster, object)).answer).toEqual(answer)
    },
  )
})

describe('Services, their addresses and ports (R-SVC-6…16)', () => {
  const OTHER = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'other' },
    spec: { type: 'NodePort', clusterIP: '10.96.0.10', ports: [{ port: 1, nodePort: 30080 }] },
  }
  const CHOSEN = '10.96.0.50'
  const LAST_CHOSEN_PORT = 30_100

  function withoutChance({ spec, status }: Service) {
    const chance = spec.clusterIP && spec.clusterIP !== 'None' && spec.clusterIP !== CHOSEN
    const port = (number: number | undefined) => (number !== undefined && number > LAST_CHOSEN_PORT ? 'N' : number)
    return {
      spec: {
        ...spec,
        ...(chance && { clusterIP: 'IP', clusterIPs: ['IP'] }),
        ...(spec.ports && {
          ports: spec.ports.map((each) => ({ ...each, ...(each.nodePort && { nodePort: port(each.nodePort) }) })),
        }),
        ...(spec.healthCheckNodePort && { healthCheckNodePort: port(spec.healthCheckNodePort) }),
      },
      status,
    }
  }

  type Step = { op: 'create' | 'update'; object: KubeObject } & object
  const cases = recorded<Step[][]>('services')
  test.each(cases.map((steps, index) => [title(steps[0]!.object, steps, index), steps] as const))('%s', (_, steps) => {
    const cluster = quietCluster()
    create(cluster, OTHER)
    for (const { op, object, ...expected } of steps) {
      const { written, answer } = answerOf(() => (op === 'create' ? create : update)(cluster, object))
      expect({ ...(answer as object), ...(written && withoutChance(written.object as Service)) }).toEqual(expected)
    }
  })
})

describe('tables and descriptions (R-SVC-20, R-ING-61, R-ING-62)', () => {
  interface Recorded {
    now: number
    objects: KubeObject[]
    events: StoredEvents
    expected: { kind: Kind; namespace?: string; name: string; describe: string; cells: string[] }[]
  }
  const { now, objects, events, expected } = recorded<Recorded>('described')
  const cluster = new Cluster({ clock: now, objects, events }, [])

  test.each(expected.map((item) => [`${item.kind} ${item.name}`, item] as const))('%s', (_, item) => {
    const definition: KindDefinition = kinds[item.kind]
    const object =
      cluster.get(item.kind, item.namespace, item.name) ?? read(cluster, item.kind, item.namespace, item.name)
    expect(renderDescription(definition, object, cluster, { events: true })).toBe(item.describe)
    const shown = read(cluster, item.kind, item.namespace, item.name)
    expect(definition.columns.map(({ cell }) => cell(shown, cluster))).toEqual(item.cells)
  })

  test('what is shown can be sent back and changes nothing', () => {
    const writable = (Object.keys(kinds) as Kind[]).filter((kind) => !(kinds[kind] as KindDefinition).computed)
    for (const kind of writable)
      for (const shown of listObjects(cluster, kind)) {
        const { name, namespace } = shown.metadata
        const before = cluster.get(kind, namespace, name)
        update(cluster, JSON.parse(JSON.stringify(shown)))
        expect(withoutVersion(cluster.get(kind, namespace, name)!)).toEqual(withoutVersion(before!))
      }
  })
})

const withoutVersion = ({ metadata: { resourceVersion: _, ...metadata }, ...rest }: KubeObject) =>
  sortedMap({ ...rest, metadata } as Record<string, unknown>)
