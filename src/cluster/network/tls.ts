import type { Ingress } from '../kinds/ingress.ts'
import type { Attempt, Blame } from './attempt.ts'
import { blame } from './blame.ts'
import { type Certificate, certificateIn } from './certificate.ts'
import { type Style, servingStyle } from './ingress-controller.ts'
import { byAge, pathsFor } from './ingress-rules.ts'
import type { Journey } from './journey.ts'

/** What a controller shows to a client that asks for a host. */
export interface Shown {
  /** `namespace/name` of the Secret, or `default`. */
  name: string
  certificate: Certificate | undefined
  /** Why it is the default one, and where to look. */
  reason: Blame | undefined
  /** True if some `tls` entry is for this host, whatever its Secret. */
  listed: boolean
  style: Style
}

/** What clients say of a certificate that they do not accept. The text is that of the hop. */
export const TLS_PROBLEMS = {
  untrusted: 'certificate refused: its issuer is not trusted',
  expired: 'certificate refused: it has expired',
  early: 'certificate refused: it is not valid yet',
  otherName: 'certificate refused: it is for another name',
  noTls: 'speaks no TLS on this port',
} as const

export type TlsProblem = keyof typeof TLS_PROBLEMS

/** The problem that ended an attempt with `tls-mismatch`. */
export const tlsProblemOf = ({ hops }: Attempt): TlsProblem | undefined =>
  (Object.keys(TLS_PROBLEMS) as TlsProblem[]).find((problem) => TLS_PROBLEMS[problem] === hops.at(-1)?.what)

/**
 * The certificate for a host (R-ING-50…54): from the Secret of a `tls` entry that lists it, in the namespace of the
 * Ingress. Otherwise the controller's own. A client that names no host gets that too.
 */
export function certificateFor(journey: Journey, running: readonly string[], host: string | undefined): Shown {
  const entries = host === undefined ? [] : entriesFor(journey, running, host)
  const style = entries[0]?.style ?? 'api'
  let reason: Blame | undefined
  for (const { ingress, entry, index } of entries) {
    const field = `spec.tls[${index}].secretName`
    const { namespace } = ingress.metadata
    const secret =
      entry.secretName === undefined ? undefined : journey.cluster.get('Secret', namespace, entry.secretName)
    const certificate = secret && certificateIn(secret)
    if (certificate)
      return { name: `${namespace}/${entry.secretName}`, certificate, reason: undefined, listed: true, style }
    reason ??= secret
      ? blame(secret, 'data', 'its type must be kubernetes.io/tls, with a certificate and the key that belongs to it')
      : blame(ingress, field, problemOfName(entry.secretName, namespace))
  }
  const listed = entries.length > 0
  return { name: 'default', certificate: undefined, reason: reason ?? unlisted(journey, running, host), listed, style }
}

const problemOfName = (secretName: string | undefined, namespace: string | undefined): string =>
  secretName === undefined ? 'it names no Secret' : `there is no Secret "${secretName}" in namespace ${namespace}`

interface Entry {
  ingress: Ingress
  entry: NonNullable<Ingress['spec']['tls']>[number]
  index: number
  style: Style
}

/**
 * The `tls` entries for a host among the Ingresses whose rules name it. An entry without hosts is for all of them; to
 * ingress-nginx it is for the names of its certificate.
 */
function entriesFor(journey: Journey, running: readonly string[], host: string): Entry[] {
  return ingressesFor(journey, running, host).flatMap(({ ingress, style }) =>
    (ingress.spec.tls ?? []).flatMap((entry, index) => {
      const hosts = (entry.hosts ?? []).map((name) => name.toLowerCase())
      const fits = hosts.length === 0 ? style === 'api' : journey.laws.certificateCovers(hosts, host)
      return fits || (style === 'nginx' && coveredBySecret(journey, ingress, entry.secretName, host))
        ? [{ ingress, entry, index, style }]
        : []
    }),
  )
}

/** ingress-nginx also takes a certificate whose own names fit, where the entry does not list the host. */
function coveredBySecret(journey: Journey, ingress: Ingress, name: string | undefined, host: string): boolean {
  const secret = name === undefined ? undefined : journey.cluster.get('Secret', ingress.metadata.namespace, name)
  const certificate = secret && certificateIn(secret)
  return certificate !== undefined && journey.laws.certificateCovers(certificate.names, host)
}

function ingressesFor(
  journey: Journey,
  running: readonly string[],
  host: string,
): { ingress: Ingress; style: Style }[] {
  const { cluster, laws } = journey
  const hosts = laws.ruleHostsFor(host) ?? [host]
  return hosts.flatMap((name) =>
    cluster.store
      .list('Ingress', { index: ['host', name] })
      .sort(byAge)
      .flatMap((ingress) => {
        const style = pathsFor(ingress, name) && servingStyle(cluster, laws, ingress, running)
        return style ? [{ ingress, style }] : []
      }),
  )
}

function unlisted(journey: Journey, running: readonly string[], host: string | undefined): Blame | undefined {
  if (host === undefined) return undefined
  const [first] = ingressesFor(journey, running, host)
  return first && blame(first.ingress, 'spec.tls', `it has no entry that lists ${host}`)
}

/** What a client finds wrong with a certificate for this host at this time; undefined if it accepts it. */
export function problemWith(
  journey: Journey,
  certificate: Certificate | undefined,
  host: string,
): TlsProblem | undefined {
  if (!certificate) return 'untrusted'
  if (!certificate.trusted) return 'untrusted'
  if (journey.cluster.now > certificate.notAfter) return 'expired'
  if (journey.cluster.now < certificate.notBefore) return 'early'
  return journey.laws.certificateCovers(certificate.names, host) ? undefined : 'otherName'
}
