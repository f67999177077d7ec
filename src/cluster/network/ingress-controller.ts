import { parseImage } from '../apps/image.ts'
import type { Cluster } from '../cluster.ts'
import type { Ingress } from '../kinds/ingress.ts'
import type { Pod } from '../kinds/pod.ts'
import type { Laws } from './laws.ts'

/** `spec.controller` of class `lobby`: the rules of the API, nothing more. */
export const LOBBY_CONTROLLER = 'room-service.example/lobby'

/** `spec.controller` of ingress-nginx (R-ING-04). */
export const NGINX_CONTROLLER = 'k8s.io/ingress-nginx'

/** Annotation of class `nginx` and its text (R-NGX-07). */
export const RETIRED_ANNOTATION = 'room-service.example/retired'
export const NGINX_RETIRED = 'ingress-nginx has had no releases since March 2026; here for manifests that name it'

/** Image of the controller that the add-on runs; it serves both classes unless its arguments narrow it. */
export const LOBBY_IMAGE = 'lobby/ingress-controller'

const NGINX_IMAGE = 'registry.k8s.io/ingress-nginx/controller'

/** How a class reads its Ingresses: as the API says, or with the habits of ingress-nginx. */
export type Style = 'api' | 'nginx'

const styleOf = (controller: string): Style => (controller === NGINX_CONTROLLER ? 'nginx' : 'api')

/**
 * The controller names that a pod serves, from the image and the `--controller-class` arguments of its containers;
 * none for a pod that is no ingress controller.
 */
export function controllersIn(pod: Pod): readonly string[] {
  for (const { image, args = [], command = [] } of pod.spec.containers) {
    const repository = parseImage(image)?.repository
    const defaults =
      repository === LOBBY_IMAGE
        ? [LOBBY_CONTROLLER, NGINX_CONTROLLER]
        : repository === NGINX_IMAGE
          ? [NGINX_CONTROLLER]
          : []
    if (defaults.length === 0) continue
    const named = [...command, ...args].flatMap((argument) => {
      const value = /^--controller-class=(.+)$/.exec(argument)?.[1]
      return value === undefined ? [] : [value]
    })
    return named.length > 0 ? named : defaults
  }
  return []
}

/** True if a pod's port is the one on which its controller ends TLS. */
export const endsTls = (pod: Pod, port: number): boolean =>
  pod.spec.containers.some(({ ports }) =>
    ports?.some(({ name, containerPort }) => name === 'https' && containerPort === port),
  ) ||
  port === 443 ||
  port === 8443

/**
 * The controller that is responsible for an Ingress, by its class; undefined if the class is missing or does not exist
 * (R-ING-01, R-ING-08). The old annotation counts for ingress-nginx only (R-ING-07).
 */
export function controllerFor(cluster: Cluster, { spec, metadata }: Ingress): string | undefined {
  const annotated = metadata.annotations?.['kubernetes.io/ingress.class']
  const name = spec.ingressClassName ?? annotated
  if (name === undefined) return undefined
  const controller = cluster.get('IngressClass', undefined, name)?.spec.controller
  return spec.ingressClassName === undefined && controller !== NGINX_CONTROLLER ? undefined : controller
}

/** How a running controller serves an Ingress; undefined if it does not. */
export function servingStyle(
  cluster: Cluster,
  laws: Laws,
  ingress: Ingress,
  running: readonly string[],
): Style | undefined {
  const controller = controllerFor(cluster, ingress)
  return laws.ingressServed(controller, running) ? styleOf(controller ?? '') : undefined
}
