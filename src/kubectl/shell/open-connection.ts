import type { Attempt, Lookup } from '../../cluster/network/attempt.ts'
import type { Target } from '../../cluster/network/target.ts'
import { connect } from '../../cluster/network/trace.ts'
import type { ContainerWorld } from './container-world.ts'

/** Opens one connection from inside the container and writes it down for those who watch. */
export function openConnection(
  { cluster, origin, dice, connections }: ContainerWorld,
  target: Target,
): { attempt: Attempt; address: string | undefined } {
  let address: string | undefined
  let lookup: Lookup | undefined
  const attempt = connect(cluster, {
    origin,
    target,
    dice,
    onResolved: (resolved) => {
      address = resolved.address
      lookup = resolved.lookup
    },
  })
  connections.push({ origin, target, address, lookup, keepAlive: false, attempt })
  return { attempt, address }
}
