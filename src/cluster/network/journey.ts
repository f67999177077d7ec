import type { HttpResponse } from '../apps/behaviour.ts'
import type { Cluster } from '../cluster.ts'
import type { Pod } from '../kinds/pod.ts'
import type { Milliseconds } from '../object.ts'
import type { Random } from '../random.ts'
import type { Apps } from './app.ts'
import type { Blame, Hop } from './attempt.ts'
import { brief, oneLine } from './brief.ts'
import type { LawName, Laws } from './laws.ts'

/** How long a client waits for a connection that nobody answers. */
export const CONNECT_TIMEOUT: Milliseconds = 2000

/** What a program in a pod gets when it asks a URL itself; undefined where no answer comes. */
export type Caller = (pod: Pod, url: string) => HttpResponse | undefined

/** One connection under way: what it may ask, what was decided so far, how long it has taken. */
export class Journey {
  readonly cluster: Cluster
  readonly laws: Laws
  readonly apps: Apps
  readonly dice: Random
  /** How programs in pods ask others; by default they reach nobody. */
  readonly call: Caller
  readonly hops: Hop[] = []
  ms: Milliseconds = 0

  constructor(world: { cluster: Cluster; laws: Laws; apps: Apps; dice: Random; call?: Caller }) {
    this.cluster = world.cluster
    this.laws = world.laws
    this.apps = world.apps
    this.dice = world.dice
    this.call = world.call ?? (() => undefined)
  }

  /** Notes a decision. `what` is cut to the width of a hop, `detail` is kept whole. */
  hop(at: string, what: string, law: LawName, detail: string): void {
    this.hops.push({ at: brief(at), what: oneLine(what), law, detail })
  }

  /** The connection ends here without an answer. */
  stop(outcome: Stop['outcome'], blame: Blame | null): Stop {
    this.ms += outcome === 'timeout' ? CONNECT_TIMEOUT : 1
    return { outcome, blame }
  }
}

/** A connection that did not come about. */
export interface Stop {
  outcome: 'refused' | 'timeout'
  blame: Blame | null
}

export const stopped = <T extends object>(result: T | Stop): result is Stop => 'outcome' in result
