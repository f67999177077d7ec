import type { Protocol } from '../kinds/pod.ts'
import type { Stop } from './journey.ts'
import type { Origin } from './origin.ts'
import type { MachineArrival } from './to-node.ts'
import type { Arrival } from './to-pod.ts'

/** One packet for an address: who sends it and where to. `host` is the name that was looked up for it. */
export interface Packet {
  sender: Origin
  address: string
  port: number
  protocol: Protocol
  host?: string
}

export type Delivery = Arrival | MachineArrival | Stop
