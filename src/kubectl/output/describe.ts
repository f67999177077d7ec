import type { Cluster } from '../../cluster/cluster.ts'
import { describedLines } from '../../cluster/described.ts'
import type { Described, KindDefinition, KubeObject } from '../../cluster/object.ts'
import { describeFields } from './describe-fields.ts'
import { TabWriter } from './tab-writer.ts'

/** The text of `kubectl describe` for one object, with its events where they are wanted. */
export function renderDescription(
  definition: KindDefinition,
  object: KubeObject,
  cluster: Cluster,
  { events }: { events: boolean },
): string {
  const blocks = definition.describe?.(object, cluster) ?? describeFields(object)
  const lines = describedLines(events ? blocks : blocks.filter((block) => keyOf(block) !== 'Events'))
  return new TabWriter({ minWidth: 0, padding: 2 })
    .format(lines)
    .map((line) => `${line}\n`)
    .join('')
}

function keyOf(block: Described): string | undefined {
  if ('raw' in block) return undefined
  return 'key' in block ? block.key : block[0]
}
