import { describe, expect, it } from 'vitest'
import { creditOf, parseAnswer, shownAs } from '../../src/quiz/answer.ts'
import { playerScore, playerScores, pointsFor, teamScores } from '../../src/quiz/score.ts'
import { item, Play, settings } from './play.ts'

const second = (seconds: number) => seconds * 1_000

describe('points of a right answer at 2, 10, 20 and 29 of 30 seconds', () => {
  it.each([
    ['accuracy', [1000, 1000, 1000, 1000]],
    ['pace', [1000, 1000, 980, 920]],
    ['kahoot', [967, 833, 667, 517]],
  ] as const)('%s', (scoring, points) => {
    expect([2, 10, 20, 29].map((at) => pointsFor(scoring, 1, second(at), second(30)))).toEqual(points)
  })

  it('are full under half a second by the formula of Kahoot, and never below half', () => {
    expect(pointsFor('kahoot', 1, 499, second(30))).toBe(1000)
    expect(pointsFor('kahoot', 1, second(32), second(30))).toBe(500)
  })

  it('have no bonus for a part, and none without a limit', () => {
    expect(pointsFor('pace', 0.5, second(1), second(30))).toBe(450)
    expect(pointsFor('pace', 1, second(600), null)).toBe(1000)
    expect(pointsFor('kahoot', 0.5, 100, second(30))).toBe(500)
  })
})

describe('credit', () => {
  it('is all or nothing for a choice', () => {
    expect(creditOf(item('q001'), 'B')).toBe(1)
    expect(creditOf(item('q001'), 'A')).toBe(0)
  })

  it('is the share of right pairs for a match', () => {
    expect(creditOf(item('q003'), '1b2d3a4c5e')).toBe(1)
    expect(creditOf(item('q003'), '1d2b3a4c5e')).toBe(0.6)
  })

  it('is the share of neighbours in the right order for an order, and 1 for the full order alone', () => {
    expect(creditOf(item('q006'), 'CADB')).toBe(1)
    expect(creditOf(item('q006'), 'BDAC')).toBe(0)
    expect(creditOf(item('q006'), 'ACDB')).toBeCloseTo(2 / 3)
    const orders = ['A', 'B', 'C', 'D'].flatMap((a) =>
      ['A', 'B', 'C', 'D'].flatMap((b) =>
        ['A', 'B', 'C', 'D'].flatMap((c) => ['A', 'B', 'C', 'D'].map((d) => a + b + c + d)),
      ),
    )
    const full = orders.filter((order) => new Set(order).size === 4 && creditOf(item('q006'), order) === 1)
    expect(full).toEqual(['CADB'])
  })
})

describe('what people type', () => {
  const read = (id: string, order: string, text: string) => parseAnswer(item(id), order, text)

  it('is read in the letters that are shown', () => {
    for (const typed of ['A', 'a', 'a)', '(A)', ' A. ', 'Ａ'])
      expect(read('q001', 'CADB', typed)).toEqual({ answer: 'C' })
    expect(shownAs('CADB', 'B')).toBe('D')
    expect(shownAs('cab', 'b')).toBe('c')
  })

  it('may be the words of an option', () => {
    expect(read('q001', 'CADB', 'it leads to one particular machine.')).toEqual({ answer: 'B' })
  })

  it('may be an order or a match, whole or in part', () => {
    expect(read('q006', 'BADC', 'd b c a')).toEqual({ answer: 'CADB' })
    expect(read('q006', 'BADC', 'D, B > C -> A')).toEqual({ answer: 'CADB' })
    expect(read('q006', 'BADC', 'DB')).toEqual({ draft: 'CA' })
    expect(read('q003', 'abcde', '5e 1b,2=d 3-a;4:c')).toEqual({ answer: '1b2d3a4c5e' })
    expect(read('q003', 'badce', '1a 2c')).toEqual({ draft: '1b2d' })
  })

  it.each([
    ['q001', 'E'],
    ['q001', 'AB'],
    ['q001', ''],
    ['q001', '?'],
    ['q006', 'AAB'],
    ['q006', 'ABCDE'],
    ['q006', 'first'],
    ['q003', '1b2b'],
    ['q003', '1b1c'],
    ['q003', '6a'],
    ['q003', '0a'],
    ['q003', '1b and 2d'],
  ])('is refused with a hint where it fits nothing: %s %j', (id, typed) => {
    expect(read(id, item(id).type === 'match' ? 'abcde' : 'ABCD', typed)).toHaveProperty('wrong')
  })
})

describe('scores', () => {
  it('take the mean of a team, so that size does not win', () => {
    const play = new Play(['q001'], { settings: { ...settings, teams: 'choose' } })
    for (const by of ['a', 'b', 'c', 'd']) play.do({ type: 'join', by, team: 0 })
    for (const by of ['e', 'f']) play.do({ type: 'join', by, team: 1 })
    play.begin()
    for (const by of ['a', 'b', 'e']) play.answer(by, 'B')
    play.do({ type: 'reveal', by: 'host' })
    expect(teamScores(play.session)).toEqual([
      { team: 0, points: 500, members: 4, rank: 1 },
      { team: 1, points: 500, members: 2, rank: 1 },
    ])
  })

  it('share ranks as 1, 2, 2, 4', () => {
    const play = new Play(['q001', 'q002'], { settings: { ...settings, teams: 'one' } })
      .join('a', 'b', 'c', 'd')
      .begin()
    for (const by of ['a', 'b', 'c']) play.answer(by, 'B')
    play.do({ type: 'reveal', by: 'host' })
    play.do({ type: 'next', by: 'host' })
    play.answer('a', 'C')
    play.do({ type: 'reveal', by: 'host' })
    expect(playerScores(play.session).map(({ player, rank }) => [player.user, rank])).toEqual([
      ['a', 1],
      ['b', 2],
      ['c', 2],
      ['d', 4],
    ])
  })

  it('show a streak as a number that earns nothing', () => {
    const play = new Play(['q001', 'q002', 'q004']).join('a').begin()
    for (const key of ['A', 'C', 'A']) {
      play.answer('a', key)
      play.do({ type: 'reveal', by: 'host' })
      play.do({ type: 'next', by: 'host' })
    }
    expect(playerScore(play.session, 0)).toMatchObject({ points: 2000, right: 2, streak: 2, seen: 3, of: 3 })
  })

  it('leave out of the list of individuals who saw less than half', () => {
    const play = new Play(['q001', 'q002', 'q004']).join('a').begin()
    for (const key of ['B', 'C', 'A']) {
      if (key === 'A') play.answer('late', 'A')
      play.answer('a', key)
      play.do({ type: 'reveal', by: 'host' })
      if (key === 'C') play.join('late')
      play.do({ type: 'next', by: 'host' })
    }
    expect(playerScore(play.session, 1)).toMatchObject({ seen: 1, of: 3 })
    expect(playerScores(play.session).map(({ player }) => player.user)).toEqual(['a'])
  })

  it('are scored on the own time of those who have more', () => {
    const play = new Play(['q001'], { settings: { ...settings, scoring: 'kahoot', teams: 'one' } }).join('a')
    play.do({ type: 'prefer', by: 'a', extra: 2 })
    play.begin()
    play.now += 30_000
    play.answer('a', 'B')
    play.do({ type: 'reveal', by: 'host' })
    expect(playerScore(play.session, 0).points).toBe(750)
  })
})
