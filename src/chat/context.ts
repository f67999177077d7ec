import type { Channel, Person } from '../channel.ts'
import type { Refusal } from '../cluster/errors.ts'
import type { Certificates } from '../cluster/network/certificate.ts'
import type { SeenConnection, SeenLookup } from '../cluster/network/seen.ts'
import type { Milliseconds } from '../cluster/object.ts'
import type { Random } from '../cluster/random.ts'
import type { Bank } from '../quiz/bank.ts'
import type { Effect } from '../quiz/effect.ts'
import type { Lesson } from '../tutor/lesson.ts'
import type { Command } from './command.ts'

/** What a command may look at and change. */
export interface CommandContext {
  channel: Channel
  /** The caller; replaced as a whole when something is learnt. */
  person: Person
  /** Who speaks: the platform's id of the person. */
  user: string
  /** What to call that person. */
  userName: string
  /** Wall clock of the request. */
  at: Milliseconds
  /** When the caller acted, by the platform's own clock; the wall clock where the platform has none. */
  answeredAt: Milliseconds
  /** When the message with the pressed button was posted, by the same clock. */
  messageAt: Milliseconds | undefined
  /** What `-f -` reads. */
  stdin: string | undefined
  /** Chance for questions that must not touch the state, such as which pod answers a connection. */
  dice: Random
  /** Traffic of this command, to which each command adds its own. */
  connections: SeenConnection[]
  lookups: SeenLookup[]
  /** Fields because of which the API server has refused this command. */
  refusals: Refusal[]
  /** What the quiz wants to be said in the channel once everything is saved. */
  effects: Effect[]
  bank: Bank
  certificates: Certificates
  /** The registries, for help and lessons. */
  commands: readonly Command[]
  lessons: readonly Lesson[]
}
