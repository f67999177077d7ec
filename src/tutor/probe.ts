import type { Cluster } from '../cluster/cluster.ts'
import type { Attempt } from '../cluster/network/attempt.ts'
import { OriginError, parseOrigin } from '../cluster/network/origin.ts'
import { connect } from '../cluster/network/trace.ts'
import { Random } from '../cluster/random.ts'
import type { ProbeQuery } from './check.ts'
import { describeOutcome } from './describe-check.ts'
import type { Evidence, Finding } from './evidence.ts'
import { workloadOf } from './facts.ts'
import { withoutTag } from './pod-query.ts'
import { isCoveredBy, isOutcome } from './saw.ts'
import { namesServed } from './served-certificate.ts'
import { fill, referenceOf } from './value.ts'

/**
 * Sends connections of the checker's own and compares each with what is expected. Chance is the same in every probe,
 * so that a verdict does not depend on when it is asked for.
 */
export function probe({ from, url, times = 1, expect }: ProbeQuery, evidence: Evidence): Finding {
  const { cluster } = evidence
  const filled = fill(url, evidence)
  const target = targetOf(filled)
  const expected = `a call from ${from} to ${filled} ${describeOutcome(expect.outcome)}`
  if (!target) return { expected, found: `${filled} is no URL` }
  const dice = new Random(times)
  try {
    const origin = parseOrigin(cluster, senderName(from), 'default')
    for (let time = 0; time < times; time++) {
      const attempt = connect(cluster, { origin, target, dice })
      const found = mismatch(attempt, expect, evidence)
      if (found !== undefined) return { expected, found }
    }
    return undefined
  } catch (error) {
    if (error instanceof OriginError) return { expected, found: error.message }
    throw error
  }
}

/** A workload sends through its first pod. */
function senderName(from: string): string {
  if (!/^(.*\/)?(deploy|deployment|pod)\/[^/]+$/.test(from)) return from
  const { namespace, name } = referenceOf(from)
  return `${namespace}/${name}`
}

/** Takes a URL apart as curl does; http where no scheme is given. Undefined for what curl would refuse. */
function targetOf(url: string) {
  const parts = /^(?:(https?):\/\/)?([^/:?#\s]+)(?::(\d+))?([/?][^\s#]*)?$/i.exec(url)
  if (!parts) return undefined
  const scheme = (parts[1]?.toLowerCase() ?? 'http') as 'http' | 'https'
  const port = parts[3] === undefined ? (scheme === 'https' ? 443 : 80) : Number(parts[3])
  return { scheme, host: parts[2]!, port, path: parts[4] ?? '/' }
}

const isServed = (cluster: Cluster, { tls }: Attempt, host: string): boolean =>
  tls !== null && isCoveredBy(namesServed(cluster, tls.certificate), host)

/** What differs from the expectation; undefined where all is as expected. */
function mismatch(attempt: Attempt, expect: ProbeQuery['expect'], { cluster }: Evidence): string | undefined {
  const word = attempt.status === null ? attempt.outcome : String(attempt.status)
  if (!isOutcome(attempt, expect.outcome)) return `${word}${attempt.blame ? `, ${attempt.blame.why}` : ''}`
  if (expect.certificate !== undefined && !isServed(cluster, attempt, expect.certificate))
    return attempt.tls ? `the certificate ${attempt.tls.certificate}` : 'no certificate'
  const wanted = expect.answeredBy
  if (!wanted) return undefined
  const [namespace, name] = attempt.answeredBy?.split('/') ?? []
  const pod = name === undefined ? undefined : cluster.get('Pod', namespace, name)
  const fits =
    pod !== undefined &&
    (wanted.namespace === undefined || namespace === wanted.namespace) &&
    (wanted.owner === undefined || workloadOf(cluster, pod) === referenceOf(wanted.owner).name) &&
    (wanted.image === undefined || pod.spec.containers.some(({ image }) => withoutTag(image) === wanted.image)) &&
    Object.entries(wanted.labels ?? {}).every(([key, value]) => pod.metadata.labels?.[key] === value)
  return fits ? undefined : `an answer from ${attempt.answeredBy ?? 'nobody'}`
}
