import type { Milliseconds } from '../cluster/object.ts'
import { creditOf } from './answer.ts'
import { ABSENT, type Entry, type Player, type Question, type QuizState, type Settings } from './state.ts'

/** Points of one right answer under any scheme. */
const FULL = 1_000

/** Under this time Kahoot's formula gives full points, in ms. */
const KAHOOT_INSTANT = 500

/**
 * Points for credit `c` (0 to 1) after time `ms` of a limit; without a limit time does not count. Kahoot's formula is the
 * published one: `(1 - (t/T)/2) * 1000`.
 */
export function pointsFor(
  scoring: Settings['scoring'],
  credit: number,
  ms: Milliseconds,
  limit: number | null,
): number {
  if (scoring === 'accuracy' || limit === null) return FULL * credit
  const spent = Math.min(ms, limit)
  if (scoring === 'kahoot')
    return ms < KAHOOT_INSTANT ? FULL * credit : Math.round((1 - spent / limit / 2) * FULL * credit)
  const bonus = credit === 1 ? 100 * Math.min(1, Math.max(0, 2 - (2 * (ms - 2_000)) / limit)) : 0
  return 900 * credit + bonus
}

/** Credit that an entry earned; undefined for a player who was not asked. */
export function creditIn(question: Question, entry: Entry | undefined): number | undefined {
  if (entry === undefined || entry === ABSENT) return undefined
  return typeof entry === 'object' ? creditOf(question.item, entry.pick) : 0
}

/** Points that a player has from one question; undefined where it does not count for the player. */
export function pointsIn(session: QuizState, question: Question, position: number): number | undefined {
  const entry = question.entries[position]
  const credit = counts(question) ? creditIn(question, entry) : undefined
  if (credit === undefined) return undefined
  const limit = question.limit === null ? null : question.limit * (session.players[position]?.extra ?? 1)
  return typeof entry === 'object' ? pointsFor(session.settings.scoring, credit, entry.ms, limit) : 0
}

/** True for a question that was closed and not taken out. */
export const counts = ({ closed, void: out }: Question): boolean => closed === true && out !== true

export interface TeamScore {
  team: number
  points: number
  rank: number
  members: number
}

export interface PlayerScore {
  player: Player
  points: number
  /** Questions that were asked while the player was there, and all that count. */
  seen: number
  of: number
  /** Fully right answers, and how many of them in a row at the end. */
  right: number
  streak: number
}

/** Points of a team from one question: the mean of the members who were asked, 0 if none was. */
function teamPointsIn(session: QuizState, question: Question, team: number): number {
  const points = session.players.flatMap((player, position) =>
    player.team === team ? (pointsIn(session, question, position) ?? []) : [],
  )
  return points.length === 0 ? 0 : points.reduce((sum, value) => sum + value, 0) / points.length
}

/** All teams that have ever had a member, best first. Equal points share a rank: 1, 2, 2, 4. */
export function teamScores(session: QuizState): TeamScore[] {
  const questions = session.questions.filter(counts)
  const scores = session.teams.map((_, team) => ({
    team,
    points: Math.round(questions.reduce((sum, question) => sum + teamPointsIn(session, question, team), 0)),
    members: session.players.filter((player) => player.team === team && !player.left).length,
  }))
  return ranked(scores.filter(({ team }) => session.players.some((player) => player.team === team)))
}

export function playerScore(session: QuizState, position: number): PlayerScore {
  const player = session.players[position]!
  const questions = session.questions.filter(counts)
  const credits = questions.map((question) => creditIn(question, question.entries[position]))
  const seen = credits.filter((credit) => credit !== undefined)
  return {
    player,
    points: Math.round(questions.reduce((sum, question) => sum + (pointsIn(session, question, position) ?? 0), 0)),
    seen: seen.length,
    of: questions.length,
    right: seen.filter((credit) => credit === 1).length,
    streak: seen.length - 1 - seen.findLastIndex((credit) => credit !== 1),
  }
}

/** Those who saw at least half of the questions, best first; equal points share a rank. */
export function playerScores(session: QuizState): (PlayerScore & { rank: number })[] {
  const all = session.players.map((_, position) => playerScore(session, position))
  return ranked(all.filter(({ seen, of }) => seen > 0 && seen * 2 >= of))
}

function ranked<T extends { points: number }>(scores: readonly T[]): (T & { rank: number })[] {
  const sorted = [...scores].sort((one, other) => other.points - one.points)
  let rank = 0
  return sorted.map((score, index) => {
    if (score.points !== sorted[index - 1]?.points) rank = index + 1
    return { ...score, rank }
  })
}
