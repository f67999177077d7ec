import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, X509Certificate } from 'node:crypto'
import type { Certificate, CertificateOrder, CertificatePair, Certificates } from './cluster/network/certificate.ts'

/**
 * Reads a certificate and its key from PEM. Undefined: one of them cannot be read, or they do not belong together.
 * A certificate that somebody else has issued counts as trusted by visitors; only a self-signed one does not.
 */
function read(certificate: string, key: string): Certificate | undefined {
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

/** Types of the PEM blocks of a text, in order. */
const blocksIn = (pem: string): string[] =>
  [...pem.matchAll(/^-----BEGIN ([A-Z0-9 ]+)-----\s[\s\S]*?^-----END \1-----/gm)].map((match) => match[1]!)

const isKey = (block: string): boolean => block.endsWith('PRIVATE KEY')

/** What is wrong with a pair of PEM texts, in the words of Go's `tls.X509KeyPair`, which kubectl asks. */
function pairError(certificate: string, key: string): string | undefined {
  const blocks = blocksIn(certificate)
  if (blocks.length === 0) return 'tls: failed to find any PEM data in certificate input'
  if (!blocks.includes('CERTIFICATE'))
    return blocks.some(isKey)
      ? 'tls: failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched'
      : `tls: failed to find "CERTIFICATE" PEM block in certificate input after skipping PEM blocks of the following types: [${blocks.join(' ')}]`
  const keyBlocks = blocksIn(key)
  if (keyBlocks.length === 0) return 'tls: failed to find any PEM data in key input'
  if (!keyBlocks.some(isKey))
    return keyBlocks.length === 1 && keyBlocks[0] === 'CERTIFICATE'
      ? 'tls: found a certificate rather than a key in the PEM for the private key'
      : `tls: failed to find PEM block with type ending in "PRIVATE KEY" in key input after skipping PEM blocks of the following types: [${keyBlocks.join(' ')}]`
  const parsed = attempt(() => new X509Certificate(certificate))
  if (!parsed) return 'x509: malformed certificate'
  const privateKey = attempt(() => createPrivateKey(key))
  if (!privateKey) return 'tls: failed to parse private key'
  if (parsed.publicKey.asymmetricKeyType !== privateKey.asymmetricKeyType)
    return 'tls: private key type does not match public key type'
  return parsed.checkPrivateKey(privateKey) ? undefined : 'tls: private key does not match public key'
}

/** Node throws its own errors for what it cannot read; that it cannot is all that matters here. */
function attempt<T>(parse: () => T): T | undefined {
  try {
    return parse()
  } catch {
    return undefined
  }
}

/** Who signs the certificates that are made here. */
const ISSUER = 'Room Service practice authority'

/** What comes before the 32 bytes of an Ed25519 key in PKCS #8 (RFC 8410). */
const ED25519_KEY_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex')

const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest()

/** Ed25519, because its signatures depend on nothing but key and text: the same order gives the same files. */
const keyFrom = (seed: string): KeyObject =>
  createPrivateKey({ key: Buffer.concat([ED25519_KEY_PREFIX, hashOf(seed)]), format: 'der', type: 'pkcs8' })

/** Makes a certificate for hosts, issued by an authority of its own, and the key that belongs to it. */
async function make({ hosts, notBefore, notAfter, seed }: CertificateOrder): Promise<CertificatePair> {
  const { AsnConvert, OctetString } = await import('@peculiar/asn1-schema')
  const x509 = await import('@peculiar/asn1-x509')
  const named = (name: string) =>
    new x509.Name([
      new x509.RelativeDistinguishedName([
        new x509.AttributeTypeAndValue({ type: '2.5.4.3', value: new x509.AttributeValue({ utf8String: name }) }),
      ]),
    ])
  const key = keyFrom(`key ${seed}`)
  const algorithm = new x509.AlgorithmIdentifier({ algorithm: '1.3.101.112' })
  const alternatives = new x509.SubjectAlternativeName(hosts.map((dNSName) => new x509.GeneralName({ dNSName })))
  const content = new x509.TBSCertificate({
    version: x509.Version.v3,
    // A serial number is positive: its first bit is 0.
    serialNumber: Uint8Array.from([1, ...hashOf(`serial ${seed}`).subarray(0, 8)]).buffer,
    signature: algorithm,
    issuer: named(ISSUER),
    subject: named(hosts[0] ?? ''),
    validity: new x509.Validity({ notBefore: new Date(notBefore), notAfter: new Date(notAfter) }),
    subjectPublicKeyInfo: AsnConvert.parse(
      createPublicKey(key).export({ format: 'der', type: 'spki' }),
      x509.SubjectPublicKeyInfo,
    ),
    extensions: new x509.Extensions([
      new x509.Extension({
        extnID: x509.id_ce_subjectAltName,
        extnValue: new OctetString(AsnConvert.serialize(alternatives)),
      }),
    ]),
  })
  const signature = sign(null, Buffer.from(AsnConvert.serialize(content)), keyFrom('authority'))
  const whole = new x509.Certificate({
    tbsCertificate: content,
    signatureAlgorithm: algorithm,
    signatureValue: Uint8Array.from(signature).buffer,
  })
  return {
    certificate: pemOf('CERTIFICATE', Buffer.from(AsnConvert.serialize(whole))),
    key: String(key.export({ format: 'pem', type: 'pkcs8' })),
  }
}

const pemOf = (type: string, content: Buffer): string =>
  `-----BEGIN ${type}-----\n${content.toString('base64').replace(/.{64}/g, '$&\n').trimEnd()}\n-----END ${type}-----\n`

/** Certificates by the means of Node and an ASN.1 library. */
export const certificates: Certificates = { read, pairError, make }
