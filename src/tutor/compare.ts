import type { CommandContext } from '../chat/context.ts'
import { type Button, bold, type Part, text } from '../chat/reply.ts'
import { listenersOf } from '../cluster/apps.ts'
import type { Cluster } from '../cluster/cluster.ts'
import { brief } from '../cluster/network/brief.ts'
import { courseOf } from './guide.ts'
import { podsOf } from './value.ts'
import { type WayIn, waysIn } from './ways-in.ts'

/** The three ways in that are compared: who gets in, what each is for, what it is like in the building. */
const COMPARED = [
  { type: 'ClusterIP', access: 'those inside', use: 'app calls app', picture: 'extension' },
  { type: 'NodePort', access: 'node address + port', use: 'tests, a look', picture: 'side door' },
  { type: 'Ingress', access: 'by host and path', use: 'many web apps', picture: 'traffic cop' },
] as const

/** Rows of one type that are shown; further ones are counted. */
const SHOWN = 5

const NAME_COLUMNS = 19
const ADDRESS_COLUMNS = 19

/**
 * ClusterIP, NodePort and Ingress side by side: first what they are, then those that this cluster has and who reaches
 * them at this moment, found out by calling each from three places. Reads only.
 */
export function compareParts(context: CommandContext): Part[] {
  const { cluster, namespace } = context.channel
  const ways = waysIn(cluster, namespace)
  return [
    { type: 'title', text: 'Three ways in' },
    {
      type: 'table',
      header: ['TYPE', 'WHO GETS IN', 'FOR', 'LIKE'],
      rows: COMPARED.map(({ type, access, use, picture }) => [type, access, use, picture]),
    },
    {
      type: 'text',
      text: [
        bold('In this cluster, at this moment'),
        text(
          hasErrors(ways)
            ? ' (each was called just now; a number is the status of an error)'
            : ' (each was called just now)',
        ),
      ],
    },
    { type: 'code', code: renderWays(ways) },
    ...advice(context, ways),
  ]
}

function renderWays(ways: readonly WayIn[]): string {
  const head = ['WAY IN'.padEnd(NAME_COLUMNS + 2), 'ADDRESS'.padEnd(ADDRESS_COLUMNS), 'POD', 'OFFICE', 'STREET']
  const types = [...COMPARED.map(({ type }) => type), 'LoadBalancer' as const]
  return [
    head.join(' '),
    ...types.flatMap((type) =>
      renderType(
        type,
        ways.filter((way) => way.type === type),
      ),
    ),
  ].join('\n')
}

/** The rows of one type. LoadBalancer is no part of the comparison, so it is shown only where there is one. */
function renderType(type: WayIn['type'], ways: readonly WayIn[]): string[] {
  if (ways.length === 0) return type === 'LoadBalancer' ? [] : [`${type}: none yet`]
  const more = ways.length - SHOWN
  return [type, ...ways.slice(0, SHOWN).map(renderWay), ...(more > 0 ? [`  and ${more} more`] : [])]
}

const renderWay = ({ name, address, reached }: WayIn): string =>
  [
    `  ${brief(name, NAME_COLUMNS).padEnd(NAME_COLUMNS)}`,
    (address ?? 'no address').padEnd(ADDRESS_COLUMNS),
    reached.pod.padEnd(3),
    reached.office.padEnd(6),
    reached.street,
  ].join(' ')

const hasErrors = (ways: readonly WayIn[]): boolean =>
  ways.some(({ reached }) => Object.values(reached).some((word) => /^\d/.test(word)))

/** What is missing, and what to do next. In a lesson the lesson says what comes next. */
function advice(context: CommandContext, ways: readonly WayIn[]): Part[] {
  const missing = COMPARED.map(({ type }) => type).filter((type) => !ways.some((way) => way.type === type))
  const told: Part[] = missing.length === 0 ? [] : [{ type: 'text', text: `Missing here: ${missing.join(', ')}.` }]
  const unread = ways.some(({ type, address }) => type === 'Ingress' && address === undefined)
  if (unread) told.push({ type: 'text', text: 'An Ingress has no address: no controller that runs here has read it.' })
  if (courseOf(context)?.step)
    return [...told, { type: 'buttons', buttons: [{ label: 'Back to the lesson', action: '/lesson' }] }]
  const next = [
    ...(unread ? [{ label: 'Hire a controller', action: '/cluster addon ingress on' }] : []),
    ...missing.map((type) => makeOne(context.channel.cluster, context.channel.namespace, type)),
  ]
  const buttons = [...next.filter((button) => button !== undefined), { label: 'All lessons', action: '/lesson list' }]
  return [...told, { type: 'buttons', buttons: buttons.slice(0, 3) }]
}

/** A command that makes a way in of this type out of what is there; undefined where nothing is. */
function makeOne(cluster: Cluster, namespace: string, type: (typeof COMPARED)[number]['type']): Button | undefined {
  const [deployment] = cluster.store.list('Deployment', { namespace })
  const service = cluster.store
    .list('Service', { namespace })
    .find(({ spec }) => spec.selector !== undefined && spec.clusterIP !== 'None' && (spec.ports ?? []).length > 0)
  if (type === 'ClusterIP') {
    if (!deployment) return undefined
    const { name } = deployment.metadata
    const [pod] = podsOf(cluster, `${namespace}/deploy/${name}`)
    const port = (pod && listenersOf(pod)[0]?.port) ?? 8080
    return {
      label: `Give ${name} a Service`.slice(0, 75),
      action: `/kubectl expose deployment ${name} --port=80 --target-port=${port}`,
    }
  }
  if (!service) return undefined
  const { name } = service.metadata
  if (type === 'NodePort')
    return {
      label: `Cut a side door for ${name}`.slice(0, 75),
      action: `/kubectl patch service ${name} -p '{"spec":{"type":"NodePort"}}'`,
    }
  const [host = 'shop.example'] = Object.keys(cluster.settings.publicDns)
  return {
    label: `Pin up a sheet for ${name}`.slice(0, 75),
    action: `/kubectl create ingress ${name} --class=lobby --rule=${host}/*=${name}:${service.spec.ports![0]!.port}`,
  }
}
