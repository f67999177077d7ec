import type { Container, PodSpec } from './pod.ts'

/** What the API server warns of in pods and templates although it accepts them. `prefix` is the path above `spec`. */
export function podSpecWarnings(spec: PodSpec, prefix = ''): string[] {
  const containers = visited(spec, `${prefix}spec`)
  const { terminationGracePeriodSeconds: grace = 0 } = spec
  return [
    ...containers.flatMap(({ container, path }) => hiddenVariables(container, path)),
    ...repeatedPorts(containers),
    ...repeatedPortNames(containers),
    ...(grace < 0
      ? [
          `${prefix}spec.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1`,
        ]
      : []),
  ]
}

interface Visited {
  container: Container
  path: string
}

const visited = ({ initContainers = [], containers = [] }: PodSpec, path: string): Visited[] => [
  ...initContainers.map((container, index) => ({ container, path: `${path}.initContainers[${index}]` })),
  ...containers.map((container, index) => ({ container, path: `${path}.containers[${index}]` })),
]

/** A variable that is set again without reference to itself hides the first. */
function hiddenVariables({ env = [] }: Container, path: string): string[] {
  const names = new Set<string>()
  return env.flatMap(({ name, value = '', valueFrom }, index) => {
    const isNew = !names.has(name)
    names.add(name)
    const reference = `$(${name})`
    if (isNew || (!valueFrom && value !== reference && value.includes(reference))) return []
    return [`${path}.env[${index}]: hides previous definition of "${name}", which may be dropped when using apply`]
  })
}

function repeatedPorts(containers: readonly Visited[]): string[] {
  const seen = new Map<string, { path: string; hostPort: number; hostIP: string }[]>()
  return containers.flatMap(({ container, path }) =>
    (container.ports ?? []).flatMap(({ containerPort, protocol = 'TCP', hostPort = 0, hostIP = '' }, index) => {
      const key = `${containerPort}/${protocol}`
      const others = seen.get(key) ?? []
      const own = { path: `${path}.ports[${index}]`, hostPort, hostIP }
      seen.set(key, [...others, own])
      return others.flatMap((other) => overlap(own, other))
    }),
  )
}

type Port = { path: string; hostPort: number; hostIP: string }

function overlap(port: Port, other: Port): string[] {
  if (port.hostIP === other.hostIP && port.hostPort === other.hostPort)
    return [`${port.path}: duplicate port definition with ${other.path}`]
  if (port.hostPort === 0 || other.hostPort === 0)
    return [`${port.path}: overlapping port definition with ${other.path}`]
  return port.hostPort === other.hostPort && (port.hostIP === '') !== (other.hostIP === '')
    ? [`${port.path}: dangerously ambiguous port definition with ${other.path}`]
    : []
}

function repeatedPortNames(containers: readonly Visited[]): string[] {
  const seen = new Map<string, string>()
  return containers.flatMap(({ container, path }) =>
    (container.ports ?? []).flatMap(({ name }, index) => {
      if (name === undefined) return []
      const own = `${path}.ports[${index}]`
      const other = seen.get(name)
      if (other === undefined) {
        seen.set(name, own)
        return []
      }
      const used = `services and probes that select ports by name will use ${other}`
      return [`${own}: duplicate port name "${name}" with ${other}, ${used}`]
    }),
  )
}
