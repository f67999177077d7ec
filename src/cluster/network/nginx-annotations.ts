import type { Ingress } from '../kinds/ingress.ts'

const PREFIX = 'nginx.ingress.kubernetes.io/'

/** Annotations of ingress-nginx that have an effect here. */
const MODELLED = new Set([
  'app-root',
  'backend-protocol',
  'canary',
  'canary-by-cookie',
  'canary-by-header',
  'canary-by-header-value',
  'canary-weight',
  'canary-weight-total',
  'force-ssl-redirect',
  'permanent-redirect',
  'permanent-redirect-code',
  'proxy-read-timeout',
  'rewrite-target',
  'ssl-redirect',
  'temporal-redirect',
  'use-regex',
  'whitelist-source-range',
])

/** The value of an annotation of ingress-nginx, such as `rewrite-target`. */
export function annotation({ metadata }: Ingress, name: string): string | undefined {
  const annotations = metadata.annotations ?? {}
  const key = `${PREFIX}${name}`
  return Object.hasOwn(annotations, key) ? annotations[key] : undefined
}

export const isOn = (ingress: Ingress, name: string): boolean => annotation(ingress, name) === 'true'

/** A whole number in an annotation; `otherwise` where there is none. */
export function numberIn(ingress: Ingress, name: string, otherwise: number): number {
  const value = annotation(ingress, name)
  return value !== undefined && /^\d{1,9}$/.test(value) ? Number(value) : otherwise
}

/** Names of the annotations for ingress-nginx that have no effect here. */
export const unmodelledAnnotations = ({ metadata }: Ingress): string[] =>
  Object.keys(metadata.annotations ?? {}).filter(
    (key) => key.startsWith(PREFIX) && !MODELLED.has(key.slice(PREFIX.length)),
  )

/** True if an Ingress makes regular expressions of all paths of its hosts (R-NGX-02). */
export const usesRegex = (ingress: Ingress): boolean =>
  isOn(ingress, 'use-regex') || annotation(ingress, 'rewrite-target') !== undefined
