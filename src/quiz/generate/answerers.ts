import type { Cluster } from '../../cluster/cluster.ts'
import type { TrafficEndpoint } from '../../cluster/network/endpoints.ts'
import { kubernetes, type Laws } from '../../cluster/network/laws.ts'
import { Random } from '../../cluster/random.ts'
import { namespace, service } from '../manifest.ts'
import { curl } from '../simulate.ts'
import type { Scenery } from '../world.ts'
import { appPort, fits, fullName, podsOf, sendersOf, senderWords, serviceLines, servicesOf, tagsOf } from './cast.ts'
import { defineChoice, type Question } from './question.ts'
import { APPS, appPod, between, caller, NODES, oneOf, some, sometimes } from './scenery.ts'
import { listed, traceLine } from './words.ts'

const NOBODY = 'None of them'
const MOST_PODS = 6
/** So many choices show everybody who can be chosen, as good as certainly. */
const CHOICES = 100

/** Pods on all floors, some of them not Ready, perhaps behind a side door that is for its own floor only. */
function world(random: Random): Scenery {
  const app = oneOf(APPS, random)
  const count = between(3, 5, random)
  const local = sometimes(5, random)
  const outside = sometimes(6, random)
  const rooms = some(['101', '102', '201', '205', '207', '301', '302'], count, random).sort()
  return {
    objects: [
      namespace('marketing'),
      service(app, {
        ...(outside && { type: 'NodePort' as const, nodePort: between(30_001, 30_085, random) }),
        ...(outside && local && { externalTrafficPolicy: 'Local' as const }),
      }),
      ...rooms.map((room) =>
        appPod(`room-${room}`, app, {
          node: `node-${room[0]}`,
          ready: !sometimes(3, random),
        }),
      ),
      caller('customer', 'default', oneOf(NODES, random)),
    ],
  }
}

/** Who can be chosen for a call: everybody that the law picks from its list when it is asked often enough. */
function answerersOf(cluster: Cluster, url: string, from: string, laws: Laws): string[] {
  let list: readonly TrafficEndpoint[] = []
  const chooseEndpoint: Laws['chooseEndpoint'] = (endpoints, dice) => {
    list = endpoints
    return laws.chooseEndpoint(endpoints, dice)
  }
  const { answeredBy } = curl(cluster, url, { from, laws: { ...laws, chooseEndpoint } })
  if (answeredBy === null) return []
  const dice = new Random(7)
  const chosen = Array.from(
    { length: list.length === 0 ? 0 : CHOICES },
    () => laws.chooseEndpoint(list, dice).pod?.name,
  )
  const names = chosen.filter((name) => name !== undefined)
  return [...new Set(names.length > 0 ? names : [answeredBy.split('/')[1]!])].sort()
}

/** "Which rooms could answer this call?" */
function ask(cluster: Cluster, random: Random): Question | undefined {
  const target = random.pick(servicesOf(cluster))
  const call = target && random.pick(callsTo(cluster, target))
  if (!target || !call || podsOf(cluster, target).length > MOST_PODS) return undefined
  const { url, from, node } = call
  const code = serviceLines(cluster, target)
  const tag = tagsOf(podsOf(cluster, target))
  const names = (list: readonly string[]) => listed(list.map(tag), NOBODY)
  const truth = answerersOf(cluster, url, from, kubernetes)
  const nearby = podsOf(cluster, target)
    .filter(({ metadata, spec }) => spec.nodeName === node && truth.includes(metadata.name))
    .map(({ metadata }) => metadata.name)
  if (!fits(code) || (truth.length === 1 && target.spec.externalTrafficPolicy !== 'Local')) return undefined
  return {
    type: 'predict_endpoint',
    prompt: `${senderWords(cluster, from)} runs \`curl ${url}\`. Which of these Pods may answer?`,
    code,
    answer: (laws) => names(answerersOf(cluster, url, from, laws)),
    beliefs: [{ answer: names(nearby), m: 'T07', note: 'By default the floor makes no difference.' }],
    pads: [truth.slice(1), truth.slice(0, 1)].map(names),
    explain: () => traceLine(curl(cluster, url, { from })),
  }
}

/** Calls through a Service from a Pod, or from the office through the side door of a node. */
function callsTo(cluster: Cluster, target: ReturnType<typeof servicesOf>[number]) {
  const { name, namespace: home } = target.metadata
  const { port, nodePort } = target.spec.ports![0]!
  if (appPort(cluster, target) === undefined) return []
  const suffix = port === 80 ? '' : `:${port}`
  const inside = sendersOf(cluster)
    .filter(({ metadata }) => metadata.namespace === home)
    .map((from) => ({ url: `http://${name}${suffix}`, from: fullName(from), node: from.spec.nodeName }))
  if (!nodePort) return inside
  return cluster.store
    .list('Node')
    .map(({ metadata }) => ({ url: `http://${metadata.name}:${nodePort}`, from: 'office', node: metadata.name }))
}

export const answerers = defineChoice({
  id: 'G03',
  lesson: 'L04',
  concepts: ['S18', 'S23', 'S27'],
  rules: ['R3', 'R10', 'R24'],
  world,
  ask,
})
