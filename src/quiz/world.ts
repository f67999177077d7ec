import { z } from 'zod'

/** A Kubernetes object as one would apply it. */
const manifestSchema = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string() }),
})
export type Manifest = z.infer<typeof manifestSchema>

/** A question that the simulator can answer about a world. */
const askSchema = z.union([
  /** One connection, or `repeat` of them: who answers, and how. */
  z.strictObject({
    curl: z.string(),
    from: z.string(),
    headers: z.record(z.string(), z.string()).optional(),
    repeat: z.number().int().min(2).max(1_000).optional(),
  }),
  z.strictObject({ nslookup: z.string(), from: z.string() }),
  /** The pods behind a Service, as `namespace/name`. */
  z.strictObject({ endpoints: z.string() }),
])
export type Ask = z.infer<typeof askSchema>

/** What an answer of the simulator can be compared with. Only the fields that are given count. */
const factsSchema = z.strictObject({
  outcome: z.enum(['ok', 'refused', 'timeout', 'nxdomain', 'tls-mismatch', 'reset']).optional(),
  /** True if anybody answered at all. */
  connected: z.boolean().optional(),
  status: z.number().int().optional(),
  speaker: z.enum(['app', 'ingress-controller', 'gateway', 'sidecar']).optional(),
  /** Name of the pod that answered. */
  answeredBy: z.string().optional(),
  /** How many different pods answered repeated connections. */
  answerers: z.number().int().optional(),
  /** True if the sender was among those who answered. */
  self: z.boolean().optional(),
  /** True if the pods answered in strict turns. */
  inTurn: z.boolean().optional(),
  /** Which part of repeated connections pods with this name prefix answered. */
  share: z.strictObject({ of: z.string(), least: z.number(), most: z.number() }).optional(),
  rcode: z.enum(['NOERROR', 'NXDOMAIN', 'SERVFAIL', 'TIMEOUT']).optional(),
  /** How many names were looked up. */
  tried: z.number().int().optional(),
  /** Names of the pods behind a Service, sorted. */
  pods: z.array(z.string()).optional(),
})
export type Facts = z.infer<typeof factsSchema>

/** What an option says about the world: after `change`, the answer to `ask` has these facts. */
const claimSchema = z.strictObject({
  ask: askSchema.optional(),
  /** Objects that replace those of the same kind, namespace and name. */
  change: z.array(manifestSchema).optional(),
  is: factsSchema,
})
export type Claim = z.infer<typeof claimSchema>

/**
 * The cluster that an item describes and what each option claims about it, so that the key can be worked out by the
 * simulator instead of being believed.
 */
export const worldSchema = z.strictObject({
  objects: z.array(manifestSchema),
  /** Add-ons that are on. */
  addons: z.array(z.enum(['ingress'])).optional(),
  /** Whether somebody gives addresses to LoadBalancer Services; nobody by default. */
  provider: z.enum(['cloud', 'none']).optional(),
  /** Ports that the cloud firewall lets in, such as `30080/TCP`. */
  firewall: z.array(z.string()).optional(),
  publicDns: z.record(z.string(), z.string()).optional(),
  /** Asked for every claim that brings no question of its own. */
  ask: askSchema,
  claims: z.record(z.enum(['A', 'B', 'C', 'D']), claimSchema),
})
export type World = z.infer<typeof worldSchema>

/** What a cluster is made from, without any question about it. */
export type Scenery = Omit<World, 'ask' | 'claims'>
