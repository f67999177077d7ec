import type { CommandContext } from '../chat/context.ts'
import type { Lookup } from '../cluster/network/attempt.ts'
import type { Connection } from '../cluster/network/connection.ts'
import type { Origin } from '../cluster/network/origin.ts'
import type { SeenConnection } from '../cluster/network/seen.ts'
import type { Target } from '../cluster/network/target.ts'
import { connect } from '../cluster/network/trace.ts'

/** Sends one connection, or one request over a kept one, and lets those who watch see it. */
export function send(context: CommandContext, origin: Origin, target: Target, kept?: Connection): SeenConnection {
  let address: string | undefined
  let lookup: Lookup | undefined
  const attempt = connect(context.channel.cluster, {
    origin,
    target,
    dice: context.dice,
    ...(kept && { connection: kept }),
    onResolved: (resolved) => {
      address = resolved.address
      lookup = resolved.lookup
    },
  })
  const seen: SeenConnection = { origin, target, address, lookup, keepAlive: kept !== undefined, attempt }
  context.connections.push(seen)
  return seen
}
