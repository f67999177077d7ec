import type { Inline, Part } from '../../chat/reply.ts'
import { bold, text } from '../../chat/reply.ts'
import { DONT_KNOW, keyOf, noteOn } from '../answer.ts'
import { mostFrequent } from '../export.ts'
import { type Item, isChoice } from '../item.ts'
import { teamScores } from '../score.ts'
import { currentQuestion, type Question, type QuizState, teamLabel } from '../state.ts'
import { bodyOf, promptOf } from './question.ts'
import { buttons, counted, inline, note, paragraph, reference, unmarked } from './words.ts'

/** The answer to a closed question, for everybody: the right one in words, how it went, and the idea behind each wrong one. */
export function renderReveal(session: QuizState, question: number): Part[] {
  const asked = session.questions[question]!
  const { item } = asked
  const current = currentQuestion(session) === question
  const idle = session.phase.is === 'paused' && session.phase.why !== undefined
  return [
    { type: 'title', text: `Question ${question + 1} of ${session.questions.length}: the answer` },
    ...promptOf(item),
    paragraph([bold('Right: '), ...inWords(item, keyOf(item))]),
    ...(asked.void ? [paragraph('This question was taken out. It counts for nobody.')] : distribution(asked)),
    paragraph(inline(item.explanation)),
    ...ideas(asked),
    ...(asked.void ? [] : [note(standings(session))]),
    ...(session.phase.is === 'paused'
      ? [note(idle ? 'Paused: nobody went on. Anybody may host it now.' : 'Paused.')]
      : []),
    buttons(
      { label: 'Why was mine wrong?', action: `/quiz why ${reference(session, question)}` },
      current && nextButton(session, question),
      idle && { label: 'Host it', action: '/quiz claim' },
    ),
  ]
}

const nextButton = (session: QuizState, question: number) => ({
  label: question + 1 < session.questions.length ? 'Next question' : 'Final board',
  action: `/quiz next ${reference(session, question)}`,
  style: 'primary' as const,
})

/** An answer in words instead of letters. */
export function inWords(item: Item, answer: string): Inline[] {
  if (answer === DONT_KNOW) return [text('not known yet')]
  if (item.type === 'match') {
    const pairs = (answer.match(/../g) ?? []).map((pair) => {
      const right = item.right['abcde'.indexOf(pair[1]!)]!
      return `${item.left[Number(pair[0]) - 1]!}: ${right}`
    })
    return inline(pairs.map((pair) => `\n${pair}`).join(''))
  }
  if (item.type === 'order_hops')
    return inline([...answer].map((hop, index) => `\n${index + 1}. ${item.choices[hop as 'A']}`).join(''))
  return inline(item.choices[answer as 'A']!)
}

/** How often each answer was given, as bars with numbers. */
function distribution({ item, order, entries, before }: Question): Part[] {
  const picks = entries.flatMap((entry) => (typeof entry === 'object' ? [entry.pick] : []))
  const silent = entries.filter((entry) => entry === 1).length
  const of = picks.length + silent
  if (of === 0) return [paragraph('Nobody was there to answer.')]
  const bar = (label: string, done: number): Part => ({ type: 'progress', label, done, of })
  const times = (answer: string) => picks.filter((pick) => pick === answer).length
  const key = keyOf(item)
  const shift = before ? `, ${before[key] ?? 0} before the talk` : ''
  const bars = isChoice(item)
    ? [...order].map((letter, index) => {
        const words = `${'ABCD'[index]} ${unmarked(item.choices[letter as 'A']!)}`
        return bar(letter === key ? `${words} (right${shift})` : words, times(letter))
      })
    : [bar(`all right${shift}`, times(key)), bar('in part or not', picks.length - times(key) - times(DONT_KNOW))]
  return [
    ...bars,
    ...(times(DONT_KNOW) > 0 ? [bar("don't know yet", times(DONT_KNOW))] : []),
    ...(silent > 0 ? [bar('no answer', silent)] : []),
  ]
}

/** One sentence for each wrong idea: of all options of a choice, else of the wrong answer that was given most. */
function ideas({ item, order, entries }: Question): Part[] {
  if (isChoice(item)) {
    const wrong = [...order].filter((letter) => letter !== item.answer)
    const lines = wrong.map((letter) => [
      bold(`${'ABCD'[order.indexOf(letter)]}  `),
      ...inline(item.distractors[letter as 'A']!.note),
    ])
    return [{ type: 'list', items: lines }]
  }
  const picks = entries.flatMap((entry) => (typeof entry === 'object' && entry.pick !== DONT_KNOW ? [entry.pick] : []))
  const common = mostFrequent(picks.filter((pick) => pick !== keyOf(item)))
  const found = common === undefined ? undefined : noteOn(item, common)
  return found ? [paragraph([text('Most frequent slip: '), ...inline(found.note)])] : []
}

/** `▲ Triangle 3000 · ● Circle 2500`. */
const standings = (session: QuizState): string =>
  teamScores(session)
    .map(({ team, points }) => `${teamLabel(session, team)} ${points}`)
    .join(' · ') || 'No points yet.'

/** A question that is talked over before the second vote. */
export function renderDiscuss(session: QuizState, question: number): Part[] {
  const { entries, order } = session.questions[question]!
  const votes = entries.filter((entry) => typeof entry === 'object').length
  const { phase } = session
  const until: Inline[] =
    phase.is === 'discuss' ? [text(' The second vote opens '), { when: phase.until, style: 'relative' }] : []
  return [
    { type: 'title', text: `Question ${question + 1} of ${session.questions.length}: talk it over` },
    paragraph([text(`${counted(votes, 'vote')} so far. Convince your team, nothing is revealed yet.`), ...until]),
    ...bodyOf(session, question, order),
    buttons({ label: 'Show the answer', action: `/quiz reveal ${reference(session, question)}` }),
  ]
}
