import type { CommandContext } from '../chat/context.ts'
import { UserError } from '../chat/user-error.ts'
import { environmentOf } from '../cluster/apps/environment.ts'
import type { Pod } from '../cluster/kinds/pod.ts'
import type { Attempt } from '../cluster/network/attempt.ts'
import { targetFrom } from '../cluster/network/target.ts'
import { send } from './send.ts'
import { vantagePoint } from './vantage.ts'

/** The address that was called, and what the calls came to. */
export interface Rush {
  note: string
  attempts: Attempt[]
}

/**
 * Lets a pod or workload call an address many times, each time over a new connection. The address is `url`, else the
 * one on the caller's own note: the first environment variable that holds a URL. Throws `UserError` where there is no
 * such note.
 */
export function rush(context: CommandContext, from: string, times: number, url: string | undefined): Rush {
  const origin = vantagePoint(context, from)
  const note = url ?? (origin.pod && noteOf(context, origin.pod))
  if (note === undefined)
    throw new UserError(
      `${from} has no note with an address: none of its environment variables holds a URL. Say one with --url.`,
    )
  const target = targetFrom(note)
  if (!target) throw new UserError(`${note} is no URL.`)
  const seen = Array.from({ length: times }, () => send(context, origin, target))
  return { note, attempts: seen.map(({ attempt }) => attempt) }
}

/** The first URL in the environment that the pod declares; what Kubernetes puts there by itself does not count. */
function noteOf({ channel }: CommandContext, pod: Pod): string | undefined {
  for (const container of pod.spec.containers) {
    const declared = new Set(container.env?.map(({ name }) => name))
    const found = Object.entries(environmentOf(channel.cluster, pod, container)).find(
      ([name, value]) => declared.has(name) && /^https?:\/\//.test(value),
    )
    if (found) return found[1]
  }
  return undefined
}
