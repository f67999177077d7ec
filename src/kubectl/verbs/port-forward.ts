import type { Pod } from '../../cluster/kinds/pod.ts'
import { isHeadless, type Service } from '../../cluster/kinds/service.ts'
import { isKind } from '../../cluster/object.ts'
import { KubectlError, usageError } from '../errors.ts'
import { duration, list } from '../flags.ts'
import { firstPod, podTarget } from '../pod-target.ts'
import { defineVerb } from '../verb.ts'

interface ForwardedPort {
  local: number
  remote: number
}

/** Where a real client begins to choose a local port by itself. */
const FIRST_FREE_PORT = 32_768

/** Forward ports of the own machine to a pod: checked like a real one, but nothing listens on anybody's machine. */
export const portForward = defineVerb({
  name: 'port-forward',
  summary: 'Forward one or more local ports to a pod.',
  usage: 'TYPE/NAME [options] [LOCAL_PORT:]REMOTE_PORT [...[LOCAL_PORT_N:]REMOTE_PORT_N]',
  flags: {
    address: list('Addresses to listen on (comma separated).', { initial: ['localhost'] }),
    'pod-running-timeout': duration('The length of time to wait until at least one pod is running', {
      initial: 60_000,
    }),
  },
  run(invocation) {
    const { args, flags, streams, path, environment } = invocation
    const [word, ...ports] = args
    if (word === undefined || ports.length === 0)
      throw usageError(path, 'TYPE/NAME and list of ports are required for port-forward')
    const target = podTarget(invocation, word)
    const pod = firstPod(target)
    const service = isKind(target.object, 'Service') ? target.object : undefined
    const numbers = ports.map((port) => (service ? ofService(port, service, pod) : ofPod(port, pod)))
    if (pod.status.phase !== 'Running')
      throw new KubectlError(`unable to forward port because pod is not running. Current status=${pod.status.phase}`)
    for (const { local, remote } of numbers.map(parsePort)) {
      const from = local === 0 ? FIRST_FREE_PORT + environment.dice.below(28_000) : local
      for (const address of flags.address.flatMap(listenAddresses))
        streams.print(`Forwarding from ${address}:${from} -> ${remote}`)
    }
    const { remote } = parsePort(numbers[0]!)
    invocation.advise(
      `A real client would listen on your own machine as long as it runs. There is no such machine here; /curl http://${pod.status.podIP}:${remote} asks the same pod from inside the cluster.`,
    )
  },
})

const listenAddresses = (address: string): string[] =>
  address === 'localhost' ? ['127.0.0.1', '[::1]'] : [address.includes(':') ? `[${address}]` : address]

function splitPort(port: string): [local: string, remote: string] {
  const parts = port.split(':')
  return parts.length === 2 ? [parts[0]!, parts[1]!] : [parts[0]!, parts[0]!]
}

const isNumber = (text: string): boolean => /^[+-]?\d+$/.test(text)

/** The port of a Service becomes the port of the pod behind it. */
function ofService(port: string, service: Service, pod: Pod): string {
  const [local, remote] = splitPort(port)
  const number = isNumber(remote) ? Number(remote) : servicePortNamed(service, remote)
  const found = service.spec.ports?.find((each) => each.port === number && each.protocol === 'TCP')
  const other = service.spec.ports?.find((each) => each.port === number)
  if (!found && other) throw new KubectlError(`${other.protocol} protocol is not supported for ${remote}`)
  if (!found) throw new KubectlError(`Service ${service.metadata.name} does not have a service port ${number}`)
  const { targetPort } = found
  const inPod = isHeadless(service)
    ? number
    : typeof targetPort === 'number'
      ? targetPort
      : podPortNamed(pod, targetPort)
  return `${local === remote ? number : local}:${inPod}`
}

function servicePortNamed({ metadata, spec }: Service, name: string): number {
  const port = spec.ports?.find((each) => each.name === name)?.port
  if (port === undefined) throw new KubectlError(`Service '${metadata.name}' does not have a named port '${name}'`)
  return port
}

function ofPod(port: string, pod: Pod): string {
  const [local, remote] = splitPort(port)
  if (remote === '') throw new KubectlError('remote port cannot be empty')
  if (isNumber(remote) || port.split(':').length > 2) return port
  const number = podPortNamed(pod, remote)
  return local === remote ? String(number) : `${local}:${number}`
}

function podPortNamed({ metadata, spec }: Pod, name: string): number {
  const port = spec.containers.flatMap(({ ports }) => ports ?? []).find((each) => each.name === name)?.containerPort
  if (port === undefined) throw new KubectlError(`Pod '${metadata.name}' does not have a named port '${name}'`)
  return port
}

function parsePort(port: string): ForwardedPort {
  const parts = port.split(':')
  if (parts.length > 2) throw new KubectlError(`invalid port format '${port}'`)
  const [local, remote] = splitPort(port)
  const forwarded = { local: toPort(local === '' ? '0' : local, 'local'), remote: toPort(remote, 'remote') }
  if (forwarded.remote === 0) throw new KubectlError('remote port must be > 0')
  return forwarded
}

function toPort(text: string, which: string): number {
  const refuse = (why: string) =>
    new KubectlError(`error parsing ${which} port '${text}': strconv.ParseUint: parsing "${text}": ${why}`)
  if (!/^\d+$/.test(text)) throw refuse('invalid syntax')
  if (Number(text) > 65_535) throw refuse('value out of range')
  return Number(text)
}
