import { z } from 'zod'

export const labels = z.record(z.string(), z.string())

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
