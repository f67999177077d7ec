import { update } from '../../cluster/api.ts'
import type { Cluster } from '../../cluster/cluster.ts'
import type { Deployment } from '../../cluster/kinds/deployment.ts'
import type { Service } from '../../cluster/kinds/service.ts'
import { kubernetes, type Laws } from '../../cluster/network/laws.ts'
import type { Random } from '../../cluster/random.ts'
import { service } from '../manifest.ts'
import { shuffle } from '../shuffle.ts'
import { curl } from '../simulate.ts'
import type { Scenery } from '../world.ts'
import { appPort, fits, fullName, podsOf, sendersOf, senderWords, serviceLines, servicesOf } from './cast.ts'
import { defineChoice, type Question, type WrongAnswer } from './question.ts'
import { APPS, between, caller, deployment, NODES, oneOf } from './scenery.ts'
import { REFUSED, SILENCE, traceLine, UNKNOWN, workloadName } from './words.ts'

/** A Deployment, its Service and a caller; the fault comes later. */
function world(random: Random): Scenery {
  const app = oneOf(APPS, random)
  return {
    objects: [
      deployment(app, between(1, 3, random), { containerPort: oneOf([8080, 80, undefined], random) }),
      service(app),
      caller(oneOf(['customer', 'guest', 'visitor', 'regular'], random), 'default', oneOf(NODES, random)),
    ],
  }
}

/** One app with everything that a fix may touch. */
interface Shop {
  cluster: Cluster
  service: Service
  deployment: Deployment
  /** The port on which the app listens. */
  listens: number
}

/** A change to one thing, as somebody would suggest it. */
interface Fix {
  words: string
  m: string
  note: string
  apply: (shop: Shop) => void
}

const withPorts = ({ cluster, service: found }: Shop, change: Partial<NonNullable<Service['spec']['ports']>[number]>) =>
  update(cluster, {
    ...found,
    spec: { ...found.spec, ports: found.spec.ports!.map((port) => ({ ...port, ...change })) },
  })

const withContainer = ({ cluster, deployment: found }: Shop, change: Record<string, unknown>) => {
  const [first, ...rest] = found.spec.template.spec.containers
  const spec = { ...found.spec.template.spec, containers: [{ ...first, ...change }, ...rest] }
  update(cluster, { ...found, spec: { ...found.spec, template: { ...found.spec.template, spec } } })
}

const wordsOf = (labels: Readonly<Record<string, string>>): string =>
  Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',')

const restart: Fix = {
  words: 'Restart the rollout of the Deployment',
  m: 'M04',
  note: 'New Pods come with the same fault in front of them.',
  apply: ({ cluster, deployment: found }) => {
    const template = {
      ...found.spec.template,
      metadata: { ...found.spec.template.metadata, annotations: { restarted: 'yes' } },
    }
    update(cluster, { ...found, spec: { ...found.spec, template } })
  },
}

const targetPort = (port: number): Fix => ({
  words: `Service: set targetPort to ${port}`,
  m: 'M01',
  note: 'The Service knocks at the right door already.',
  apply: (shop) => withPorts(shop, { targetPort: port }),
})

const servicePort = (port: number): Fix => ({
  words: `Service: set port to ${port}`,
  m: 'M01',
  note: 'That moves the number that callers dial, not the door behind it.',
  apply: (shop) => withPorts(shop, { port }),
})

const containerPort = (port: number): Fix => ({
  words: `Deployment: add containerPort ${port}`,
  m: 'M02',
  note: 'containerPort is a note; it opens nothing.',
  apply: (shop) => withContainer(shop, { ports: [{ containerPort: port }] }),
})

const selector = (labels: Record<string, string>): Fix => ({
  words: `Service: set the selector to ${wordsOf(labels)}`,
  m: 'M03',
  note: 'The selector fits already; the list is not empty.',
  apply: ({ cluster, service: found }) => {
    update(cluster, { ...found, spec: { ...found.spec, selector: labels } })
  },
})

const labelDeployment = (labels: Record<string, string>): Fix => ({
  words: `Deployment: label the object itself ${wordsOf(labels)}`,
  m: 'M03',
  note: 'A Service looks at Pods, not at the Deployment.',
  apply: ({ cluster, deployment: found }) => {
    update(cluster, { ...found, metadata: { ...found.metadata, labels: { ...found.metadata.labels, ...labels } } })
  },
})

const nodePort: Fix = {
  words: 'Service: change the type to NodePort',
  m: 'T07',
  note: 'A side door changes nothing for callers inside.',
  apply: ({ cluster, service: found }) => {
    update(cluster, { ...found, spec: { ...found.spec, type: 'NodePort' } })
  },
}

const noProbe: Fix = {
  words: "Deployment: let the readiness probe ask the app's own port",
  m: 'M04',
  note: 'The Pods are Ready; no probe is in the way.',
  apply: (shop) => withContainer(shop, { readinessProbe: { tcpSocket: { port: shop.listens } } }),
}

/** A fault, and the changes that people would try. */
interface Fault {
  breaks: (shop: Shop, random: Random) => void
  fixes: (shop: Shop) => Fix[]
}

const faults: readonly Fault[] = [
  {
    breaks: (shop, random) => withPorts(shop, { targetPort: oneOf([80, 8000, 8081, 9090, 3000], random) }),
    fixes: (shop) => {
      const wrong = shop.service.spec.ports![0]!.targetPort as number
      return [targetPort(shop.listens), containerPort(wrong), servicePort(shop.listens), restart, nodePort]
    },
  },
  {
    breaks: ({ cluster, service: found }, random) => {
      const [[key, value = ''] = ['app', '']] = Object.entries(found.spec.selector ?? {})
      const typo = oneOf([value.replace('-', ''), `${value}s`, `${value}-app`, value.toUpperCase()], random)
      update(cluster, { ...found, spec: { ...found.spec, selector: { [key]: typo } } })
    },
    fixes: (shop) => {
      const labels = shop.deployment.spec.template.metadata?.labels ?? {}
      return [
        selector(labels),
        labelDeployment(shop.service.spec.selector ?? {}),
        targetPort(80),
        restart,
        containerPort(shop.listens),
      ]
    },
  },
  {
    breaks: (shop, random) =>
      withContainer(shop, { readinessProbe: { tcpSocket: { port: oneOf([80, 81, 8000, 9090], random) } } }),
    fixes: (shop) => [
      noProbe,
      restart,
      containerPort(shop.listens),
      servicePort(shop.listens),
      labelDeployment(shop.service.spec.selector ?? {}),
    ],
  },
]

/** "Which single change makes the call work?" */
function ask(cluster: Cluster, random: Random): Question | undefined {
  const found = findShop(cluster, random)
  if (!found) return undefined
  const { shop, from, url } = found
  if (curl(cluster, url, { from }).outcome !== 'ok') return undefined
  const fault = oneOf(faults, random)
  fault.breaks(shop, random)
  cluster.settle()
  const broken = shopIn(cluster, shop)
  const seen = curl(cluster, url, { from })
  const code = serviceLines(cluster, broken.service)
  if (seen.outcome === 'ok' || !fits(code)) return undefined
  const tried = shuffle(fault.fixes(broken), random).map((fix) => ({ ...fix, after: after(broken, fix) }))
  // Somebody who believes that containerPort opens a port expects a connection, whatever the program says on it.
  const works = (copy: Cluster, laws: Laws) => curl(copy, url, { from, laws, scheme: 'tcp' }).outcome === 'ok'
  const [right, ...more] = tried.filter((fix) => works(fix.after, kubernetes))
  if (!right || more.length > 0) return undefined
  const others = tried.filter((fix) => fix !== right)
  return {
    type: 'predict_endpoint',
    prompt: `${senderWords(cluster, from)} runs \`curl ${url}\`: ${symptom(seen.outcome)} The Pods of \`${shop.deployment.metadata.name}\` wear ${wordsOf(broken.deployment.spec.template.metadata?.labels ?? {})} and listen on ${shop.listens}. Which single change helps?`,
    code,
    answer: (laws) => (others.find((fix) => works(fix.after, laws)) ?? right).words,
    beliefs: others.map(({ words, m, note }): WrongAnswer => ({ answer: words, m, note })),
    explain: () => `Before: ${traceLine(seen, 1)} After the change: ${traceLine(curl(right.after, url, { from }), 1)}`,
    hops: seen.hops.length,
  }
}

const symptom = (outcome: string): string =>
  `${outcome === 'refused' ? REFUSED : outcome === 'timeout' ? SILENCE : UNKNOWN}.`.toLowerCase()

/** A Service whose Pods come from one Deployment, with somebody who can call it. */
function findShop(cluster: Cluster, random: Random): { shop: Shop; from: string; url: string } | undefined {
  const target = random.pick(servicesOf(cluster).filter(({ spec }) => spec.clusterIP !== 'None'))
  const [pod] = target ? podsOf(cluster, target) : []
  const owner = pod && cluster.get('Deployment', pod.metadata.namespace, workloadName(cluster, pod))
  const listens = target && appPort(cluster, target)
  const sender = random.pick(
    sendersOf(cluster).filter(
      ({ metadata }) =>
        metadata.namespace === target?.metadata.namespace && metadata.labels?.app !== pod?.metadata.labels?.app,
    ),
  )
  if (!target || !owner || listens === undefined) return undefined
  if (!sender && target.metadata.namespace !== 'default') return undefined
  const { port } = target.spec.ports![0]!
  const url = `http://${target.metadata.name}${port === 80 ? '' : `:${port}`}`
  return { shop: { cluster, service: target, deployment: owner, listens }, from: sender ? fullName(sender) : '', url }
}

/** The same shop with its objects as they are in a cluster. */
const shopIn = (cluster: Cluster, shop: Shop): Shop => ({
  ...shop,
  cluster,
  service: cluster.get('Service', shop.service.metadata.namespace, shop.service.metadata.name)!,
  deployment: cluster.get('Deployment', shop.deployment.metadata.namespace, shop.deployment.metadata.name)!,
})

/** A copy of the cluster in which a change was made and everything has followed. */
function after(shop: Shop, fix: Fix): Cluster {
  const copy = shop.cluster.fork()
  fix.apply(shopIn(copy, shop))
  copy.settle()
  return copy
}

export const oneLineFix = defineChoice({
  id: 'G08',
  lesson: 'L08',
  concepts: ['S02', 'S16', 'S23'],
  rules: ['R9'],
  world,
  ask,
})
