import { beforeAll, describe, expect, test } from 'vitest'
import { certificates } from '../../src/certificates.ts'
import { MemoryStore } from '../memory-store.ts'
import { MONDAY, Player } from '../player.ts'

const DAY = 86_400_000
const valid = { hosts: ['coffee.com'], notBefore: MONDAY - DAY, notAfter: MONDAY + 90 * DAY, seed: 'good' }

/** A lobby with a sheet for coffee.com that names the Secret coffee-tls. */
const lobby = new Player()
const SHEET =
  '/kubectl create ingress lobby --class=lobby --rule=coffee.com/menu*=menu:80,tls=coffee-tls --rule=tea.com/*=tea:80'

beforeAll(async () => {
  for (const line of ['/cluster reset --world cafe-lobby', '/cluster addon ingress on', SHEET]) await lobby.play(line)
})

/** Another visitor of the same lobby, with a certificate in its Secret. */
async function sealed(order: Partial<typeof valid>): Promise<Player> {
  const player = new Player(new MemoryStore(lobby.store))
  const { certificate, key } = await certificates.make({ ...valid, ...order })
  const files = { 'a.crt': certificate, 'a.key': key }
  expect((await player.play('/kubectl create secret tls coffee-tls --cert=a.crt --key=a.key', files)).text).toContain(
    'created',
  )
  return player
}

const visit = async (player: Player, url = 'https://coffee.com/menu', options = '') => {
  const { text, data } = await player.play(`/curl ${options} ${url} --from internet`)
  return { text, attempt: data.attempts[0] }
}

describe('a certificate for a sheet', () => {
  test('R-ING-50 is shown for its host and ends there; the Pod gets plain http', async () => {
    const { attempt } = await visit(await sealed({}))
    expect(attempt).toMatchObject({
      outcome: 'ok',
      status: 200,
      tls: { host: 'coffee.com', certificate: 'default/coffee-tls' },
      received: { scheme: 'http' },
    })
  })

  test('of a wildcard does not cover the name without its first label', async () => {
    expect((await visit(await sealed({ hosts: ['*.coffee.com'] }))).attempt.outcome).toBe('tls-mismatch')
  })

  test.each([
    ['for another host', { hosts: ['tea.com'] }, "target host name 'coffee.com'", 'it is for another name'],
    ['that has expired', { notAfter: MONDAY - 1000 }, 'certificate has expired', 'it has expired'],
    ['of tomorrow', { notBefore: MONDAY + DAY }, 'certificate is not yet valid', 'it is not valid yet'],
  ])('%s is refused by the visitor, and -k looks away', async (_, order, said, hop) => {
    const player = await sealed(order)
    const { text, attempt } = await visit(player)
    expect(attempt).toMatchObject({
      outcome: 'tls-mismatch',
      status: null,
      tls: { host: 'coffee.com', certificate: 'default/coffee-tls' },
      blame: { kind: 'Secret', name: 'coffee-tls', namespace: 'default' },
    })
    expect(text).toContain(said)
    expect(text.replace(/\s+/g, ' ')).toContain(hop)
    expect((await visit(player, 'https://coffee.com/menu', '-k')).attempt.status).toBe(200)
  })

  test('expires by the clock of the cluster', async () => {
    const player = await sealed({ notAfter: MONDAY + DAY })
    expect((await visit(player)).attempt.outcome).toBe('ok')
    player.now += 2 * DAY
    expect((await visit(player)).text).toContain('certificate has expired')
  })

  const secret = (data: Record<string, string>) =>
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Secret',
      type: 'kubernetes.io/tls',
      metadata: { name: 'coffee-tls' },
      stringData: data,
    })

  test.each([
    ['no certificate', async () => ({ 'tls.crt': 'hello', 'tls.key': 'hello' })],
    ['nothing', async () => ({ 'tls.crt': '', 'tls.key': '' })],
    [
      'a certificate with the key of another',
      async () => {
        const [a, b] = await Promise.all([certificates.make(valid), certificates.make({ ...valid, seed: 'other' })])
        return { 'tls.crt': a.certificate, 'tls.key': b.key }
      },
    ],
    [
      'the two swapped',
      async () => {
        const { certificate, key } = await certificates.make(valid)
        return { 'tls.crt': key, 'tls.key': certificate }
      },
    ],
  ])('R-ING-52 where the Secret holds %s, the controller shows its own', async (_, data) => {
    const player = new Player(new MemoryStore(lobby.store))
    expect((await player.play({ line: '/kubectl apply -f -', stdin: secret(await data()) })).text).toContain('created')
    const { text, attempt } = await visit(player)
    expect(attempt).toMatchObject({ outcome: 'tls-mismatch', tls: { host: 'coffee.com', certificate: 'default' } })
    expect(text).toContain('self-signed certificate')
    expect(text).toContain('Secret coffee-tls')
  })

  test('R-ING-52 that does not exist leaves the default one; R-ING-54 other hosts get that, too', async () => {
    const player = new Player(new MemoryStore(lobby.store))
    expect((await visit(player)).text).toContain('There is no Secret "coffee-tls" in namespace default')
    const { attempt } = await visit(await sealed({}), 'https://tea.com/')
    expect(attempt).toMatchObject({ outcome: 'tls-mismatch', tls: { host: 'tea.com', certificate: 'default' } })
  })
})

describe('kubectl create secret tls', () => {
  test.each([
    [{ 'a.crt': 'hello', 'a.key': 'hello' }, 'error: tls: failed to find any PEM data in certificate input'],
    [{ 'a.key': 'hello' }, 'error: Cannot read file a.crt, open a.crt: no such file or directory'],
  ])('refuses what is no pair: %j', async (files, error) => {
    const player = new Player(new MemoryStore(lobby.store))
    const { text, reply } = await player.play(
      '/kubectl create secret tls x --cert=a.crt --key=a.key',
      files as Record<string, string>,
    )
    expect(reply.ok).toBe(false)
    expect(text).toContain(error)
    expect((await player.play('/kubectl get secrets -o name')).data.stdout).toBe('')
  })
})
