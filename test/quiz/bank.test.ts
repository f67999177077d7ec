import { describe, expect, it } from 'vitest'
import { items } from '../../lessons/items.ts'
import { lookupKind } from '../../src/cluster/api.ts'
import { createBank } from '../../src/quiz/bank.ts'
import { isChoice } from '../../src/quiz/item.ts'
import { isAbout, LESSONS, TOPICS, topicNamed } from '../../src/quiz/topic.ts'

const bank = createBank(items)

describe('the bank', () => {
  it('keeps items about kinds that are not modelled, draws none of them, and says how many wait', () => {
    const drawn = bank.draw({ topic: 'all', count: 1_000, seed: 1 })
    const waiting = Object.values(bank.waiting).reduce((sum, count) => sum + count, 0)
    expect(bank.items).toHaveLength(80)
    expect(drawn.length).toBe(80 - waiting)
    const isPolicyModelled = lookupKind('networking.k8s.io/v1', 'NetworkPolicy') !== undefined
    expect(bank.waiting.policy).toBe(isPolicyModelled ? 0 : 6)
    expect(drawn.some(({ needs }) => needs?.includes('policy'))).toBe(isPolicyModelled)
  })

  it('needs nothing for an item whose world is made of modelled kinds', () => {
    for (const item of items) {
      const world = isChoice(item) ? item.world : undefined
      const unknown = (world?.objects ?? []).filter(({ apiVersion, kind }) => !lookupKind(apiVersion, kind))
      if (unknown.length > 0) expect(item.needs, item.id).not.toEqual([])
      else if (world) expect(item.needs ?? [], item.id).toEqual([])
    }
  })

  it('draws different items of the topic, easy ones first, the same for the same seed', () => {
    const draw = (seed: number) => bank.draw({ topic: 'foundations', count: 10, seed })
    const drawn = draw(5)
    expect(new Set(drawn.map(({ id }) => id)).size).toBe(10)
    expect(drawn.every((item) => isAbout(item, 'foundations'))).toBe(true)
    expect(drawn.map(({ difficulty }) => difficulty)).toEqual(drawn.map(({ difficulty }) => difficulty).sort())
    expect(draw(5)).toEqual(drawn)
    expect(draw(6)).not.toEqual(drawn)
  })

  it('repeats an item only when the topic has no other left', () => {
    const first = bank.draw({ topic: 'addresses', count: 4, seed: 1 }).map(({ id }) => id)
    const second = bank.draw({ topic: 'addresses', count: 4, seed: 1, asked: first }).map(({ id }) => id)
    expect(second.filter((id) => !first.includes(id))).toHaveLength(2)
    expect(second).toHaveLength(4)
  })

  it('refuses items with faults, all of them at once', () => {
    const broken = items.slice(0, 2).map((item) => ({ ...item, prompt: '' }))
    expect(() => createBank(broken)).toThrow(/faults:\n.+\n.+/)
  })
})

describe('topics', () => {
  it('are tracks, the own cluster, and lessons by name or code', () => {
    expect(topicNamed('Foundations')).toBe('foundations')
    expect(topicNamed('l04')).toBe('services-and-selectors')
    expect(topicNamed('night-shift')).toBe('night-shift')
    expect(topicNamed('cluster')).toBe('cluster')
    for (const word of ['', 'L15', '__proto__', 'constructor', 'L4']) expect(topicNamed(word), word).toBeUndefined()
  })

  it('leave no item and no lesson out', () => {
    expect(TOPICS).toHaveLength(6 + Object.keys(LESSONS).length)
    for (const item of items) expect(TOPICS.filter((topic) => isAbout(item, topic)).length, item.id).toBe(3)
    expect(isAbout(items[0]!, '__proto__')).toBe(false)
  })
})
