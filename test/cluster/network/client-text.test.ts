import { describe, expect, test } from 'vitest'
import { type Attempt, silence } from '../../../src/cluster/network/attempt.ts'
import { curlError, ncText, pingText, wgetError } from '../../../src/cluster/network/client-text.ts'
import { nslookupText } from '../../../src/cluster/network/nslookup-text.ts'
import type { Target } from '../../../src/cluster/network/target.ts'
import { TLS_PROBLEMS } from '../../../src/cluster/network/tls.ts'
import { behind, cafe, curl, nslookup, pod, service, system, world } from './world.ts'

const attempt = (outcome: Attempt['outcome'], more: Partial<Attempt> = {}): Attempt => ({
  ...silence,
  outcome,
  ms: 3,
  hops: [],
  blame: null,
  ...more,
})
const web: Target = { scheme: 'http', host: 'web', port: 80 }
const tls = (what: string, more: Partial<Attempt> = {}) =>
  attempt('tls-mismatch', {
    hops: [{ at: 'x', what, law: 'certificateCovers', detail: '' }],
    tls: { host: 'coffee.com', certificate: 'default' },
    ...more,
  })
const secure: Target = { scheme: 'https', host: 'coffee.com', port: 443 }

describe('curl', () => {
  test.each<[string, Attempt, Target, number, string]>([
    ['R-PIPE-02 R-DNS-13 no such name', attempt('nxdomain'), web, 6, 'curl: (6) Could not resolve host: web\n'],
    [
      'R-PIPE-02 nothing listens',
      attempt('refused'),
      { ...web, port: 8080 },
      7,
      'curl: (7) Failed to connect to web port 8080 after 3 ms: Connection refused\n',
    ],
    ['R-PIPE-02 no answer', attempt('timeout'), web, 28, 'curl: (28) Connection timed out after 2000 milliseconds\n'],
    [
      'no HTTP',
      attempt('reset', { hops: [{ at: 'p', what: '', law: 'listens', detail: '' }] }),
      web,
      52,
      'curl: (52) Empty reply from server\n',
    ],
    ['R-PIPE-02 reset', attempt('reset'), web, 56, 'curl: (56) Recv failure: Connection reset by peer\n'],
    [
      'R-PIPE-02 untrusted',
      tls(TLS_PROBLEMS.untrusted),
      secure,
      60,
      'curl: (60) SSL certificate problem: self-signed certificate\nMore details here: https://curl.se/docs/sslcerts.html\n',
    ],
    [
      'R-PIPE-02 unknown authority',
      tls(TLS_PROBLEMS.untrusted, { tls: null }),
      secure,
      60,
      'curl: (60) SSL certificate problem: unable to get local issuer certificate\nMore details here: https://curl.se/docs/sslcerts.html\n',
    ],
    [
      'R-PIPE-02 expired',
      tls(TLS_PROBLEMS.expired),
      secure,
      60,
      'curl: (60) SSL certificate problem: certificate has expired\nMore details here: https://curl.se/docs/sslcerts.html\n',
    ],
    [
      'R-PIPE-02 not yet valid',
      tls(TLS_PROBLEMS.early),
      secure,
      60,
      'curl: (60) SSL certificate problem: certificate is not yet valid\nMore details here: https://curl.se/docs/sslcerts.html\n',
    ],
    [
      'R-PIPE-02 another name',
      tls(TLS_PROBLEMS.otherName),
      secure,
      60,
      "curl: (60) SSL: no alternative certificate subject name matches target host name 'coffee.com'\nMore details here: https://curl.se/docs/sslcerts.html\n",
    ],
    [
      'no TLS at all',
      tls(TLS_PROBLEMS.noTls),
      secure,
      35,
      'curl: (35) error:0A00010B:SSL routines::wrong version number\n',
    ],
  ])('%s', (_what, of, target, exitCode, text) => expect(curlError(of, target)).toEqual({ exitCode, text }))

  test('an answer is no error, whatever its status', () =>
    expect(curlError(attempt('ok', { status: 503 }), web)).toBe(undefined))
})

describe('wget', () => {
  test.each<[string, Attempt, Target, string | undefined]>([
    ['no such name', attempt('nxdomain'), web, "wget: bad address 'web'\n"],
    ['no such name, with a port', attempt('nxdomain'), { ...web, port: 8080 }, "wget: bad address 'web:8080'\n"],
    ['refused', attempt('refused'), web, "wget: can't connect to remote host (10.96.1.2): Connection refused\n"],
    ['no answer', attempt('timeout'), web, 'wget: download timed out\n'],
    ['reset', attempt('reset'), web, 'wget: error getting response: Connection reset by peer\n'],
    ['an error status', attempt('ok', { status: 404 }), web, 'wget: server returned error: HTTP/1.1 404 Not Found\n'],
    ['a rare status', attempt('ok', { status: 418 }), web, 'wget: server returned error: HTTP/1.1 418\n'],
    ['a document', attempt('ok', { status: 200 }), web, undefined],
  ])('%s', (_what, of, target, text) => {
    expect(wgetError(of, target, '10.96.1.2')).toEqual(text === undefined ? undefined : { exitCode: 1, text })
  })
})

describe('nc and ping', () => {
  test.each<[Attempt['outcome'], string, number]>([
    ['ok', 'web (10.96.1.2:80) open\n', 0],
    ['refused', 'nc: web (10.96.1.2:80): Connection refused\n', 1],
    ['timeout', 'nc: web (10.96.1.2:80): Operation timed out\n', 1],
    ['nxdomain', "nc: bad address 'web'\n", 1],
  ])('nc: %s', (outcome, text, exitCode) =>
    expect(ncText(attempt(outcome), web, '10.96.1.2')).toEqual({ text, exitCode }),
  )

  test('ping', () => {
    expect(pingText([attempt('ok'), attempt('timeout')], 'web', '10.244.1.5')).toEqual({
      exitCode: 0,
      stdout:
        'PING web (10.244.1.5): 56 data bytes\n64 bytes from 10.244.1.5: seq=0 ttl=62 time=0.080 ms\n\n--- web ping statistics ---\n2 packets transmitted, 1 packets received, 50% packet loss\nround-trip min/avg/max = 0.080/0.080/0.080 ms\n',
      stderr: '',
    })
    expect(pingText([attempt('timeout')], 'web', '10.96.1.2')).toMatchObject({
      exitCode: 1,
      stdout: expect.stringContaining('100% packet loss'),
    })
    expect(pingText([], 'web', undefined)).toEqual({ exitCode: 1, stdout: '', stderr: "ping: bad address 'web'\n" })
  })
})

describe('nslookup', () => {
  const head = 'Server:\t\t10.96.0.10\nAddress:\t10.96.0.10#53\n\n'
  const headless = behind(
    service('db', { clusterIP: 'None', ports: [{ name: 'sql', port: 5432 }] }),
    pod('db-1', { ip: '10.244.1.21' }),
    pod('db-2', { ip: '10.244.2.21' }),
  )
  const cluster = world(
    [...cafe(), ...headless, service('docs', { type: 'ExternalName', externalName: 'docs.example.com' })],
    {
      publicDns: { 'docs.example.com': '203.0.113.80' },
    },
  )
  const text = (name: string, options: Parameters<typeof nslookup>[2] = {}, flavour: 'bind' | 'busybox' = 'bind') =>
    nslookupText(nslookup(cluster, name, options), flavour)

  test('an address', () =>
    expect(text('coffee-shop')).toEqual({
      exitCode: 0,
      stdout: `${head}Name:\tcoffee-shop.default.svc.cluster.local\nAddress: 10.96.14.7\n\n`,
    }))
  test('BusyBox writes the port with a colon', () =>
    expect(text('coffee-shop', {}, 'busybox').stdout).toContain('Address:\t10.96.0.10:53\n'))
  test('several', () =>
    expect(text('db').stdout).toBe(
      `${head}Name:\tdb.default.svc.cluster.local\nAddress: 10.244.1.21\nName:\tdb.default.svc.cluster.local\nAddress: 10.244.2.21\n\n`,
    ))
  test('R-DNS-13 no such name', () => {
    expect(text('nobody')).toEqual({ exitCode: 1, stdout: `${head}** server can't find nobody: NXDOMAIN\n\n` })
    expect(text('nobody', {}, 'busybox').stdout).toContain("** server can't find nobody: NXDOMAIN\n")
  })
  test('no such record', () =>
    expect(text('coffee-shop', { type: 'AAAA' }).stdout).toBe(`${head}*** Can't find coffee-shop: No answer\n\n`))
  test('an alias', () =>
    expect(text('docs').stdout).toContain(
      'docs.default.svc.cluster.local\tcanonical name = docs.example.com.\nName:\tdocs.example.com\nAddress: 203.0.113.80\n',
    ))
  test('a name outside', () =>
    expect(text('docs.example.com.').stdout).toContain('Non-authoritative answer:\nName:\tdocs.example.com\n'))
  test('SRV, PTR and TXT', () => {
    expect(text('_sql._tcp.db', { type: 'SRV' }).stdout).toContain(
      '_sql._tcp.db.default.svc.cluster.local\tservice = 0 50 5432 10-244-1-21.db.default.svc.cluster.local.\n',
    )
    expect(text('10.96.14.7').stdout).toContain(
      '7.14.96.10.in-addr.arpa\tname = coffee-shop.default.svc.cluster.local.\n',
    )
    expect(text('dns-version.cluster.local.', { type: 'TXT' }).stdout).toContain(
      'dns-version.cluster.local\ttext = "1.1.0"\n',
    )
  })
  test('no name server', () => {
    const lookup = nslookup(world(system(false)), 'web')
    expect(nslookupText(lookup, 'bind')).toEqual({
      exitCode: 1,
      stdout: ';; connection timed out; no servers could be reached\n\n',
    })
  })
  test('no name', () =>
    expect(text('a..b')).toEqual({
      exitCode: 1,
      stdout: "nslookup: 'a..b' is not in legal name syntax (empty label)\n",
    }))

  test('the texts of a real attempt', () => {
    const refused = curl(world(behind(service('web', { clusterIP: '10.96.1.1', ports: [{ port: 80 }] }))), 'http://web')
    expect(curlError(refused, web)?.text).toMatch(
      /^curl: \(7\) Failed to connect to web port 80 after \d+ ms: Connection refused\n$/,
    )
  })
})
