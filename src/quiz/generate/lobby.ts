import type { Cluster } from '../../cluster/cluster.ts'
import { believing, kubernetes } from '../../cluster/network/laws.ts'
import type { Random } from '../../cluster/random.ts'
import { ingress, service } from '../manifest.ts'
import { curl } from '../simulate.ts'
import type { Scenery } from '../world.ts'
import { fits } from './cast.ts'
import { defineChoice, type Question, type WrongAnswer } from './question.ts'
import { appPod, between, oneOf, some, sometimes } from './scenery.ts'
import { listed, outcomeWords, table, traceLine } from './words.ts'

const HOSTS = ['coffee.com', 'tea.com', 'cake.com'] as const
const BACKENDS = ['menu', 'order', 'tea', 'bakery', 'library'] as const
const PATHS = ['/menu', '/order', '/menu/today', '/tea', '/shop', '/'] as const
const ADDRESS = '203.0.113.10'
const MOST_RULES = 8

/** A controller, and rules for several hosts and paths, one of them perhaps without anybody behind it. */
function world(random: Random): Scenery {
  const hosts = some(HOSTS, 2, random)
  const backends = some(BACKENDS, 3, random)
  const paths = some(PATHS, between(3, 4, random), random)
  const empty = sometimes(5, random) ? backends[0] : undefined
  const strict = sometimes(4, random) ? backends[1] : undefined
  return {
    objects: [
      ...backends.map((name) => service(name, { targetPort: name === strict ? 80 : 8080 })),
      ...backends
        .filter((name) => name !== empty)
        .map((name) => appPod(name, name, name === strict ? { image: 'nginx', containerPort: 80 } : {})),
      ingress(
        'lobby',
        paths.map((path, index) => [
          `${hosts[index === 0 ? 0 : random.below(2)]}${path}`,
          backends[index % backends.length]!,
          sometimes(2, random) && path !== '/' ? 'Exact' : 'Prefix',
        ]),
      ),
    ],
    addons: ['ingress'],
    provider: 'cloud',
    publicDns: Object.fromEntries(HOSTS.map((host) => [host, ADDRESS])),
  }
}

interface Rule {
  host: string
  path: string
  pathType: string
  backend: string
}

const rulesOf = (cluster: Cluster): Rule[] =>
  cluster.store.list('Ingress', { namespace: 'default' }).flatMap(({ spec }) =>
    (spec.rules ?? []).flatMap(({ host = '*', http }) =>
      (http?.paths ?? []).map(({ path = '/', pathType, backend }) => ({
        host,
        path,
        pathType,
        backend: backend.service?.name ?? '-',
      })),
    ),
  )

/** "Which Service gets host + path?" */
function ask(cluster: Cluster, random: Random): Question | undefined {
  const rules = rulesOf(cluster)
  const rule = random.pick(rules)
  if (!rule || rules.length < 2 || rules.length > MOST_RULES) return undefined
  const hosts = [...new Set(rules.map(({ host }) => host))].filter((host) => !host.includes('*'))
  const plain = rule.path === '/' ? '' : rule.path
  const paths = [rule.path, `${plain}/today`, plain === '' ? '/nope' : `${plain}s`, oneOf(rules, random).path, '/nope']
  const url = `http://${sometimes(1, random) ? ADDRESS : oneOf(hosts.length > 0 ? hosts : [ADDRESS], random)}${oneOf(paths, random)}`
  const names = [...new Set(rules.map(({ backend }) => backend))]
  const code = table(
    ['HOST', 'PATH', 'TYPE', 'SERVICE', 'READY PODS'],
    rules.map(({ host, path, pathType, backend }) => [host, path, pathType, backend, readyBehind(cluster, backend)]),
  )
  const words = (laws = kubernetes) => outcomeWords(cluster, curl(cluster, url, { from: 'internet', laws }))
  const seen = curl(cluster, url, { from: 'internet' })
  if (!fits(code) || seen.outcome !== 'ok') return undefined
  return {
    type: 'predict_endpoint',
    prompt: `An ingress controller reads these rules. A visitor asks for ${url}. Who answers?${strictWords(cluster, names)}`,
    code,
    answer: words,
    beliefs: beliefs(cluster, url, rules, words),
    pads: [
      ...names.map((name) => `${name} answers`),
      ...[404, 503].map((status) => `${status}, said by the ingress controller`),
    ],
    explain: () => traceLine(seen),
    hops: seen.hops.length,
  }
}

/** Tells which apps have a page at / and no other, found out by asking them. */
function strictWords(cluster: Cluster, names: readonly string[]): string {
  const status = (name: string, path: string) => {
    const { clusterIP } = cluster.get('Service', 'default', name)?.spec ?? {}
    return clusterIP
      ? curl(cluster, `http://${clusterIP}${path}`, { from: `node/${cluster.store.list('Node')[0]?.metadata.name}` })
          .status
      : null
  }
  const strict = names.filter((name) => status(name, '/') === 200 && status(name, '/nope') === 404)
  return strict.length === 0 ? '' : ` (The app of ${listed(strict, '')} has a page at / and no other.)`
}

/** How many Ready Pods a Service has, as a word for a table. */
function readyBehind(cluster: Cluster, name: string): string {
  const found = cluster.get('Service', 'default', name)
  const port = found?.spec.ports?.[0]
  if (!found || !port) return '-'
  return String(kubernetes.serviceEndpoints(cluster, found, port).filter(({ ready }) => ready).length)
}

/** Wrong ideas about rules that are no law of their own. */
function beliefs(
  cluster: Cluster,
  url: string,
  rules: readonly Rule[],
  words: (laws: typeof kubernetes) => string,
): WrongAnswer[] {
  const [, host, path = '/'] = /^http:\/\/([^/]+)(\/.*)$/.exec(url) ?? []
  const first = rules.find((rule) => rule.host === host && path.startsWith(rule.path))
  const exactCoversAll = believing({
    pathMatches: (rulePath, _pathType, asked) => kubernetes.pathMatches(rulePath, 'Prefix', asked),
  })
  const fitting = rules.findLast((rule) => rule.host === host && path.startsWith(rule.path))
  const truth = words(kubernetes)
  const isUnavailable = truth.startsWith('503')
  const isDeeper = fitting !== undefined && fitting.path !== path && !truth.startsWith('404, said by the ingress')
  const empty = rules.find(({ backend }) => readyBehind(cluster, backend) === '0')
  return [
    { answer: words(exactCoversAll), m: 'M14', note: 'Exact means this path and no other.' },
    ...(first
      ? [{ answer: `${first.backend} answers`, m: 'M14', note: 'The longest path that fits wins, not the first.' }]
      : []),
    ...(isDeeper
      ? [{ answer: '404, said by the ingress controller', m: 'M14', note: 'With Prefix, deeper paths fit as well.' }]
      : []),
    ...(isUnavailable
      ? [{ answer: `${fitting?.backend} answers`, m: 'M04', note: 'Without a Ready Pod nobody is there to answer.' }]
      : []),
    ...(empty
      ? []
      : [
          {
            answer: '503, said by the ingress controller',
            m: 'M16',
            note: '503 needs a rule whose Service has no Ready Pod.',
          },
        ]),
  ]
}

export const lobby = defineChoice({
  id: 'G05',
  lesson: 'L07',
  concepts: ['S29', 'S30', 'S32'],
  rules: ['R12', 'R13', 'R14', 'R16'],
  world,
  ask,
})
