import { setAddon } from '../cluster/addons.ts'
import { create, remove } from '../cluster/api.ts'
import type { Cluster, Snapshot } from '../cluster/cluster.ts'
import { createCluster, restoreCluster } from '../cluster/create.ts'
import type { Kind } from '../cluster/kinds/index.ts'
import type { Milliseconds } from '../cluster/object.ts'
import type { Manifest, Scenery } from './world.ts'

/** When the worlds of the quiz begin, in ms since the epoch: a Monday morning. */
const MONDAY = Date.UTC(2026, 0, 5, 8)

let empty: Snapshot | undefined

/** The default world, which does not depend on the seed until something is created in it. */
const emptyCluster = (): Snapshot => {
  empty ??= createCluster({ seed: 1, clock: MONDAY }).snapshot()
  return empty
}

/**
 * A cluster of three nodes as a world describes it, after everything has settled. The seed decides over names and
 * addresses; its clock stands at `clock`, else at the beginning of the quiz's own worlds. Throws what the API server
 * says of an object that it refuses.
 */
export function buildCluster(scenery: Scenery, seed: number, clock?: Milliseconds): Cluster {
  const { objects, addons = [], provider, firewall, publicDns } = scenery
  const base = clock === undefined ? emptyCluster() : createCluster({ seed: 1, clock }).snapshot()
  const cluster = restoreCluster({ ...base, random: seed })
  cluster.configure({ ...(provider && { provider }), ...(firewall && { firewall }), ...(publicDns && { publicDns }) })
  for (const addon of addons) setAddon(cluster, addon, true)
  for (const object of objects) create(cluster, object)
  cluster.settle()
  return cluster
}

/**
 * Puts objects in place of those of the same kind and name, or adds them, and lets everything follow. They are replaced
 * by deleting them first, since much of a Pod cannot be edited.
 */
export function change(cluster: Cluster, objects: readonly Manifest[]): void {
  for (const { kind, metadata } of objects) {
    const { name, namespace = 'default' } = metadata as { name: string; namespace?: string }
    if (cluster.get(kind as Kind, namespace, name)) remove(cluster, kind as Kind, namespace, name)
  }
  cluster.settle()
  for (const object of objects) create(cluster, object)
  cluster.settle()
}
