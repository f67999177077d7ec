import type { Part, Reply } from '../../chat/reply.ts'
import { bold, text } from '../../chat/reply.ts'
import { DONT_KNOW, keyOf, noteOn } from '../answer.ts'
import { nextInDay, orderFor } from '../answers.ts'
import type { Notice, Refusal } from '../effect.ts'
import { currentQuestion, isHost, positionOf, type QuizState, SILENT, teamLabel } from '../state.ts'
import { quizData } from './data.ts'
import { menuFor, renderForPlayer, typed } from './question.ts'
import { inWords } from './reveal.ts'
import { buttons, inline, note, paragraph, reference } from './words.ts'

const join = { label: 'Join', action: '/quiz join' }
const mine = { label: 'My question', action: '/quiz answer' }
const onward = buttons({ label: 'Scores', action: '/quiz scores' })

const REFUSALS: Record<Refusal, { words: string; next?: { label: string; action: string } }> = {
  running: { words: 'A quiz is already running in this channel.', next: join },
  'host-only': {
    words: 'Only a host may do that: the person who started this quiz, or a co-host.',
    next: { label: 'Leave', action: '/quiz leave' },
  },
  'not-joined': { words: 'You do not play in this quiz yet.', next: join },
  'not-open': { words: 'That question is not open yet.' },
  closed: {
    words: 'That question is closed; your answer was not counted.',
    next: { label: 'Scores', action: '/quiz scores' },
  },
  late: { words: 'Too late: the time was up when you pressed.' },
  paused: { words: 'The quiz is paused. What you answered before stays; the rest waits.' },
  'next-question': { words: 'You joined while this question was open. Yours begin with the next one.' },
  locked: { words: 'The host has shut the lobby.' },
  nobody: { words: 'Nobody has joined yet.', next: join },
  'choose-team': { words: 'Choose a team.' },
  'bad-team-name': {
    words: 'A team needs a name that can be seen.',
    next: { label: 'Scores', action: '/quiz scores' },
  },
  'team-name-taken': {
    words: 'Another team has a name that reads the same.',
    next: { label: 'Scores', action: '/quiz scores' },
  },
  'already-done': { words: 'That has been done already.' },
  decided: { words: 'You have seen the explanation, so this answer stays.' },
  ended: { words: 'This quiz has ended.', next: { label: 'Another quiz', action: '/quiz start' } },
  hosted: {
    words: 'This quiz has a host. It can be taken over when the host leaves or is silent.',
    next: { label: 'Scores', action: '/quiz scores' },
  },
  'not-now': { words: 'That is not possible at this moment.', next: { label: 'Scores', action: '/quiz scores' } },
}

/** What one person is told in private. */
export function renderNotice(session: QuizState, user: string, notice: Notice): Reply {
  const ok = notice.say !== 'refused' && notice.say !== 'unreadable'
  return { ok, private: true, parts: partsOf(session, user, notice), data: quizData(session) }
}

function partsOf(session: QuizState, user: string, notice: Notice): Part[] {
  switch (notice.say) {
    case 'joined':
      return joined(session, notice)
    case 'left':
      return [
        paragraph('You have left the quiz. What you answered stays.'),
        buttons({ label: 'Come back', action: '/quiz join' }),
      ]
    case 'locked-in':
      return lockedIn(session, notice.question, user)
    case 'decided':
      return explained(session, notice.question)
    case 'ask':
      return renderForPlayer(session, notice.question, user)
    case 'draft':
      return drafted(session, user, notice)
    case 'unreadable':
      return [paragraph(notice.hint), buttons(mine)]
    case 'done':
      return [paragraph(notice.what), isHost(session, user) ? steering(session) : onward]
    case 'refused':
      return refused(session, notice.why)
  }
}

function joined(session: QuizState, { team, from, again }: Extract<Notice, { say: 'joined' }>): Part[] {
  const current = currentQuestion(session)
  const late = current !== undefined && from > current
  return [
    paragraph([
      text(again ? 'You play already, for ' : 'You play for '),
      bold(teamLabel(session, team)),
      text(late ? '. Your first question is the next one.' : '.'),
    ]),
    buttons(
      session.phase.is === 'day' && mine,
      { label: 'You may name me', action: '/quiz prefer --listed=true' },
      { label: 'I need more time', action: '/quiz prefer --time=2' },
      { label: 'Leave', action: '/quiz leave' },
    ),
  ]
}

/** `Locked in: C`, with the words, and how many are in. In a day the next question follows at once. */
function lockedIn(session: QuizState, question: number, user: string): Part[] {
  const { item, entries } = session.questions[question]!
  const position = positionOf(session, user)!
  const entry = entries[position]
  const pick = typeof entry === 'object' ? entry.pick : ''
  const order = orderFor(session, question, user)
  const asked = entries.filter((one) => one !== 0).length
  const answered = asked - entries.filter((one) => one === SILENT).length
  const locked: Part = paragraph([
    text('Locked in: '),
    bold(typed(item, order, pick)),
    text(item.type === 'match' || item.type === 'order_hops' ? '' : '  '),
    ...(item.type === 'match' || item.type === 'order_hops' ? [] : inWords(item, pick)),
    text('. You may change it until the end.'),
  ])
  if (session.phase.is !== 'day')
    return [
      locked,
      note(`${answered} of ${asked} answered`),
      buttons({ label: 'Show my answer', action: '/quiz answer' }),
    ]
  const next = nextInDay(session, position)
  return next === undefined
    ? [locked, note('That was your last one. The answers come when the day is over.')]
    : [locked, ...renderForPlayer(session, next, user)]
}

/** The explanation, early: for somebody who does not know yet and will not answer any more. */
function explained(session: QuizState, question: number): Part[] {
  const { item } = session.questions[question]!
  return [
    paragraph([bold('Right: '), ...inWords(item, keyOf(item))]),
    paragraph(inline(item.explanation)),
    note('Please keep it to yourself until the end. This question earns you nothing.'),
  ]
}

function drafted(session: QuizState, user: string, { question, draft }: Extract<Notice, { say: 'draft' }>): Part[] {
  const { item } = session.questions[question]!
  const order = orderFor(session, question, user)
  const action = `/quiz answer ${reference(session, question)}`
  return [
    paragraph([text('So far: '), bold(typed(item, order, draft)), text('. Not locked in yet.')]),
    ...menuFor(item, order, draft, action),
    buttons({ label: 'Begin again', action }),
  ]
}

/** Why the own answer was wrong, or that it was right. */
export function renderWhy(session: QuizState, question: number, user: string): Part[] {
  const asked = session.questions[question]
  const position = positionOf(session, user)
  const entry = position === undefined ? undefined : asked?.entries[position]
  if (!asked?.closed) return refused(session, 'not-open')
  const { item } = asked
  const right = paragraph([bold('Right: '), ...inWords(item, keyOf(item))])
  if (typeof entry !== 'object')
    return [paragraph('You gave no answer to this one.'), right, paragraph(inline(item.explanation)), onward]
  if (entry.pick === keyOf(item)) return [paragraph('Yours was right.'), paragraph(inline(item.explanation)), onward]
  const found = entry.pick === DONT_KNOW ? undefined : noteOn(item, entry.pick)
  return [
    paragraph([bold('Yours: '), ...inWords(item, entry.pick)]),
    ...(found ? [paragraph(inline(found.note))] : []),
    right,
    paragraph(inline(item.explanation)),
    onward,
  ]
}

/** What a host may do next, as buttons. */
function steering(session: QuizState): Part {
  const { phase } = session
  const question = currentQuestion(session)
  const about = question === undefined ? '' : ` ${reference(session, question)}`
  if (phase.is === 'ended')
    return buttons({ label: 'Scores', action: '/quiz scores' }, { label: 'Export', action: '/quiz export' })
  if (phase.is === 'paused')
    return buttons({ label: 'Resume', action: '/quiz resume' }, { label: 'End', action: '/quiz end' })
  if (phase.is === 'open')
    return buttons(
      { label: 'Pause', action: '/quiz pause' },
      { label: '+15 s', action: '/quiz extend' },
      { label: 'Show the answer', action: `/quiz reveal${about}` },
      { label: 'Skip', action: `/quiz skip${about}` },
      { label: 'End', action: '/quiz end' },
    )
  if (phase.is === 'reveal')
    return buttons(
      { label: 'Next', action: `/quiz next${about}` },
      { label: 'Do not count it', action: `/quiz skip${about}` },
      { label: 'Scores', action: '/quiz scores' },
    )
  return buttons({ label: 'Scores', action: '/quiz scores' }, { label: 'End', action: '/quiz end' })
}

function refused(session: QuizState, why: Refusal): Part[] {
  const { words, next } = REFUSALS[why]
  if (why === 'choose-team')
    return [
      paragraph(words),
      buttons(
        ...session.teams.map((_, team) => ({ label: teamLabel(session, team), action: `/quiz join ${team + 1}` })),
      ),
    ]
  return [paragraph(words), buttons(next ?? { label: 'Scores', action: '/quiz scores' })]
}
