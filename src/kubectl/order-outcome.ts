import type { Pod } from '../cluster/kinds/pod.ts'
import { curlError } from '../cluster/network/client-text.ts'
import { podOrigin } from '../cluster/network/origin.ts'
import { targetFrom } from '../cluster/network/target.ts'
import { connect } from '../cluster/network/trace.ts'
import type { Invocation } from './verb.ts'

/** What comes of the orders that programs place again and again, as their log tells it at the moment of looking. */
export const orderOutcome =
  ({ cluster, environment }: Pick<Invocation, 'cluster' | 'environment'>) =>
  (pod: Pod, url: string): string => {
    const target = targetFrom(url)
    if (!target) return 'that is no address'
    const attempt = connect(cluster, { origin: podOrigin(cluster, pod), target, dice: environment.dice })
    const error = curlError(attempt, target)
    if (error) return error.text.replace(/^curl: \(\d+\) /, '').split('\n')[0]!
    return `${attempt.status} ${(attempt.body ?? '').trim().split('\n')[0]}`.trim()
  }
