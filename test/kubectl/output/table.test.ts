import { describe, expect, test } from 'vitest'
import { createCluster } from '../../../src/cluster/create.ts'
import type { KindDefinition, KubeObject } from '../../../src/cluster/object.ts'
import { tableHeader, tableRow } from '../../../src/kubectl/output/table.ts'

const definition = {
  kind: 'Deployment',
  group: 'apps',
  version: 'v1',
  plural: 'deployments',
  singular: 'deployment',
  shortNames: ['deploy'],
  namespaced: true,
  columns: [
    { name: 'Name', cell: ({ metadata }: KubeObject) => metadata.name },
    { name: 'Note', cell: ({ metadata }: KubeObject) => metadata.annotations?.note ?? '' },
    { name: 'More', wide: true, cell: () => 'more' },
  ],
} as unknown as KindDefinition

const cluster = createCluster({ seed: 1, clock: 0 })
const object = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop', labels: { tier: 'front', app: 'web' }, annotations: { note: 'x' } },
} as unknown as KubeObject

const table = (options: Parameters<typeof tableHeader>[1], given = object) => [
  tableHeader(definition, options),
  tableRow(definition, given, cluster, options),
]

describe('cells of a table', () => {
  test.each([
    [{}, 'NAME\tNOTE', 'web\tx'],
    [{ wide: true }, 'NAME\tNOTE\tMORE', 'web\tx\tmore'],
    [{ namespace: true }, 'NAMESPACE\tNAME\tNOTE', 'shop\tweb\tx'],
    [{ prefix: true }, 'NAME\tNOTE', 'deployment.apps/web\tx'],
    [{ showLabels: true }, 'NAME\tNOTE\tLABELS', 'web\tx\tapp=web,tier=front'],
    [
      { labelColumns: ['app', 'a.b/tier', 'constructor'] },
      'NAME\tNOTE\tAPP\tTIER\tCONSTRUCTOR',
      'web\tx\tweb\t<none>\t<none>',
    ],
    [{ eventType: 'ADDED' }, 'EVENT\tNAME\tNOTE', 'ADDED   \tweb\tx'],
  ])('%o', (options, header, row) => {
    expect(table(options)).toEqual([header, row])
  })

  test('a cell keeps to its line and its column, and moves no cursor', () => {
    const noted = (note: string) => ({ ...object, metadata: { ...object.metadata, annotations: { note } } })
    expect(table({}, noted('one\ntwo'))[1]).toBe('web\tone...')
    expect(table({}, noted('a\tb'))[1]).toBe('web\ta b')
    expect(table({}, noted('\u001b[2J'))[1]).toBe('web\t^[[2J')
  })
})
