import { parseChannel } from '../../src/channel.ts'
import { restoreCluster } from '../../src/cluster/create.ts'
import type { Line } from '../../src/tutor/lesson.ts'
import { fill } from '../../src/tutor/value.ts'
import type { Player } from '../player.ts'

/** What stands in place of a template that cannot be filled. */
export const UNFILLED = 'UNFILLED'

/** A line with its templates filled from the channel's present state. */
export async function filled(player: Player, line: Line): Promise<Line> {
  if (!JSON.stringify(line).includes('{{')) return line
  const stored = await player.store.load(`channel/${player.channel}`)
  const { cluster, lesson } = parseChannel(stored!.document, restoreCluster)
  const complete = (text: string) => fill(text, { cluster, start: lesson!.start }, UNFILLED)
  return typeof line === 'string' ? complete(line) : { line: complete(line.line), stdin: complete(line.stdin) }
}
