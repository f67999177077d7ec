import { describe, expect, it } from 'vitest'
import { create } from '../../src/cluster/api.ts'
import { createCluster } from '../../src/cluster/create.ts'
import { kubernetes } from '../../src/cluster/network/laws.ts'
import { misconceptions } from '../../src/misconceptions/index.ts'
import { renderDiscord } from '../../src/platforms/discord/render.ts'
import { keyOf } from '../../src/quiz/answer.ts'
import { essence, fingerprint, generate, generateQuiz, templates } from '../../src/quiz/generate/generate.ts'
import type { Question } from '../../src/quiz/generate/question.ts'
import { type ChoiceItem, isChoice, itemSchema } from '../../src/quiz/item.ts'
import { pod, service } from '../../src/quiz/manifest.ts'
import { reduce, startSession } from '../../src/quiz/session.ts'
import { renderView } from '../../src/quiz/views/render.ts'
import { settings, T0, who } from './play.ts'

/** Draws of each template; the benchmark makes a thousand. */
const DRAWS = 20

const drawn = templates.map((template) => ({
  template,
  draws: Array.from({ length: DRAWS }, (_, seed) => generate({ template, seed })),
}))
const all = drawn.flatMap(({ draws }) => draws.flatMap((draw) => draw ?? []))
const choices = all.flatMap(({ item, question }) => (isChoice(item) && question ? [{ item, question }] : []))

describe('each template (Q31)', () => {
  it('is one of G01 to G12 without G10, which waits for policies', () => {
    expect(templates.map(({ id }) => id)).toEqual(
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12].map((number) => `G${String(number).padStart(2, '0')}`),
    )
  })

  it.each(drawn.map(({ template, draws }) => [template.id, draws] as const))('%s draws valid items', (id, draws) => {
    const found = draws.flatMap((draw) => draw ?? [])
    expect(found).toHaveLength(DRAWS)
    expect(found.flatMap(({ item }) => itemSchema.safeParse(item).error?.issues ?? [])).toEqual([])
    const tries = found.reduce((sum, draw) => sum + draw.tries, 0)
    expect(1 - DRAWS / tries, 'rejected draws').toBeLessThan(0.7)
    expect(new Set(found.map(({ item }) => essence(item))).size, 'different items').toBeGreaterThanOrEqual(DRAWS * 0.9)
    expect(found.every(({ item }) => item.source?.template === id)).toBe(true)
  })

  it('gives the same item bit by bit for the same seed', () => {
    for (const { template, draws } of drawn) {
      expect(generate({ template, seed: 3 })?.item).toEqual(draws[3]?.item)
      expect(generate({ template, seed: 4 })?.item).not.toEqual(draws[3]?.item)
    }
  })

  it('fits one message on a platform', () => {
    for (const { item } of all) {
      const start = { at: T0, by: who('host'), seed: 1, items: [item], settings, teams: 2 }
      const lobby = reduce(startSession(start).session, { type: 'join', at: T0, by: who('ann') }).session
      const { session } = reduce(lobby, { type: 'begin', at: T0, by: who('host') })
      expect(renderDiscord(renderView(session, { view: 'question', question: 0 })), item.id).toHaveLength(1)
    }
  })
})

describe('a generated choice', () => {
  it('has exactly one right option: what the simulator says, again', () => {
    for (const { item, question } of choices) {
      const truth = truthOf(question)
      const right = Object.entries(item.choices).filter(([, option]) => option === truth)
      expect(right, item.id).toEqual([[item.answer, truth]])
    }
  })

  it('has at least two wrong options that stand for a belief', () => {
    for (const { item } of choices) {
      const believed = Object.values(item.distractors).filter(({ m }) => m !== 'none')
      expect(believed.length, item.id).toBeGreaterThanOrEqual(2)
    }
  })

  it('cannot be guessed from its options alone (Q32)', () => {
    const share = (solver: (item: ChoiceItem) => string) =>
      choices.filter(({ item }) => solver(item) === item.answer).length / choices.length
    const longest = ({ choices: options }: ChoiceItem) =>
      Object.entries(options).sort(([, one], [, other]) => other.length - one.length)[0]![0]
    expect(share(() => 'B')).toBeLessThanOrEqual(0.35)
    expect(share(longest)).toBeLessThanOrEqual(0.35)
  })
})

const truthOf = (question: Question): string => question.answer(kubernetes)

describe('a solver with one misconception (Q33)', () => {
  const solved = new Map(
    misconceptions.map((misconception) => [
      misconception.rule,
      choices.map(({ item, question }) => {
        const believed = question.answer(misconception.laws())
        const picked = Object.entries(item.choices).find(([, option]) => option === believed)?.[0]
        return { right: picked === item.answer, trapped: picked !== undefined && picked !== item.answer }
      }),
    ]),
  )

  it.each(misconceptions.map(({ rule }) => rule))(
    '%s walks into the traps that are set for it and gets at least 80 %% of the others',
    (rule) => {
      const others = solved.get(rule)!.filter(({ trapped }) => !trapped)
      expect(others.filter(({ right }) => right).length / others.length).toBeGreaterThanOrEqual(0.8)
    },
  )

  it('is trapped somewhere, whichever it is, except where a single call cannot show the belief', {
    timeout: 60_000,
  }, () => {
    const various = templates.filter(({ id }) => ['G02', 'G05', 'G12'].includes(id))
    const free = new Set(misconceptions.filter(({ rule }) => !solved.get(rule)!.some(({ trapped }) => trapped)))
    for (let seed = DRAWS; seed < 300 && free.size > 1; seed++)
      for (const { item, question } of various.flatMap((template) => generate({ template, seed }) ?? []))
        for (const misconception of free) {
          if (!isChoice(item) || !question) continue
          const believed = question.answer(misconception.laws())
          const isTrap = believed !== item.choices[item.answer] && Object.values(item.choices).includes(believed)
          if (isTrap) free.delete(misconception)
        }
    expect([...free].map(({ rule }) => rule)).toEqual(['R23'])
  })
})

describe('over the own cluster of a channel', () => {
  const cafe = () => {
    const cluster = createCluster({ seed: 5, clock: T0, world: 'cafe-departments' })
    return cluster
  }

  it('asks about what is there, changes nothing, and can be made again from seed and cluster', () => {
    const cluster = cafe()
    const before = fingerprint(cluster)
    const items = generateQuiz({ count: 8, seed: 11, cluster })
    expect(fingerprint(cluster)).toBe(before)
    expect(items).toHaveLength(8)
    const own = items.filter(({ source }) => source?.cluster === before)
    expect(own.length).toBeGreaterThanOrEqual(4)
    expect(own.map(essence).join()).toMatch(/coffee-shop|printer/)
    expect(generateQuiz({ count: 8, seed: 11, cluster: cafe() })).toEqual(items)
    for (const item of own) {
      const template = templates.find(({ id }) => id === item.source!.template)!
      expect(generate({ template, seed: item.source!.seed, cluster })?.item).toEqual(item)
    }
  })

  it('makes worlds of its own where there is nothing to ask', () => {
    const items = generateQuiz({ count: 5, seed: 2, cluster: createCluster({ seed: 1, clock: T0 }) })
    expect(items).toHaveLength(5)
    expect(new Set(items.map(essence)).size).toBe(5)
  })

  it('sees a change: another cluster, another fingerprint', () => {
    const cluster = cafe()
    const before = fingerprint(cluster)
    create(cluster, service('another'))
    create(cluster, pod('another', { labels: { app: 'another' } }))
    expect(fingerprint(cluster)).not.toBe(before)
  })
})

it('an order with a hop that does not happen is right only without it', () => {
  const order = all.find(({ item }) => item.type === 'order_hops')!.item
  expect(keyOf(order)).toHaveLength(4)
  expect(order.type === 'order_hops' && keyOf(order).includes(order.decoy!)).toBe(false)
})
