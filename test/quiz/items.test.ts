import { describe, expect, it } from 'vitest'
import { items } from '../../lessons/items.ts'
import { type ChoiceItem, type Item, isChoice, itemSchema } from '../../src/quiz/item.ts'

const choices = items.filter(isChoice)
const byId = (id: string): Item => items.find((item) => item.id === id)!

/** All texts of an item that people read. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(textsOf) : []
}

/** How many items a solver gets right that looks at nothing but the options. */
const share = (solver: (item: ChoiceItem) => string | undefined): number =>
  choices.filter((item) => solver(item) === item.answer).length / choices.length

/** The option with the greatest value, if there is a single one. */
function best(item: ChoiceItem, value: (option: string) => number): string | undefined {
  const ranked = Object.entries(item.choices)
    .map(([letter, option]) => ({ letter, value: value(option) }))
    .sort((one, other) => other.value - one.value)
  return ranked[0]!.value > ranked[1]!.value ? ranked[0]!.letter : undefined
}

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[a-z][a-z-]{3,}/g) ?? []

describe('the written items', () => {
  it('all fit the schema; every fault is reported at once', () => {
    const faults = items.flatMap((item) => itemSchema.safeParse(item).error?.issues.map(({ message }) => message) ?? [])
    expect(faults).toEqual([])
  })

  it('are q001 to q080, in the order of the lessons', () => {
    expect(items.map(({ id }) => id)).toEqual(
      Array.from({ length: 80 }, (_, index) => `q${String(index + 1).padStart(3, '0')}`),
    )
    expect(items.map(({ lesson }) => lesson)).toEqual(items.map(({ lesson }) => lesson).sort())
  })

  it('hold 38 multiple choice, 17 predictions, 8 manifests, 6 orders and 11 matches', () => {
    const count = (type: string) => items.filter((item) => item.type === type).length
    expect(['mc', 'predict_endpoint', 'spot_broken', 'order_hops', 'match'].map(count)).toEqual([38, 17, 8, 6, 11])
  })

  it('touch every concept and every misconception of the curriculum', () => {
    const concepts = new Set(items.flatMap((item) => item.concepts))
    expect(concepts.size).toBe(40)
    const touched = new Set(
      items.flatMap((item) => [...item.targets, ...Object.values(item.distractors).map(({ m }) => m)]),
    )
    const all = Array.from({ length: 45 }, (_, index) => `M${String(index + 1).padStart(2, '0')}`)
    expect(all.filter((m) => !touched.has(m))).toEqual([])
  })

  it('fit the screens: code of at most 60 columns with its line numbers', () => {
    const wide = items.filter((item) => {
      const extra = item.type === 'spot_broken' ? 4 : 0
      return item.code?.some((line) => line.length + extra > 60)
    })
    expect(wide.map(({ id }) => id)).toEqual([])
  })

  it('ask for no negative except where the prompt shouts it, and know no "all of the above"', () => {
    const shouting = items.filter(({ prompt }) => /\bNOT\b/.test(prompt)).map(({ id }) => id)
    expect(shouting).toEqual(['q004', 'q049'])
    expect(items.flatMap(textsOf).filter((text) => /(all|none) of (the above|these)/i.test(text))).toEqual([])
  })

  it('use plain words', () => {
    const banned = /\b(just|simply|obviously|of course|easy|trivial)\b/i
    expect(items.flatMap((item) => textsOf({ ...item, world: undefined })).filter((text) => banned.test(text))).toEqual(
      [],
    )
  })

  it('keep sentences to 18 words on average (Q24)', () => {
    const long = items.flatMap(({ id, prompt, explanation }) =>
      [prompt, explanation]
        .map((text) => text.split(/\s+/).length / text.split(/[.!?:](?:\s|$)/).filter((part) => part.trim()).length)
        .filter((average) => average > 18)
        .map((average) => `${id}: ${average}`),
    )
    expect(long).toEqual([])
  })

  it('say what they wait for where a kind is not modelled', () => {
    expect(items.filter(({ needs }) => needs?.includes('policy')).map(({ lesson }) => lesson)).toEqual(
      Array(6).fill('L11'),
    )
    expect(items.filter(({ needs }) => needs?.includes('gateway'))).toHaveLength(3)
    expect(items.filter(({ needs }) => needs?.includes('mesh'))).toHaveLength(3)
  })

  it('describe a world wherever the key follows from one', () => {
    const ids = 'q019 q020 q021 q027 q028 q029 q032 q033 q037 q038 q043 q045 q051 q056 q065 q066 q069 q073 q077'
    for (const id of ids.split(' ')) {
      const item = byId(id)
      expect(isChoice(item) && Object.keys(item.world?.claims ?? {}), id).toEqual(['A', 'B', 'C', 'D'])
    }
  })
})

describe('the form of the items (Q30)', () => {
  it('puts the key on each position in 20 to 30 %', () => {
    for (const letter of ['A', 'B', 'C', 'D']) {
      const part = share(() => letter)
      expect(part, letter).toBeGreaterThanOrEqual(0.2)
      expect(part, letter).toBeLessThanOrEqual(0.3)
    }
  })

  it('makes the key neither the longest nor the shortest option too often', () => {
    expect(share((item) => best(item, (option) => option.length))).toBeLessThanOrEqual(0.35)
    expect(share((item) => best(item, (option) => -option.length))).toBeLessThanOrEqual(0.35)
  })
})

describe('solvers that know nothing (Q32)', () => {
  it('fail with the most technical option', () => {
    const technical = /\b(pods?|services?|nodes?|ingress|nodeport|clusterip|loadbalancer|selector|namespace|\d+)\b/gi
    expect(share((item) => best(item, (option) => option.match(technical)?.length ?? 0))).toBeLessThanOrEqual(0.35)
  })

  it('fail with the option that repeats most of the prompt', () => {
    const repeated = (item: ChoiceItem) => {
      const known = new Set(wordsOf(item.prompt))
      return best(item, (option) => wordsOf(option).filter((word) => known.has(word)).length)
    }
    expect(share(repeated)).toBeLessThanOrEqual(0.35)
  })
})

describe('an item with a fault', () => {
  const good = byId('q001') as ChoiceItem
  const faultsOf = (item: unknown) => itemSchema.safeParse(item).error?.issues.map(({ message }) => message) ?? []

  it('is refused where two options read the same after normalisation', () => {
    expect(faultsOf({ ...good, choices: { ...good.choices, A: ' IT LEADS to one particular machine. ' } })).toContain(
      'q001: two options read the same',
    )
  })

  it('is refused where a wrong option has no note, or the key has one', () => {
    const { A: _, ...rest } = good.distractors
    expect(faultsOf({ ...good, distractors: rest })).toContain('q001: every wrong option needs its note, the key none')
    expect(faultsOf({ ...good, answer: 'A' })).toContain('q001: every wrong option needs its note, the key none')
  })

  it('is refused with an unknown field, a long option, or a prompt without words', () => {
    expect(faultsOf({ ...good, hint: 'B' })).toHaveLength(1)
    expect(faultsOf({ ...good, choices: { ...good.choices, A: 'x'.repeat(81) } })).toHaveLength(1)
    expect(faultsOf({ ...good, prompt: '  ' })).toHaveLength(1)
  })

  it('is refused where an order, a match or a line is not possible', () => {
    expect(faultsOf({ ...byId('q006'), answer: ['C', 'A', 'D', 'D'] })).toContain(
      'q006: the answer is no order of the hops',
    )
    expect(faultsOf({ ...byId('q003'), answer: [1, 1, 0, 2, 4] })).toContain(
      'q003: the answer does not use each partner once',
    )
    const spot = byId('q017') as ChoiceItem
    expect(faultsOf({ ...spot, choices: { ...spot.choices, D: 'Line 9' } })).toContain(
      'q017: each option names a line of the code',
    )
  })
})
