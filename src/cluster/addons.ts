import { create, remove } from './api.ts'
import type { Cluster } from './cluster.ts'
import type { Kind } from './kinds/index.ts'
import {
  LOBBY_CONTROLLER,
  LOBBY_IMAGE,
  NGINX_CONTROLLER,
  NGINX_RETIRED,
  RETIRED_ANNOTATION,
} from './network/ingress-controller.ts'
import type { Addon } from './settings.ts'
import { LOBBY_ADDRESS } from './worlds/cafe.ts'
import type { Manifest } from './worlds/world.ts'

/** What can be switched on and off in a cluster. */
export const ADDONS = ['ingress', 'policy'] as const satisfies readonly Addon[]

const NAMESPACE = 'lobby-system'
const NAME = 'lobby-controller'
const labels = { app: NAME }

/** An ingress controller as clusters have it: a namespace, a Deployment, a Service, and the classes that it serves. */
const ingressObjects: readonly Manifest[] = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } },
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: NAME, namespace: NAMESPACE, labels },
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          containers: [
            {
              name: 'controller',
              image: `${LOBBY_IMAGE}:1.0`,
              ports: [
                { name: 'http', containerPort: 80 },
                { name: 'https', containerPort: 443 },
              ],
            },
          ],
        },
      },
    },
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: NAME, namespace: NAMESPACE, labels },
    spec: {
      type: 'LoadBalancer',
      loadBalancerIP: LOBBY_ADDRESS,
      selector: labels,
      ports: [
        { name: 'http', port: 80, targetPort: 'http' },
        { name: 'https', port: 443, targetPort: 'https' },
      ],
    },
  },
  ...[
    { metadata: { name: 'lobby', labels }, controller: LOBBY_CONTROLLER },
    {
      metadata: { name: 'nginx', labels, annotations: { [RETIRED_ANNOTATION]: NGINX_RETIRED } },
      controller: NGINX_CONTROLLER,
    },
  ].map(({ metadata, controller }) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'IngressClass',
    metadata,
    spec: { controller },
  })),
]

/** Switches an add-on on or off; returns what that means, in a sentence. What is as wanted already stays as it is. */
export function setAddon(cluster: Cluster, name: Addon, on: boolean): string {
  const { [name]: _, ...others } = cluster.settings.addons
  const told = name === 'ingress' ? setIngress(cluster, on) : policyText(on)
  cluster.configure({ addons: on ? { ...others, [name]: true } : others })
  return told
}

const policyText = (on: boolean): string =>
  on
    ? 'The network plugin enforces NetworkPolicies. The kind NetworkPolicy itself is not modelled here yet.'
    : 'The network plugin stores NetworkPolicies and does nothing about them. The kind itself is not modelled here yet.'

function setIngress(cluster: Cluster, on: boolean): string {
  const missing = ingressObjects.filter(
    ({ kind, metadata }) => !cluster.get(kind as Kind, metadata.namespace, metadata.name),
  )
  if (!on) {
    if (missing.length === ingressObjects.length) return 'There is no ingress controller here.'
    for (const { kind, metadata } of ingressObjects)
      if (metadata.namespace === undefined && cluster.get(kind as Kind, undefined, metadata.name))
        remove(cluster, kind as Kind, undefined, metadata.name)
    return `The ingress controller and its classes are being removed (namespace ${NAMESPACE}).`
  }
  if (cluster.get('Namespace', undefined, NAMESPACE)?.status.phase === 'Terminating')
    return `Namespace ${NAMESPACE} is still being deleted. Try again when it is gone.`
  if (missing.length === 0) return `The ingress controller is there already, in namespace ${NAMESPACE}.`
  for (const manifest of missing) create(cluster, manifest)
  const address =
    cluster.settings.provider === 'cloud'
      ? ` Its Service gets the address ${LOBBY_ADDRESS}.`
      : ' Nobody gives its Service an address here: it can be reached by its node ports.'
  return `An ingress controller is being installed in namespace ${NAMESPACE}; it serves the classes lobby and nginx (as ingress-nginx did, which was retired in March 2026).${address}`
}
