import { age } from '../duration.ts'
import type { Column, KubeObject } from '../object.ts'
import type { Container } from './pod.ts'

/** Columns that many kinds share, and how lists are cut short in cells (the API server's printers). */
export const nameColumn: Column<KubeObject> = { name: 'NAME', cell: ({ metadata }) => metadata.name }

export const ageColumn: Column<KubeObject> = {
  name: 'AGE',
  cell: ({ metadata }, cluster) => age(metadata.creationTimestamp, cluster.now),
}

/** How many items of a list a cell shows. */
export const SHOWN = 3

/** `a,b,c + 2 more...`; `empty` where there is nothing. */
export const listed = (items: readonly string[], empty: string): string => {
  if (items.length === 0) return empty
  const shown = items.slice(0, SHOWN).join(',')
  return items.length > SHOWN ? `${shown} + ${items.length - SHOWN} more...` : shown
}

/** `a=1,b=2` sorted by key, or `<none>`. */
export const formatLabels = (labels: Readonly<Record<string, string>> | undefined): string =>
  Object.entries(labels ?? {})
    .map(([key, value]) => `${key}=${value}`)
    .sort()
    .join(',') || '<none>'

/** Addresses of a load balancer, sorted. */
export const loadBalancerCell = (ingress: readonly { ip?: string; hostname?: string }[] | undefined): string =>
  [...new Set((ingress ?? []).flatMap(({ ip, hostname }) => ip ?? hostname ?? []))].sort().join(',')

/** The wide columns CONTAINERS and IMAGES of workloads. */
export const containerColumns = <T extends KubeObject>(
  containersOf: (object: T) => readonly Container[],
): Column<T>[] => [
  {
    name: 'CONTAINERS',
    wide: true,
    cell: (object) =>
      containersOf(object)
        .map(({ name }) => name)
        .join(','),
  },
  {
    name: 'IMAGES',
    wide: true,
    cell: (object) =>
      containersOf(object)
        .map(({ image }) => image)
        .join(','),
  },
]
