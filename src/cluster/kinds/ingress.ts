import type { KubeObject } from '../object.ts'

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

/** The deprecated way to choose a class (R-ING-05, R-ING-07). */
export const CLASS_ANNOTATION = 'kubernetes.io/ingress.class'
