import { Random } from '../cluster/random.ts'
import { DONT_KNOW, keyOf, noteOn } from './answer.ts'
import type { Item } from './item.ts'
import { counts, creditIn, pointsIn } from './score.ts'
import { shuffle } from './shuffle.ts'
import { ABSENT, type Given, type Question, type QuizState, teamLabel } from './state.ts'

type Cell = string | number | boolean | undefined

/**
 * A table as CSV (RFC 4180). Cells that a spreadsheet would take for a formula get an apostrophe in front, so that
 * opening the file never runs what a player typed.
 */
export const toCsv = (header: readonly string[], rows: readonly (readonly Cell[])[]): string =>
  [header, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('')

function cell(value: Cell): string {
  if (value === undefined) return ''
  if (typeof value !== 'string') return String(value)
  const guarded = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded
}

/** Names for players that tell nobody who they are and stay the same in every export of the session. */
export function pseudonyms({ players, seed }: QuizState): string[] {
  const numbers = shuffle(
    players.map((_, index) => index + 1),
    new Random(seed),
  )
  const width = String(players.length).length
  return numbers.map((number) => `player-${String(number).padStart(width, '0')}`)
}

const RESULTS = [
  ...['session_id', 'pack', 'item_id', 'template', 'seed', 'lesson', 'targets', 'team', 'player', 'present'],
  ...['first_answer', 'answer', 'credit', 'elapsed_ms', 'changed', 'helped', 'misconception', 'points'],
]

/** One row for each player and closed question; pseudonyms unless `names`. */
export function exportResults(session: QuizState, names = false): string {
  const called = names ? session.players.map(({ name }) => name) : pseudonyms(session)
  const rows = session.questions.flatMap((question) =>
    question.closed
      ? session.players.map((_, position) => resultRow(session, question, position, called[position]!))
      : [],
  )
  return toCsv(RESULTS, rows)
}

function resultRow(session: QuizState, question: Question, position: number, player: string): Cell[] {
  const { item } = question
  const entry = question.entries[position] ?? ABSENT
  const given = typeof entry === 'object' ? entry : undefined
  return [
    session.id,
    session.settings.topic,
    item.id,
    item.source?.template,
    item.source?.seed,
    item.lesson,
    item.targets.join(' '),
    teamLabel(session, session.players[position]!.team),
    player,
    entry !== ABSENT,
    given?.first ?? given?.pick,
    given?.pick,
    creditIn(question, entry),
    given?.ms,
    given?.changes ?? (given && 0),
    given && given.pick === DONT_KNOW,
    given && misconceptionOf(item, given),
    counts(question) ? pointsIn(session, question, position) : undefined,
  ]
}

function misconceptionOf(item: Item, { pick }: Given): string | undefined {
  return pick === keyOf(item) ? undefined : noteOn(item, pick)?.m
}

const ITEMS = ['session_id', 'item_id', 'lesson', 'n', 'share_correct', 'most_chosen_wrong', 'misconception', 'void']

/** One row for each closed question: how many answered, how many fully right, and the wrong answer chosen most. */
export function exportItems(session: QuizState): string {
  const rows = session.questions.flatMap(({ item, entries, closed, void: out }) => {
    if (!closed) return []
    const picks = entries.flatMap((entry) => (typeof entry === 'object' ? [entry.pick] : []))
    const wrong = mostFrequent(picks.filter((pick) => pick !== keyOf(item)))
    const share = picks.filter((pick) => pick === keyOf(item)).length / picks.length
    return [
      [
        session.id,
        item.id,
        item.lesson,
        picks.length,
        picks.length === 0 ? undefined : Number(share.toFixed(3)),
        wrong,
        wrong === undefined ? undefined : noteOn(item, wrong)?.m,
        out === true,
      ],
    ]
  })
  return toCsv(ITEMS, rows)
}

/** The most frequent of the answers; of several the first in the alphabet. */
export function mostFrequent(picks: readonly string[]): string | undefined {
  const counted = new Map<string, number>()
  for (const pick of picks) counted.set(pick, (counted.get(pick) ?? 0) + 1)
  return [...counted].sort(([one, n], [other, m]) => m - n || (one < other ? -1 : 1))[0]?.[0]
}
