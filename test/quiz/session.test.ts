import { describe, expect, it } from 'vitest'
import { teamScores } from '../../src/quiz/score.ts'
import { dueAt, publicState } from '../../src/quiz/session.ts'
import { GRACE, HURRY } from '../../src/quiz/state.ts'
import { item, Play, settings, T0, who } from './play.ts'

const started = (...users: string[]) => new Play(['q001', 'q002', 'q004']).join(...users).begin()
const points = (play: Play) => teamScores(play.session).map(({ team, points }) => [team, points])

describe('a live session', () => {
  it('goes from lobby to question, reveal and final board', () => {
    const play = new Play(['q001', 'q002'])
    expect(play.views).toEqual(['post lobby lobby'])
    expect(publicState(play.session)).toBe('lobby')
    play.join('ann', 'bea').begin()
    expect(play.views).toEqual(['edit lobby lobby', 'post q1 question'])
    expect(publicState(play.session)).toBe('open')
    expect(play.answer('ann', 'B')).toEqual({ say: 'locked-in', question: 0 })
    play.wait(60_000, dueAt)
    expect(publicState(play.session)).toBe('reveal')
    expect(points(play)).toEqual([
      [0, 1000],
      [1, 0],
    ])
    play.do({ type: 'next', by: 'host' })
    expect(play.views).toEqual(['post q2 question'])
    play.do({ type: 'reveal', by: 'host' })
    expect(play.views).toEqual(['edit q2 reveal'])
    play.do({ type: 'next', by: 'host' })
    expect(play.views).toEqual(['post final final'])
    expect(publicState(play.session)).toBe('ended')
    expect(dueAt(play.session)).toBeNull()
  })

  it('closes when the time and the grace are over, not before', () => {
    const play = started('ann')
    play.now = T0 + 30_000 + GRACE - 1
    play.do({ type: 'tick' })
    expect(publicState(play.session)).toBe('open')
    play.now += 1
    play.do({ type: 'tick' })
    expect(publicState(play.session)).toBe('reveal')
  })

  it('closes a few seconds after everybody has answered', () => {
    const play = started('ann', 'bea')
    play.now = T0 + 5_000
    play.answer('ann', 'A')
    expect(dueAt(play.session)).toBe(T0 + 15_000)
    play.answer('bea', 'A')
    expect(dueAt(play.session)).toBe(T0 + 5_000 + HURRY)
    play.now += 1_000
    play.answer('bea', 'B')
    play.wait(HURRY, dueAt)
    expect(publicState(play.session)).toBe('reveal')
    expect(points(play)).toEqual([
      [1, 1000],
      [0, 0],
    ])
  })

  it('edits a question at most three times by itself, and says which edits only count down', () => {
    const play = started('ann')
    const edits: string[] = []
    for (let at = dueAt(play.session); at !== null && publicState(play.session) === 'open'; at = dueAt(play.session)) {
      play.now = at
      play.do({ type: 'tick' })
      for (const effect of play.effects)
        if (effect.do === 'edit') edits.push(`${at - T0} ${effect.view.view}${effect.countdown ? ' countdown' : ''}`)
    }
    expect(edits).toEqual(['15000 question countdown', '20000 question countdown', '32000 reveal'])
  })

  it('takes one answer a person; the same again changes nothing at all', () => {
    const play = started('ann', 'bea')
    play.answer('ann', 'A')
    const before = play.session
    expect(play.answer('ann', 'A')).toMatchObject({ say: 'locked-in' })
    expect(play.session).toBe(before)
    play.now += 4_000
    play.answer('ann', 'C')
    play.now += 1_000
    play.answer('ann', 'B')
    expect(play.session.questions[0]!.entries[0]).toEqual({ pick: 'B', ms: 5_000, first: 'A', changes: 2 })
  })

  it('keeps the later press where two arrive in the wrong order', () => {
    const play = started('ann', 'bea')
    play.do({ type: 'posted', slot: 'q1', handle: 'm1', clock: T0 + 90_000 })
    play.now += 6_000
    play.answer('ann', 'B', { clicked: T0 + 95_500 })
    play.answer('ann', 'A', { clicked: T0 + 95_000 })
    expect(play.session.questions[0]!.entries[0]).toEqual({ pick: 'B', ms: 5_500 })
  })
})

describe('the clocks', () => {
  it("measures by the platform's own clock, however far it is from ours", () => {
    const play = started('ann', 'bea')
    play.now = T0 + 400
    play.do({ type: 'posted', slot: 'q1', handle: 'm1', clock: 1_000 })
    expect(dueAt(play.session)).toBe(T0 + 400 + 15_000)
    play.now = T0 + 9_000
    play.answer('ann', 'B', { clicked: 5_500 })
    expect(play.session.questions[0]!.entries[0]).toEqual({ pick: 'B', ms: 4_500 })
  })

  it('counts an answer of the last second that arrives within the grace, and none that was pressed later', () => {
    const play = started('ann', 'bea', 'cat')
    play.do({ type: 'posted', slot: 'q1', handle: 'm1', clock: 0 })
    play.now = T0 + 31_900
    expect(play.answer('ann', 'B', { clicked: 29_900 })).toMatchObject({ say: 'locked-in' })
    expect(play.answer('bea', 'B', { clicked: 32_001 })).toEqual({ say: 'refused', why: 'late' })
    expect(play.answer('cat', 'B', { clicked: 31_999 })).toMatchObject({ say: 'locked-in' })
  })

  it('gives more time to those who asked for it, and waits for them alone', () => {
    const play = new Play(['q001']).join('ann', 'bea')
    play.do({ type: 'prefer', by: 'ann', extra: 2 })
    play.begin()
    play.now = T0 + 33_000
    play.do({ type: 'tick' })
    expect(publicState(play.session)).toBe('open')
    expect(play.answer('bea', 'B')).toEqual({ say: 'refused', why: 'late' })
    expect(play.answer('ann', 'B')).toMatchObject({ say: 'locked-in' })
    play.do({ type: 'tick' })
    expect(publicState(play.session)).toBe('reveal')
    expect(points(play)).toEqual([
      [0, 1000],
      [1, 0],
    ])
  })
})

describe('hosts', () => {
  it('alone may steer', () => {
    const play = started('ann', 'bea')
    for (const type of [
      'pause',
      'resume',
      'extend',
      'next',
      'skip',
      'reveal',
      'discuss',
      'end',
      'begin',
      'lock',
    ] as const)
      expect(play.do({ type, by: 'ann' }), type).toEqual({ say: 'refused', why: 'host-only' })
    play.do({ type: 'cohost', by: 'host', user: 'ann' })
    play.do({ type: 'pause', by: 'ann' })
    expect(publicState(play.session)).toBe('paused')
  })

  it('pause without a loss: the rest of the time stays, answers stay, paused time does not count', () => {
    const play = started('ann', 'bea')
    play.now = T0 + 10_000
    play.answer('ann', 'B')
    play.do({ type: 'pause', by: 'host' })
    play.now = T0 + 500_000
    play.do({ type: 'tick' })
    expect(publicState(play.session)).toBe('paused')
    expect(play.answer('bea', 'B')).toEqual({ say: 'refused', why: 'paused' })
    play.do({ type: 'resume', by: 'host' })
    play.now += 5_000
    play.answer('bea', 'B')
    expect(play.session.questions[0]!.entries).toEqual([
      { pick: 'B', ms: 10_000 },
      { pick: 'B', ms: 15_000 },
    ])
  })

  it('extend by fifteen seconds', () => {
    const play = started('ann', 'bea')
    play.do({ type: 'extend', by: 'host' })
    play.now = T0 + 46_000
    expect(play.answer('ann', 'B')).toMatchObject({ say: 'locked-in' })
    play.now = T0 + 45_000 + GRACE
    play.do({ type: 'tick' })
    expect(publicState(play.session)).toBe('reveal')
  })

  it('skip: the question counts for nobody, also after its reveal', () => {
    const play = started('ann', 'bea')
    play.answer('ann', 'B')
    play.do({ type: 'skip', by: 'host' })
    expect(play.views).toEqual(['edit q1 reveal', 'post q2 question'])
    play.answer('ann', 'C')
    play.do({ type: 'reveal', by: 'host' })
    expect(points(play)[0]).toEqual([0, 1000])
    play.do({ type: 'skip', by: 'host' })
    expect(play.views).toEqual(['edit q2 reveal'])
    expect(points(play)[0]).toEqual([0, 0])
  })

  it('press Next twice, or two of them once: one question is asked, none is skipped', () => {
    const play = started('ann', 'bea')
    play.do({ type: 'cohost', by: 'host', user: 'ann' })
    play.do({ type: 'reveal', by: 'host', question: 0 })
    play.do({ type: 'next', by: 'host', question: 0 })
    expect(play.do({ type: 'next', by: 'ann', question: 0 })).toEqual({ say: 'refused', why: 'already-done' })
    expect(play.do({ type: 'skip', by: 'ann', question: 0 })).toEqual({ say: 'refused', why: 'already-done' })
    expect(play.session.phase).toMatchObject({ is: 'open', question: 1 })
  })

  it('who leave hand over; without one anybody may claim', () => {
    const play = started('ann', 'bea')
    play.do({ type: 'cohost', by: 'host', user: 'ann' })
    play.do({ type: 'leave', by: 'host' })
    expect(play.session.hosts).toEqual(['ann'])
    expect(play.do({ type: 'claim', by: 'bea' })).toEqual({ say: 'refused', why: 'hosted' })
    play.do({ type: 'leave', by: 'ann' })
    play.do({ type: 'claim', by: 'bea' })
    expect(play.session.hosts).toEqual(['bea'])
  })

  it('who stay silent for two minutes after a reveal pause the session, and anybody may claim it', () => {
    const play = started('ann', 'bea')
    play.do({ type: 'reveal', by: 'host' })
    play.wait(120_000, dueAt)
    expect(play.session.phase).toMatchObject({ is: 'paused', why: 'silent' })
    play.do({ type: 'claim', by: 'bea' })
    play.do({ type: 'next', by: 'bea' })
    expect(play.session.phase).toMatchObject({ is: 'open', question: 1 })
  })

  it('end: the open question counts for nobody', () => {
    const play = started('ann', 'bea')
    play.answer('ann', 'B')
    play.do({ type: 'end', by: 'host' })
    expect(play.views).toEqual(['edit q1 reveal', 'post final final'])
    expect(points(play)[0]![1]).toBe(0)
    expect(play.answer('bea', 'B')).toEqual({ say: 'refused', why: 'ended' })
    expect(play.do({ type: 'end', by: 'host' })).toEqual({ say: 'refused', why: 'ended' })
  })

  it('let people talk and vote again; the second vote counts and the first is remembered', () => {
    const play = started('ann', 'bea')
    play.answer('ann', 'A')
    play.do({ type: 'discuss', by: 'host' })
    expect(publicState(play.session)).toBe('reveal')
    expect(play.answer('ann', 'B')).toEqual({ say: 'refused', why: 'closed' })
    play.wait(60_000, dueAt)
    expect(publicState(play.session)).toBe('open')
    play.answer('ann', 'B')
    play.answer('bea', 'B')
    expect(dueAt(play.session)).toBeGreaterThan(play.now + HURRY)
    play.do({ type: 'reveal', by: 'host' })
    expect(play.session.questions[0]).toMatchObject({ before: { A: 1 } })
    expect(points(play).map(([, sum]) => sum)).toEqual([1000, 1000])
  })
})

describe('players', () => {
  it('join once; a second press changes nothing', () => {
    const play = new Play(['q001']).join('ann')
    const before = play.session
    expect(play.do({ type: 'join', by: 'ann' })).toMatchObject({ say: 'joined', again: true })
    expect(play.session).toBe(before)
  })

  it('are dealt out evenly, and once more at the beginning', () => {
    const play = new Play(['q001']).join('a', 'b', 'c', 'd', 'e', 'f')
    for (const by of ['b', 'd', 'f']) play.do({ type: 'leave', by })
    play.begin()
    const sizes = [0, 1].map((team) => play.session.players.filter((player) => player.team === team).length)
    expect(sizes.sort()).toEqual([1, 2])
  })

  it('choose their team where they may, and change it in the lobby only', () => {
    const play = new Play(['q001', 'q002'], { settings: { ...settings, teams: 'choose' }, teams: 3 })
    expect(play.do({ type: 'join', by: 'ann' })).toEqual({ say: 'refused', why: 'choose-team' })
    expect(play.do({ type: 'join', by: 'ann', team: 3 })).toEqual({ say: 'refused', why: 'choose-team' })
    play.do({ type: 'join', by: 'ann', team: 2 })
    play.do({ type: 'join', by: 'ann', team: 1 })
    expect(play.session.players).toMatchObject([{ user: 'ann', team: 1 }])
    play.begin()
    expect(play.do({ type: 'join', by: 'ann', team: 0 })).toMatchObject({ again: true, team: 1 })
  })

  it('all play for one where there is one team', () => {
    const play = new Play(['q001'], { settings: { ...settings, teams: 'one' } }).join('a', 'b', 'c')
    expect(play.session.teams).toEqual([{ name: 'Triangle' }])
    expect(play.session.players.map(({ team }) => team)).toEqual([0, 0, 0])
  })

  it('who come late enter with the next question and do not change the mean before', () => {
    const play = started('ann', 'bea')
    play.answer('ann', 'B')
    expect(play.do({ type: 'join', by: 'late' })).toMatchObject({ from: 1 })
    expect(play.answer('late', 'B')).toEqual({ say: 'refused', why: 'next-question' })
    play.do({ type: 'reveal', by: 'host' })
    expect(points(play)).toEqual([
      [0, 1000],
      [1, 0],
    ])
    play.do({ type: 'next', by: 'host' })
    expect(play.answer('late', 'C')).toMatchObject({ say: 'locked-in' })
  })

  it('who say nothing twice are away, and one answer brings them back', () => {
    const play = new Play(['q001', 'q002', 'q004', 'q005']).join('ann', 'bea').begin()
    for (const key of ['B', 'C']) {
      play.answer('bea', key)
      play.do({ type: 'reveal', by: 'host' })
      play.do({ type: 'next', by: 'host' })
    }
    expect(play.session.questions[2]!.entries).toEqual([0, 1])
    play.answer('bea', 'A')
    play.wait(HURRY, dueAt)
    expect(publicState(play.session)).toBe('reveal')
    play.do({ type: 'next', by: 'host' })
    play.answer('ann', 'D')
    play.do({ type: 'reveal', by: 'host' })
    expect(points(play)).toEqual([
      [1, 3000],
      [0, 1000],
    ])
  })

  it('who leave without an answer are not waited for; their silence counts for this question', () => {
    const play = new Play(['q001', 'q002'], { settings: { ...settings, teams: 'one' } }).join('ann', 'bea').begin()
    play.answer('ann', 'B')
    play.do({ type: 'leave', by: 'bea' })
    expect(dueAt(play.session)).toBe(play.now + HURRY)
    play.wait(HURRY, dueAt)
    expect(points(play)).toEqual([[0, 500]])
    play.do({ type: 'next', by: 'host' })
    play.answer('ann', 'C')
    play.do({ type: 'reveal', by: 'host' })
    expect(points(play)).toEqual([[0, 1500]])
  })

  it('who leave, come back for the next question and leave again are not subtracted twice', () => {
    const play = started('ann', 'bea', 'cat')
    play.do({ type: 'leave', by: 'bea' })
    play.do({ type: 'join', by: 'bea' })
    play.do({ type: 'leave', by: 'bea' })
    play.answer('ann', 'B')
    expect(dueAt(play.session)).not.toBe(play.now + HURRY)
    play.answer('cat', 'B')
    expect(dueAt(play.session)).toBe(play.now + HURRY)
  })

  it('who all leave pause the session; who comes back goes on', () => {
    const play = started('ann')
    play.do({ type: 'leave', by: 'ann' })
    expect(play.session.phase).toMatchObject({ is: 'paused', why: 'empty' })
    play.do({ type: 'join', by: 'ann' })
    play.do({ type: 'claim', by: 'ann' })
    play.do({ type: 'resume', by: 'ann' })
    expect(publicState(play.session)).toBe('open')
  })

  it('may not be anybody: strangers, early and late presses are told why', () => {
    const play = new Play(['q001', 'q002']).join('ann')
    expect(play.answer('ann', 'B')).toEqual({ say: 'refused', why: 'not-open' })
    play.begin()
    expect(play.answer('stranger', 'B')).toEqual({ say: 'refused', why: 'not-joined' })
    expect(play.do({ type: 'answer', by: 'ann', text: 'B', question: 1 })).toEqual({ say: 'refused', why: 'not-open' })
    play.do({ type: 'reveal', by: 'host' })
    expect(play.do({ type: 'answer', by: 'ann', text: 'B', question: 0 })).toEqual({ say: 'refused', why: 'closed' })
    play.do({ type: 'next', by: 'host' })
    expect(play.do({ type: 'answer', by: 'ann', text: 'B', question: 0 })).toEqual({ say: 'refused', why: 'closed' })
    expect(play.do({ type: 'answer', by: 'ann', text: 'Z', question: 1 })).toMatchObject({ say: 'unreadable' })
  })

  it('cannot begin with nobody, and a lobby that nobody begins is closed', () => {
    const play = new Play(['q001'])
    expect(play.do({ type: 'begin', by: 'host' })).toEqual({ say: 'refused', why: 'nobody' })
    play.wait(31 * 60_000, dueAt)
    expect(play.session.phase).toMatchObject({ is: 'ended', why: 'idle' })
    expect(play.views).toEqual(['edit lobby lobby'])
  })

  it('fill the lobby message not more than every three seconds', () => {
    const play = new Play(['q001'])
    let edits = 0
    for (let player = 0; player < 500; player++) {
      play.now += 20
      play.join(`u${player}`)
      edits += play.views.length
    }
    expect(edits).toBe(3)
    play.wait(3_000, dueAt)
    expect(play.views).toEqual(['edit lobby lobby'])
  })
})

describe('team names', () => {
  it('are words and shapes until a member gives another one', () => {
    const play = new Play(['q001']).join('ann', 'bea')
    play.do({ type: 'rename', by: 'ann', name: '  Röster \u202e\u200b ☕  ' })
    expect(play.session.teams).toEqual([{ name: 'Röster ☕' }, { name: 'Circle' }])
  })

  it('may not be empty, invisible, or read like another one', () => {
    const play = new Play(['q001']).join('ann', 'bea')
    expect(play.do({ type: 'rename', by: 'ann', name: ' \u200b\u2060 ' })).toEqual({
      say: 'refused',
      why: 'bad-team-name',
    })
    expect(play.do({ type: 'rename', by: 'ann', name: 'ＣＩＲＣＬＥ' })).toEqual({
      say: 'refused',
      why: 'team-name-taken',
    })
    expect(play.do({ type: 'rename', by: 'eve', name: 'Eve' })).toEqual({ say: 'refused', why: 'not-joined' })
  })

  it('are cut to a length that fits, never inside a character', () => {
    const play = new Play(['q001']).join('ann')
    play.do({ type: 'rename', by: 'ann', name: '𝕬'.repeat(40) })
    expect(play.session.teams[0]!.name).toBe(`${'𝕬'.repeat(11)}…`)
  })

  it('and people may be called __proto__', () => {
    const play = new Play(['q001']).join('__proto__', 'constructor').begin()
    play.answer('__proto__', 'B')
    play.restart()
    expect(play.answer('__proto__', 'B')).toMatchObject({ say: 'locked-in' })
    expect(points(play)).toHaveLength(2)
  })
})

describe('durability', () => {
  it('lets an open question go on after a restart', () => {
    const play = started('ann', 'bea')
    play.do({ type: 'posted', slot: 'q1', handle: 'm1', clock: T0 })
    play.answer('ann', 'B')
    play.now += 10_000
    play.restart()
    expect(play.effects).toEqual([])
    expect(play.answer('bea', 'B')).toMatchObject({ say: 'locked-in' })
    play.wait(HURRY, dueAt)
    expect(points(play).map(([, sum]) => sum)).toEqual([1000, 1000])
  })

  it('closes an overdue question once', () => {
    const play = started('ann', 'bea')
    play.do({ type: 'posted', slot: 'q1', handle: 'm1', clock: T0 })
    play.answer('ann', 'B')
    play.now += 600_000
    play.restart()
    expect(play.views).toEqual(['edit q1 reveal'])
    play.restart()
    expect(play.views).toEqual([])
    play.do({ type: 'tick' })
    expect(play.views).toEqual([])
  })

  it('posts what was saved but never shown', () => {
    const play = started('ann', 'bea')
    play.restart()
    expect(play.views).toEqual(['post q1 question'])
  })

  it('brings a message up to date that was still on its way when it had to change', () => {
    const play = started('ann', 'bea')
    play.do({ type: 'reveal', by: 'host' })
    play.do({ type: 'posted', slot: 'q1', handle: 'm1' })
    expect(play.views).toEqual(['edit q1 reveal'])
    play.do({ type: 'next', by: 'host' })
    play.do({ type: 'skip', by: 'host' })
    play.do({ type: 'posted', slot: 'q2', handle: 'm2' })
    expect(play.views).toEqual(['edit q2 reveal'])
    play.do({ type: 'posted', slot: 'q3', handle: 'm3' })
    expect(play.views).toEqual([])
  })

  it('posts a deleted message again, once', () => {
    const play = started('ann', 'bea')
    play.do({ type: 'posted', slot: 'q1', handle: 'm1' })
    play.do({ type: 'lost', slot: 'q1' })
    expect(play.views).toEqual(['post q1 question'])
    play.do({ type: 'lost', slot: 'q1' })
    expect(play.views).toEqual([])
    play.do({ type: 'lost', slot: 'lobby' })
    expect(play.views).toEqual([])
  })
})

describe('a day', () => {
  const day = () =>
    new Play(['q001', 'q002', 'q043'], { settings: { ...settings, mode: 'day', hours: 10, scoring: 'pace' } })

  it('keeps all questions open for hours, each player at the own time and in an own order', () => {
    const play = day().join('ann', 'bea').begin()
    expect(play.views).toEqual(['edit lobby lobby', 'post day day'])
    expect(publicState(play.session)).toBe('open')
    expect(play.session.settings.scoring).toBe('accuracy')
    play.now += 3 * 3_600_000
    expect(play.do({ type: 'answer', by: 'ann', text: 'It leads to one particular machine' })).toEqual({
      say: 'locked-in',
      question: 0,
    })
    expect(play.do({ type: 'answer', by: 'ann', text: 'tea' })).toMatchObject({ say: 'unreadable', question: 1 })
    expect(play.do({ type: 'answer', by: 'ann', text: 'tea', question: 2 })).toMatchObject({
      say: 'locked-in',
      question: 2,
    })
    expect(play.do({ type: 'answer', by: 'ann', text: '' })).toEqual({ say: 'ask', question: 1 })
  })

  it('warns two hours before its end and then shows the board', () => {
    const play = day().join('ann', 'bea').begin()
    play.do({ type: 'answer', by: 'ann', text: 'tea', question: 2 })
    play.wait(8 * 3_600_000, dueAt)
    expect(play.views).toEqual(['post closing-soon closing-soon'])
    play.wait(2 * 3_600_000, dueAt)
    expect(play.views).toEqual(['post final final'])
    expect(points(play)).toEqual([
      [0, 1000],
      [1, 0],
    ])
    expect(play.do({ type: 'answer', by: 'bea', text: 'tea', question: 2 })).toEqual({ say: 'refused', why: 'ended' })
  })
})

it('a new session carries no worlds and names its host', () => {
  const play = new Play(['q019'], { by: who('ann') })
  expect(play.session.hosts).toEqual(['ann'])
  expect(item('q019')).toHaveProperty('world')
  expect(play.session.questions[0]!.item).not.toHaveProperty('world')
})
