import { createPrivateKey, X509Certificate } from 'node:crypto'
import type { Certificate } from './cluster/network/certificate.ts'

/**
 * Reads a certificate and its key from PEM. Undefined: one of them cannot be read, or they do not belong together.
 * A certificate that somebody else has issued counts as trusted by visitors; only a self-signed one does not.
 */
export function readCertificate(certificate: string, key: string): Certificate | undefined {
  try {
    const parsed = new X509Certificate(certificate)
    if (!parsed.checkPrivateKey(createPrivateKey(key))) return undefined
    return {
      names: namesOf(parsed),
      notBefore: Date.parse(parsed.validFrom),
      notAfter: Date.parse(parsed.validTo),
      trusted: parsed.issuer !== parsed.subject,
    }
  } catch {
    // Node throws its own errors for all that is no certificate or no key; what is wrong makes no difference here.
    return undefined
  }
}

/** The subject alternative names; the common name counts only where there are none. */
function namesOf({ subjectAltName, subject }: X509Certificate): string[] {
  const alternatives = [...(subjectAltName ?? '').matchAll(/DNS:([^,\s]+)/g)].map((match) => match[1]!.toLowerCase())
  const common = /^CN=(.+)$/m.exec(subject)?.[1]
  return alternatives.length > 0 || common === undefined ? alternatives : [common.toLowerCase()]
}
