import type { Protocol } from '../../cluster/kinds/pod.ts'
import type { KubeObject } from '../../cluster/object.ts'
import { quote } from '../../cluster/quote.ts'
import { decodeLeniently } from '../change/decode-leniently.ts'
import { type Exposable, exposable, exposedPorts, exposedSelector } from '../change/exposure.ts'
import { createFlags, fileFlags } from '../change/flags.ts'
import { type Generated, submitGenerated } from '../change/generate.ts'
import { parseLabelSpec, parseNumber } from '../change/label-spec.ts'
import { overrideFlags, withOverrides } from '../change/overrides.ts'
import { createResultPrinter } from '../change/result-printer.ts'
import { eachTarget, findTargets, readTarget } from '../change/targets.ts'
import type { Place } from '../environment.ts'
import { KubectlError } from '../errors.ts'
import { text } from '../flags.ts'
import type { ManifestObject } from '../manifests.ts'
import { defineVerb, type Invocation } from '../verb.ts'

const { validate: _, ...createOptions } = createFlags

const flags = {
  ...createOptions,
  ...fileFlags,
  ...overrideFlags,
  'cluster-ip': text(
    "ClusterIP to be assigned to the service. Leave empty to auto-allocate, or set to 'None' to create a headless service.",
  ),
  'external-ip': text('Additional external IP address (not managed by Kubernetes) to accept for the service.'),
  labels: text('Labels to apply to the service created by this call.', { shorthand: 'l' }),
  'load-balancer-ip': text('IP to assign to the LoadBalancer.'),
  name: text('The name for the newly created object.'),
  port: text('The port that the service should serve on. Copied from the resource being exposed, if unspecified'),
  protocol: text("The network protocol for the service to be created. Default is 'TCP'."),
  selector: text(
    'A label selector to use for this service. Only equality-based selector requirements are supported. If empty (the default) infer the selector from the resource being exposed.',
  ),
  'session-affinity': text(
    "If non-empty, set the session affinity for the service to this; legal values: 'None', 'ClientIP'",
  ),
  'target-port': text(
    'Name or number for the port on the container that the service should direct traffic to. Optional.',
  ),
  type: text("Type for this service: ClusterIP, NodePort, LoadBalancer, or ExternalName. Default is 'ClusterIP'."),
} as const

type ExposeInvocation = Invocation<typeof flags>

/** What the flags say; where they say nothing, the first object that was exposed says it for those after it, too. */
interface Choice {
  selector: Readonly<Record<string, string>> | undefined
  labels: Readonly<Record<string, string>> | undefined
  /** The only port of an object. */
  single?: string | undefined
  /** The ports of an object that has several. They count more than a single one that was seen after them. */
  several?: readonly string[] | undefined
}

/** Take a service, deployment or pod and expose it as a new Kubernetes service. */
export const expose = defineVerb({
  name: 'expose',
  summary: 'Take a replication controller, service, deployment or pod and expose it as a new Kubernetes service.',
  usage:
    '(-f FILENAME | TYPE NAME) [--port=port] [--protocol=TCP|UDP|SCTP] [--target-port=number-or-name] [--name=name] [--external-ip=external-ip-of-service] [--type=type]',
  flags,
  run(invocation) {
    const { flags: given, args } = invocation
    const print = createResultPrinter(invocation, { typed: true })
    const { filename: filenames, kustomize } = given
    const targets = findTargets(invocation, { args, filenames, kustomize, validate: false })
    let choice: Choice = { selector: undefined, labels: undefined }
    eachTarget(invocation, targets, (target) => {
      const found = target.manifest ? decoded(target.manifest, target.place) : readTarget(invocation, target)
      const object = exposable(target.definition, found as KubeObject)
      choice = chosen(invocation, object, choice)
      const service = withOverrides(serviceOf(invocation, object, choice), given)
      print(submitGenerated(invocation, service), 'exposed')
    })
  },
})

function decoded(manifest: ManifestObject, place: Place | undefined): ManifestObject {
  try {
    return decodeLeniently(manifest)
  } catch (error) {
    if (!(error instanceof KubectlError)) throw error
    throw new KubectlError(`unable to decode ${quote(place?.source ?? '')}: ${error.message}`)
  }
}

/** Fills in from the object what nothing has said yet. Throws `KubectlError` where the object does not say it either. */
function chosen({ flags: given }: ExposeInvocation, object: Exposable, before: Choice): Choice {
  const selector = before.selector ?? (given.selector === '' ? introspected(object) : undefined)
  const { labels: own = {} } = object.metadata
  const labels = before.labels ?? (given.labels === '' && Object.keys(own).length > 0 ? own : undefined)
  return { selector, labels, ...chosenPorts(given, object, before) }
}

function chosenPorts(
  given: ExposeInvocation['flags'],
  object: Exposable,
  { single, several }: Choice,
): Pick<Choice, 'single' | 'several'> {
  if (given.port !== '') return { single: undefined, several: given.port.split(',') }
  if (single !== undefined) return { single, several }
  const ports = [...exposedPorts(object).keys()].map(String)
  if (ports.length === 0 && given['cluster-ip'] !== 'None')
    throw new KubectlError("couldn't find port via --port flag or introspection")
  return ports.length > 1 ? { single, several: ports } : { single: ports[0], several }
}

function introspected(object: Exposable): Readonly<Record<string, string>> {
  try {
    return exposedSelector(object)
  } catch (error) {
    if (!(error instanceof KubectlError)) throw error
    throw new KubectlError(`couldn't retrieve selectors via --selector flag or introspection: ${error.message}`)
  }
}

function serviceOf({ flags: given }: ExposeInvocation, object: Exposable, choice: Choice): Generated {
  const selector = choice.selector ?? parseLabelSpec(given.selector)
  const labels = choice.labels ?? (given.labels === '' ? undefined : parseLabelSpec(given.labels))
  const { type, 'external-ip': externalIP, 'cluster-ip': clusterIP, 'load-balancer-ip': loadBalancerIP } = given
  const ports = portsOf(
    given,
    choice.several ?? (choice.single === undefined ? [] : [choice.single]),
    exposedPorts(object),
  )
  const affinity = given['session-affinity']
  if (!['', 'None', 'ClientIP'].includes(affinity)) throw new KubectlError(`unknown session affinity: ${affinity}`)
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { ...(labels && { labels }), name: given.name === '' ? object.metadata.name.slice(0, 63) : given.name },
    spec: {
      ...(clusterIP !== '' && { clusterIP }),
      ...(externalIP !== '' && { externalIPs: [externalIP] }),
      ...(type === 'LoadBalancer' && loadBalancerIP !== '' && { loadBalancerIP }),
      ...(ports.length > 0 && { ports }),
      selector,
      ...(affinity !== '' && { sessionAffinity: affinity }),
      ...(type !== '' && { type }),
    },
    status: { loadBalancer: {} },
  }
}

interface Port {
  name?: string
  port: number
  protocol: string
  targetPort: number | string
}

/** Several ports need names; a port with several protocols becomes one port for each. */
function portsOf(
  { protocol: typed, 'target-port': target }: ExposeInvocation['flags'],
  words: readonly string[],
  known: ReadonlyMap<number, readonly Protocol[]>,
): Port[] {
  return words.flatMap((word, index) => {
    const port = parseNumber(word)
    const targetPort = target === '' ? port : /^[+-]?\d+$/.test(target) ? Number(target) : target
    const protocols = typed === '' ? (known.get(port) ?? ['TCP']) : [typed]
    const numbered = `port-${index + 1}`
    if (protocols.length === 1) {
      const name = words.length > 1 ? { name: numbered } : {}
      return [{ ...name, port, protocol: protocols[0]!, targetPort }]
    }
    return protocols.map((protocol) => {
      const name = `${numbered}-${protocol.toLowerCase()}`
      return { name, port, protocol, targetPort }
    })
  })
}
