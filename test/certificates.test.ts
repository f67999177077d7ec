import { describe, expect, test } from 'vitest'
import { certificates } from '../src/certificates.ts'
import { MONDAY } from './player.ts'

const DAY = 86_400_000
const order = { hosts: ['coffee.com', 'www.coffee.com'], notBefore: MONDAY, notAfter: MONDAY + 90 * DAY, seed: 'a' }

describe('a certificate that is made', () => {
  test('is read again with its hosts and times, as issued by somebody else', async () => {
    const { certificate, key } = await certificates.make(order)
    expect(certificates.read(certificate, key)).toEqual({
      names: ['coffee.com', 'www.coffee.com'],
      notBefore: order.notBefore,
      notAfter: order.notAfter,
      trusted: true,
    })
  })

  test('is the same for the same order, and another for another seed', async () => {
    const first = await certificates.make(order)
    expect(await certificates.make(order)).toEqual(first)
    const other = await certificates.make({ ...order, seed: 'b' })
    expect(other.certificate).not.toBe(first.certificate)
    expect(other.key).not.toBe(first.key)
  })
})

describe('what is wrong with a pair, in the words of crypto/tls', () => {
  const pair = certificates.make(order)
  const other = certificates.make({ ...order, seed: 'b' })
  const broken = (pem: string) => pem.replace(/\n[A-Za-z0-9+/=]{4}/, '\nAAAA')

  test('nothing', async () => {
    const { certificate, key } = await pair
    expect(certificates.pairError(certificate, key)).toBeUndefined()
    expect(certificates.pairError(`${key}${certificate}`, `${certificate}${key}`)).toBeUndefined()
  })

  const cases: [string, (a: Awaited<typeof pair>, b: Awaited<typeof other>) => [string, string], string][] = [
    ['no certificate at all', ({ key }) => ['hello', key], 'tls: failed to find any PEM data in certificate input'],
    [
      'the files are switched',
      ({ certificate, key }) => [key, certificate],
      'tls: failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched',
    ],
    [
      'something else in PEM',
      ({ certificate, key }) => [certificate.replaceAll('CERTIFICATE', 'CERTIFICATE REQUEST'), key],
      'tls: failed to find "CERTIFICATE" PEM block in certificate input after skipping PEM blocks of the following types: [CERTIFICATE REQUEST]',
    ],
    ['no key at all', ({ certificate }) => [certificate, ''], 'tls: failed to find any PEM data in key input'],
    [
      'a certificate in place of the key',
      ({ certificate }) => [certificate, certificate],
      'tls: found a certificate rather than a key in the PEM for the private key',
    ],
    [
      'a public key in place of the key',
      ({ certificate, key }) => [certificate, key.replaceAll('PRIVATE KEY', 'PUBLIC KEY')],
      'tls: failed to find PEM block with type ending in "PRIVATE KEY" in key input after skipping PEM blocks of the following types: [PUBLIC KEY]',
    ],
    ['a damaged certificate', ({ certificate, key }) => [broken(certificate), key], 'x509: malformed certificate'],
    ['a damaged key', ({ certificate, key }) => [certificate, broken(key)], 'tls: failed to parse private key'],
    [
      'the key of another certificate',
      ({ certificate }, { key }) => [certificate, key],
      'tls: private key does not match public key',
    ],
  ]
  test.each(cases)('%s', async (_, given, message) => {
    expect(certificates.pairError(...given(await pair, await other))).toBe(message)
  })
})
