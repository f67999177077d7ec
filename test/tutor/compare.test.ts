import { describe, expect, test } from 'vitest'
import { Player } from '../player.ts'

/** The table of ways in, after these lines. */
async function compared(...lines: string[]) {
  const player = new Player()
  for (const line of lines) await player.play(line)
  const { reply, text } = await player.play('/lesson compare')
  const rows = text.split('\n').filter((line) => line.startsWith('  '))
  const buttons = reply.parts.flatMap((part) => (part.type === 'buttons' ? part.buttons : []))
  return { player, text, rows, buttons }
}

describe('/lesson compare', () => {
  test('shows the three ways of the article, also where there is none', async () => {
    const { text, buttons } = await compared()
    expect(text).toMatch(/^ClusterIP +those inside +app calls app +extension$/m)
    expect(text).toMatch(/^NodePort +node address \+ port +tests, a look +side door$/m)
    expect(text).toMatch(/^Ingress +by host and path +many web apps +traffic cop$/m)
    expect(text).toContain('ClusterIP: none yet\nNodePort: none yet\nIngress: none yet')
    expect(text).toContain('Missing here: ClusterIP, NodePort, Ingress.')
    expect(buttons).toEqual([{ label: 'All lessons', action: '/lesson list' }])
  })

  test('tells who reaches what at this moment, and nobody sees the calls', async () => {
    const { rows, player } = await compared(
      '/cluster reset --world cafe-lobby',
      '/kubectl patch service order -p \'{"spec":{"type":"NodePort","sessionAffinity":"ClientIP"}}\'',
      '/kubectl patch service tea -p \'{"spec":{"type":"LoadBalancer"}}\'',
      '/kubectl create ingress lobby --class=lobby --rule=coffee.com/menu*=menu:80 --rule=coffee.com/order*=order:8080',
      '/cluster addon ingress on',
    )
    const reach = Object.fromEntries(
      rows.map((row) => [row.trim().split(/ +/)[0], row.trim().split(/ +/).slice(-3).join(' ')]),
    )
    expect(reach).toEqual({
      menu: 'yes no no',
      order: 'yes yes no',
      tea: 'yes yes yes',
      'coffee.com/menu': 'yes yes yes',
      'coffee.com/order': '503 503 503',
    })
    const before = player.store.writes
    await player.play('/lesson compare')
    expect(player.store.writes).toBe(before)
  })

  test('a Service without rooms is reached by nobody', async () => {
    const { rows } = await compared(
      '/cluster reset --world cafe-side-doors',
      '/kubectl scale deploy coffee-shop --replicas=0',
    )
    expect(rows).toEqual([expect.stringMatching(/coffee-shop .* no {2}no {5}no$/)])
  })

  test('says that nobody has read the sheet, and offers the next action', async () => {
    const { text, buttons } = await compared(
      '/cluster reset --world cafe-lobby',
      '/kubectl create ingress lobby --class=lobby --rule=coffee.com/menu*=menu:80',
    )
    expect(text).toMatch(/coffee\.com\/menu +no address +no {2}no {5}no/)
    expect(text).toContain('An Ingress has no address: no controller that runs here has read it.')
    expect(buttons.map(({ action }) => action)).toEqual([
      '/cluster addon ingress on',
      '/kubectl patch service menu -p \'{"spec":{"type":"NodePort"}}\'',
      '/lesson list',
    ])
  })

  test.each([[['/kubectl create deployment web --image=nginx']], [['/cluster reset --world cafe']]])(
    'every action that it offers works (%j)',
    async (lines) => {
      const { player, buttons } = await compared(...lines)
      expect(buttons.length).toBeGreaterThan(1)
      for (const { action } of buttons) expect([action, (await player.press(action)).reply.ok]).toEqual([action, true])
    },
  )

  test('the door of a new Service is the one that its Pods listen on', async () => {
    const { player, buttons } = await compared('/kubectl create deployment web --image=nginx')
    await player.press(buttons[0]!.action)
    expect((await player.play('/lesson compare')).text).toMatch(/^ {2}web +10\.96\.\d+\.\d+:80 +yes no {5}no$/m)
  })

  test('stays within 60 columns and five rows a type', async () => {
    const services = Array.from(
      { length: 9 },
      (_, index) => `/kubectl create service clusterip a-service-with-a-long-name-${index} --tcp=8080`,
    )
    const { text } = await compared(
      '/kubectl create namespace a-department-with-a-long-name',
      ...services.map((line) => `${line} -n a-department-with-a-long-name`),
    )
    expect(text).toContain('and 4 more')
    expect(text.split('\n').filter((line) => line.length > 60 && !line.startsWith('In this'))).toEqual([])
  })

  test('leads back into the lesson that is under way', async () => {
    const { buttons } = await compared('/lesson start service-types')
    expect(buttons).toEqual([{ label: 'Back to the lesson', action: '/lesson' }])
  })
})
