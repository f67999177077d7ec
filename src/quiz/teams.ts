import { cleanText, clip } from '../chat/clean.ts'
import { normalise } from './item.ts'
import { type Player, playing, type QuizState, SHAPE_NAMES } from './state.ts'

const LONGEST_TEAM_NAME = 24

export const defaultTeams = (size: number): QuizState['teams'] => SHAPE_NAMES.slice(0, size).map((name) => ({ name }))

/** The team that was asked for, else the smallest; undefined where it has to be chosen. */
export function teamFor(session: QuizState, wanted: number | undefined): number | undefined {
  const { teams, settings } = session
  if (settings.teams === 'one') return 0
  if (settings.teams === 'choose')
    return wanted !== undefined && wanted >= 0 && wanted < teams.length ? wanted : undefined
  const sizes = sizesOf(session)
  return sizes.indexOf(Math.min(...sizes))
}

export function sizesOf(session: QuizState): number[] {
  const sizes = session.teams.map(() => 0)
  for (const { team } of playing(session)) sizes[team]! += 1
  return sizes
}

/** In balanced mode, moves those who came last until no team is more than one player larger than another. */
export function balance(session: QuizState): QuizState {
  if (session.settings.teams !== 'balanced') return session
  const players: Player[] = [...session.players]
  const sizes = sizesOf(session)
  for (;;) {
    const large = sizes.indexOf(Math.max(...sizes))
    const small = sizes.indexOf(Math.min(...sizes))
    if (sizes[large]! - sizes[small]! < 2) return { ...session, players }
    const last = players.findLastIndex(({ team, left }) => team === large && !left)
    players[last] = { ...players[last]!, team: small }
    sizes[large]! -= 1
    sizes[small]! += 1
  }
}

/**
 * A name that shows as what it is: composed, without invisible marks, of limited length. Undefined if nothing visible is
 * left.
 */
export function teamName(wanted: string): string | undefined {
  const visible = cleanText(wanted.normalize('NFC'))
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
  return /[\p{L}\p{N}\p{S}\p{P}]/u.test(visible) ? clip(visible, LONGEST_TEAM_NAME) : undefined
}

/** True if another team has a name that reads the same. */
export const isTaken = (session: QuizState, team: number, name: string): boolean =>
  session.teams.some((other, index) => index !== team && normalise(other.name) === normalise(name))
