import type { Attempt, Lookup } from './attempt.ts'
import type { Origin } from './origin.ts'
import type { Target } from './target.ts'

/** A connection that a command has made, for those who watch. */
export interface SeenConnection {
  origin: Origin
  target: Target
  /** The address that the client took for the host; undefined if it found none. */
  address: string | undefined
  /** The lookup of the host; undefined where none was needed. */
  lookup: Lookup | undefined
  /** It was one of several requests over a connection that stays open. */
  keepAlive: boolean
  attempt: Attempt
}

/** A lookup that a command has made by itself, for those who watch. */
export interface SeenLookup {
  origin: Origin
  lookup: Lookup
}
