import type { Secret } from '../kinds/secret.ts'
import type { Milliseconds } from '../object.ts'

/** What a client looks at in a certificate. */
export interface Certificate {
  /** Names in lower case that it is good for; a name may begin with `*.`. */
  names: readonly string[]
  notBefore: Milliseconds
  notAfter: Milliseconds
  /** True if the machines of visitors trust its issuer. */
  trusted: boolean
}

/**
 * Reads a pair of PEM texts. Undefined: not a certificate, not a key, or the two do not belong together. Must be pure:
 * the same texts give the same facts.
 */
export type CertificateReader = (certificate: string, key: string) => Certificate | undefined

/** A pair of PEM texts. */
export interface CertificatePair {
  certificate: string
  key: string
}

/** A certificate that somebody else issues for these hosts. The same order gives the same pair. */
export interface CertificateOrder {
  hosts: readonly string[]
  notBefore: Milliseconds
  notAfter: Milliseconds
  /** Whatever tells this pair from others. */
  seed: string
}

/** What only a library of the platform can do with certificates; the composition root hands it in. */
export interface Certificates {
  read: CertificateReader
  /** What is wrong with a pair, in the words of Go's crypto/tls; undefined if the two belong together. */
  pairError(certificate: string, key: string): string | undefined
  make(order: CertificateOrder): Promise<CertificatePair>
}

/** Type of a Secret that holds a certificate (R-ING-50). */
const TLS_SECRET_TYPE = 'kubernetes.io/tls'

let reader: CertificateReader | undefined

/**
 * Hands in the parser of certificates. It is the one thing here that needs a library of the platform, so the composition
 * root registers it once, before the first request with TLS.
 */
export function useCertificateReader(read: CertificateReader): void {
  reader = read
}

/** Secrets are immutable objects, so each is read once. */
const known = new WeakMap<Secret, Certificate | null>()

/** The certificate in a Secret; undefined where there is none that can be used (R-ING-52). */
export function certificateIn(secret: Secret): Certificate | undefined {
  const seen = known.get(secret)
  if (seen !== undefined) return seen ?? undefined
  if (!reader) throw new Error('no reader of certificates is registered')
  const certificate = secret.data?.['tls.crt']
  const key = secret.data?.['tls.key']
  const facts =
    secret.type === TLS_SECRET_TYPE && certificate !== undefined && key !== undefined
      ? reader(decode(certificate), decode(key))
      : undefined
  known.set(secret, facts ?? null)
  return facts
}

/** Base64 as text; what is no base64 gives nothing. */
function decode(base64: string): string {
  try {
    return atob(base64)
  } catch {
    return ''
  }
}
