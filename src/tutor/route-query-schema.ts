import { z } from 'zod'

/** Paths of Ingresses, chosen by conditions that all hold. Texts may hold templates. */
export const routeQuerySchema = z.strictObject({
  /** Namespace of the Ingress. */
  namespace: z.string().optional(),
  notNamespace: z.string().optional(),
  class: z.string().optional(),
  notClass: z.string().optional(),
  /** Host of the rule; `*` where it names none. */
  host: z.string().optional(),
  path: z.string().optional(),
  pathType: z.enum(['Exact', 'Prefix', 'ImplementationSpecific']).optional(),
  /** Name of the Service that the path leads to. */
  service: z.string().optional(),
  notService: z.string().optional(),
  /** The Service's port, by its number. */
  port: z.number().optional(),
  notPort: z.number().optional(),
  /** Address that the Ingress has got. */
  address: z.string().optional(),
})

export type RouteQuery = z.infer<typeof routeQuerySchema>
