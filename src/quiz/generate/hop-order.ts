import type { Cluster } from '../../cluster/cluster.ts'
import type { Pod } from '../../cluster/kinds/pod.ts'
import type { Service } from '../../cluster/kinds/service.ts'
import type { Attempt } from '../../cluster/network/attempt.ts'
import type { Random } from '../../cluster/random.ts'
import type { OrderItem } from '../item.ts'
import { ingress, service } from '../manifest.ts'
import { shuffle } from '../shuffle.ts'
import { curl } from '../simulate.ts'
import type { Scenery } from '../world.ts'
import { fullName, podsOf, sendersOf, senderWords, servicesOf } from './cast.ts'
import type { Drawn, Source, Template } from './question.ts'
import { APPS, appPod, between, caller, NODES, oneOf, some, sometimes } from './scenery.ts'

const HOSTS = ['coffee.com', 'tea.com', 'cake.com', 'bread.com', 'soup.com', 'juice.com']
const PATHS = ['/', '/menu', '/order', '/today', '/shop']
const HOPS = 4
const LONGEST = 80

/** A shop on one floor, a caller on another, and perhaps a lobby in front. */
function world(random: Random): Scenery {
  const app = oneOf(APPS, random)
  const host = oneOf(HOSTS, random)
  const [here, there] = some(NODES, 2, random) as [string, string]
  return {
    objects: [
      service(app, {
        type: 'NodePort',
        nodePort: between(30_001, 30_085, random),
        port: oneOf([80, 80, 8000], random),
      }),
      appPod(`${app}-a`, app, { node: there }),
      caller(oneOf(['customer', 'guest', 'visitor', 'regular'], random), 'default', here),
      ingress('lobby', [[`${host}${oneOf(PATHS, random)}`, app]]),
    ],
    addons: ['ingress'],
    provider: 'cloud',
    publicDns: { [host]: '203.0.113.10' },
  }
}

/** The steps of a call in their order, with what a belief would put among them. */
interface Story {
  prompt: string
  steps: string[]
  decoys: { words: string; m: string; note: string }[]
}

/** From a Pod through a Service to a Pod on another node. */
function insideStory(cluster: Cluster, target: Service, random: Random): Story | undefined {
  const home = target.metadata.namespace
  const sender = random.pick(
    sendersOf(cluster).filter(
      ({ metadata }) => metadata.namespace === home && !isBehind(cluster, target, metadata.uid),
    ),
  )
  if (!sender) return undefined
  const { port, nodePort } = target.spec.ports![0]!
  const url = `http://${target.metadata.name}${port === 80 ? '' : `:${port}`}`
  const seen = curl(cluster, url, { from: fullName(sender) })
  const answerer = answererOf(cluster, seen)
  if (!answerer || target.spec.clusterIP === 'None') return undefined
  const crossing = answerer.spec.nodeName !== sender.spec.nodeName
  return {
    prompt: `${senderWords(cluster, fullName(sender))} runs \`curl ${url}\`.`,
    steps: [
      `DNS: ${target.metadata.name} is ${target.spec.clusterIP}`,
      `${sender.metadata.name} sends to ${target.spec.clusterIP}:${port}`,
      `${sender.spec.nodeName}: ${target.spec.clusterIP}:${port} becomes ${answerer.status.podIP}:${seen.answeredPort}`,
      ...(crossing ? [`The packet goes from ${sender.spec.nodeName} to ${answerer.spec.nodeName}`] : []),
      `${answerer.metadata.name} answers on port ${seen.answeredPort}`,
    ],
    decoys: [
      {
        words: `The machine of Service ${target.metadata.name} takes the call`,
        m: 'T09',
        note: 'No machine stands in the middle; a rule on the node is all.',
      },
      {
        words: `DNS carries the reply back to ${sender.metadata.name}`,
        m: 'T03',
        note: 'DNS tells a number and has no further part.',
      },
      ...(nodePort
        ? [
            {
              words: `${answerer.spec.nodeName} opens its port ${nodePort} for the call`,
              m: 'T07',
              note: 'Between Pods no side door is needed.',
            },
          ]
        : []),
    ],
  }
}

/** From the street through the lobby. */
function streetStory(cluster: Cluster, target: Service): Story | undefined {
  const rule = cluster.store
    .list('Ingress', { namespace: target.metadata.namespace })
    .flatMap(({ spec }) => spec.rules ?? [])
    .find(
      ({ host, http }) => host && http?.paths?.some(({ backend }) => backend.service?.name === target.metadata.name),
    )
  if (!rule?.host) return undefined
  const path = rule.http!.paths!.find(({ backend }) => backend.service?.name === target.metadata.name)!.path ?? '/'
  const seen = curl(cluster, `http://${rule.host}${path}`, { from: 'internet' })
  const answerer = answererOf(cluster, seen)
  const address = /→ (\S+)$/.exec(seen.hops[0]?.what ?? '')?.[1]
  if (!answerer || !address || (seen.status ?? 500) >= 400) return undefined
  return {
    prompt: `Somebody on the Internet opens http://${rule.host}${path}. An ingress controller is at work.`,
    steps: [
      `Public DNS: ${rule.host} is ${address}`,
      `The load balancer at ${address} hands over to a node`,
      `The controller reads host ${rule.host} and path ${path}`,
      `The controller picks ${answerer.status.podIP} from the list of ${target.metadata.name}`,
      `${answerer.metadata.name} answers on port ${seen.answeredPort}`,
    ],
    decoys: [
      {
        words: `Cluster DNS tells the visitor the ClusterIP of ${target.metadata.name}`,
        m: 'M10',
        note: 'Visitors never see a ClusterIP.',
      },
      {
        words: `The Ingress object itself takes the call`,
        m: 'M13',
        note: 'The object is a sheet; the controller does the work.',
      },
      {
        words: `Public DNS carries the page to the visitor`,
        m: 'T03',
        note: 'DNS tells a number and has no further part.',
      },
    ],
  }
}

const isBehind = (cluster: Cluster, target: Service, uid: string): boolean =>
  podsOf(cluster, target).some(({ metadata }) => metadata.uid === uid)

function answererOf(cluster: Cluster, { answeredBy }: Attempt): Pod | undefined {
  const [namespace = '', name = ''] = (answeredBy ?? '').split('/')
  return cluster.get('Pod', namespace, name)
}

/** "Put the hops in order, and leave out the one that does not happen." */
function draw(cluster: Cluster, random: Random, source: Source): Drawn | undefined {
  const target = random.pick(servicesOf(cluster))
  const story = target && (sometimes(5, random) ? streetStory(cluster, target) : insideStory(cluster, target, random))
  if (!story || story.steps.length < HOPS) return undefined
  // Of five steps one is left untold, but neither the first nor the last.
  const left = story.steps.length > HOPS ? 1 + random.below(story.steps.length - 2) : -1
  const steps = story.steps.filter((_, index) => index !== left)
  const decoy = oneOf(story.decoys, random)
  const shown = shuffle([...steps, decoy.words], random)
  const letterOf = (words: string) => 'ABCDE'[shown.indexOf(words)] as 'A'
  if (shown.some((words) => words.length > LONGEST)) return undefined
  const item: OrderItem = {
    id: `${hopOrder.id}-${source.seed.toString(36)}`,
    lesson: 'L04',
    type: 'order_hops',
    difficulty: 2,
    concepts: ['S16', 'S18', 'S19'],
    targets: [decoy.m],
    prompt: `${story.prompt} Sort ${steps.length} of these hops; one does not happen, so leave it out.`,
    choices: Object.fromEntries(shown.map((words) => [letterOf(words), words])),
    answer: steps.map(letterOf),
    decoy: letterOf(decoy.words),
    explanation: `${steps.join('. ')}. ${decoy.note}`,
    distractors: [
      { has: letterOf(decoy.words), m: decoy.m, note: decoy.note },
      { before: [letterOf(steps[1]!), letterOf(steps[0]!)], m: 'T03', note: 'That dials before the lookup.' },
    ],
    source,
  }
  return item.explanation.length <= 330 ? { item } : undefined
}

export const hopOrder: Template = { id: 'G09', world, draw }
