import type { Random } from '../../cluster/random.ts'
import { pod, service } from '../manifest.ts'
import type { Manifest } from '../world.ts'

/** Apps that listen on 8080 and answer with their own name. */
export const APPS = ['coffee-shop', 'bakery', 'menu', 'order', 'tea', 'library', 'printer', 'greeter'] as const

export const NODES = ['node-1', 'node-2', 'node-3'] as const

export const DEPARTMENTS = ['marketing', 'engineering', 'hr'] as const

export const imageOf = (app: string): string => `cafe/${app}:1`

/** A caller that listens on nothing. */
export const caller = (name: string, namespace = 'default', node?: string): Manifest =>
  pod(name, { namespace, image: 'cafe/customer:1', ...(node !== undefined && { node }) })

/** So many different things of a list, in an order that `random` decides. */
export function some<T>(things: readonly T[], count: number, random: Random): T[] {
  const rest = [...things]
  return Array.from({ length: Math.min(count, rest.length) }, () => rest.splice(random.below(rest.length), 1)[0]!)
}

export const between = (least: number, most: number, random: Random): number => least + random.below(most - least + 1)

export const oneOf = <T>(things: readonly T[], random: Random): T => things[random.below(things.length)]!

/** True in `parts` of ten draws. */
export const sometimes = (parts: number, random: Random): boolean => random.below(10) < parts

/** A Pod in which an app of the café runs; it declares the port on which it listens. */
export const appPod = (name: string, app: string, options: Parameters<typeof pod>[1] = {}): Manifest =>
  pod(name, { image: imageOf(app), labels: { app }, containerPort: 8080, ...options })

/** An app with bare Pods called `APP-x` on different nodes, and its Service. */
export function shop(
  app: string,
  options: { namespace?: string; pods: number; ready?: number; targetPort?: number },
  random: Random,
): Manifest[] {
  const { namespace, pods, ready = pods, targetPort } = options
  const nodes = some(NODES, pods, random)
  return [
    service(app, { ...(namespace && { namespace }), ...(targetPort !== undefined && { targetPort }) }),
    ...Array.from({ length: pods }, (_, index) =>
      appPod(`${app}-${'abc'[index]}`, app, {
        ...(namespace && { namespace }),
        node: nodes[index % nodes.length]!,
        ready: index < ready,
      }),
    ),
  ]
}

/** An app as a Deployment of so many Pods. */
export const deployment = (
  app: string,
  replicas: number,
  options: { containerPort?: number | undefined } = {},
): Manifest => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: app },
  spec: {
    replicas,
    selector: { matchLabels: { app } },
    template: {
      metadata: { labels: { app } },
      spec: {
        containers: [
          {
            name: app,
            image: imageOf(app),
            ...(options.containerPort !== undefined && { ports: [{ containerPort: options.containerPort }] }),
          },
        ],
      },
    },
  },
})
