import { describe, expect, it } from 'vitest'
import { items } from '../../lessons/items.ts'
import { misconceptions } from '../../src/misconceptions/index.ts'
import { isChoice } from '../../src/quiz/item.ts'
import { holds } from '../../src/quiz/simulate.ts'

const withWorld = items.filter(isChoice).flatMap((item) => (item.world ? [{ ...item, world: item.world }] : []))
const modelled = withWorld.filter(({ needs }) => !needs)

describe('the simulator agrees with the key of every item that states a world (Q28)', () => {
  it.each(modelled.map((item) => [item.id, item] as const))('%s', (_, { world, answer }) => {
    const truths = Object.entries(world.claims).flatMap(([letter, claim]) => (holds(world, claim) ? [letter] : []))
    expect(truths).toEqual([answer])
  })
})

describe('the law behind a misconception makes its wrong option true (Q14)', () => {
  const expected: Record<string, [rule: string, letter: string]> = {
    q019: ['R3', 'A'],
    q020: ['R1', 'B'],
    q021: ['R24', 'C'],
    q027: ['R4', 'A'],
    q037: ['R8', 'A'],
    q038: ['R10', 'D'],
    q043: ['R14', 'A'],
    q045: ['R12', 'A'],
    q051: ['R3', 'C'],
    q059: ['R13', 'B'],
  }

  it.each(Object.entries(expected))('%s: %s', (id, [rule, letter]) => {
    const { world, answer } = withWorld.find((item) => item.id === id)!
    const laws = misconceptions.find((misconception) => misconception.rule === rule)!.laws()
    expect(holds(world, world.claims[letter as 'A']!, laws)).toBe(true)
    expect(holds(world, world.claims[answer]!, laws)).toBe(false)
  })
})
