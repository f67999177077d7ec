import { describe, expect, test } from 'vitest'
import { Player } from '../player.ts'

describe('/cluster dns', () => {
  test.each([
    ['*.shop.com 203.0.113.9', '"*.shop.com" is no public host name'],
    ['a..b 203.0.113.9', '"a..b" is no public host name'],
    ['coffee.com:80 203.0.113.9', '"coffee.com:80" is no public host name'],
    ['café.com/menu 203.0.113.9', '"café.com/menu" is no public host name'],
    ['1.2.3.4 203.0.113.9', '"1.2.3.4" is no public host name'],
    [`${'a'.repeat(300)}.com 203.0.113.9`, 'is no public host name'],
    ['__proto__ 203.0.113.9', 'is no public host name'],
    ['web.default.svc.cluster.local 203.0.113.9', "cluster.local belongs to the cluster's own DNS"],
    ['coffee.com 999.1.1.1', '"999.1.1.1" is no IPv4 address'],
    ['coffee.com ::1', '"::1" is no IPv4 address'],
  ])('refuses %s and changes nothing', async (words, says) => {
    const player = new Player()
    const { reply, text } = await player.play(`/cluster dns ${words}`)
    expect(text).toContain(says)
    expect(reply.data ?? null).toBeNull()
  })

  test('alone it lists the records; without an address it asks for one', async () => {
    const player = new Player()
    expect((await player.play('/cluster dns')).text).toContain('no public names yet')
    await player.play('/cluster dns coffee.com 203.0.113.10')
    const listed = await player.play('/cluster dns')
    expect(listed.text).toContain('coffee.com → 203.0.113.10')
    expect(listed.data.changed).toBe(false)
    expect((await player.play('/cluster dns coffee.com')).text).toContain('Which address?')
    await player.play('/cluster dns coffee.com -')
    expect((await player.play('/cluster dns')).text).toContain('no public names yet')
  })

  test('R-DNS-11 a name is one name in any case, with its final dot, and in other letters', async () => {
    const player = new Player()
    await player.play('/cluster dns Coffee.COM. 203.0.113.9')
    await player.play('/cluster dns café.com 203.0.113.10')
    const lookup = async (name: string) => (await player.play(`/nslookup ${name} --from internet`)).reply.data
    expect(await lookup('coffee.com')).toMatchObject({ rcode: 'NOERROR', answers: [{ value: '203.0.113.9' }] })
    expect(await lookup('CAFÉ.com')).toMatchObject({
      rcode: 'NOERROR',
      tried: ['xn--caf-dma.com.'],
      answers: [{ value: '203.0.113.10' }],
    })
  })
})

describe('/cluster firewall', () => {
  test('alone it lists what is open', async () => {
    const player = new Player()
    expect((await player.play('/cluster firewall')).text).toContain('lets nothing in')
    await player.play('/cluster firewall allow 30080')
    await player.play('/cluster firewall allow 53/udp')
    expect((await player.play('/cluster firewall')).text).toContain('lets in 30080/TCP, 53/UDP.')
    expect((await player.play('/cluster firewall deny')).text).toContain('Which port?')
    await player.play('/cluster firewall deny 30080')
    expect((await player.play('/cluster firewall')).text).toContain('lets in 53/UDP.')
  })

  test.each(['allow 0', 'allow 65536', 'allow 80/icmp', 'allow 9-3', 'allow abc', 'open 80', 'allow 80 81'])(
    'refuses %s and changes nothing',
    async (words) => {
      const { reply } = await new Player().play(`/cluster firewall ${words}`)
      expect(reply.ok).toBe(false)
      expect(reply.data ?? null).toBeNull()
    },
  )
})
