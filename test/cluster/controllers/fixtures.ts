import { Cluster } from '../../../src/cluster/cluster.ts'
import { controllers } from '../../../src/cluster/controllers/index.ts'
import type { Deployment } from '../../../src/cluster/kinds/deployment.ts'
import type { Kind, Kinds } from '../../../src/cluster/kinds/index.ts'
import type { Node } from '../../../src/cluster/kinds/node.ts'
import { isReady, type Pod, type PodSpec } from '../../../src/cluster/kinds/pod.ts'
import type { ReplicaSet } from '../../../src/cluster/kinds/replica-set.ts'
import type { Service } from '../../../src/cluster/kinds/service.ts'
import { type KubeObject, type ObjectMeta, timestamp } from '../../../src/cluster/object.ts'
import type { Settings } from '../../../src/cluster/settings.ts'
import { defaultSettings } from '../../../src/cluster/settings.ts'

/** The instant at which test clusters start: a full second. */
export const START = Date.UTC(2026, 0, 5, 9, 0, 0)

let uids = 0

export const metadata = (name: string, given: Partial<ObjectMeta> = {}): ObjectMeta => ({
  name,
  namespace: 'default',
  uid: `uid-${name}-${uids++}`,
  creationTimestamp: timestamp(START),
  ...given,
})

/** A cluster with so many nodes and nothing else, all controllers running. */
export function testCluster({
  nodes = 3,
  seed = 1,
  settings = {},
}: {
  nodes?: number
  seed?: number
  settings?: Partial<Settings>
} = {}): Cluster {
  const cluster = new Cluster(
    { clock: START, random: seed, settings: { ...defaultSettings, ...settings } },
    controllers,
  )
  cluster.put({ ...bare('v1', 'Namespace', 'default'), status: { phase: 'Active' } } as KubeObject)
  for (let index = 1; index <= nodes; index++) cluster.put(node(`node-${index}`, index))
  cluster.settle()
  return cluster
}

const bare = (apiVersion: string, kind: Kind, name: string): KubeObject => {
  const { namespace: _, ...rest } = metadata(name)
  return { apiVersion, kind, metadata: rest }
}

export const node = (name: string, index: number, given: Partial<Node['spec']> = {}): Node => {
  const { namespace: _, ...rest } = metadata(name)
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: rest,
    spec: { podCIDR: `10.244.${index}.0/24`, podCIDRs: [`10.244.${index}.0/24`], ...given },
    status: {
      addresses: [{ type: 'InternalIP', address: `192.168.49.${10 + index}` }],
      conditions: [{ type: 'Ready', status: 'True', reason: 'KubeletReady' }],
    },
  }
}

export const container = (image = 'nginx', given: Partial<PodSpec['containers'][number]> = {}) => ({
  name: 'main',
  image,
  ...given,
})

export const pod = (name: string, spec: Partial<PodSpec> = {}, given: Partial<ObjectMeta> = {}): Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: metadata(name, given),
  spec: { containers: [container()], ...spec },
  status: { phase: 'Pending' },
})

export const deployment = (
  name: string,
  replicas: number,
  spec: Partial<Deployment['spec']> = {},
  podSpec: Partial<PodSpec> = {},
): Deployment => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: metadata(name, { generation: 1, labels: { app: name } }),
  spec: {
    replicas,
    selector: { matchLabels: { app: name } },
    template: { metadata: { labels: { app: name } }, spec: { containers: [container()], ...podSpec } },
    ...spec,
  },
  status: {},
})

export const replicaSet = (
  name: string,
  replicas: number,
  labels: Record<string, string> = { app: name },
): ReplicaSet => ({
  apiVersion: 'apps/v1',
  kind: 'ReplicaSet',
  metadata: metadata(name, { generation: 1, labels }),
  spec: {
    replicas,
    selector: { matchLabels: labels },
    template: { metadata: { labels }, spec: { containers: [container()] } },
  },
  status: { replicas: 0 },
})

export const service = (
  name: string,
  spec: Partial<Service['spec']> = {},
  given: Partial<ObjectMeta> = {},
): Service => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: metadata(name, given),
  spec: {
    type: 'ClusterIP',
    selector: { app: name },
    clusterIP: '10.96.1.1',
    ports: [{ protocol: 'TCP', port: 80, targetPort: 80 }],
    ...spec,
  },
  status: {},
})

/** Replaces the spec of an object as a user's command does: the generation counts it. */
export function edit<K extends 'Deployment' | 'ReplicaSet'>(
  cluster: Cluster,
  kind: K,
  name: string,
  change: (spec: Kinds[K]['spec']) => Kinds[K]['spec'],
): void {
  const object = cluster.get(kind, 'default', name)!
  const generation = (object.metadata.generation ?? 1) + 1
  const spec = change(object.spec as Kinds[K]['spec'])
  const next = { ...object, metadata: { ...object.metadata, generation }, spec }
  cluster.put(next as KubeObject)
}

export const withImage =
  (image: string) =>
  (spec: Deployment['spec']): Deployment['spec'] => ({
    ...spec,
    template: { ...spec.template, spec: { ...spec.template.spec, containers: [container(image)] } },
  })

export const withReplicas =
  (replicas: number) =>
  <S extends { replicas: number }>(spec: S): S => ({ ...spec, replicas })

export const pods = (cluster: Cluster, labels: Record<string, string> = {}): Pod[] =>
  cluster.store.list('Pod', { namespace: 'default', labels })

export const readyPods = (cluster: Cluster, labels: Record<string, string> = {}): Pod[] =>
  pods(cluster, labels).filter((each) => isReady(each) && each.metadata.deletionTimestamp === undefined)

/** Reasons and messages of the events about an object, oldest first. */
export const eventsOf = (cluster: Cluster, object: KubeObject): string[] =>
  cluster.events.about(object).map(({ reason, message }) => `${reason}: ${message}`)

export const storyOf = (cluster: Cluster): string[] =>
  cluster.story.map(({ by, name, text }) => `${by} ${name}: ${text}`)
