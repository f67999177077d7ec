import { listenersOf } from '../../cluster/apps.ts'
import type { Cluster } from '../../cluster/cluster.ts'
import type { Pod } from '../../cluster/kinds/pod.ts'
import type { Service } from '../../cluster/kinds/service.ts'
import { canSend } from '../../cluster/network/origin.ts'
import { matchesLabels } from '../../cluster/selector.ts'
import { readyWord, table } from './words.ts'

const isSystem = (namespace: string | undefined): boolean =>
  namespace === undefined || namespace.endsWith('-system') || namespace.startsWith('kube-')

/** The Services that people made, with a selector and a port. */
export const servicesOf = (cluster: Cluster): Service[] =>
  cluster.store
    .list('Service')
    .filter(
      ({ metadata, spec }) =>
        !isSystem(metadata.namespace) && spec.ports?.[0] !== undefined && Object.keys(spec.selector ?? {}).length > 0,
    )

/** The pods that people made and that can open a connection. */
export const sendersOf = (cluster: Cluster): Pod[] =>
  cluster.store.list('Pod').filter((pod) => !isSystem(pod.metadata.namespace) && canSend(cluster, pod))

/** The pods that a Service selects, Ready or not. */
export const podsOf = (cluster: Cluster, { metadata, spec }: Service): Pod[] =>
  cluster.store
    .list('Pod', { namespace: metadata.namespace })
    .filter((pod) => matchesLabels(spec.selector ?? {}, pod.metadata.labels))

export const fullName = ({ metadata }: { metadata: { namespace?: string; name: string } }): string =>
  `${metadata.namespace}/${metadata.name}`

/** `intern (a Pod of marketing on node-1)`, or `Somebody on the Internet`. */
export function senderWords(cluster: Cluster, from: string): string {
  const places: Record<string, string> = {
    '': 'A throw-away Pod of `default`',
    office: 'Somebody in the office, next to the nodes,',
    internet: 'Somebody on the Internet',
    home: 'Somebody at home',
    laptop: 'Somebody at a laptop in the office',
  }
  const place = Object.hasOwn(places, from) ? places[from] : undefined
  if (place) return place
  const [namespace = '', name = ''] = from.split('/')
  const pod = cluster.get('Pod', namespace, name)
  return `\`${name}\` (a Pod of \`${namespace}\`${pod?.spec.nodeName ? ` on ${pod.spec.nodeName}` : ''})`
}

/** What there is to know of a Service: its type, numbers and selector, and the Pods that it selects. */
export function serviceLines(cluster: Cluster, service: Service): string[] {
  const { metadata, spec } = service
  const ports = (spec.ports ?? []).map(
    ({ port, targetPort, nodePort }) => `port ${port} -> ${targetPort}${nodePort ? `, nodePort ${nodePort}` : ''}`,
  )
  const selector = Object.entries(spec.selector ?? {}).map(([key, value]) => `${key}=${value}`)
  const rows = podsOf(cluster, service).map((pod) => [
    pod.metadata.name,
    pod.status.podIP ?? '-',
    pod.spec.nodeName ?? '-',
    readyWord(pod),
  ])
  return [
    `Service ${metadata.name} in ${metadata.namespace}: ${spec.clusterIP === 'None' ? 'headless' : spec.type}`,
    ...(spec.clusterIP === 'None' ? [] : [`  ${spec.clusterIP}`]),
    ...ports.map((line) => `  ${line}`),
    `  selects ${selector.join(',')}`,
    ...(spec.externalTrafficPolicy === 'Local' ? ['  externalTrafficPolicy: Local'] : []),
    ...table(['POD', 'IP', 'NODE', 'READY'], rows),
  ]
}

/** The port on which the app behind a Service listens; undefined if nobody does. */
export function appPort(cluster: Cluster, service: Service): number | undefined {
  const [pod] = podsOf(cluster, service)
  return pod && listenersOf(pod).find(({ protocol, address }) => protocol === 'TCP' && address === 'any')?.port
}

/** True if every line fits the code block of an item, and there are not too many. */
export const fits = (lines: readonly string[]): boolean =>
  lines.length <= 14 && lines.every((line) => line.length <= 60)

/** Longest name that fits several times into one option. */
const SHORT = 16

/** How options name these Pods: by name, or by address where the names are long. */
export function tagsOf(pods: readonly Pod[]): (name: string) => string {
  if (pods.every(({ metadata }) => metadata.name.length <= SHORT)) return (name) => name
  const addresses = new Map(pods.map(({ metadata, status }) => [metadata.name, status.podIP]))
  return (name) => addresses.get(name) ?? name
}
