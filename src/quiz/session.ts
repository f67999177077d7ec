import type { Milliseconds } from '../cluster/object.ts'
import { hash } from '../cluster/random.ts'
import { displayOrder } from './answer.ts'
import { answer } from './answers.ts'
import { type QuizEvent, refuse, type Step, type Who } from './effect.ts'
import type { Item } from './item.ts'
import { dueAt, extend, lost, pauseByHost, posted, restart, resume, tick } from './pace.ts'
import { claim, cohost, join, leave, lock, prefer, rename } from './people.ts'
import { openRepair, stopRepair, work } from './repair-round.ts'
import { begin, discuss, end, next, reveal, skip } from './rounds.ts'
import { isHost, type QuizState, type Settings } from './state.ts'
import { defaultTeams } from './teams.ts'

export { dueAt }

/** A lobby that nobody begins is closed after so long, in ms. */
const LOBBY = 30 * 60_000

/** Time to answer, in ms, by sort of item, before the default pace of one and a half. */
const TIMES: Record<Item['type'], Milliseconds> = {
  mc: 30_000,
  predict_endpoint: 60_000,
  spot_broken: 75_000,
  order_hops: 90_000,
  match: 90_000,
}
const RELAXED = 1.5

export interface NewSession {
  at: Milliseconds
  by: Who
  /** Any whole number: names the session and decides the order of its choices. */
  seed: number
  items: readonly Item[]
  settings: Settings
  /** How many teams, where there are several. */
  teams: number
  /** Time to answer each question; 0: until the host reveals. Undefined: by sort of item. */
  seconds?: number
}

/** A new session in its lobby, and the message that shows it. */
export function startSession({ at, by, seed, items, settings, teams, seconds }: NewSession): Step {
  const limit = ({ type }: Item) =>
    seconds === undefined ? TIMES[type] * RELAXED : seconds === 0 ? null : Math.round(seconds * 1_000)
  const session: QuizState = {
    id: hash(`quiz ${seed} ${at}`).toString(36).padStart(5, '0').slice(-5),
    seed,
    started: at,
    settings: settings.mode === 'day' ? { ...settings, scoring: 'accuracy' } : settings,
    hosts: [by.user],
    teams: defaultTeams(settings.teams === 'one' ? 1 : teams),
    players: [],
    questions: items.map((item) => ({
      item: withoutWorld(item),
      order: displayOrder(item, seed),
      limit: limit(item),
      entries: [],
    })),
    phase: { is: 'lobby', until: at + LOBBY, shown: at },
    messages: {},
  }
  return { session, effects: [{ do: 'post', slot: 'lobby', view: { view: 'lobby' } }] }
}

/** The world belongs to the tests; a session does not carry it. */
function withoutWorld(item: Item): Item {
  if (!('world' in item)) return item
  const { world: _, ...rest } = item
  return rest
}

const BY_HOSTS = new Set<QuizEvent['type']>([
  'cohost',
  'lock',
  'begin',
  'pause',
  'resume',
  'extend',
  'end',
  'next',
  'skip',
  'reveal',
  'discuss',
  'repair',
  'stop-repair',
])

/**
 * The session after an event, and what the app has to do. Pure: the same session and event always give the same step,
 * and an event that changes nothing returns the very same session.
 */
export function reduce(session: QuizState, event: QuizEvent): Step {
  const step = react(session, event)
  const blind = step.effects.find(
    (effect) => effect.do === 'edit' && !Object.hasOwn(step.session.messages, effect.slot),
  )
  return blind?.do === 'edit' ? { ...step, session: { ...step.session, stale: blind.slot } } : step
}

function react(session: QuizState, event: QuizEvent): Step {
  if ('by' in event && BY_HOSTS.has(event.type) && !isHost(session, event.by.user))
    return refuse(session, event, 'host-only')
  switch (event.type) {
    case 'join':
      return join(session, event)
    case 'leave':
      return leave(session, event)
    case 'prefer':
      return prefer(session, event)
    case 'rename':
      return rename(session, event)
    case 'claim':
      return claim(session, event)
    case 'cohost':
      return cohost(session, event)
    case 'lock':
      return lock(session, event)
    case 'begin':
      return begin(session, event)
    case 'answer':
      return answer(session, event)
    case 'pause':
      return pauseByHost(session, event)
    case 'resume':
      return resume(session, event)
    case 'extend':
      return extend(session, event)
    case 'next':
      return next(session, event)
    case 'skip':
      return skip(session, event)
    case 'reveal':
      return reveal(session, event)
    case 'discuss':
      return discuss(session, event)
    case 'end':
      return end(session, event)
    case 'repair':
      return openRepair(session, event)
    case 'worked':
      return work(session, event)
    case 'stop-repair':
      return stopRepair(session, event)
    case 'posted':
      return posted(session, event)
    case 'lost':
      return lost(session, event)
    case 'tick':
      return tick(session, event.at)
    case 'restart':
      return restart(session, event.at)
  }
}

/** The state as the console protocol names it. */
export function publicState({ phase }: QuizState): 'lobby' | 'open' | 'reveal' | 'paused' | 'ended' {
  switch (phase.is) {
    case 'day':
    case 'repair':
      return 'open'
    case 'discuss':
      return 'reveal'
    default:
      return phase.is
  }
}
