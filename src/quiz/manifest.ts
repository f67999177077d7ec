import type { Manifest } from './world.ts'

interface PodOptions {
  namespace?: string
  node?: string
  labels?: Record<string, string>
  image?: string
  /** False: its readiness probe knocks at a port where nobody listens. */
  ready?: boolean
  containerPort?: number
  env?: Record<string, string>
}

/** A bare Pod with one container. */
export const pod = (name: string, options: PodOptions = {}): Manifest => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: metadata(name, options.namespace, options.labels),
  spec: {
    ...(options.node !== undefined && { nodeName: options.node }),
    containers: [
      {
        name: 'main',
        image: options.image ?? 'cafe/coffee:1',
        ...(options.containerPort !== undefined && { ports: [{ containerPort: options.containerPort }] }),
        ...(options.env && { env: Object.entries(options.env).map(([name, value]) => ({ name, value })) }),
        ...(options.ready === false && { readinessProbe: { tcpSocket: { port: 9 } } }),
      },
    ],
  },
})

interface ServiceOptions {
  namespace?: string
  selector?: Record<string, string>
  port?: number
  targetPort?: number
  nodePort?: number
  type?: 'ClusterIP' | 'NodePort' | 'LoadBalancer'
  /** Without a ClusterIP: names only. */
  headless?: boolean
  externalTrafficPolicy?: 'Cluster' | 'Local'
}

/** A Service with one port, 80 to 8080 unless said otherwise, for Pods whose label `app` is its own name. */
export const service = (name: string, options: ServiceOptions = {}): Manifest => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: metadata(name, options.namespace),
  spec: {
    type: options.type ?? 'ClusterIP',
    ...(options.headless && { clusterIP: 'None' }),
    selector: options.selector ?? { app: name },
    ports: [
      {
        port: options.port ?? 80,
        targetPort: options.targetPort ?? 8080,
        ...(options.nodePort !== undefined && { nodePort: options.nodePort }),
      },
    ],
    ...(options.externalTrafficPolicy && { externalTrafficPolicy: options.externalTrafficPolicy }),
  },
})

/** A rule of an Ingress: `coffee.com/menu` (or `/menu` for every host) to port 80 of a Service; by prefix unless said. */
type Rule = readonly [url: string, service: string, pathType?: 'Prefix' | 'Exact']

/** An Ingress of class `lobby`. */
export const ingress = (name: string, rules: readonly Rule[], namespace?: string): Manifest => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: metadata(name, namespace),
  spec: {
    ingressClassName: 'lobby',
    rules: rules.map(([url, backend, pathType = 'Prefix']) => {
      const slash = url.indexOf('/')
      const path = {
        path: url.slice(slash),
        pathType,
        backend: { service: { name: backend, port: { number: 80 } } },
      }
      return { ...(slash > 0 && { host: url.slice(0, slash) }), http: { paths: [path] } }
    }),
  },
})

export const namespace = (name: string, labels?: Record<string, string>): Manifest => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: metadata(name, undefined, labels),
})

/** A NetworkPolicy with this spec. */
export const networkPolicy = (name: string, spec: Record<string, unknown>, namespace?: string): Manifest => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: metadata(name, namespace),
  spec,
})

const metadata = (name: string, namespace?: string, labels?: Record<string, string>): Manifest['metadata'] => ({
  name,
  ...(namespace !== undefined && { namespace }),
  ...(labels && { labels }),
})
