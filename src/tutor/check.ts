import { z } from 'zod'
import { podQuerySchema } from './pod-query-schema.ts'
import { routeQuerySchema } from './route-query-schema.ts'
import {
  type AskedQuery,
  answerSchema,
  askedSchema,
  outcomeSchema,
  type SawQuery,
  sawSchema,
} from './traffic-schema.ts'

/**
 * The check language: what must be true of the cluster for a step to pass. Data only, never what somebody typed, so
 * that lessons, tests and packs share one evaluator.
 *
 * Objects are named as at the prompt, `deploy/coffee-shop` or `engineering/svc/printer` (namespace default otherwise).
 * Texts may hold templates, `{{svc/coffee-shop clusterIP}}`, see `value.ts`.
 */

const conditionSchema = z.strictObject({
  /** Dotted path; `[]` means any item: `spec.ports[].targetPort`. */
  path: z.string(),
  eq: z.unknown().optional(),
  ne: z.unknown().optional(),
  in: z.array(z.unknown()).optional(),
  gt: z.number().optional(),
  present: z.boolean().optional(),
})
/** What the values at a path of an object must be. */
export type Condition = z.infer<typeof conditionSchema>

/** A set computed from the state: pods by UID, nodes by name, routes by where they stand, or the objects of a kind. */
const setSchema = z.union([
  /** Ready endpoints of a Service, as pods. */
  z.strictObject({ eps: z.string() }),
  z.strictObject({ ready: podQuerySchema }),
  z.strictObject({ pods: podQuerySchema }),
  /** The nodes of ready pods. */
  z.strictObject({ nodes: podQuerySchema }),
  /** The paths of all Ingresses. */
  z.strictObject({ routes: routeQuerySchema }),
  /** All objects of a kind, by any name that kubectl takes; in one namespace, and such as meet a condition, if given. */
  z.strictObject({ objects: z.string(), namespace: z.string().optional(), where: conditionSchema.optional() }),
])

export type SetQuery = z.infer<typeof setSchema>

/** A connection that the checker makes by itself on the present cluster; nobody sees it and nothing changes. */
const probeSchema = z.strictObject({
  /** Pod, workload (`deploy/NAME`) or vantage point. */
  from: z.string(),
  /** URL, may hold templates. */
  url: z.string(),
  times: z.number().int().min(1).max(50).optional(),
  expect: z.strictObject({
    outcome: outcomeSchema,
    answeredBy: answerSchema.optional(),
    /** Host name for which visitors accept the served certificate. */
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
  /** A connection of the newest command that sent, asked or changed something. */
  | { last: SawQuery }
  | { asked: AskedQuery }
  /** A lookup of that command. */
  | { lastAsked: AskedQuery }
  | { probe: ProbeQuery }
  | { whatIf: { event: WhatIfEvent; check: Check } }
  | { predicted: string }
  | { said: SaidQuery }
  /** The API server has refused the newest command because of this field. */
  | { refused: RefusedQuery }
  | { setting: SettingQuery }

/** A field of a kind that the API server found fault with, as its message names it: `spec.ports[0].nodePort`. */
const refusedSchema = z.strictObject({ kind: z.string(), path: z.string() })
export type RefusedQuery = z.infer<typeof refusedSchema>

const settingSchema = z.strictObject({
  addon: z.enum(['ingress', 'policy']).optional(),
  /** The cloud firewall lets in exactly these ports (texts, templates or numbers) and ranges (`30000-30010`). */
  openPorts: z.array(z.union([z.number(), z.string()])).optional(),
})
export type SettingQuery = z.infer<typeof settingSchema>

const facetSchema = z.enum(['uid', 'ip', 'clusterIP', 'name'])
export type Facet = z.infer<typeof facetSchema>

const fieldSchema = conditionSchema.extend({ obj: z.string() })
export type FieldQuery = z.infer<typeof fieldSchema>

/** What the learner claimed, compared with a fixed choice, a live value or what a name resolves to. */
const saidSchema = z.strictObject({
  /** Id of the question; `ID.ROW` for one row of a table. */
  id: z.string(),
  /** Text or template; case and blanks do not matter. */
  equals: z.string().optional(),
  /** Further texts that will do; one that ends in `*` stands for all that begin like it. */
  accept: z.array(z.string()).optional(),
  /** The claim names these texts or templates in this order, whatever stands between them. */
  chain: z.array(z.string()).optional(),
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
    z.strictObject({ refused: refusedSchema }),
    z.strictObject({ setting: settingSchema }),
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
