import { describe, expect, test } from 'vitest'
import { Player } from '../player.ts'

const INGRESS = '/kubectl create ingress lobby --class=lobby --rule=coffee.com/*=web:80'

describe('the building', () => {
  test('the lobby is open while a controller is ready there, however it came', async () => {
    const player = new Player()
    const lobby = async () => (await player.play('/cluster show')).text
    await player.play('/cluster reset --cloud')
    expect(await lobby()).toContain('lobby closed')
    await player.play(INGRESS)
    expect(await lobby()).toContain('lobby closed; nobody reads the 1 rule sheet')
    await player.play('/cluster addon ingress on')
    expect(await lobby()).toContain('lobby open, 1 rule sheet')
    await player.play('/kubectl scale deployment lobby-controller -n lobby-system --replicas=0')
    expect(await lobby()).toContain('lobby closed; nobody reads')
  })

  test('shows the street: addresses of load balancers, public names, the firewall', async () => {
    const player = new Player()
    await player.play('/cluster reset --cloud')
    await player.play('/kubectl create deployment web --image=cafe/web')
    await player.play('/kubectl expose deployment web --type=LoadBalancer --port=80 --target-port=8080')
    await player.play('/cluster dns coffee.com 203.0.113.11')
    await player.play('/cluster firewall allow 30080')
    const { text } = await player.play('/cluster show')
    for (const line of text.split('\n')) expect(line.length, line).toBeLessThanOrEqual(60)
    for (const part of ['from the street', '203.0.113.11', 'public name coffee.com → 203.0.113.11', '30080/TCP'])
      expect(text).toContain(part)
    const list = (await player.play('/cluster show --list')).text
    for (const part of ['from the street 203.0.113.11.', 'Public name coffee.com', 'Cloud firewall lets in 30080/TCP.'])
      expect(list).toContain(part)
  })
})
