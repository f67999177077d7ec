import type { CommandContext } from '../../src/chat/context.ts'
import { nearest } from '../../src/chat/nearest.ts'
import type { Part, Reply } from '../../src/chat/reply.ts'
import { UserError } from '../../src/chat/user-error.ts'
import { chooseItems } from '../../src/quiz/choose-items.ts'
import { startSession } from '../../src/quiz/session.ts'
import type { QuizState } from '../../src/quiz/state.ts'
import { MIX, TOPICS, topicNamed } from '../../src/quiz/topic.ts'
import { renderNotice } from '../../src/quiz/views/notice.ts'
import { answer, startButton } from './act.ts'

interface StartOptions {
  topic?: string | undefined
  items: number
  seconds?: number | undefined
  teams: (typeof TEAMS)[number]
  scoring: QuizState['settings']['scoring']
  hours?: number | undefined
}

export const TEAMS = ['balanced', 'choose', 'one', '2', '3', '4', '5', '6'] as const

/** Opens a lobby with its items drawn; refused while another session goes on. */
export function start(context: CommandContext, options: StartOptions): Reply {
  const { channel, user, userName, at, bank, dice } = context
  const { quiz } = channel
  if (quiz && quiz.phase.is !== 'ended') return renderNotice(quiz, user, { say: 'refused', why: 'running' })
  const topic = topicOf(options.topic)
  const seed = dice.below(2 ** 31)
  const asked = quiz?.questions.map(({ item }) => item.id) ?? []
  const items = chooseItems(bank, channel.cluster, { topic, count: options.items, seed, asked })
  if (items.length === 0) throw new UserError(...nothingToAsk(context, topic))
  const size = Number(options.teams) || (options.teams === 'choose' ? 4 : 2)
  const { session, effects } = startSession({
    at,
    by: { user, name: userName },
    seed,
    items,
    settings: {
      topic,
      scoring: options.scoring,
      teams: options.teams === 'one' || options.teams === 'choose' ? options.teams : 'balanced',
      mode: options.hours === undefined ? 'live' : 'day',
      hours: options.hours ?? 1,
    },
    teams: size,
    ...(options.seconds !== undefined && { seconds: options.seconds }),
  })
  channel.quiz = session
  context.effects.push(...effects)
  return answer(context, started(context, session))
}

function started({ bank }: CommandContext, session: QuizState): Part[] {
  const waiting = Object.values(bank.waiting).reduce((sum, count) => sum + count, 0)
  const remarks = [
    `${session.questions.length} questions are ready, and you host them. Press Begin when all have joined.`,
    ...(waiting > 0
      ? [`${waiting} of the ${bank.items.length} written questions wait for kinds that are not modelled yet.`]
      : []),
  ]
  return [
    { type: 'text', text: remarks[0]! },
    ...remarks.slice(1).map((text): Part => ({ type: 'note', text })),
    {
      type: 'buttons',
      buttons: [
        { label: 'Begin', action: '/quiz begin', style: 'primary' },
        { label: 'I play, too', action: '/quiz join' },
        { label: 'End', action: '/quiz end' },
      ],
    },
  ]
}

function topicOf(word: string | undefined): string {
  if (word === undefined) return MIX
  const topic = topicNamed(word)
  if (topic !== undefined) return topic
  const guess = nearest(word, TOPICS)
  throw new UserError(
    `There is no topic "${word}".${guess ? ` Did you mean ${guess}?` : ''} There are: ${TOPICS.join(', ')}.`,
    [{ type: 'buttons', buttons: [guess ? { label: `Start ${guess}`, action: `/quiz start ${guess}` } : startButton] }],
  )
}

function nothingToAsk({ bank }: CommandContext, topic: string): [string, Part[]] {
  const missing = Object.entries(bank.waiting).flatMap(([need, count]) => (count > 0 ? [`${count} for ${need}`] : []))
  return [
    `All questions about ${topic} wait for kinds that are not modelled yet (${missing.join(', ')}).`,
    [{ type: 'buttons', buttons: [startButton] }],
  ]
}
