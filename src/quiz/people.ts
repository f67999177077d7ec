import { cleanText, clip } from '../chat/clean.ts'
import { type Effect, type EventOf, refuse, type Step, tell, type Who } from './effect.ts'
import { pause, redrawn } from './pace.ts'
import {
  currentQuestion,
  HURRY,
  isHost,
  type Phase,
  type Player,
  playing,
  positionOf,
  type QuizState,
  SILENT,
} from './state.ts'
import { isTaken, teamFor, teamName } from './teams.ts'

/** The lobby's message is brought up to date at most this often, in ms. */
const REFRESH = 3_000
const LONGEST_NAME = 32

/** Somebody joins, comes back, or moves to another team of the lobby. Late joiners enter with the next question. */
export function join(session: QuizState, event: EventOf<'join'>): Step {
  const { phase } = session
  if (phase.is === 'ended') return refuse(session, event, 'ended')
  const position = positionOf(session, event.by.user)
  const known = position === undefined ? undefined : session.players[position]
  if (known && !known.left && !(phase.is === 'lobby' && event.team !== undefined))
    return tell(session, event, { say: 'joined', team: known.team, from: known.from, again: true })
  if (phase.is === 'lobby' && phase.locked && !known) return refuse(session, event, 'locked')
  const team = known?.left ? known.team : teamFor(session, event.team)
  if (team === undefined) return refuse(session, event, 'choose-team')
  const from = firstQuestionFor(session)
  const player: Player = known ? back(known, team, from) : newcomer(event.by, team, from)
  const players = position === undefined ? [...session.players, player] : session.players.with(position, player)
  return announced({ ...session, players }, event.at, [
    { do: 'tell', user: event.by.user, notice: { say: 'joined', team, from } },
  ])
}

const newcomer = ({ user, name }: Who, team: number, from: number): Player => ({
  user,
  name: clip(cleanText(name).trim() || user, LONGEST_NAME),
  team,
  from,
  misses: 0,
})

function back(known: Player, team: number, from: number): Player {
  const { left: _, ...rest } = known
  return { ...rest, team, from: known.left ? from : known.from, misses: 0 }
}

function firstQuestionFor(session: QuizState): number {
  const current = currentQuestion(session) ?? session.questions.findLastIndex(({ closed }) => closed)
  return current + 1
}

/** Somebody leaves. What was answered stays; a host who leaves hands over to the next one, if there is one. */
export function leave(session: QuizState, event: EventOf<'leave'>): Step {
  const { user } = event.by
  const position = positionOf(session, user)
  const player = position === undefined ? undefined : session.players[position]
  const hosts = session.hosts.filter((host) => host !== user)
  if ((!player || player.left) && hosts.length === session.hosts.length) return refuse(session, event, 'not-joined')
  if (session.phase.is === 'ended') return refuse(session, event, 'ended')
  const players =
    position === undefined
      ? session.players
      : session.phase.is === 'lobby'
        ? session.players.toSpliced(position, 1)
        : session.players.with(position, { ...player!, left: true })
  const gone: QuizState = { ...session, hosts, players, phase: withoutWaiting(session, position, event.at) }
  const told: Effect[] = [{ do: 'tell', user, notice: { say: 'left' } }]
  const canPause = gone.phase.is !== 'lobby' && gone.phase.is !== 'day'
  if (canPause && playing(gone).length === 0) {
    const paused = pause(gone, event.at, 'empty')
    return { session: paused.session, effects: [...told, ...paused.effects] }
  }
  return announced(gone, event.at, told)
}

/** The phase when nobody waits any more for the answer of the player at `position`. */
function withoutWaiting(session: QuizState, position: number | undefined, at: number): Phase {
  const { phase } = session
  const open = phase.is === 'paused' ? phase.was : phase
  if (open.is !== 'open' || position === undefined) return phase
  const { left, from, extra } = session.players[position]!
  // Whoever left before, and perhaps came back for the next question, is not awaited any more.
  if (left || from > open.question || session.questions[open.question]!.entries[position] !== SILENT) return phase
  const waiting = open.waiting - 1
  const slow = open.slow - (extra ? 1 : 0)
  const answered = session.questions[open.question]!.entries.some((entry) => typeof entry === 'object')
  const hurry = waiting === 0 && answered && !open.revote && { hurry: Math.min(open.hurry ?? at + HURRY, at + HURRY) }
  const next = { ...open, waiting, slow, ...hurry }
  return phase.is === 'paused' ? { ...phase, was: next } : next
}

/** In the lobby, shows who is there, but not more often than every few seconds. */
function announced(session: QuizState, at: number, effects: Effect[]): Step {
  const { phase } = session
  if (phase.is !== 'lobby') return { session, effects }
  if (at < phase.shown + REFRESH)
    return { session: { ...session, phase: { ...phase, refresh: phase.shown + REFRESH } }, effects }
  const { refresh: _, ...rest } = phase
  return {
    session: { ...session, phase: { ...rest, shown: at } },
    effects: [...effects, { do: 'edit', slot: 'lobby', view: { view: 'lobby' } }],
  }
}

/** Private wishes of a player: to be listed by name, and to have more time. They hold from the next question on. */
export function prefer(session: QuizState, event: EventOf<'prefer'>): Step {
  const position = positionOf(session, event.by.user)
  const player = position === undefined ? undefined : session.players[position]
  if (position === undefined || !player || player.left) return refuse(session, event, 'not-joined')
  const { listed, extra, ...rest } = player
  const next: Player = {
    ...rest,
    ...((event.listed ?? listed) && { listed: true }),
    ...(event.extra === undefined ? extra && { extra } : event.extra !== 1 && { extra: event.extra }),
  }
  const open = session.phase.is === 'paused' ? session.phase.was : session.phase
  // The count of awaited players with more time belongs to the open question, so it must not change under it.
  if (event.extra !== undefined && open.is === 'open') return refuse(session, event, 'not-now')
  return tell({ ...session, players: session.players.with(position, next) }, event, {
    say: 'done',
    what: [
      event.listed !== undefined && (next.listed ? 'You may be named among the best three.' : 'You will not be named.'),
      event.extra !== undefined && `You have ${next.extra ? `${next.extra} times the` : 'the usual'} time.`,
    ]
      .filter(Boolean)
      .join(' '),
  })
}

/** A player names the own team. Names that look alike are refused. */
export function rename(session: QuizState, event: EventOf<'rename'>): Step {
  const position = positionOf(session, event.by.user)
  const player = position === undefined ? undefined : session.players[position]
  if (!player || player.left) return refuse(session, event, 'not-joined')
  if (session.phase.is === 'ended') return refuse(session, event, 'ended')
  const name = teamName(event.name)
  if (name === undefined) return refuse(session, event, 'bad-team-name')
  if (isTaken(session, player.team, name)) return refuse(session, event, 'team-name-taken')
  const teams = session.teams.with(player.team, { name })
  return announced({ ...session, teams }, event.at, [
    { do: 'tell', user: event.by.user, notice: { say: 'done', what: `Your team is called ${name} now.` } },
  ])
}

/** Somebody takes the session over: possible where no host is left, or where it stands still for want of one. */
export function claim(session: QuizState, event: EventOf<'claim'>): Step {
  if (session.phase.is === 'ended') return refuse(session, event, 'ended')
  const idle = session.hosts.length === 0 || (session.phase.is === 'paused' && session.phase.why !== undefined)
  if (!idle && !isHost(session, event.by.user)) return refuse(session, event, 'hosted')
  const hosts = [event.by.user, ...session.hosts.filter((host) => host !== event.by.user)]
  return announced({ ...session, hosts }, event.at, [
    { do: 'tell', user: event.by.user, notice: { say: 'done', what: 'You are the host now.' } },
    ...(session.phase.is === 'paused' ? [redrawn(session)] : []),
  ])
}

/** A host makes somebody a co-host. */
export function cohost(session: QuizState, event: EventOf<'cohost'>): Step {
  if (session.phase.is === 'ended') return refuse(session, event, 'ended')
  if (session.hosts.includes(event.user)) return refuse(session, event, 'already-done')
  return announced({ ...session, hosts: [...session.hosts, event.user] }, event.at, [
    { do: 'tell', user: event.by.user, notice: { say: 'done', what: 'That person may steer the quiz, too.' } },
  ])
}

/** A host closes the lobby to newcomers, or opens it again. */
export function lock(session: QuizState, event: EventOf<'lock'>): Step {
  const { phase } = session
  if (phase.is !== 'lobby') return refuse(session, event, 'not-now')
  const { locked, ...rest } = phase
  const next = locked ? rest : { ...rest, locked: true as const }
  return announced({ ...session, phase: next }, event.at, [
    {
      do: 'tell',
      user: event.by.user,
      notice: { say: 'done', what: locked ? 'Anybody may join again.' : 'Nobody else may join.' },
    },
  ])
}
