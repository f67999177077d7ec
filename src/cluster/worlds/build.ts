import { create } from '../api.ts'
import type { Cluster } from '../cluster.ts'
import { hostPart } from '../controllers/kubelet/address.ts'
import type { Node } from '../kinds/node.ts'
import { addNode, addSystem } from './system.ts'
import type { World, WorldStep } from './world.ts'

/** Puts the world's nodes, the system and the world's own objects into an empty cluster. */
export function buildWorld(cluster: Cluster, world: World, nodes: number): void {
  for (let index = 1; index <= nodes; index++) addNode(cluster, world.nodeName(index), index)
  cluster.settle()
  const steps: readonly WorldStep[] = world.steps ?? []
  for (const address of world.dns ?? []) pointTo(cluster, address)
  restrict(
    cluster,
    (world.dns ?? []).flatMap((address) => nodeOf(cluster, address)?.metadata.name ?? []),
  )
  addSystem(cluster)
  for (const name of world.namespaces ?? [])
    create(cluster, { apiVersion: 'v1', kind: 'Namespace', metadata: { name } })
  cluster.settle()
  restrict(cluster, [])
  for (const step of steps) {
    perform(cluster, step)
    cluster.settle()
  }
}

function perform(cluster: Cluster, step: WorldStep): void {
  if ('create' in step) for (const manifest of step.create) create(cluster, manifest)
  else if ('only' in step) restrict(cluster, step.only)
  else if ('nextAddress' in step) pointTo(cluster, step.nextAddress)
  else scale(cluster, step.scale, step.replicas)
}

/** Cordons every node but these; without names it opens all. A restriction that leaves no node is none. */
function restrict(cluster: Cluster, names: readonly string[]): void {
  const nodes = cluster.store.list('Node')
  const isOpen = (node: Node) => names.includes(node.metadata.name)
  const hasPlace = nodes.some(isOpen)
  for (const node of nodes) {
    const { unschedulable: _, ...spec } = node.spec
    cluster.put<Node>({ ...node, spec: { ...spec, ...(hasPlace && !isOpen(node) && { unschedulable: true }) } })
  }
  cluster.settle()
}

/** The node whose range holds the address. */
const nodeOf = (cluster: Cluster, address: string): Node | undefined =>
  cluster.store.list('Node').find(({ spec }) => hostPart(spec.podCIDR ?? '', address) !== undefined)

/** The node whose range holds the address hands it out next. */
function pointTo(cluster: Cluster, address: string): void {
  const node = nodeOf(cluster, address)
  const host = hostPart(node?.spec.podCIDR ?? '', address)
  if (node && host !== undefined) cluster.ipam.set(node.metadata.name, host)
}

function scale(cluster: Cluster, name: string, replicas: number): void {
  const deployment = cluster.get('Deployment', 'default', name)
  if (!deployment) throw new Error(`world: there is no Deployment ${name}`)
  const generation = (deployment.metadata.generation ?? 1) + 1
  cluster.put({
    ...deployment,
    metadata: { ...deployment.metadata, generation },
    spec: { ...deployment.spec, replicas },
  })
}
