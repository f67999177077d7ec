import { z } from 'zod'

/**
 * The check language: what must be true of the cluster for a step to pass. Data only, never what somebody typed, so
 * that lessons, tests and packs share one evaluator.
 *
 * Objects are named as at the prompt, `deploy/coffee-shop` or `engineering/svc/printer` (namespace default otherwise).
 * Texts may hold templates, `{{svc/coffee-shop clusterIP}}`, see `value.ts`.
 */

const labels = z.record(z.string(), z.string())

/** Pods, chosen by conditions that all hold. */
export const podQuerySchema = z.strictObject({
  namespace: z.string().optional(),
  name: z.string().optional(),
  labels: labels.optional(),
  /** Workload whose ReplicaSets own the pod: `deploy/NAME`. */
  owner: z.string().optional(),
  /** Image of a container, without tag. */
  image: z.string().optional(),
  /** The pod was there when the step began: same UID. */
  kept: z.boolean().optional(),
  /** A pod of the step's start had this IP. */
  keptIP: z.boolean().optional(),
  /** A container has been restarted since the step began. */
  restarted: z.boolean().optional(),
  /** The pod was among this Service's ready endpoints when the step began. */
  wasBehind: z.string().optional(),
  /** The pod is now among this Service's ready endpoints. */
  behind: z.string().optional(),
  notBehind: z.string().optional(),
  /** Labels fit the Service's selector now. */
  selectedBy: z.string().optional(),
  notSelectedBy: z.string().optional(),
  phase: z.enum(['Pending', 'Running', 'Succeeded', 'Failed']).optional(),
})

export type PodQuery = z.infer<typeof podQuerySchema>

/** A set computed from the state: pods by UID, nodes by name, or the objects of a kind. */
export const setSchema = z.union([
  /** Ready endpoints of a Service, as pods. */
  z.strictObject({ eps: z.string() }),
  z.strictObject({ ready: podQuerySchema }),
  z.strictObject({ pods: podQuerySchema }),
  /** The nodes of ready pods. */
  z.strictObject({ nodes: podQuerySchema }),
  /** All objects of a kind, by any name that kubectl takes; in one namespace if given. */
  z.strictObject({ objects: z.string(), namespace: z.string().optional() }),
])

export type SetQuery = z.infer<typeof setSchema>

/** Who sent: a pod, any pod of a namespace, or a vantage point such as `internet`. */
const senderSchema = z.strictObject({
  pod: z.string().optional(),
  namespace: z.string().optional(),
  labels: labels.optional(),
  /** Workload that owns the sending pod: `deploy/NAME`. */
  owner: z.string().optional(),
  /** `pod` means any pod, also the throw-away one. */
  vantage: z.string().optional(),
  notVantage: z.string().optional(),
})

/** Where it was sent. */
const targetSchema = z.strictObject({
  service: z.string().optional(),
  /** The pod that owned the address. */
  pod: podQuerySchema.optional(),
  /** Text or template that the host was typed as. */
  host: z.string().optional(),
  /** Whether the host was typed as a name or as a number. */
  typed: z.enum(['name', 'ip']).optional(),
  port: z.number().optional(),
  path: z.string().optional(),
  scheme: z.enum(['http', 'https', 'tcp', 'udp', 'icmp']).optional(),
  /** The address is one that a pod of this workload has given up. */
  retiredFrom: z.string().optional(),
  /** The destination runs on another node than the sender, or on the same. */
  sameNode: z.boolean().optional(),
  /** The address is a node's, with or without a ready endpoint of the Service on it. */
  nodeHasEndpoint: z.boolean().optional(),
})

const answerSchema = z.strictObject({
  namespace: z.string().optional(),
  labels: labels.optional(),
  owner: z.string().optional(),
  image: z.string().optional(),
})

/** Outcome words of the lessons: an `Attempt` outcome, a status, or a status with its speaker. */
const outcomeSchema = z.union([
  z.enum(['ok', 'refused', 'timeout', 'nxdomain', 'tls-mismatch', 'reset', 'failed']),
  z.string().regex(/^[1-5]\d\d(@(controller|app))?$/),
])

/** Traffic that any command has caused since the step began (or since the prediction was committed). */
export const sawSchema = z.strictObject({
  from: senderSchema.optional(),
  to: targetSchema.optional(),
  outcome: outcomeSchema.optional(),
  answeredBy: answerSchema.optional(),
  /** Host name that the served certificate is for. */
  certificate: z.string().optional(),
  /** At least so many connections. */
  min: z.number().int().positive().optional(),
  /** At least so many different pods answered. */
  distinct: z.number().int().positive().optional(),
  /** Exactly so many different pods answered. */
  distinctExactly: z.number().int().positive().optional(),
  /** Requests were sent over one kept connection, or each over its own. */
  keepAlive: z.boolean().optional(),
  /** The Service's endpoints differed from those at the step's start. */
  afterChange: z.boolean().optional(),
})

export type SawQuery = z.infer<typeof sawSchema>

/** Lookups of names since the step began. */
export const askedSchema = z.strictObject({
  from: senderSchema.optional(),
  /** The name as it was typed. */
  name: z.string().optional(),
  rcode: z.enum(['NOERROR', 'NXDOMAIN', 'SERVFAIL', 'TIMEOUT']).optional(),
  /** Template or text that one answer equals. */
  answer: z.string().optional(),
  /** Exactly so many names were tried. */
  tries: z.number().int().positive().optional(),
  triesAtLeast: z.number().int().positive().optional(),
})

/** A connection that the checker makes by itself on the present cluster; nobody sees it and nothing changes. */
export const probeSchema = z.strictObject({
  /** Pod, workload (`deploy/NAME`) or vantage point. */
  from: z.string(),
  /** URL, may hold templates. */
  url: z.string(),
  times: z.number().int().min(1).max(50).optional(),
  expect: z.strictObject({
    outcome: outcomeSchema,
    answeredBy: answerSchema.optional(),
    certificate: z.string().optional(),
  }),
})

export type ProbeQuery = z.infer<typeof probeSchema>

const eventSchema = z.union([
  /** Every pod of the workload is deleted and replaced. */
  z.strictObject({ replace: z.string() }),
  z.strictObject({ rollout: z.string() }),
  z.strictObject({ nodeDown: z.string() }),
  z.strictObject({ scale: z.string(), replicas: z.number().int().nonnegative() }),
  z.strictObject({ recreateService: z.string() }),
])

export type WhatIfEvent = z.infer<typeof eventSchema>

export type Check =
  | { all: Check[] }
  | { any: Check[] }
  | { not: Check }
  | { exists: string }
  | { absent: string }
  | { count: { of: SetQuery; op: 'eq' | 'ne' | 'ge' | 'gt' | 'le' | 'lt'; n: number } }
  | { field: FieldQuery }
  | { equal: [SetQuery, SetQuery] }
  | { changed: { obj: string; what: Facet } }
  | { same: { obj: string; what: Facet } }
  | { saw: SawQuery }
  /** The newest connection. */
  | { last: SawQuery }
  | { asked: z.infer<typeof askedSchema> }
  | { lastAsked: z.infer<typeof askedSchema> }
  | { probe: ProbeQuery }
  | { whatIf: { event: WhatIfEvent; check: Check } }
  | { predicted: string }
  | { said: SaidQuery }
  | { setting: { addon?: 'ingress' | 'policy'; openPorts?: number[] } }

const facetSchema = z.enum(['uid', 'ip', 'clusterIP', 'name'])
export type Facet = z.infer<typeof facetSchema>

const fieldSchema = z.strictObject({
  obj: z.string(),
  /** Dotted path; `[]` means any item: `spec.ports[].targetPort`. */
  path: z.string(),
  eq: z.unknown().optional(),
  ne: z.unknown().optional(),
  in: z.array(z.unknown()).optional(),
  gt: z.number().optional(),
  present: z.boolean().optional(),
})
export type FieldQuery = z.infer<typeof fieldSchema>

/** What the learner claimed, compared with a fixed choice, a live value or what a name resolves to. */
const saidSchema = z.strictObject({
  id: z.string(),
  /** Text or template; case and blanks do not matter. */
  equals: z.string().optional(),
  accept: z.array(z.string()).optional(),
  /** The claim, taken as an absolute name, resolves to this Service's ClusterIP. */
  resolvesTo: z.string().optional(),
})
export type SaidQuery = z.infer<typeof saidSchema>

export const checkSchema: z.ZodType<Check> = z.lazy(() =>
  z.union([
    z.strictObject({ all: z.array(checkSchema).min(1) }),
    z.strictObject({ any: z.array(checkSchema).min(1) }),
    z.strictObject({ not: checkSchema }),
    z.strictObject({ exists: z.string() }),
    z.strictObject({ absent: z.string() }),
    z.strictObject({
      count: z.strictObject({
        of: setSchema,
        op: z.enum(['eq', 'ne', 'ge', 'gt', 'le', 'lt']),
        n: z.number().int().nonnegative(),
      }),
    }),
    z.strictObject({ field: fieldSchema }),
    z.strictObject({ equal: z.tuple([setSchema, setSchema]) }),
    z.strictObject({ changed: z.strictObject({ obj: z.string(), what: facetSchema }) }),
    z.strictObject({ same: z.strictObject({ obj: z.string(), what: facetSchema }) }),
    z.strictObject({ saw: sawSchema }),
    z.strictObject({ last: sawSchema }),
    z.strictObject({ asked: askedSchema }),
    z.strictObject({ lastAsked: askedSchema }),
    z.strictObject({ probe: probeSchema }),
    z.strictObject({ whatIf: z.strictObject({ event: eventSchema, check: checkSchema }) }),
    z.strictObject({ predicted: z.string() }),
    z.strictObject({ said: saidSchema }),
    z.strictObject({
      setting: z.strictObject({
        addon: z.enum(['ingress', 'policy']).optional(),
        openPorts: z.array(z.number()).optional(),
      }),
    }),
  ]),
) as z.ZodType<Check>

/** Why a check is not true: the first false clause, as data. */
export interface Failure {
  clause: Check
  expected: string
  found: string
  /** The object to look at, as at the prompt. */
  object?: string
}

export type Verdict = { passed: true } | { passed: false; failure: Failure }
