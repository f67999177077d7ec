import { z } from 'zod'

const labels = z.record(z.string(), z.string())

/** A pod as it was when it took part. */
const partySchema = z.strictObject({
  namespace: z.string(),
  name: z.string(),
  uid: z.string(),
  labels,
  /** Workload that owned it, else its own name. */
  owner: z.string(),
  /** Images of its containers, without tags. */
  images: z.array(z.string()),
})

const senderSchema = z.strictObject({
  /** `pod`, or a vantage point such as `internet`. */
  vantage: z.string(),
  namespace: z.string().optional(),
  pod: z.string().optional(),
  labels: labels.optional(),
  owner: z.string().optional(),
})

export const sightingSchema = z.strictObject({
  seq: z.number(),
  from: senderSchema,
  host: z.string(),
  typed: z.enum(['name', 'ip']),
  scheme: z.string(),
  port: z.number(),
  path: z.string().optional(),
  /** `namespace/name` of the Service that the address belongs to. */
  service: z.string().optional(),
  /** The pod behind the address, whether it answered or not. */
  pod: partySchema.optional(),
  /** Workload that has given up the address. */
  retiredFrom: z.string().optional(),
  sameNode: z.boolean().optional(),
  /** The connection entered through a node: whether that node has a ready endpoint. */
  nodeHasEndpoint: z.boolean().optional(),
  outcome: z.string(),
  status: z.number().optional(),
  speaker: z.string().optional(),
  answeredBy: partySchema.optional(),
  /** TLS was spoken: the names for which visitors accept the certificate; none for one that they never accept. */
  certificate: z.array(z.string()).optional(),
  keepAlive: z.literal(true).optional(),
  afterChange: z.literal(true).optional(),
  /** How many connections were just like this one. */
  count: z.number(),
})

export const askingSchema = z.strictObject({
  seq: z.number(),
  from: senderSchema,
  name: z.string(),
  rcode: z.string(),
  answers: z.array(z.string()),
  tries: z.number(),
})

/** One kind of connection that has been seen since a step began. */
export type Sighting = z.infer<typeof sightingSchema>
/** One lookup of a name that has been seen since a step began. */
export type Asking = z.infer<typeof askingSchema>
export type Party = z.infer<typeof partySchema>
export type Sender = z.infer<typeof senderSchema>
