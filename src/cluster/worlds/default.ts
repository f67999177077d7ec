import type { World } from './world.ts'

/** Three nodes and what every cluster has, nothing else. */
export const defaultWorld: World = {
  summary: 'An empty cluster: its nodes, its DNS, nothing else',
  nodeName: (index) => `node-${index}`,
}
