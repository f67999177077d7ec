import { Cluster, type Snapshot } from './cluster.ts'
import { controllers } from './controllers/index.ts'
import type { Milliseconds } from './object.ts'
import { defaultSettings, type Settings } from './settings.ts'
import { buildWorld } from './worlds/build.ts'
import { worlds } from './worlds/index.ts'

/** A new cluster looks as if it had been running for this long. */
const AGE: Milliseconds = 600_000
const NODES = 3

export interface ClusterOptions {
  seed: number
  /** The wall clock, in ms since the epoch; the cluster's clock starts there. */
  clock: Milliseconds
  /** A name of `worlds`; `default` if there is none. */
  world?: string
  nodes?: number
  /** In place of the world's own. */
  provider?: Settings['provider']
}

/** A cluster as its world begins: everything has settled, nothing has happened yet. Throws for an unknown world. */
export function createCluster({
  seed,
  clock,
  world: name = 'default',
  nodes = NODES,
  provider,
}: ClusterOptions): Cluster {
  const world = Object.hasOwn(worlds, name) ? worlds[name] : undefined
  if (!world) throw new Error(`there is no world ${name}`)
  const settings: Settings = {
    ...defaultSettings,
    ...world.settings,
    world: name,
    ...(provider !== undefined && { provider }),
  }
  const cluster = new Cluster({ clock: clock - AGE, random: seed, settings }, controllers)
  buildWorld(cluster, world, nodes)
  cluster.follow(clock)
  const { events: _events, retired: _retired, undo: _undo, ...state } = cluster.snapshot()
  return restoreCluster({
    ...state,
    retired: (world.retired ?? []).map((address) => ({ ...address, at: clock - AGE })),
  })
}

/** A cluster as it was stored. */
export const restoreCluster = (snapshot: Partial<Snapshot> & { clock: Milliseconds }): Cluster =>
  new Cluster(snapshot, controllers)
