import type { Cluster } from '../cluster/cluster.ts'
import type { Refusal } from '../cluster/errors.ts'
import type { Kind } from '../cluster/kinds/index.ts'
import type { Certificates } from '../cluster/network/certificate.ts'
import type { SeenConnection, SeenLookup } from '../cluster/network/seen.ts'
import type { Random } from '../cluster/random.ts'

/** What kubectl works with: the cluster and what the caller's machine would hold. */
export interface KubectlEnvironment {
  cluster: Cluster
  /** Namespace of the current context. */
  namespace: string
  /** What `-f -` reads. */
  stdin?: string
  /** The channel's folder of files: name -> content. */
  files: Readonly<Record<string, string>>
  /** Chance for questions that must not touch the state, such as which pod answers a connection. */
  dice: Random
  /** Who runs the command. */
  user: string
  /** For `create secret tls`. */
  certificates?: Pick<Certificates, 'pairError'>
}

/** A word that was probably meant otherwise, and what it may have been. */
export interface Mistake {
  word: string
  candidates: readonly string[]
  /** The words of the command line (without `kubectl`) with `word` replaced. */
  line: (replacement: string) => string[]
}

/** Where in the manifests something stands. */
export interface Place {
  /** Name of the file, or `STDIN`. */
  source: string
  /** Which document of the file, from 1. */
  document: number
  /** Line of the file, from 1. */
  line: number
}

/** Where an error stands that kubectl has told, or with a text something about a manifest that kubectl says nothing of. */
export interface Remark extends Place {
  text?: string
}

/** What a run of kubectl gives back. Nothing in `stdout` and `stderr` is the tutor's own. */
export interface KubectlResult {
  exitCode: number
  stdout: string
  stderr: string
  /** The namespace of the current context, where the command changed it. */
  namespace?: string
  /** Fields that were accepted and kept but have no effect here, as paths. */
  ignored: string[]
  /** Fields because of which the API server has refused something. */
  refusals: Refusal[]
  /** Connections and look-ups that the command made inside pods. */
  connections: SeenConnection[]
  lookups: SeenLookup[]
  mistake?: Mistake
  /** Places in manifests that are worth a line of the tutor; absent where there are none. */
  remarks?: Remark[]
  /** What the tutor adds in its own words: where the simulation ends and what to do instead. */
  remark?: string
  /** The one kind that was asked for and of which this namespace has nothing. */
  empty?: { kind: Kind; namespace: string }
}
