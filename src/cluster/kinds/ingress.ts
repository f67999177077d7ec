import type { KindDefinition, KubeObject } from '../object.ts'

export interface IngressBackend {
  service?: { name: string; port?: { number?: number; name?: string } }
  resource?: { apiGroup?: string; kind: string; name: string }
}

export interface IngressPath {
  path?: string
  pathType: 'Exact' | 'Prefix' | 'ImplementationSpecific'
  backend: IngressBackend
}

export interface IngressRule {
  host?: string
  http?: { paths: IngressPath[] }
}

export interface Ingress extends KubeObject {
  spec: {
    ingressClassName?: string
    defaultBackend?: IngressBackend
    rules?: IngressRule[]
    tls?: { hosts?: string[]; secretName?: string }[]
  }
  status: { loadBalancer?: { ingress?: { ip?: string; hostname?: string }[] } }
}

export const ingress: KindDefinition<Ingress> = {
  kind: 'Ingress',
  group: 'networking.k8s.io',
  version: 'v1',
  plural: 'ingresses',
  singular: 'ingress',
  shortNames: ['ing'],
  namespaced: true,
  message: 'networking.v1.Ingress',
  modelled: [],
  indexes: {
    class: ({ metadata, spec }) => [
      spec.ingressClassName ?? metadata.annotations?.['kubernetes.io/ingress.class'] ?? '',
    ],
    /** By the hosts of its rules; what is for every host, as a default backend is, under `*`. */
    host: ({ spec }) => [
      ...new Set([...(spec.rules ?? []).map(({ host }) => host ?? '*'), ...(spec.defaultBackend ? ['*'] : [])]),
    ],
  },
  columns: [],
}
