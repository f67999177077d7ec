import { describe, expect, test } from 'vitest'
import {
  admitsPort,
  formatFirewallRule,
  overlapping,
  parseFirewallRule,
} from '../../../src/cluster/network/firewall.ts'
import { Player } from '../../player.ts'

describe('a rule of the firewall', () => {
  test.each([
    ['30080', '30080/TCP'],
    ['30080/udp', '30080/UDP'],
    ['30000-32767', '30000-32767/TCP'],
    ['80-80/SCTP', '80/SCTP'],
    ['1-65535', '1-65535/TCP'],
  ])('%s is %s', (text, formatted) => expect(formatFirewallRule(parseFirewallRule(text)!)).toBe(formatted))

  test.each([
    '',
    '0',
    '65536',
    '80-79',
    '-80',
    '80-',
    '80/ICMP',
    '80/',
    '8a',
    '80 ',
    '１２',
    '999999',
    '1-2-3',
    '__proto__',
  ])('%j is none', (text) => expect(parseFirewallRule(text)).toBeUndefined())

  test('lets in its ports and no other', () => {
    const rules = ['22/TCP', '30000-30002/TCP', '53/UDP']
    const admitted = [21, 22, 29_999, 30_000, 30_002, 30_003, 53].filter((port) => admitsPort(rules, port, 'TCP'))
    expect(admitted).toEqual([22, 30_000, 30_002])
    expect(admitsPort(rules, 53, 'UDP')).toBe(true)
  })

  test('is known to share ports with another', () => {
    const rule = { low: 30_080, high: 30_080, protocol: 'TCP' }
    expect(overlapping(['22/TCP', '30080/UDP', '30000-32767/TCP'], rule)).toBe('30000-32767/TCP')
    expect(overlapping(['30081/TCP'], rule)).toBeUndefined()
  })
})

describe('/cluster firewall', () => {
  test('opens and closes a range, and says where a closed port is still let in', async () => {
    const player = new Player()
    await player.play('/cluster reset --world cafe-side-doors')
    await player.play(
      '/kubectl patch service coffee-shop -p \'{"spec":{"type":"NodePort","ports":[{"port":8088,"targetPort":8080,"nodePort":30080}]}}\'',
    )
    const home = async () => (await player.play('/curl 192.168.49.13:30080 --from home')).data.attempts[0].outcome
    expect(await home()).toBe('timeout')
    expect((await player.play('/cluster firewall allow 30000-32767')).text).toContain(
      'lets in 30000-32767/TCP to every node',
    )
    expect(await home()).toBe('ok')
    expect((await player.play('/cluster firewall deny 30080')).text).toContain(
      'no rule for 30080/TCP, but its rule for 30000-32767/TCP still lets some of it in',
    )
    expect(await home()).toBe('ok')
    expect((await player.play('/cluster firewall deny 30000-32767')).text).toContain('drops 30000-32767/TCP')
    expect(await home()).toBe('timeout')
  })

  test('refuses what is no port, and changes nothing', async () => {
    const player = new Player()
    const { reply, text } = await player.play('/cluster firewall allow 99999')
    expect(reply.ok).toBe(false)
    expect(text).toContain('"99999" is no port. Write 30080, 30080/UDP or a range, 30000-30010.')
  })
})
