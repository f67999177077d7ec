import { z } from 'zod'
import { labels, podQuerySchema } from './pod-query-schema.ts'

/** Who sent: a pod, any pod of a namespace, or a vantage point such as `internet`. */
const senderSchema = z.strictObject({
  pod: z.string().optional(),
  namespace: z.string().optional(),
  labels: labels.optional(),
  /** Workload that owns the sending pod: `deploy/NAME`. */
  owner: z.string().optional(),
  /** `pod` means any pod, also the throw-away one. Of several, one. */
  vantage: z.union([z.string(), z.array(z.string())]).optional(),
  notVantage: z.string().optional(),
})

/** Where it was sent. */
const targetSchema = z.strictObject({
  service: z.string().optional(),
  /** The pod that owned the address. */
  pod: podQuerySchema.optional(),
  /** Text or template that the host was typed as; one that ends in `*` stands for all that begin like it. */
  host: z.string().optional(),
  /** Whether the host was typed as a name or as a number. */
  typed: z.enum(['name', 'ip']).optional(),
  port: z.number().optional(),
  /** A path that ends in `*` stands for all that begin like it. */
  path: z.string().optional(),
  scheme: z.enum(['http', 'https', 'tcp', 'udp', 'icmp']).optional(),
  /** The address is one that a pod of this workload has given up. */
  retiredFrom: z.string().optional(),
  /** The destination runs on another node than the sender, or on the same. */
  sameNode: z.boolean().optional(),
  /** The address is a node's, with or without a ready endpoint of the Service on it. */
  nodeHasEndpoint: z.boolean().optional(),
})

export const answerSchema = z.strictObject({
  namespace: z.string().optional(),
  labels: labels.optional(),
  owner: z.string().optional(),
  image: z.string().optional(),
})

/** Outcome words of the lessons: an `Attempt` outcome, a status, or a status with its speaker. */
export const outcomeSchema = z.union([
  z.enum(['ok', 'refused', 'timeout', 'nxdomain', 'tls-mismatch', 'reset', 'failed']),
  z.string().regex(/^[1-5]\d\d(@(controller|app))?$/),
])

/** Traffic that any command has caused since the step began (or since the prediction was committed). */
export const sawSchema = z.strictObject({
  from: senderSchema.optional(),
  to: targetSchema.optional(),
  outcome: outcomeSchema.optional(),
  answeredBy: answerSchema.optional(),
  /** Host name for which visitors accept the served certificate. */
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
  /** The name as it was typed; one that ends in `*` stands for all that begin like it. */
  name: z.string().optional(),
  rcode: z.enum(['NOERROR', 'NXDOMAIN', 'SERVFAIL', 'TIMEOUT']).optional(),
  /** Template or text that one answer equals. */
  answer: z.string().optional(),
  /** Exactly so many names were tried. */
  tries: z.number().int().positive().optional(),
  triesAtLeast: z.number().int().positive().optional(),
})

export type AskedQuery = z.infer<typeof askedSchema>
