import { create, remove, update } from '../../cluster/api.ts'
import type { Cluster } from '../../cluster/cluster.ts'
import { endProcess } from '../../cluster/end-process.ts'
import type { Deployment } from '../../cluster/kinds/deployment.ts'
import { isReady, type Pod } from '../../cluster/kinds/pod.ts'
import type { Service } from '../../cluster/kinds/service.ts'
import { kubernetes, type Laws } from '../../cluster/network/laws.ts'
import { controllerOf } from '../../cluster/object.ts'
import type { Random } from '../../cluster/random.ts'
import { service } from '../manifest.ts'
import { curl } from '../simulate.ts'
import type { Scenery } from '../world.ts'
import { appPort, fullName, podsOf, sendersOf, senderWords, servicesOf } from './cast.ts'
import { defineChoice, type Question, type WrongAnswer } from './question.ts'
import { APPS, between, caller, deployment, NODES, oneOf } from './scenery.ts'
import { workloadName } from './words.ts'

/** A Deployment of one to three Pods, its Service, and a caller. */
function world(random: Random): Scenery {
  const app = oneOf(APPS, random)
  return {
    objects: [
      deployment(app, between(1, 3, random), { containerPort: 8080 }),
      service(app, { port: oneOf([80, 80, 8000, 9000], random) }),
      caller(oneOf(['customer', 'guest', 'visitor', 'regular'], random), 'default', oneOf(NODES, random)),
    ],
  }
}

function deploymentOf(cluster: Cluster, pod: Pod): Deployment {
  const found = cluster.get('Deployment', pod.metadata.namespace, workloadName(cluster, pod))
  if (!found) throw new Error(`Pod ${pod.metadata.name} belongs to no Deployment`)
  return found
}

/** Something that happens, in words; what of it is a wrong idea; and the thing itself. */
interface Event {
  words: (pod: Pod, target: Service) => string
  happens: (cluster: Cluster, pod: Pod, target: Service) => void
  beliefs: (answer: Answers) => WrongAnswer[]
}

interface Answers {
  all: string
  none: string
  lasting: string
  nameAlone: string
}

/** All answers have the same length, so that it tells nothing. */
const words = (ways: readonly boolean[]): string =>
  ['Pod', 'ClusterIP', 'name'].map((way, index) => `${way} ${ways[index] ? 'works' : 'fails'}`).join(', ')

const ANSWERS: Answers = {
  all: words([true, true, true]),
  none: words([false, false, false]),
  lasting: words([false, true, true]),
  nameAlone: words([false, false, true]),
}

const goneWithPods = (answer: Answers): WrongAnswer => ({
  answer: answer.none,
  m: 'T06',
  note: 'A Service outlives its Pods, and so do its number and its name.',
})

const followsName = (answer: Answers): WrongAnswer => ({
  answer: answer.nameAlone,
  m: 'M32',
  note: 'New numbers for Pods are no new number for the Service.',
})

const events: readonly Event[] = [
  {
    words: ({ metadata }) => `Somebody deletes the Pod \`${metadata.name}\`; its Deployment opens another one.`,
    happens: (cluster, { metadata }) => {
      remove(cluster, 'Pod', metadata.namespace, metadata.name)
    },
    beliefs: (answer) => [goneWithPods(answer), followsName(answer)],
  },
  {
    words: ({ metadata }) => `The container of \`${metadata.name}\` crashes and is started again.`,
    happens: (cluster, pod) => endProcess(cluster, pod, pod.spec.containers[0]!.name, 1),
    beliefs: (answer) => [goneWithPods(answer), followsName(answer)],
  },
  {
    words: ({ metadata }, target) =>
      `Somebody restarts the rollout of the Deployment that \`${metadata.name}\` belongs to. Service \`${target.metadata.name}\` stays.`,
    happens: (cluster, pod) => {
      const found = deploymentOf(cluster, pod)
      const template = {
        ...found.spec.template,
        metadata: { ...found.spec.template.metadata, annotations: { restarted: 'yes' } },
      }
      update(cluster, { ...found, spec: { ...found.spec, template } })
    },
    beliefs: (answer) => [
      { answer: answer.all, m: 'M31', note: 'A rollout replaces the Pods, in spite of the word restart.' },
      goneWithPods(answer),
    ],
  },
  {
    words: (pod, target) =>
      `Somebody scales the Deployment of \`${pod.metadata.name}\` to 0. Service \`${target.metadata.name}\` stays.`,
    happens: (cluster, pod) => {
      const found = deploymentOf(cluster, pod)
      update(cluster, { ...found, spec: { ...found.spec, replicas: 0 } })
    },
    beliefs: (answer) => [
      { answer: answer.lasting, m: 'T09', note: 'Number and name stay, but nobody is behind them.' },
      { answer: answer.nameAlone, m: 'T03', note: 'DNS still tells the number, but nobody answers there.' },
    ],
  },
  {
    words: (_, target) =>
      `Somebody deletes the Service \`${target.metadata.name}\` and creates it once more from the same file.`,
    happens: (cluster, _, target) => {
      const { name, namespace } = target.metadata
      remove(cluster, 'Service', namespace, name)
      cluster.settle()
      const { clusterIP: _ip, clusterIPs: _ips, ...spec } = target.spec
      create(cluster, { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace }, spec })
    },
    beliefs: (answer) => [
      { answer: answer.all, m: 'M44', note: 'A Service that is made anew may draw another number.' },
      { answer: answer.lasting, m: 'T06', note: 'The Pods know nothing of the Service; they keep their addresses.' },
    ],
  },
]

/** "Event E happens. Which address still works?" */
function ask(cluster: Cluster, random: Random): Question | undefined {
  const candidates = servicesOf(cluster).filter((each) => each.spec.clusterIP !== 'None' && appPort(cluster, each))
  const target = random.pick(candidates)
  const pod =
    target && random.pick(podsOf(cluster, target).filter((each) => isReady(each) && isOfDeployment(cluster, each)))
  const sender = random.pick(
    sendersOf(cluster).filter(
      ({ metadata }) => metadata.namespace === target?.metadata.namespace && metadata.uid !== pod?.metadata.uid,
    ),
  )
  if (!target || !pod || !sender) return undefined
  const from = fullName(sender)
  const addresses = addressesOf(target, pod, appPort(cluster, target)!)
  if (!addresses.every((url) => answers(cluster, url, from, kubernetes))) return undefined
  const event = oneOf(events, random)
  event.happens(cluster, pod, target)
  cluster.settle()
  // The caller may have been among the Pods that went.
  if (!cluster.get('Pod', sender.metadata.namespace, sender.metadata.name)) return undefined
  const working = (laws: Laws) =>
    words(addresses.map((url, index) => answers(cluster, url, from, lawsFor(index, laws))))
  return {
    type: 'predict_endpoint',
    prompt: `${senderWords(cluster, from)} can reach an app in three ways. ${event.words(pod, target)} Which of the three still work afterwards?`,
    code: [`the Pod    ${addresses[0]}`, `ClusterIP  ${addresses[1]}`, `the name   ${addresses[2]}`],
    answer: working,
    beliefs: event.beliefs(ANSWERS),
    pads: [ANSWERS.nameAlone, words([true, false, false]), ANSWERS.lasting],
    explain: () => explanation(cluster, pod, target),
    hops: 3,
  }
}

const isOfDeployment = (cluster: Cluster, pod: Pod): boolean =>
  controllerOf(pod)?.kind === 'ReplicaSet' &&
  cluster.get('Deployment', pod.metadata.namespace, workloadName(cluster, pod)) !== undefined

function addressesOf({ metadata, spec }: Service, pod: Pod, listens: number): string[] {
  const { port } = spec.ports![0]!
  const suffix = port === 80 ? '' : `:${port}`
  return [
    `http://${pod.status.podIP}:${listens}`,
    `http://${spec.clusterIP}${suffix}`,
    `http://${metadata.name}${suffix}`,
  ]
}

/** A belief about a Pod's own address is none about the list of a Service, which follows it. */
const lawsFor = (index: number, laws: Laws): Laws =>
  index === 0 ? laws : { ...laws, podKeepsAddress: kubernetes.podKeepsAddress }

const answers = (cluster: Cluster, url: string, from: string, laws: Laws): boolean =>
  curl(cluster, url, { from, laws }).outcome === 'ok'

function explanation(cluster: Cluster, pod: Pod, target: Service): string {
  const same = cluster.get('Pod', pod.metadata.namespace, pod.metadata.name)
  const now = cluster.get('Service', target.metadata.namespace, target.metadata.name)
  if (podsOf(cluster, target).length === 0)
    return `${target.spec.clusterIP} and its name are still known, but no Pod is left to answer.`
  return [
    same?.metadata.uid === pod.metadata.uid
      ? `The Pod is the same and has ${same.status.podIP} as before.`
      : `${pod.status.podIP} was given up with its Pod; nobody answers there.`,
    `The Service ${now?.spec.clusterIP === target.spec.clusterIP ? 'keeps' : 'has another number:'} ${now?.spec.clusterIP}, and the name leads to it.`,
  ].join(' ')
}

export const afterEvent = defineChoice({
  id: 'G06',
  lesson: 'L03',
  concepts: ['S14', 'S16', 'S17', 'S19'],
  rules: ['R6', 'R7'],
  world,
  ask,
})
