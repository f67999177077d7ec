import type { Cluster } from '../cluster/cluster.ts'
import type { Attempt } from '../cluster/network/attempt.ts'
import { lookup } from '../cluster/network/dns.ts'
import { kubernetes, type Laws } from '../cluster/network/laws.ts'
import { parseOrigin } from '../cluster/network/origin.ts'
import { type Target, targetFrom } from '../cluster/network/target.ts'
import { connect } from '../cluster/network/trace.ts'
import { Random } from '../cluster/random.ts'
import { buildCluster, change } from './build-cluster.ts'
import type { Ask, Claim, Facts, World } from './world.ts'

/** Where a question about traffic is asked, and under which laws. */
export interface Asking {
  /** A vantage point; empty for a throw-away pod. */
  from: string
  laws?: Laws
  /** Chance; the same seed gives the same answer. */
  seed?: number
}

/** One connection to a URL. Throws for what is no URL and for a sender that cannot send. */
export function curl(
  cluster: Cluster,
  url: string,
  asking: Asking & { headers?: Record<string, string>; dice?: Random; scheme?: Target['scheme'] },
): Attempt {
  const target = targetFrom(url)
  if (!target) throw new Error(`${url} is no URL`)
  const { from, laws = kubernetes, seed = 1, headers, dice = new Random(seed), scheme = target.scheme } = asking
  const origin = parseOrigin(cluster, from === '' ? undefined : from, 'default')
  return connect(cluster, { origin, target: { ...target, scheme, ...(headers && { headers }) }, dice, laws })
}

/** A lookup of the addresses of a name. */
export const nslookup = (cluster: Cluster, name: string, { from, laws = kubernetes }: Asking) =>
  lookup(cluster, { origin: parseOrigin(cluster, from, 'default'), name, type: 'A', laws })

/** Names of the pods behind the first port of a Service that get new connections, sorted. */
export function podsBehind(cluster: Cluster, service: string, laws: Laws = kubernetes): string[] {
  const [namespace = '', name = ''] = service.split('/')
  const found = cluster.get('Service', namespace, name)
  const port = found?.spec.ports?.[0]
  if (!found || !port) throw new Error(`there is no Service ${service} with a port`)
  return laws
    .serviceEndpoints(cluster, found, port)
    .filter((endpoint) => laws.endpointReceivesTraffic(endpoint))
    .flatMap(({ pod }) => (pod ? [pod.name] : []))
    .sort()
}

const podOf = ({ answeredBy }: Attempt): string | undefined => answeredBy?.split('/')[1]

/** The facts that an answer of the simulator shows, as far as `wanted` asks for them. */
function factsOf(cluster: Cluster, ask: Ask, wanted: Facts, laws: Laws): Facts {
  if ('endpoints' in ask) return { pods: podsBehind(cluster, ask.endpoints, laws) }
  if ('nslookup' in ask) {
    const { rcode, tried } = nslookup(cluster, ask.nslookup, { from: ask.from, laws })
    return { rcode, tried: tried.length }
  }
  const { curl: url, from, headers, repeat = 1 } = ask
  const dice = new Random(1)
  const attempts = Array.from({ length: repeat }, () =>
    curl(cluster, url, { from, laws, dice, ...(headers && { headers }) }),
  )
  const [{ outcome, status, speaker, answeredBy }] = attempts as [Attempt]
  const answers = attempts.flatMap((attempt) => podOf(attempt) ?? [])
  const answerers = new Set(answers).size
  const share = (prefix: string) => answers.filter((name) => name.startsWith(prefix)).length / repeat
  return {
    outcome,
    connected: outcome === 'ok',
    ...(status !== null && { status }),
    ...(speaker !== null && { speaker }),
    ...(answeredBy !== null && { answeredBy: answeredBy.split('/')[1]! }),
    answerers,
    self: answers.includes(from),
    inTurn: answerers > 1 && answers.every((name, index) => index < answerers || name === answers[index - answerers]),
    ...(wanted.share && isWithin(share(wanted.share.of), wanted.share) && { share: wanted.share }),
  }
}

const isWithin = (value: number, { least, most }: { least: number; most: number }): boolean =>
  value >= least && value <= most

/** True if what an option claims about a world is what the simulator shows, under Kubernetes' laws or others. */
export function holds(world: World, claim: Claim, laws: Laws = kubernetes): boolean {
  const cluster = buildCluster(world, 1)
  if (claim.change) change(cluster, claim.change)
  const facts = factsOf(cluster, claim.ask ?? world.ask, claim.is, laws)
  return Object.entries(claim.is).every(
    ([fact, value]) => JSON.stringify(facts[fact as keyof Facts]) === JSON.stringify(value),
  )
}
