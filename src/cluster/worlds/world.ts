import type { RetiredAddress } from '../cluster.ts'
import type { Settings } from '../settings.ts'

/** An object as people write it: it goes through the API server like any other. */
export interface Manifest {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: {
    readonly name: string
    readonly namespace?: string
    readonly labels?: Readonly<Record<string, string>>
  }
  readonly [field: string]: unknown
}

/** One thing that happens while a world is built; its consequences settle before the next. */
export type WorldStep =
  | { readonly create: readonly Manifest[] }
  /** New pods go to these nodes alone; without names to all. */
  | { readonly only: readonly string[] }
  /** The next pod on the node gets this address. */
  | { readonly nextAddress: string }
  | { readonly scale: string; readonly replicas: number }

/** What a cluster is like at its start, as the ordinary steps that lead there. */
export interface World {
  /** One line for people who choose. */
  readonly summary: string
  /** Name of the node with this number, counted from 1. */
  readonly nodeName: (index: number) => string
  /** Addresses of the pods of the cluster's own DNS, which tell their nodes; anywhere by default. */
  readonly dns?: readonly string[]
  readonly settings?: Partial<Settings>
  readonly namespaces?: readonly string[]
  readonly steps?: readonly WorldStep[]
  /** Addresses that were given up before the story begins. */
  readonly retired?: readonly Omit<RetiredAddress, 'at'>[]
}

/** A Deployment of one container that is called like it; labels `app=NAME`. */
export const deployment = (
  name: string,
  image: string,
  options: {
    namespace?: string
    replicas?: number
    container?: string
    env?: Readonly<Record<string, string>>
    containerPort?: number
  } = {},
): Manifest => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, ...namespaced(options.namespace), labels: { app: name } },
  spec: {
    replicas: options.replicas ?? 1,
    selector: { matchLabels: { app: name } },
    template: { metadata: { labels: { app: name } }, spec: { containers: [containerOf(name, image, options)] } },
  },
})

/** A bare pod; label `app=NAME`. */
export const pod = (
  name: string,
  image: string,
  options: { namespace?: string; containerPort?: number } = {},
): Manifest => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, ...namespaced(options.namespace), labels: { app: name } },
  spec: { containers: [containerOf(name, image, options)] },
})

/** A ClusterIP Service for the pods with label `app=NAME`. */
export const service = (
  name: string,
  options: { namespace?: string; port?: number; targetPort?: number } = {},
): Manifest => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, ...namespaced(options.namespace) },
  spec: { selector: { app: name }, ports: [{ port: options.port ?? 80, targetPort: options.targetPort ?? 8080 }] },
})

const namespaced = (namespace: string | undefined) => (namespace === undefined ? {} : { namespace })

const containerOf = (
  name: string,
  image: string,
  {
    container,
    env,
    containerPort,
  }: { container?: string; env?: Readonly<Record<string, string>>; containerPort?: number },
) => ({
  name: container ?? name,
  image,
  ...(env && { env: Object.entries(env).map(([variable, value]) => ({ name: variable, value })) }),
  ...(containerPort !== undefined && { ports: [{ containerPort }] }),
})
