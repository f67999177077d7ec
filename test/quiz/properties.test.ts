import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { creditOf } from '../../src/quiz/answer.ts'
import type { Effect, QuizEvent } from '../../src/quiz/effect.ts'
import { playerScores, pointsFor, teamScores } from '../../src/quiz/score.ts'
import { dueAt, reduce, startSession } from '../../src/quiz/session.ts'
import { type QuizState, quizSchema } from '../../src/quiz/state.ts'
import { item, settings, T0, who } from './play.ts'

const USERS = ['ann', 'bea', 'cat', '__proto__', 'host'] as const
const IDS = ['q001', 'q006', 'q003', 'q043', 'q004']

const user = fc.constantFrom(...USERS)
/** Mostly the host, so that the session gets on. */
const steering = fc.oneof({ weight: 4, arbitrary: fc.constant('host') }, { weight: 1, arbitrary: user })
const question = fc.option(fc.nat(5), { nil: undefined })
const given = (value: number | undefined) => (value === undefined ? {} : { question: value })

/** Anything that people, timers, platforms and power cuts may do, with the time that passes before. */
const happening = fc.record({
  wait: fc.oneof({ weight: 6, arbitrary: fc.nat(4_000) }, { weight: 1, arbitrary: fc.nat(200_000) }),
  event: fc.oneof(
    fc.record({ type: fc.constant('join' as const), by: user, team: fc.option(fc.nat(3), { nil: undefined }) }),
    fc.record({ type: fc.constantFrom('leave' as const, 'claim' as const, 'lock' as const), by: user }),
    {
      weight: 6,
      arbitrary: fc.record({
        type: fc.constant('answer' as const),
        by: user,
        text: fc.constantFrom('A', 'B', 'C', 'D', 'C A D B', 'CADB', '1b2d3a4c5e', '1a', '?', '', 'nonsense'),
        question,
        skew: fc.option(fc.integer({ min: -3_000, max: 3_000 }), { nil: undefined }),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ type: fc.constantFrom('next' as const, 'reveal' as const), by: steering, question }),
    },
    fc.record({ type: fc.constantFrom('skip' as const, 'discuss' as const), by: steering, question }),
    fc.record({
      type: fc.constantFrom('begin' as const, 'pause' as const, 'resume' as const, 'extend' as const),
      by: steering,
    }),
    fc.record({ type: fc.constant('cohost' as const), by: user, user }),
    fc.record({
      type: fc.constant('prefer' as const),
      by: user,
      extra: fc.constantFrom(1 as const, 1.5 as const, 2 as const),
    }),
    fc.record({ type: fc.constant('rename' as const), by: user, name: fc.string({ unit: 'binary' }) }),
    fc.record({ type: fc.constant('end' as const), by: user }),
    { weight: 2, arbitrary: fc.record({ type: fc.constant('next' as const), by: fc.constant('host') }) },
    fc.record({ type: fc.constant('tick' as const) }),
    fc.record({ type: fc.constant('restart' as const) }),
  ),
})

/** Most stories are about a session that has begun. */
const BEGUN = [
  ...['ann', 'bea', '__proto__'].map((by) => ({ type: 'join' as const, by, team: 1 })),
  { type: 'begin' as const, by: 'host' },
]

const story = fc.record({
  begun: fc.constantFrom(true, true, true, false),
  teams: fc.constantFrom('one' as const, 'balanced' as const, 'choose' as const),
  scoring: fc.constantFrom('accuracy' as const, 'pace' as const, 'kahoot' as const),
  mode: fc.constantFrom('live' as const, 'live' as const, 'live' as const, 'day' as const),
  happenings: fc.array(happening, { minLength: 20, maxLength: 80 }),
})
type Story = typeof story extends fc.Arbitrary<infer T> ? T : never

/** The platform's clock is far from ours, which must not matter. */
const SKEW = 5_000_000

function* play({ begun, teams, scoring, mode, happenings }: Story, between = (session: QuizState) => session) {
  const start = { at: T0, by: who('host'), seed: 3, items: IDS.map(item), teams: 2, seconds: 20 }
  let session = startSession({ ...start, settings: { ...settings, teams, scoring, mode } }).session
  let now = T0
  const prelude = begun ? BEGUN.map((event) => ({ wait: 10, event })) : []
  for (const { wait, event } of [...prelude, ...happenings]) {
    now += wait
    const { by, question, skew, ...rest } = event as typeof event & { by?: string; question?: number; skew?: number }
    const full = {
      ...rest,
      at: now,
      ...(by !== undefined && { by: who(by) }),
      ...given(question),
      ...(skew !== undefined && { clicked: now + SKEW + skew }),
    } as QuizEvent
    const before = between(session)
    const step = reduce(before, full)
    session = step.session
    yield { before, event: full, session, effects: step.effects }
    for (const effect of step.effects)
      if (effect.do === 'post')
        session = reduce(session, {
          type: 'posted',
          at: now,
          slot: effect.slot,
          handle: 'm',
          clock: now + SKEW,
        }).session
  }
}

const last = <T>(values: Iterable<T>): T => [...values].at(-1)!
const stored = (session: QuizState): QuizState => quizSchema.parse(JSON.parse(JSON.stringify(session)))

/** The team score, worked out once more from its definition. */
function meanOf(session: QuizState, team: number): number {
  let sum = 0
  for (const { closed, void: out, entries, item: asked, limit } of session.questions) {
    if (!closed || out) continue
    const points = session.players.flatMap((player, position) => {
      const entry = entries[position]
      if (player.team !== team || entry === undefined || entry === 0) return []
      if (entry === 1) return [0]
      return [pointsFor(session.settings.scoring, creditOf(asked, entry.pick), entry.ms, limit! * (player.extra ?? 1))]
    })
    if (points.length > 0) sum += points.reduce((one, other) => one + other, 0) / points.length
  }
  return Math.round(sum)
}

const runs = { numRuns: 300 }

describe('whatever happens in whatever order (Q36)', () => {
  it('the stories get around: every phase is reached and answers are given and changed', () => {
    const seen = new Set<string>()
    for (const told of fc.sample(story, { numRuns: 300, seed: 1 }))
      for (const { session } of play(told)) {
        seen.add(session.phase.is)
        for (const { entries } of session.questions)
          for (const entry of entries) if (typeof entry === 'object') seen.add(entry.changes ? 'changed' : 'answered')
      }
    expect([...seen].sort()).toEqual([
      'answered',
      'changed',
      'day',
      'discuss',
      'ended',
      'lobby',
      'open',
      'paused',
      'reveal',
    ])
  })

  it('nobody has more than one place, and no question more answers than players', () => {
    fc.assert(
      fc.property(story, (told) => {
        for (const { session } of play(told)) {
          expect(new Set(session.players.map((player) => player.user)).size).toBe(session.players.length)
          for (const { entries } of session.questions)
            expect(entries.length).toBeLessThanOrEqual(session.players.length)
        }
      }),
      runs,
    )
  })

  it('a closed question takes no answer any more', () => {
    fc.assert(
      fc.property(story, (told) => {
        for (const { before, session } of play(told))
          before.questions.forEach((question, index) => {
            if (question.closed) expect(session.questions[index]!.entries).toEqual(question.entries)
          })
      }),
      runs,
    )
  })

  it('no answer is lost: one that was taken stays until it is changed by the same person', () => {
    fc.assert(
      fc.property(story, (told) => {
        for (const { before, event, session } of play(told))
          for (const [index, { entries }] of before.questions.entries())
            for (const [position, entry] of entries.entries())
              if (typeof entry === 'object' && session.questions[index]!.entries[position] !== entry)
                expect(event).toMatchObject({ type: 'answer', by: who(before.players[position]!.user) })
      }),
      runs,
    )
  })

  it('a team has the mean of its members who were asked, and equal points share a rank', () => {
    fc.assert(
      fc.property(story, (told) => {
        const { session } = last(play(told))
        const scores = teamScores(session)
        for (const { team, points, rank } of scores) {
          expect(points).toBe(meanOf(session, team))
          expect(rank).toBe(1 + scores.filter((other) => other.points > points).length)
        }
        const players = playerScores(session)
        for (const { points, rank } of players)
          expect(rank).toBe(1 + players.filter((other) => other.points > points).length)
      }),
      runs,
    )
  })

  it('a restart at any point changes nothing: the session is its JSON', () => {
    fc.assert(
      fc.property(story, (told) => {
        const through = last(play(told))
        const interrupted = last(play(told, stored))
        expect(interrupted.session).toEqual(through.session)
        expect(interrupted.effects).toEqual(through.effects)
      }),
      { numRuns: 60 },
    )
  })

  it('a timer that comes twice, or too early, does nothing the second time', () => {
    fc.assert(
      fc.property(story, (told) => {
        for (const { session, event } of play(told)) {
          if (event.type !== 'tick') continue
          const again = reduce(session, event)
          const due = dueAt(session)
          if (due === null || due > event.at) expect(again).toEqual({ session, effects: [] })
        }
      }),
      runs,
    )
  })

  it('an event without an effect leaves the very same session, so that nothing is written', () => {
    fc.assert(
      fc.property(story, (told) => {
        for (const { before, session, effects } of play(told))
          if (effects.some((effect: Effect) => effect.do === 'tell' && effect.notice.say === 'refused'))
            expect(session).toBe(before)
      }),
      runs,
    )
  })

  it('the number of awaited answers is right', () => {
    fc.assert(
      fc.property(story, (told) => {
        for (const { session } of play(told)) {
          const open = session.phase.is === 'paused' ? session.phase.was : session.phase
          if (open.is !== 'open') continue
          const awaited = session.questions[open.question]!.entries.filter(
            (entry, position) => entry === 1 && !wasGone(session, position, open.question),
          )
          expect(open.waiting).toBe(awaited.length)
          expect(open.waiting).toBeGreaterThanOrEqual(0)
          expect(open.slow).toBeGreaterThanOrEqual(0)
          expect(open.slow).toBeLessThanOrEqual(open.waiting)
        }
      }),
      runs,
    )
  })
})

/** Left while the question was open, perhaps to come back for the next one. */
const wasGone = ({ players }: QuizState, position: number, question: number): boolean =>
  players[position]!.left === true || players[position]!.from > question
