import type { Cluster } from '../../cluster/cluster.ts'
import type { Service } from '../../cluster/kinds/service.ts'
import { kubernetes, type Laws } from '../../cluster/network/laws.ts'
import type { Random } from '../../cluster/random.ts'
import { expectedAddress } from '../../misconceptions/load-balancer-everywhere.ts'
import { ingress, service } from '../manifest.ts'
import { shuffle } from '../shuffle.ts'
import { curl } from '../simulate.ts'
import type { Scenery } from '../world.ts'
import { fits, podsOf, senderWords, serviceLines, servicesOf } from './cast.ts'
import { defineChoice, type Question, type WrongAnswer } from './question.ts'
import { APPS, appPod, between, NODES, oneOf, sometimes } from './scenery.ts'
import { traceLine } from './words.ts'

const HOST = 'coffee.com'
const LOBBY = '203.0.113.10'

/** One app with several ways in, most of which do not lead in from outside. */
function world(random: Random): Scenery {
  const app = oneOf(APPS, random)
  const nodePort = between(30_001, 30_085, random)
  const cloud = sometimes(5, random)
  const controller = cloud && sometimes(6, random)
  const type = cloud && controller ? 'NodePort' : 'LoadBalancer'
  return {
    objects: [
      service(app, { type, nodePort, ...(sometimes(4, random) && { externalTrafficPolicy: 'Local' as const }) }),
      appPod(`${app}-a`, app, { node: oneOf(NODES, random) }),
      ingress('lobby', [[`${HOST}/`, app]]),
    ],
    ...(controller && { addons: ['ingress' as const] }),
    provider: cloud ? 'cloud' : 'none',
    firewall: !cloud && sometimes(6, random) ? [`${nodePort}/TCP`] : [],
    publicDns: { [HOST]: LOBBY },
  }
}

interface Way {
  words: string
  url: string
}

/** The ways in that a Service seems to have. */
function waysTo(cluster: Cluster, target: Service, from: string, random: Random): Way[] {
  const { port, nodePort } = target.spec.ports![0]!
  const [pod] = podsOf(cluster, target)
  const suffix = port === 80 ? '' : `:${port}`
  const external = target.status.loadBalancer?.ingress?.[0]?.ip
  const ways: Way[] = [
    { words: `The ClusterIP, ${target.spec.clusterIP}${suffix}`, url: `http://${target.spec.clusterIP}${suffix}` },
  ]
  if (nodePort)
    for (const node of shuffle(cluster.store.list('Node'), random).slice(0, 2)) {
      const ip = node.status.addresses?.find(({ type }) => type === 'InternalIP')?.address
      const words = from === 'office' ? `${ip}:${nodePort}` : `its public IP, port ${nodePort}`
      ways.push({ words: `${node.metadata.name}, ${words}`, url: `http://${ip}:${nodePort}` })
    }
  if (target.spec.type === 'LoadBalancer')
    ways.push({
      words: external ? `The external IP, ${external}${suffix}` : 'The external IP, shown as <pending>',
      url: `http://${external ?? expectedAddress(target)}${suffix}`,
    })
  if (pod) ways.push({ words: `The Pod, ${pod.status.podIP}:8080`, url: `http://${pod.status.podIP}:8080` })
  const rule = cluster.store
    .list('Ingress', { namespace: target.metadata.namespace })
    .flatMap(({ spec }) => spec.rules ?? [])
    .find(({ http }) => http?.paths?.some(({ backend }) => backend.service?.name === target.metadata.name))
  if (rule?.host) ways.push({ words: `The lobby, http://${rule.host}/`, url: `http://${rule.host}/` })
  return ways
}

/** "From V, which of these four addresses answers?" */
function ask(cluster: Cluster, random: Random): Question | undefined {
  const target = random.pick(servicesOf(cluster))
  if (!target) return undefined
  const from = oneOf(['internet', 'home', 'office'], random)
  const ways = shuffle(waysTo(cluster, target, from, random), random)
  const works = ({ url }: Way, laws: Laws) => {
    const { outcome, status } = curl(cluster, url, { from, laws })
    return outcome === 'ok' && (status ?? 0) < 400
  }
  const [right, ...more] = ways.filter((way) => works(way, kubernetes))
  const code = [...serviceLines(cluster, target), ...ground(cluster, target)]
  if (!right || more.length > 0 || !fits(code)) return undefined
  const others = ways.filter((way) => way !== right)
  return {
    type: 'predict_endpoint',
    prompt: `${senderWords(cluster, from)} wants to reach this app. Which of these addresses answers?`,
    code,
    answer: (laws) => (others.find((way) => works(way, laws)) ?? right).words,
    beliefs: beliefs(target, others),
    pads: others.map(({ words }) => words),
    explain: () => traceLine(curl(cluster, right.url, { from })),
    hops: 2,
  }
}

/** Wrong ideas about addresses that are no law of their own. */
const beliefs = ({ spec }: Service, others: readonly Way[]): WrongAnswer[] =>
  others.flatMap(({ words }) => {
    if (words.startsWith('The Pod'))
      return [{ answer: words, m: 'M40', note: 'Nobody outside the cluster has a way there.' }]
    if (words.startsWith('node-') && spec.externalTrafficPolicy === 'Local')
      return [{ answer: words, m: 'M30', note: 'With Local a node without such a Pod stays silent.' }]
    return []
  })

/** What the ground around the nodes is like. */
function ground({ settings, store }: Cluster, target: Service): string[] {
  const nodePort = target.spec.ports?.[0]?.nodePort
  const open = nodePort !== undefined && settings.firewall.includes(`${nodePort}/TCP`)
  const isLobby = store.list('Ingress', { namespace: target.metadata.namespace }).length > 0
  return [
    `Ground: ${settings.provider === 'cloud' ? 'cloud' : 'own machines'}; firewall: ${open ? `lets ${nodePort} in` : 'shut'}`,
    ...(isLobby ? [`Ingress controller: ${settings.addons.ingress ? 'installed' : 'none'}`] : []),
  ]
}

export const vantage = defineChoice({
  id: 'G12',
  lesson: 'L12',
  concepts: ['S25', 'S27', 'S29', 'S33', 'S36'],
  rules: ['R10', 'R11', 'R15', 'R26', 'R29'],
  world,
  ask,
})
