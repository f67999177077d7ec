import type { Cluster } from '../../cluster/cluster.ts'
import type { Service } from '../../cluster/kinds/service.ts'
import { kubernetes } from '../../cluster/network/laws.ts'
import type { Random } from '../../cluster/random.ts'
import { namespace, service } from '../manifest.ts'
import { curl } from '../simulate.ts'
import type { Scenery } from '../world.ts'
import { appPort, fits, fullName, podsOf, sendersOf, senderWords, serviceLines, servicesOf } from './cast.ts'
import { defineChoice, type Question, type WrongAnswer } from './question.ts'
import { APPS, appPod, between, caller, DEPARTMENTS, NODES, oneOf, shop, some, sometimes } from './scenery.ts'
import { NO_SUCH_PORT, outcomeWords, REFUSED, SILENCE, traceLine, UNKNOWN } from './words.ts'

const MOST_PODS = 5
/** Draws of chance that all have to end in the same words. */
const SEEDS = [1, 2, 3, 4, 5, 6]

/** Two shops in different namespaces, one of them with a fault perhaps, and people who call. */
function world(random: Random): Scenery {
  const [app, other] = some(APPS, 2, random) as [string, string]
  const department = oneOf(DEPARTMENTS, random)
  const pods = between(1, 3, random)
  const fault = random.below(5)
  const first = shop(app, { pods, ready: fault === 0 ? 0 : pods, targetPort: fault === 1 ? 80 : 8080 }, random)
  const open = sometimes(3, random)
    ? service(app, { headless: true })
    : sometimes(5, random)
      ? service(app, {
          type: 'NodePort',
          nodePort: between(30_001, 30_085, random),
          targetPort: fault === 1 ? 80 : 8080,
        })
      : undefined
  return {
    objects: [
      namespace(department),
      ...(open ? [open, ...first.slice(1)] : first),
      ...shop(other, { namespace: department, pods: 1 }, random),
      caller('customer', 'default', oneOf(NODES, random)),
      caller('intern', department, oneOf(NODES, random)),
      ...(sometimes(3, random) ? [appPod('web', other, { labels: { app: 'web' } })] : []),
    ],
    firewall: [],
  }
}

interface Call {
  url: string
  from: string
}

/** Ways to call a Service, by sort, each with those from whom it is worth asking. */
function callsTo(cluster: Cluster, target: Service, listens: number): Call[][] {
  const { name, namespace: home } = target.metadata
  const { port, targetPort, nodePort } = target.spec.ports![0]!
  const { clusterIP } = target.spec
  const suffix = (number: number) => (number === 80 ? '' : `:${number}`)
  const senders = sendersOf(cluster)
  const pods = senders.map(fullName)
  const strangers = pods.filter((from) => !from.startsWith(`${home}/`))
  const by = (callers: readonly string[], url: string): Call[] => callers.map((from) => ({ url, from }))
  const members = podsOf(cluster, target)
  const neighbours = members.flatMap((each) =>
    senders.filter((other) => other.spec.nodeName === each.spec.nodeName && other.metadata.uid !== each.metadata.uid),
  )
  const isVirtual = clusterIP !== undefined && clusterIP !== 'None'
  const otherPort = typeof targetPort === 'number' && targetPort !== port && isVirtual ? targetPort : undefined
  return [
    by(pods, `http://${name}${suffix(port)}`),
    by(strangers, `http://${name}.${home}${suffix(port)}`),
    otherPort === undefined ? [] : by(pods, `http://${name}.${home}:${otherPort}`),
    isVirtual ? by(['office'], `http://${clusterIP}${suffix(port)}`) : [],
    nodePort
      ? cluster.store
          .list('Node')
          .flatMap(({ metadata }) => by(['office', 'internet'], `http://${metadata.name}:${nodePort}`))
      : [],
    members.flatMap((each) => by(strangers, `http://${each.status.podIP}:${listens}`)),
    by(neighbours.map(fullName), `http://localhost:${listens}`),
  ].filter((calls) => calls.length > 0)
}

/** "From X: curl URL. What happens?" */
function ask(cluster: Cluster, random: Random): Question | undefined {
  const target = random.pick(servicesOf(cluster))
  const listens = target && appPort(cluster, target)
  if (!target || listens === undefined || podsOf(cluster, target).length > MOST_PODS) return undefined
  const call = random.pick(random.pick(callsTo(cluster, target, listens)) ?? [])
  if (!call) return undefined
  const { from, url } = call
  const code = serviceLines(cluster, target)
  const words = (laws = kubernetes, seed = 1) => outcomeWords(cluster, curl(cluster, url, { from, laws, seed }))
  if (!fits(code) || new Set(SEEDS.map((seed) => words(kubernetes, seed))).size > 1) return undefined
  const seen = curl(cluster, url, { from })
  const truth = words()
  const crossing = from.includes('/') && !from.startsWith(`${target.metadata.namespace}/`)
  return {
    type: 'predict_endpoint',
    prompt: `${senderWords(cluster, from)} runs \`curl ${url}\`. The app listens on ${listens}. What happens?`,
    code,
    answer: (laws) => words(laws),
    beliefs: beliefs(truth, { url, crossing, direct: url.includes('10.244.') }),
    pads: truth === NO_SUCH_PORT ? [] : [UNKNOWN, `${target.metadata.name} answers with a redirect`],
    explain: () => traceLine(seen),
    hops: seen.hops.length,
    namespaces: crossing ? 2 : 1,
  }
}

interface Manner {
  url: string
  /** The caller is in another namespace. */
  crossing: boolean
  /** A Pod's own address is called. */
  direct: boolean
}

/** Wrong answers that come from other beliefs than about a law, by what really happens. */
function beliefs(truth: string, { url, crossing, direct }: Manner): WrongAnswer[] {
  const local = url.includes('localhost')
  const byName = /[a-z]/.test(url.replace(/^http:/, '')) && !local
  if (truth === UNKNOWN)
    return crossing ? [{ answer: SILENCE, m: 'M38', note: 'Nothing blocks the call; the lookup finds no name.' }] : []
  if (truth === SILENCE)
    return [{ answer: REFUSED, m: 'M39', note: 'Where packets get lost, nobody is there to refuse.' }]
  if (truth === NO_SUCH_PORT)
    return [
      { answer: '404, said by the Service', m: 'T09', note: 'A Service speaks no HTTP.' },
      ...(byName ? [{ answer: UNKNOWN, m: 'T03', note: 'The name is known; DNS knows nothing of ports.' }] : []),
    ]
  if (truth === REFUSED && local)
    return [
      { answer: SILENCE, m: 'M39', note: 'A closed door in the own room refuses at once.' },
      { answer: UNKNOWN, m: 'T03', note: 'localhost is always known: it means oneself.' },
    ]
  if (truth === REFUSED)
    return [
      { answer: '404, said by the Service', m: 'T09', note: 'A Service speaks no HTTP.' },
      ...(byName ? [{ answer: UNKNOWN, m: 'T03', note: 'The name is that of the Service and is still known.' }] : []),
    ]
  return [
    ...(direct ? [{ answer: REFUSED, m: 'T06', note: 'Pods reach Pods without any Service.' }] : []),
    ...(crossing && byName
      ? [{ answer: UNKNOWN, m: 'M09', note: 'SERVICE.NAMESPACE is known in every namespace.' }]
      : []),
  ]
}

export const outcome = defineChoice({
  id: 'G02',
  lesson: 'L06',
  concepts: ['S16', 'S19', 'S25'],
  rules: ['R3', 'R4', 'R5', 'R8', 'R10', 'R11', 'R25', 'R29', 'R30'],
  world,
  ask,
})
