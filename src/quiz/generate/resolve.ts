import type { Cluster } from '../../cluster/cluster.ts'
import type { Service } from '../../cluster/kinds/service.ts'
import { kubernetes, type Laws } from '../../cluster/network/laws.ts'
import type { Random } from '../../cluster/random.ts'
import { namespace, service } from '../manifest.ts'
import { nslookup } from '../simulate.ts'
import type { Scenery } from '../world.ts'
import { fits, fullName, sendersOf, senderWords, servicesOf } from './cast.ts'
import { defineChoice, type Question, type WrongAnswer } from './question.ts'
import { APPS, appPod, caller, DEPARTMENTS, oneOf, shop, some, sometimes } from './scenery.ts'
import { table } from './words.ts'

const MOST_SERVICES = 8
/** About as long as an address, so that its length tells nothing. */
const UNKNOWN = 'No such name'

/** Services of equal names in several departments, one more that only one of them has, and somebody in each. */
function world(random: Random): Scenery {
  const [shared, single] = some(APPS, 2, random) as [string, string]
  const [first, second] = some(DEPARTMENTS, 2, random) as [string, string]
  const homes = sometimes(5, random) ? [first, second] : ['default', first]
  return {
    objects: [
      namespace(first),
      namespace(second),
      ...homes.flatMap((home) => shop(shared, { namespace: home, pods: 1 }, random)),
      ...shop(single, { namespace: oneOf(homes, random), pods: 1 }, random),
      ...(sometimes(4, random) ? [service(first), appPod('stray', single, { labels: { app: first } })] : []),
      caller('customer'),
      caller('intern', first),
      caller('dev', second),
    ],
  }
}

/** Ways to write the name of a Service, right and wrong ones. */
const spellings = ({ metadata: { name, namespace: home } }: Service): string[] => [
  name,
  `${name}.${home}`,
  `${home}.${name}`,
  `${name}.${home}.svc`,
  `${name}.${home}.svc.cluster.local`,
  `${name}.svc.${home}`,
  `${name}.cluster.local`,
]

/** "From namespace N, name X resolves to…" */
function ask(cluster: Cluster, random: Random): Question | undefined {
  const services = servicesOf(cluster).filter(({ spec }) => spec.clusterIP !== 'None')
  const target = random.pick(services)
  const sender = random.pick(sendersOf(cluster))
  if (!target || !sender || services.length < 2 || services.length > MOST_SERVICES) return undefined
  const name = oneOf(spellings(target), random)
  const from = sometimes(2, random) ? 'laptop' : fullName(sender)
  const code = table(
    ['SERVICE', 'NAMESPACE', 'CLUSTER-IP'],
    services.map(({ metadata, spec }) => [metadata.name, metadata.namespace!, spec.clusterIP!]),
  )
  if (!fits(code)) return undefined
  const seen = nslookup(cluster, name, { from })
  return {
    type: 'predict_endpoint',
    prompt: `${senderWords(cluster, from)} runs \`nslookup ${name}\`. What comes back?`,
    code,
    answer: (laws) => resolved(cluster, name, from, laws),
    beliefs: beliefs(cluster, { name, from, target, services }, sometimes(3, random)),
    pads: services.map(({ spec }) => spec.clusterIP!),
    explain: () =>
      seen.answers.length > 0
        ? `${seen.answers[0]!.name} exists: ${resolved(cluster, name, from, kubernetes)}.`
        : `Tried in vain: ${seen.tried.join(' ')}`.slice(0, 220),
    hops: seen.tried.length,
    namespaces: new Set(services.map(({ metadata }) => metadata.namespace)).size,
  }
}

const resolved = (cluster: Cluster, name: string, from: string, laws: Laws): string =>
  nslookup(cluster, name, { from, laws }).answers.find(({ type }) => type === 'A')?.value ?? UNKNOWN

interface Lookup {
  name: string
  from: string
  target: Service
  services: readonly Service[]
}

/** Wrong ideas about names that are no law of the network. */
function beliefs(cluster: Cluster, { name, from, target, services }: Lookup, withPod: boolean): WrongAnswer[] {
  const { name: plain, namespace: home } = target.metadata
  const wrong: WrongAnswer[] = []
  if (from === 'laptop')
    wrong.push({
      answer: target.spec.clusterIP!,
      m: 'M10',
      note: 'A laptop asks another DNS, which has no such entry.',
    })
  if (name === plain || name === `${plain}.cluster.local`) {
    const oldest = services.find(({ metadata }) => metadata.name === plain)!
    wrong.push({
      answer: oldest.spec.clusterIP!,
      m: 'M09',
      note: 'A short name means the Service of the own namespace.',
    })
    wrong.push({ answer: "Its Pods' IPs", m: 'M29', note: 'Only a headless Service lists its Pods.' })
  } else if (name === `${home}.${plain}` || name === `${plain}.svc.${home}`)
    wrong.push({ answer: target.spec.clusterIP!, m: 'M09', note: 'The Service comes first, its namespace second.' })
  else wrong.push({ answer: UNKNOWN, m: 'M09', note: 'A name with its namespace works from every Pod.' })
  const namesake = services.find(({ metadata }) => metadata.name === plain && metadata.namespace !== home)
  if (namesake)
    wrong.push({ answer: namesake.spec.clusterIP!, m: 'T11', note: 'Equal names in two namespaces are two Services.' })
  const podIP = cluster.store.list('Pod', { namespace: home }).find(({ metadata }) => metadata.labels?.app === plain)
  if (withPod && podIP?.status.podIP)
    wrong.push({
      answer: podIP.status.podIP,
      m: 'M11',
      note: 'The name of a Service leads to its ClusterIP, not to a Pod.',
    })
  return wrong
}

export const resolve = defineChoice({
  id: 'G04',
  lesson: 'L05',
  concepts: ['S19', 'S20', 'S21', 'S22'],
  rules: ['R4'],
  world,
  ask,
})
