import type { Milliseconds } from '../object.ts'
import type { LawName } from './laws.ts'

/**
 * How a connection ended. `ok`: an answer came, whatever its status. `nxdomain`: no address for the name, because it
 * does not exist, has none, or nobody answered the question (a DNS failure is a symptom of its own, R-KPX-5).
 */
type Outcome = 'ok' | 'refused' | 'timeout' | 'nxdomain' | 'tls-mismatch' | 'reset'

/** Who produced the answer. */
type Speaker = 'app' | 'ingress-controller' | 'gateway' | 'sidecar'

/** One decision on the way. */
export interface Hop {
  /** Who decides: a pod, a node, DNS, the firewall. */
  at: string
  /** What was decided, in at most 60 columns. */
  what: string
  /** Name of the law that decided it. */
  law: LawName
  /** The whole reason, in sentences. */
  detail: string
}

/** The object and field to look at first when something failed. */
export interface Blame {
  kind: string
  name: string
  namespace: string | null
  /** Field path; empty where the object as a whole is meant. */
  field: string
  why: string
}

/** A request as the answering pod received it. Header names are in lower case; the path keeps its query. */
export interface Received {
  method: string
  scheme: 'http' | 'https'
  host: string
  path: string
  headers: Record<string, string>
}

/** One connection and its outcome, with the keys that the console protocol fixes. */
export interface Attempt {
  outcome: Outcome
  status: number | null
  speaker: Speaker | null
  /** `namespace/pod` of the pod that answered. */
  answeredBy: string | null
  /** The source address that the answering pod saw. */
  clientIp: string | null
  received: Received | null
  /** Where TLS was terminated: the name asked for, and `namespace/secret` of the certificate or `default`. */
  tls: { host: string; certificate: string } | null
  body: string | null
  headers: Record<string, string> | null
  location: string | null
  answeredPort: number | null
  ms: Milliseconds
  hops: Hop[]
  blame: Blame | null
}

/** An attempt that has not got anywhere yet. */
export const silence: Omit<Attempt, 'outcome' | 'ms' | 'hops' | 'blame'> = {
  status: null,
  speaker: null,
  answeredBy: null,
  clientIp: null,
  received: null,
  tls: null,
  body: null,
  headers: null,
  location: null,
  answeredPort: null,
}

export type RecordType = 'A' | 'AAAA' | 'CNAME' | 'SRV' | 'PTR' | 'TXT'

export const RECORD_TYPES: readonly RecordType[] = ['A', 'AAAA', 'CNAME', 'SRV', 'PTR', 'TXT']

/** Names in `name` and `value` end in a dot. SRV values read `priority weight port target.` */
export interface DnsRecord {
  name: string
  type: RecordType
  value: string
}

export type Rcode = 'NOERROR' | 'NXDOMAIN' | 'SERVFAIL' | 'TIMEOUT'

/** One question that was really sent, and what came back. */
export interface Query {
  name: string
  rcode: Rcode
  answers: readonly DnsRecord[]
}

/** One lookup: the protocol's data, and below it what the trace and the texts of clients need. */
export interface Lookup {
  from: string
  name: string
  type: RecordType
  rcode: Rcode
  /** The names asked for, in order, each ending in a dot. */
  tried: string[]
  answers: DnsRecord[]
  /** The same names with the result of each. */
  queries: Query[]
  /** Address of the name server that was asked; empty where the resolver has none. */
  server: string
  /** Why nothing was sent, in the client's words: the name is no DNS name. */
  problem: string | null
  ms: Milliseconds
}
