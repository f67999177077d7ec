import type { FieldError } from '../errors.ts'
import { headerNameErrors, portNameErrors, portNumberErrors } from '../names.ts'
import { forbidden, invalidValue, invalidValues, notNegative, required, unsupported } from '../validation.ts'
import type { Container, Probe } from './pod.ts'

const SCHEMES = ['HTTP', 'HTTPS']
const HANDLERS = ['exec', 'httpGet', 'tcpSocket', 'grpc'] as const
const SECONDS = ['initialDelaySeconds', 'timeoutSeconds', 'periodSeconds'] as const
const THRESHOLDS = ['successThreshold', 'failureThreshold'] as const

/** A port by number or by name (R-NAM-4, R-NAM-5). */
const portErrors = (path: string, port: number | string | undefined): FieldError[] =>
  typeof port === 'string'
    ? invalidValues(path, port, portNameErrors(port))
    : invalidValues(path, port ?? 0, portNumberErrors(port ?? 0))

/** The probes of a container that may have them. */
export const validateProbes = (container: Container, path: string): FieldError[] => [
  ...validateProbe(container.livenessProbe, `${path}.livenessProbe`, true),
  ...validateProbe(container.readinessProbe, `${path}.readinessProbe`, false),
  ...validateProbe(container.startupProbe, `${path}.startupProbe`, true),
]

function validateProbe(probe: Probe | undefined, path: string, needsOneSuccess: boolean): FieldError[] {
  if (!probe) return []
  const { successThreshold = 1 } = probe
  const errors = validateHandler(probe, path)
  for (const field of [...SECONDS, ...THRESHOLDS]) errors.push(...notNegative(`${path}.${field}`, probe[field]))
  if (needsOneSuccess && successThreshold !== 1)
    errors.push(invalidValue(`${path}.successThreshold`, successThreshold, 'must be 1'))
  return errors
}

function validateHandler(probe: Probe, path: string): FieldError[] {
  const [first, ...others] = HANDLERS.filter((handler) => probe[handler] !== undefined)
  if (first === undefined) return [required(path, 'must specify a handler type')]
  return [
    ...validateAction(probe, first, `${path}.${first}`),
    ...others.map((handler) => forbidden(`${path}.${handler}`, 'may not specify more than 1 handler type')),
  ]
}

function validateAction(probe: Probe, handler: (typeof HANDLERS)[number], path: string): FieldError[] {
  if (handler === 'exec') return probe.exec?.command?.length ? [] : [required(`${path}.command`)]
  if (handler !== 'httpGet') return portErrors(`${path}.port`, probe[handler]?.port)
  const { port, scheme = 'HTTP', httpHeaders = [] } = probe.httpGet ?? { port: 0 }
  return [
    ...portErrors(`${path}.port`, port),
    ...(SCHEMES.includes(scheme) ? [] : [unsupported(`${path}.scheme`, scheme, SCHEMES)]),
    ...httpHeaders.flatMap(({ name = '' }) => invalidValues(`${path}.httpHeaders`, name, headerNameErrors(name))),
  ]
}
