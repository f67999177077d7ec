import type { Suggestion } from '../chat/command.ts'
import type { CommandContext } from '../chat/context.ts'
import { nearest } from '../chat/nearest.ts'
import { UserError } from '../chat/user-error.ts'
import { type Origin, OriginError, originNames, parseOrigin } from '../cluster/network/origin.ts'

/** Where traffic starts, by the word behind `--from`. Throws `UserError` with the names that would do. */
export function vantagePoint({ channel }: CommandContext, from: string | undefined): Origin {
  try {
    return parseOrigin(channel.cluster, from, channel.namespace)
  } catch (error) {
    if (!(error instanceof OriginError)) throw error
    const guess = from === undefined ? undefined : nearest(from, error.candidates)
    throw new UserError(`${error.message}${guess ? `\nDid you mean ${guess}?` : ''}`)
  }
}

export const suggestVantagePoints = ({ channel }: CommandContext): Suggestion[] =>
  originNames(channel.cluster, channel.namespace).map((value) => ({ value }))

/** Names that traffic can go to: Services of the current namespace, those of others, pod addresses. */
export function suggestTargets({ channel: { cluster, namespace } }: CommandContext): Suggestion[] {
  const services = cluster.store.list('Service').map(({ metadata }) => ({
    value: metadata.namespace === namespace ? metadata.name : `${metadata.name}.${metadata.namespace}`,
    label: `Service ${metadata.name} in ${metadata.namespace}`,
  }))
  const pods = cluster.store
    .list('Pod', { namespace })
    .flatMap(({ metadata, status }) => (status.podIP ? [{ value: status.podIP, label: `Pod ${metadata.name}` }] : []))
  return [...services, ...pods]
}
