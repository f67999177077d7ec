import type { Cluster } from '../cluster/cluster.ts'
import { type Kind, type Kinds, kinds } from '../cluster/kinds/index.ts'
import { isReady, type Pod } from '../cluster/kinds/pod.ts'
import { pathsFor } from '../cluster/network/ingress-rules.ts'
import type { KubeObject } from '../cluster/object.ts'
import type { Facts } from './facts.ts'
import { podsBehind, workloadOf } from './facts.ts'

/** What a template can see: the cluster now, and the facts of the step's start. */
export interface Scope {
  cluster: Cluster
  start: Facts
}

/** An object as it is named at the prompt, `deploy/web` or `hr/svc/api`. */
export interface ObjectReference {
  kind: Kind
  namespace: string
  name: string
}

/** Takes apart `TYPE/NAME` or `NAMESPACE/TYPE/NAME`. Throws for a type that does not exist: that is a bug of the lesson. */
export function referenceOf(text: string): ObjectReference {
  const parts = text.split('/')
  const [namespace, type, name] = parts.length === 3 ? parts : ['default', ...parts]
  return { kind: kindNamed(type ?? ''), namespace: namespace!, name: name ?? '' }
}

/** The kind of a type word, in any form that kubectl takes. */
export function kindNamed(type: string): Kind {
  const word = type.toLowerCase()
  const found = Object.values(kinds).find(
    ({ plural, singular, shortNames }) => plural === word || singular === word || shortNames.includes(word),
  )
  if (!found) throw new Error(`lesson: there is no type "${type}"`)
  return found.kind
}

/** The object that a reference names. */
export function objectNamed(cluster: Cluster, text: string): Kinds[Kind] | undefined {
  const { kind, namespace, name } = referenceOf(text)
  return cluster.get(kind, kinds[kind].namespaced ? namespace : undefined, name)
}

/** Pods of a workload that are ready, else all its pods, by name. */
export function podsOf(cluster: Cluster, workload: string): Pod[] {
  const { kind, namespace, name } = referenceOf(workload)
  if (kind === 'Pod') return [cluster.get('Pod', namespace, name)].filter((pod) => pod !== undefined)
  const all = cluster.store.list('Pod', { namespace }).filter((pod) => workloadOf(cluster, pod) === name)
  const ready = all.filter((pod) => isReady(pod) && !pod.metadata.deletionTimestamp)
  return ready.length > 0 ? ready : all
}

/**
 * Fills `{{…}}` in a text from the live state, so that no number in a lesson is typed by hand:
 * `{{svc/x clusterIP}}`, `{{deploy/x pod}}` (first ready pod's name), `{{deploy/x ip}}`, `{{deploy/x node}}`,
 * `{{start deploy/x ip}}` (at the step's start), `{{start svc/x clusterIP}}`, `{{retired x}}` (the last address that
 * the workload gave up), `{{deploy/x env NAME}}`, `{{svc/x nodePort}}`, `{{node/x ip}}`, `{{deploy/x pod 2}}`,
 * `{{svc/x pod}}` (first ready endpoint), `{{deploy/x otherNode}}` (the first node without a pod of the workload), `{{public HOST}}` (its public DNS record),
 * `{{sheet HOST PATH}}` (name of the first Ingress in namespace default that has this path). What cannot be filled becomes the given fallback.
 */
export function fill(text: string, scope: Scope, fallback = '?'): string {
  return text.replace(/\{\{([^{}]+)\}\}/g, (_, expression: string) => valueAt(expression.trim(), scope) ?? fallback)
}

/** The value of one template expression; undefined if the object or field is not there. */
function valueAt(expression: string, { cluster, start }: Scope): string | undefined {
  const words = expression.split(/\s+/)
  if (words[0] === 'start') return startValue(words[1] ?? '', words[2] ?? '', start)
  if (words[0] === 'public') return cluster.settings.publicDns[words[1] ?? '']
  if (words[0] === 'sheet') return ingressWith(cluster, words[1] ?? '', words[2] ?? '')
  if (words[0] === 'retired') return cluster.retired.findLast(({ workload }) => workload === words[1])?.ip
  const [reference = '', what = '', argument] = words
  const { kind } = referenceOf(reference)
  if (kind === 'Service') return serviceValue(cluster, reference, what, argument)
  if (kind === 'Node') return nodeAddress(objectNamed(cluster, reference))
  if (what === 'otherNode') return nodeWithout(cluster, reference)
  if (what === 'env') return environmentValue(objectNamed(cluster, reference), argument ?? '')
  const pod = podsOf(cluster, reference)[Number(argument ?? 1) - 1]
  return pod && podValue(pod, what)
}

function startValue(reference: string, what: string, start: Facts): string | undefined {
  const { kind, namespace, name } = referenceOf(reference)
  if (kind === 'Service') return start.services[`${namespace}/${name}`]?.clusterIP
  const pod = start.pods.find((fact) => fact.namespace === namespace && (fact.workload === name || fact.name === name))
  return { pod: pod?.name, ip: pod?.ip, node: pod?.node }[what]
}

function serviceValue(
  cluster: Cluster,
  reference: string,
  what: string,
  argument: string | undefined,
): string | undefined {
  const { namespace, name } = referenceOf(reference)
  const service = cluster.get('Service', namespace, name)
  if (!service) return undefined
  const port = service.spec.ports?.[Number(argument ?? 1) - 1]
  switch (what) {
    case 'clusterIP':
      return service.spec.clusterIP
    case 'nodePort':
      return port?.nodePort?.toString()
    case 'port':
      return port?.port.toString()
    case 'targetPort':
      return port?.targetPort.toString()
    case 'externalIP':
      return service.status.loadBalancer?.ingress?.[0]?.ip
    default: {
      const pod = podsBehind(cluster, namespace, name)[Number(argument ?? 1) - 1]
      return pod && podValue(pod, what)
    }
  }
}

const ingressWith = (cluster: Cluster, host: string, path: string): string | undefined =>
  cluster.store
    .list('Ingress', { namespace: 'default' })
    .find((ingress) => pathsFor(ingress, host)?.some((route) => route.path === path))?.metadata.name

function nodeWithout(cluster: Cluster, workload: string): string | undefined {
  const taken = new Set(podsOf(cluster, workload).map(({ spec }) => spec.nodeName))
  return cluster.store.list('Node').find(({ metadata }) => !taken.has(metadata.name))?.metadata.name
}

const podValue = (pod: Pod, what: string): string | undefined =>
  ({
    pod: pod.metadata.name,
    ip: pod.status.podIP,
    node: pod.spec.nodeName,
    hash: pod.metadata.labels?.['pod-template-hash'],
  })[what]

const nodeAddress = (object: KubeObject | undefined): string | undefined =>
  (object as Kinds['Node'] | undefined)?.status.addresses.find(({ type }) => type === 'InternalIP')?.address

function environmentValue(object: KubeObject | undefined, name: string): string | undefined {
  const spec = (object as Kinds['Deployment'] | undefined)?.spec
  return spec?.template?.spec.containers.flatMap(({ env }) => env ?? []).find((variable) => variable.name === name)
    ?.value
}
