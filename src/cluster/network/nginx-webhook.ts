import type { Cluster } from '../cluster.ts'
import type { Ingress } from '../kinds/ingress.ts'
import { isReady } from '../kinds/pod.ts'
import { controllerFor, controllersIn, NGINX_CONTROLLER } from './ingress-controller.ts'
import { ANY_HOST, hostsOf, pathsFor } from './ingress-rules.ts'
import { isOn, usesRegex } from './nginx-annotations.ts'

const SNIPPETS = ['auth-snippet', 'configuration-snippet', 'modsecurity-snippet', 'server-snippet', 'stream-snippet']

/**
 * Why the admission webhook of ingress-nginx denies an Ingress of its class, in its own words; undefined if it does
 * not, or if that controller does not run (R-NGX-03, R-NGX-06, R-ING-14).
 */
export function nginxDenial(cluster: Cluster, ingress: Ingress): string | undefined {
  if (controllerFor(cluster, ingress) !== NGINX_CONTROLLER || !isRunning(cluster)) return undefined
  const why = snippet(ingress) ?? invalidPaths(ingress) ?? duplicate(cluster, ingress)
  return why === undefined
    ? undefined
    : `admission webhook "validate.nginx.ingress.kubernetes.io" denied the request: ${why}`
}

const isRunning = (cluster: Cluster): boolean =>
  cluster.store
    .list('Pod', { index: ['ingress', ''] })
    .some((pod) => isReady(pod) && controllersIn(pod).includes(NGINX_CONTROLLER))

function snippet({ metadata }: Ingress): string | undefined {
  const name = SNIPPETS.find((each) => metadata.annotations?.[`nginx.ingress.kubernetes.io/${each}`] !== undefined)
  return name === undefined
    ? undefined
    : `nginx.ingress.kubernetes.io/${name} annotation cannot be used. Snippet directives are disabled by the Ingress administrator`
}

/** What a path of type Exact or Prefix may consist of. */
const PLAIN_PATH = /^\/[-/A-Za-z0-9._]*$/

function invalidPaths(ingress: Ingress): string | undefined {
  const problems = hostsOf(ingress)
    .flatMap((host) => pathsFor(ingress, host) ?? [])
    .filter(({ path, pathType }) => pathType !== 'ImplementationSpecific' && !PLAIN_PATH.test(path))
    .map(({ path, pathType }) => `path ${path} cannot be used with pathType ${pathType}`)
  return problems.length === 0 ? undefined : `ingress contains invalid paths: ${problems.join('\n')}`
}

/** A host and path that another Ingress of the class has already, with the same type; canaries are meant to share. */
function duplicate(cluster: Cluster, ingress: Ingress): string | undefined {
  if (isOn(ingress, 'canary')) return undefined
  for (const host of hostsOf(ingress))
    for (const other of cluster.store.list('Ingress', { index: ['host', host] })) {
      const same =
        other.metadata.namespace === ingress.metadata.namespace && other.metadata.name === ingress.metadata.name
      if (same || isOn(other, 'canary') || controllerFor(cluster, other) !== NGINX_CONTROLLER) continue
      const taken = pathsFor(ingress, host)?.find(({ path, pathType }) =>
        pathsFor(other, host)?.some((rule) => rule.path === path && (rule.pathType === pathType || usesRegex(other))),
      )
      if (taken)
        return `host "${host === ANY_HOST ? '_' : host}" and path "${taken.path}" is already defined in ingress ${other.metadata.namespace}/${other.metadata.name}`
    }
  return undefined
}
