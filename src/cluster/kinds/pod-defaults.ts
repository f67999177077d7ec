import { equal } from '../delta.ts'
import type { Container, ContainerPort, EnvVar, PodSpec, Probe, Volume } from './pod.ts'

/**
 * Server-side defaults of pods and templates. They are not stored: `minimalPodSpec` takes them away from what comes in
 * (somebody may send back what `get -o yaml` showed), `fullPodSpec` adds them to what goes out. So a value that was
 * spelled out and the default that it equals are the same thing here, as they are for the API server.
 */
type Values = Readonly<Record<string, unknown>>

const SPEC: Values = {
  restartPolicy: 'Always',
  terminationGracePeriodSeconds: 30,
  dnsPolicy: 'ClusterFirst',
  securityContext: {},
  schedulerName: 'default-scheduler',
}
const CONTAINER: Values = { terminationMessagePath: '/dev/termination-log', terminationMessagePolicy: 'File' }
const PORT: Values = { protocol: 'TCP' }
const PROBE: Values = { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 }
const HTTP_GET: Values = { path: '/', scheme: 'HTTP' }
const FIELD_REF: Values = { apiVersion: 'v1' }
const FILES: Values = { defaultMode: 420 }
const HOST_PATH: Values = { type: '' }

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'] as const

const without = <T extends object>(object: T, defaults: Values): T =>
  Object.fromEntries(
    Object.entries(object).filter(([key, value]) => !Object.hasOwn(defaults, key) || !equal(value, defaults[key])),
  ) as T

const withAll = <T extends object>(object: T, defaults: Values): T => ({ ...defaults, ...object })

/** How defaults are applied to one object: added or taken away. */
type Apply = <T extends object>(object: T, defaults: Values) => T

const DOMAIN = '(?:[a-zA-Z0-9-]+(?:\\.[a-zA-Z0-9-]+)*(?::[0-9]+)?/)?'
const COMPONENT = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*'
const IMAGE = new RegExp(
  `^${DOMAIN}${COMPONENT}(?:/${COMPONENT})*(?::([\\w][\\w.-]{0,127}))?(@[A-Za-z][\\w+.-]*:[0-9a-fA-F]{32,})?$`,
)

const LONGEST_NAME = 255

/** `Always` for images without tag or with `latest`; `IfNotPresent` for others, and for what is no image reference. */
function pullPolicyOf(image: string): 'Always' | 'IfNotPresent' {
  const match = IMAGE.exec(image)
  if (!match || image.length > LONGEST_NAME || /^[0-9a-f]{64}$/.test(image)) return 'IfNotPresent'
  const [, tag = 'latest', digest] = match
  return digest === undefined && tag === 'latest' ? 'Always' : 'IfNotPresent'
}

/** The members of `object` under `key` replaced by what `change` makes of them; an absent member stays absent. */
function changing<T extends object, K extends keyof T>(
  object: T,
  key: K,
  change: (value: NonNullable<T[K]>) => T[K],
): T {
  const value = object[key]
  return value === undefined || value === null ? object : { ...object, [key]: change(value) }
}

function applyToProbe(probe: Probe, apply: Apply): Probe {
  return changing(apply(probe, PROBE), 'httpGet', (action) => apply(action, HTTP_GET))
}

function applyToEnv(variable: EnvVar, apply: Apply): EnvVar {
  return changing(variable, 'valueFrom', (source) =>
    changing(source, 'fieldRef', (reference) => apply(reference, FIELD_REF)),
  )
}

function applyToPort(port: ContainerPort, apply: Apply, hostNetwork: boolean): ContainerPort {
  return apply(port, hostNetwork ? { ...PORT, hostPort: port.containerPort } : PORT)
}

function applyToContainer(given: Container, apply: Apply, hostNetwork: boolean): Container {
  let container = apply(given, { ...CONTAINER, imagePullPolicy: pullPolicyOf(given.image ?? ''), resources: {} })
  container = changing(container, 'ports', (ports) => ports.map((port) => applyToPort(port, apply, hostNetwork)))
  container = changing(container, 'env', (env) => env.map((variable) => applyToEnv(variable, apply)))
  for (const key of PROBES) container = changing(container, key, (probe) => applyToProbe(probe, apply))
  return container
}

function applyToVolume(given: Volume, apply: Apply): Volume {
  const hasSource = Object.keys(given).some((key) => key !== 'name')
  let volume = hasSource ? given : { ...given, emptyDir: {} }
  for (const key of ['configMap', 'secret', 'projected', 'downwardAPI'] as const)
    volume = changing(volume, key, (source) => apply(source as object, FILES) as never)
  return changing(volume, 'hostPath', (source) => apply(source, HOST_PATH))
}

function applyToSpec(given: PodSpec, apply: Apply, isPod: boolean): PodSpec {
  const hostNetwork = isPod && given.hostNetwork === true
  const containers = (list: Container[]): Container[] =>
    list.map((container) => applyToContainer(container, apply, hostNetwork))
  let spec = apply(given, isPod ? { ...SPEC, enableServiceLinks: true } : SPEC)
  spec = changing(spec, 'containers', containers)
  spec = changing(spec, 'initContainers', containers)
  return changing(spec, 'volumes', (volumes) => volumes.map((volume) => applyToVolume(volume, apply)))
}

/** The spec without what is the default anyway. `isPod` tells pods from templates, which have fewer defaults. */
export const minimalPodSpec = (spec: PodSpec, isPod: boolean): PodSpec => {
  const { serviceAccount, ...rest } = spec as PodSpec & { serviceAccount?: string }
  const name = spec.serviceAccountName ?? serviceAccount
  return applyToSpec({ ...rest, ...(name !== undefined && { serviceAccountName: name }) }, without, isPod)
}

/** The spec with all defaults, as `get -o yaml` shows it. */
export const fullPodSpec = (spec: PodSpec, isPod: boolean): PodSpec => {
  const account = spec.serviceAccountName
  return applyToSpec({ ...spec, ...(account !== undefined && { serviceAccount: account }) } as PodSpec, withAll, isPod)
}
