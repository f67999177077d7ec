import { fold } from '../chat/fold.ts'
import type { Part, Reply } from '../chat/reply.ts'
import type { Cluster } from '../cluster/cluster.ts'
import type { StoryLine } from '../cluster/events.ts'
import type { Pod } from '../cluster/kinds/pod.ts'

/** Lines of the story that are shown at once; the rest is a button away. */
const SHOWN = 6

/** Adds what a change has led to: the story of the controllers, and what it means for addresses that are in use. */
export function consequences(reply: Reply, cluster: Cluster): Reply {
  const { lines, hidden } = summary(cluster.story)
  const parts = [...storyParts(lines, cluster.story), ...addressChanges(cluster)]
  if (!reply.ok || parts.length === 0) return reply
  const buttons = hidden ? [{ label: 'Why?', action: '/why' }] : []
  const last = reply.parts.at(-1)
  if (last?.type !== 'buttons')
    return { ...reply, parts: [...reply.parts, ...parts, ...(hidden ? [{ type: 'buttons', buttons } as const] : [])] }
  return {
    ...reply,
    parts: [...reply.parts.slice(0, -1), ...parts, { type: 'buttons', buttons: [...last.buttons, ...buttons] }],
  }
}

/** Every line of a story. */
export const wholeStory = (story: readonly StoryLine[]): Part[] => storyParts(story, story)

/** The story in few lines: what one controller did several times in a row is told once, with how often. */
function summary(story: readonly StoryLine[]): { lines: Pick<StoryLine, 'by' | 'text'>[]; hidden: boolean } {
  const groups: { by: string; text: string; more: number }[] = []
  for (const { by, text } of story) {
    const group = groups.at(-1)
    if (group?.by === by) group.more += 1
    else groups.push({ by, text, more: 0 })
  }
  const lines = groups
    .slice(0, SHOWN)
    .map(({ by, text, more }) => ({ by, text: more > 0 ? `${text} (and ${more} more)` : text }))
  return { lines, hidden: groups.length > SHOWN || groups.some(({ more }) => more > 0) }
}

/** Lines of a story as an aligned block under a line that says how much cluster time it all took. */
function storyParts(lines: readonly Pick<StoryLine, 'by' | 'text'>[], story: readonly StoryLine[]): Part[] {
  const [first] = story
  const last = story.at(-1)
  if (!first || !last) return []
  const seconds = Math.round((last.at - first.at) / 1000)
  const width = Math.max(...lines.map(({ by }) => by.length))
  return [
    { type: 'text', text: `What followed${seconds > 0 ? ` (${seconds} s of cluster time)` : ''}` },
    { type: 'code', code: lines.flatMap(({ by, text }) => fold(by.padEnd(width + 2), text)).join('\n') },
  ]
}

/** Which pod addresses went and came, and who still uses one that is gone. */
function addressChanges(cluster: Cluster): Part[] {
  const gone = new Set<string>()
  const came = new Set<string>()
  for (const { type, object } of cluster.changes) {
    if (object.kind !== 'Pod') continue
    const ip = (object as Pod).status.podIP
    if (ip === undefined) continue
    if (type === 'DELETED') gone.add(ip)
    else came.add(ip)
  }
  const lost = [...gone].filter((ip) => cluster.store.count('Pod', { index: ['ip', ip] }) === 0)
  const added = [...came].filter((ip) => !gone.has(ip) && !existedBefore(cluster, ip))
  if (lost.length === 0) return []
  const callers = [...new Set(lost.flatMap((ip) => holdersOf(cluster, ip)))]
  const sentences = [
    `Changed: ${list(lost)} ${lost.length === 1 ? 'is' : 'are'} gone${added.length > 0 ? `, ${list(added)} ${added.length === 1 ? 'is' : 'are'} new` : ''}.`,
    ...(callers.length > 0
      ? [
          `${callers.length === 1 ? 'One caller still holds' : `${callers.length} callers still hold`} an old number: ${list(callers)}.`,
        ]
      : []),
  ]
  return [{ type: 'text', text: sentences.join(' ') }]
}

/** The first version of a pod in this step already had the address. */
function existedBefore(cluster: Cluster, ip: string): boolean {
  const first = cluster.changes.find(({ object }) => object.kind === 'Pod' && (object as Pod).status.podIP === ip)
  return (
    first === undefined ||
    first.type === 'DELETED' ||
    !cluster.changes.some(({ type, object }) => type === 'ADDED' && object.metadata.uid === first.object.metadata.uid)
  )
}

/** Deployments whose containers have the address in their environment. */
function holdersOf(cluster: Cluster, ip: string): string[] {
  const pattern = new RegExp(`(^|[^0-9.])${ip.replaceAll('.', '\\.')}($|[^0-9.])`)
  return cluster.store
    .list('Deployment')
    .filter(({ spec }) =>
      spec.template.spec.containers.some(({ env }) =>
        env?.some(({ value }) => value !== undefined && pattern.test(value)),
      ),
    )
    .map(({ metadata }) => metadata.name)
}

const list = (items: readonly string[]): string =>
  items.length > 4 ? `${items.slice(0, 3).join(', ')} and ${items.length - 3} more` : items.join(', ')
