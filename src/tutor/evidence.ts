import type { Cluster } from '../cluster/cluster.ts'
import type { Refusal } from '../cluster/errors.ts'
import type { Failure } from './check.ts'
import type { Facts } from './facts.ts'
import type { Asking, Sighting } from './sighting.ts'

/** Everything that a verdict may depend on. */
export interface Evidence {
  cluster: Cluster
  /** Facts of the step's start. */
  start: Facts
  /** Traffic and lookups since the step began, or since the caller's prediction. */
  sightings: readonly Sighting[]
  askings: readonly Asking[]
  /** Number of the newest command that sent, asked or changed something. */
  newest: number
  /** Fields because of which the API server has refused the newest command. */
  refusals: readonly Refusal[]
  /** Ids of the caller's predictions. */
  predicted: readonly string[]
  /** The caller's claims, by id. */
  said: Readonly<Record<string, string>>
}

/** What is not as it should be; undefined where all is well. */
export type Finding = Omit<Failure, 'clause'> | undefined
