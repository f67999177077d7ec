import { dnsSubdomainErrors, portNameErrors, portNumberErrors } from '../../../cluster/names.ts'
import { quote } from '../../../cluster/quote.ts'
import { createFlags } from '../../change/flags.ts'
import { createGenerated, type Generated, nameOf } from '../../change/generate.ts'
import { KubectlError } from '../../errors.ts'
import { int, list, text } from '../../flags.ts'
import { defineVerb, defineVerbGroup, type Invocation } from '../../verb.ts'

const flags = { ...createFlags, tcp: list("Port pairs can be specified as '<port>:<targetPort>'.") } as const

interface Options {
  type: 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'ExternalName'
  clusterIP?: string
  nodePort?: number
  externalName?: string
}

const clusterIp = defineVerb({
  name: 'clusterip',
  summary: 'Create a ClusterIP service.',
  usage: 'NAME [--tcp=<port>:<targetPort>] [--dry-run=server|client|none]',
  flags: {
    ...flags,
    clusterip: text("Assign your own ClusterIP or set to 'None' for a 'headless' service (no loadbalancing)."),
  },
  run: (invocation) => run(invocation, { type: 'ClusterIP', clusterIP: invocation.flags.clusterip }),
})

const nodePort = defineVerb({
  name: 'nodeport',
  summary: 'Create a NodePort service.',
  usage: 'NAME [--tcp=port:targetPort] [--dry-run=server|client|none]',
  flags: { ...flags, 'node-port': int('Port used to expose the service on each node in a cluster.') },
  run: (invocation) => run(invocation, { type: 'NodePort', nodePort: invocation.flags['node-port'] }),
})

const loadBalancer = defineVerb({
  name: 'loadbalancer',
  summary: 'Create a LoadBalancer service.',
  usage: 'NAME [--tcp=port:targetPort] [--dry-run=server|client|none]',
  flags,
  run: (invocation) => run(invocation, { type: 'LoadBalancer' }),
})

const externalName = defineVerb({
  name: 'externalname',
  summary: 'Create an ExternalName service.',
  usage: 'NAME --external-name external.name [--dry-run=server|client|none]',
  flags: { ...flags, 'external-name': text('External name of service', { required: true }) },
  run: (invocation) => run(invocation, { type: 'ExternalName', externalName: invocation.flags['external-name'] }),
})

/** Create a service using a specified subcommand. */
export const createService = defineVerbGroup({
  name: 'service',
  aliases: ['svc'],
  summary: 'Create a service using a specified subcommand.',
  verbs: [clusterIp, externalName, loadBalancer, nodePort],
})

function run(invocation: Invocation<typeof flags>, options: Options): void {
  const name = nameOf(invocation)
  const { type, clusterIP = '', externalName: external = '' } = options
  const { tcp } = invocation.flags
  if (clusterIP !== 'None' && tcp.length === 0 && type !== 'ExternalName')
    throw new KubectlError('at least one tcp port specifier must be provided')
  if (type === 'ExternalName' && dnsSubdomainErrors(external).length > 0)
    throw new KubectlError(`invalid service external name ${external}`)
  createGenerated(invocation, service(name, tcp, options), { failed: `failed to create ${type} service:` })
}

function service(name: string, tcp: readonly string[], options: Options): Generated {
  const { type, clusterIP = '', nodePort: port = 0, externalName: external = '' } = options
  const ports = tcp.map((pair) => ({ ...servicePort(pair), ...(port !== 0 && { nodePort: port }) }))
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { labels: { app: name }, name },
    spec: {
      ...(clusterIP !== '' && { clusterIP }),
      ...(external !== '' && { externalName: external }),
      ...(ports.length > 0 && { ports }),
      selector: { app: name },
      type,
    },
    status: { loadBalancer: {} },
  }
}

/** `80:8080` as a port of the Service; alone the number is both. */
function servicePort(pair: string): object {
  const [first, target] = pair.split(':') as [string, string?]
  const port = parsePort(first)
  return {
    name: pair.replaceAll(':', '-'),
    port,
    protocol: 'TCP',
    targetPort: target === undefined ? port : targetPort(target),
  }
}

function parsePort(word: string): number {
  const fail = (why: string) => new KubectlError(`strconv.ParseUint: parsing ${quote(word)}: ${why}`)
  if (!/^\d+$/.test(word)) throw fail('invalid syntax')
  if (Number(word) > 65_535) throw fail('value out of range')
  return Number(word)
}

/** A number, or the name of a container's port. */
function targetPort(word: string): number | string {
  const isNumber = /^[+-]?\d+$/.test(word)
  const errors = isNumber ? portNumberErrors(Number(word)) : portNameErrors(word)
  if (errors.length > 0) throw new KubectlError(errors.join(','))
  return isNumber ? Number(word) : word
}
