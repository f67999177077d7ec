import { fold } from '../chat/fold.ts'
import type { Part, Reply } from '../chat/reply.ts'
import type { Cluster } from '../cluster/cluster.ts'
import type { StoryLine } from '../cluster/events.ts'
import type { Pod } from '../cluster/kinds/pod.ts'

/** Lines of the story that are shown at once; the rest is a button away. */
const SHOWN = 6

/** Adds what a change has led to: the story of the controllers, and what it means for addresses that are in use. */
export function consequences(reply: Reply, cluster: Cluster): Reply {
  const parts = [...storyParts(cluster.story, SHOWN), ...addressChanges(cluster)]
  if (!reply.ok || parts.length === 0) return reply
  const said = reply.parts.findIndex(({ type }) => type === 'buttons' || type === 'select')
  const at = said < 0 ? reply.parts.length : said
  return { ...reply, parts: [...reply.parts.slice(0, at), ...parts, ...reply.parts.slice(at)] }
}

/** The story as an aligned block under a line that says how much cluster time it took. */
export function storyParts(story: readonly StoryLine[], shown: number): Part[] {
  const first = story[0]
  const last = story.at(-1)
  if (!first || !last) return []
  const seconds = Math.round((last.at - first.at) / 1000)
  const lines = story.slice(0, shown)
  const width = Math.max(...lines.map(({ by }) => by.length))
  return [
    { type: 'text', text: `What followed${seconds > 0 ? ` (${seconds} s of cluster time)` : ''}` },
    {
      type: 'code',
      code: lines.flatMap(({ by, text }) => fold(by.padEnd(width + 2), text)).join('\n'),
    },
    ...(story.length > shown
      ? [
          { type: 'note', text: `and ${story.length - shown} more` } as const,
          { type: 'buttons', buttons: [{ label: 'Whole story', action: '/cluster story' }] } as const,
        ]
      : []),
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
