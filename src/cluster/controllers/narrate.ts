import type { Cluster } from '../cluster.ts'
import type { Kind } from '../kinds/index.ts'
import type { KubeObject } from '../object.ts'

/** Adds a line to the story where the real component says nothing in the events. Call it after the change it tells of. */
export function narrate(cluster: Cluster, object: KubeObject, by: string, text: string): void {
  const { name, namespace } = object.metadata
  cluster.story.push({
    at: cluster.now,
    by,
    kind: object.kind as Kind,
    ...(namespace !== undefined && { namespace }),
    name,
    text,
  })
}

const SHOWN = 3

/** `a, b, c and 4 more`: names in a sentence, few enough to be read. */
export const enumerate = (names: readonly string[]): string =>
  names.length <= SHOWN + 1 ? names.join(', ') : `${names.slice(0, SHOWN).join(', ')} and ${names.length - SHOWN} more`

/** `1 pod`, `3 pods`. */
export const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`
