import { describe, expect, test } from 'vitest'
import { Lanes, TryAgain } from '../../../src/platforms/delivery/lanes.ts'

/** Jobs whose end the test decides. */
function gate() {
  let open: () => void = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { open, opened }
}

describe('lanes', () => {
  test('jobs of one lane run one after the other in their order', async () => {
    const lanes = new Lanes({ interval: 0 })
    const log: string[] = []
    const job = (name: string) => async () => {
      log.push(`${name} begins`)
      await new Promise(setImmediate)
      log.push(`${name} ends`)
      return name
    }
    expect(await Promise.all([lanes.send('a', job('first')), lanes.send('a', job('second'))])).toEqual([
      'first',
      'second',
    ])
    expect(log).toEqual(['first begins', 'first ends', 'second begins', 'second ends'])
  })

  test('a lane that is stuck stops no other', async () => {
    const lanes = new Lanes({ interval: 0 })
    const { open, opened } = gate()
    const stuck = lanes.send('a', () => opened)
    await lanes.send('b', async () => {})
    open()
    await stuck
  })

  test('a waiting job is replaced by a newer one on its topic, in its place; both learn the newer result', async () => {
    const lanes = new Lanes({ interval: 0 })
    const { open, opened } = gate()
    const ran: string[] = []
    const edit = (name: string) => async () => {
      ran.push(name)
      return name
    }
    const results = [
      lanes.send('a', () => opened, 'm1'),
      lanes.send('a', edit('old'), 'm1'),
      lanes.send('a', edit('other'), 'm2'),
      lanes.send('a', edit('new'), 'm1'),
    ]
    open()
    expect(await Promise.all(results)).toEqual([undefined, 'new', 'other', 'new'])
    expect(ran).toEqual(['new', 'other'])
  })

  test('a job that is told to come again keeps its place and the lane its distance', async () => {
    const lanes = new Lanes({ interval: 0 })
    const ran: string[] = []
    let tries = 0
    const first = lanes.send('a', async () => {
      tries += 1
      if (tries === 1) throw new TryAgain(20)
      ran.push('first')
    })
    await Promise.all([first, lanes.send('a', async () => void ran.push('second'))])
    expect(ran).toEqual(['first', 'second'])
  })

  test('a job that is told so again and again is given up', async () => {
    const lanes = new Lanes({ interval: 0, tries: 3 })
    let tries = 0
    const hopeless = lanes.send('a', async () => {
      tries += 1
      throw new TryAgain(1)
    })
    await expect(hopeless).rejects.toThrow('rate limited')
    expect(tries).toBe(3)
    await lanes.send('a', async () => {})
  })

  test('an error reaches the one who sent the job, and the lane goes on', async () => {
    const lanes = new Lanes({ interval: 0 })
    const failed = lanes.send('a', () => Promise.reject(new Error('refused')))
    const next = lanes.send('a', async () => 'fine')
    await expect(failed).rejects.toThrow('refused')
    expect(await next).toBe('fine')
  })

  test('a lane that is too long refuses further jobs', async () => {
    const lanes = new Lanes({ interval: 0, longest: 2 })
    const { open, opened } = gate()
    const waiting = [lanes.send('a', () => opened), lanes.send('a', async () => {})]
    await expect(lanes.send('a', async () => {})).rejects.toThrow('2 messages are waiting for a')
    open()
    await Promise.all(waiting)
  })

  test('after a pause a burst goes out at once, then the interval counts', async () => {
    const lanes = new Lanes({ interval: 500, burst: 3 })
    const started = performance.now()
    const times = await Promise.all(
      Array.from({ length: 4 }, () => lanes.send('a', async () => performance.now() - started)),
    )
    expect(times[2]).toBeLessThan(500)
    expect(times[3]).toBeGreaterThanOrEqual(498)
  })
})
