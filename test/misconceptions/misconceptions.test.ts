import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { remove } from '../../src/cluster/api.ts'
import type { Cluster } from '../../src/cluster/cluster.ts'
import { endProcess } from '../../src/cluster/end-process.ts'
import { kubernetes, type Laws } from '../../src/cluster/network/laws.ts'
import { Random } from '../../src/cluster/random.ts'
import { misconceptions } from '../../src/misconceptions/index.ts'
import { expectedAddress } from '../../src/misconceptions/load-balancer-everywhere.ts'
import type { Misconception } from '../../src/misconceptions/misconception.ts'
import { buildCluster } from '../../src/quiz/build-cluster.ts'
import { deployment } from '../../src/quiz/generate/scenery.ts'
import { ingress, namespace, pod, service } from '../../src/quiz/manifest.ts'
import { curl, nslookup, podsBehind } from '../../src/quiz/simulate.ts'

const coffee = { app: 'coffee' }
const member = (name: string, options: Parameters<typeof pod>[1] = {}) => pod(name, { labels: coffee, ...options })
const caller = pod('caller', { image: 'cafe/customer:1', node: 'node-1' })
const lobby = { addons: ['ingress' as const], provider: 'cloud' as const, publicDns: { 'coffee.com': '203.0.113.10' } }
const inLobby = (path = '/menu') => [service('coffee'), ingress('lobby', [[`coffee.com${path}`, 'coffee']])]

const reach = (cluster: Cluster, url: string, from: string, laws: Laws) => {
  const { outcome, status, speaker } = curl(cluster, url, { from, laws })
  return outcome === 'ok' ? `${status} ${speaker}` : outcome
}

interface Case {
  /** A world in which the belief makes a difference. */
  cluster: () => Cluster
  see: (cluster: Cluster, laws: Laws) => unknown
  truth: unknown
  belief: unknown
}

const cases: Record<Misconception['rule'], Case> = {
  R1: {
    cluster: () =>
      buildCluster(
        {
          objects: [
            service('coffee', { selector: { app: 'coffee', tier: 'gold' } }),
            member('a'),
            pod('b', { labels: { tier: 'gold' } }),
            member('c', { labels: { app: 'coffee', tier: 'gold' } }),
          ],
        },
        1,
      ),
    see: (cluster, laws) => podsBehind(cluster, 'default/coffee', laws),
    truth: ['c'],
    belief: ['a', 'b', 'c'],
  },
  R2: {
    cluster: () =>
      buildCluster({ objects: [service('coffee'), member('a'), pod('coffee-1'), pod('coffee'), pod('coffees')] }, 1),
    see: (cluster, laws) => podsBehind(cluster, 'default/coffee', laws),
    truth: ['a'],
    belief: ['coffee', 'coffee-1'],
  },
  R3: {
    cluster: () => buildCluster({ objects: [service('coffee'), member('a'), member('b', { ready: false })] }, 1),
    see: (cluster, laws) => podsBehind(cluster, 'default/coffee', laws),
    truth: ['a'],
    belief: ['a', 'b'],
  },
  R4: {
    cluster: () =>
      buildCluster(
        {
          objects: [namespace('marketing'), service('coffee'), member('a'), pod('intern', { namespace: 'marketing' })],
        },
        1,
      ),
    see: (cluster, laws) => nslookup(cluster, 'coffee', { from: 'marketing/intern', laws }).rcode,
    truth: 'NXDOMAIN',
    belief: 'NOERROR',
  },
  R5: {
    cluster: () =>
      buildCluster(
        {
          objects: [namespace('marketing'), service('coffee'), member('a'), pod('intern', { namespace: 'marketing' })],
        },
        1,
      ),
    see: (cluster, laws) => reach(cluster, 'http://coffee.default', 'marketing/intern', laws),
    truth: '200 app',
    belief: 'timeout',
  },
  R6: {
    cluster: () => {
      const cluster = buildCluster({ objects: [deployment('coffee', 1), caller] }, 1)
      const [old] = cluster.store.list('Pod', { namespace: 'default', labels: { app: 'coffee' } })
      cluster.configure({ publicDns: { old: old!.status.podIP! } })
      remove(cluster, 'Pod', 'default', old!.metadata.name)
      cluster.settle()
      return cluster
    },
    see: (cluster, laws) => reach(cluster, `http://${cluster.settings.publicDns.old}:8080`, 'default/caller', laws),
    truth: 'timeout',
    belief: '200 app',
  },
  R7: {
    cluster: () => {
      const cluster = buildCluster({ objects: [member('a'), caller] }, 1)
      endProcess(cluster, cluster.get('Pod', 'default', 'a')!, 'main', 1)
      cluster.settle()
      return cluster
    },
    see: (cluster, laws) =>
      reach(cluster, `http://${cluster.get('Pod', 'default', 'a')!.status.podIP}:8080`, 'default/caller', laws),
    truth: '200 app',
    belief: 'timeout',
  },
  R8: {
    cluster: () => buildCluster({ objects: [service('coffee'), member('a'), caller] }, 1),
    see: (cluster, laws) => reach(cluster, 'http://coffee:8080', 'default/caller', laws),
    truth: 'timeout',
    belief: '200 app',
  },
  R9: {
    cluster: () => buildCluster({ objects: [service('coffee'), member('a', { containerPort: 80 }), caller] }, 1),
    see: (cluster, laws) => reach(cluster, 'http://coffee', 'default/caller', laws),
    truth: '200 app',
    belief: 'refused',
  },
  R10: {
    cluster: () =>
      buildCluster(
        { objects: [service('coffee', { type: 'NodePort', nodePort: 30080 }), member('a', { node: 'node-2' })] },
        1,
      ),
    see: (cluster, laws) => reach(cluster, 'http://node-3:30080', 'office', laws),
    truth: '200 app',
    belief: 'timeout',
  },
  R11: {
    cluster: () => buildCluster({ objects: [service('coffee'), member('a')] }, 1),
    see: (cluster, laws) =>
      reach(cluster, `http://${cluster.get('Service', 'default', 'coffee')!.spec.clusterIP}`, 'office', laws),
    truth: 'timeout',
    belief: '200 app',
  },
  R12: {
    cluster: () => buildCluster({ objects: [...inLobby(), member('a')], ...lobby }, 1),
    see: (cluster, laws) => reach(cluster, 'http://coffee.com/menus', 'internet', laws),
    truth: '404 ingress-controller',
    belief: '200 app',
  },
  R13: {
    cluster: () =>
      buildCluster(
        {
          objects: [service('coffee', { targetPort: 80 }), ...inLobby().slice(1), member('a', { image: 'nginx' })],
          ...lobby,
        },
        1,
      ),
    see: (cluster, laws) => reach(cluster, 'http://coffee.com/menu', 'internet', laws),
    truth: '404 app',
    belief: '200 app',
  },
  R14: {
    cluster: () => buildCluster({ objects: [...inLobby(), member('a')], ...lobby }, 1),
    see: (cluster, laws) => reach(cluster, 'http://203.0.113.10/menu', 'internet', laws),
    truth: '404 ingress-controller',
    belief: '200 app',
  },
  R15: {
    cluster: () => buildCluster({ objects: [...inLobby(), member('a')], publicDns: lobby.publicDns }, 1),
    see: (cluster, laws) => curl(cluster, 'http://coffee.com/menu', { from: 'internet', laws }).outcome,
    truth: 'timeout',
    belief: 'ok',
  },
  R16: {
    cluster: () => buildCluster({ objects: inLobby(), ...lobby }, 1),
    see: (cluster, laws) => reach(cluster, 'http://coffee.com/menu', 'internet', laws),
    truth: '503 ingress-controller',
    belief: '404 ingress-controller',
  },
  R23: {
    cluster: () => buildCluster({ objects: [service('coffee'), member('a'), member('b'), member('c'), caller] }, 1),
    see: (cluster, laws) => {
      const dice = new Random(1)
      const names = Array.from(
        { length: 30 },
        () => curl(cluster, 'http://coffee', { from: 'default/caller', laws, dice }).answeredBy,
      )
      return names.every((name, index) => index < 3 || name === names[index - 3])
    },
    truth: false,
    belief: true,
  },
  R24: {
    cluster: () => buildCluster({ objects: [service('coffee'), member('a'), member('b'), member('c'), caller] }, 1),
    see: (cluster, laws) => {
      const dice = new Random(1)
      const names = Array.from(
        { length: 30 },
        () => curl(cluster, 'http://coffee', { from: 'default/caller', laws, dice }).answeredBy,
      )
      return new Set(names).size
    },
    truth: 3,
    belief: 1,
  },
  R25: {
    cluster: () => buildCluster({ objects: [service('coffee', { headless: true }), member('a'), caller] }, 1),
    see: (cluster, laws) => reach(cluster, 'http://coffee', 'default/caller', laws),
    truth: 'refused',
    belief: '200 app',
  },
  R26: {
    cluster: () => buildCluster({ objects: [service('coffee', { type: 'LoadBalancer' }), member('a')] }, 1),
    see: (cluster, laws) =>
      reach(cluster, `http://${expectedAddress(cluster.get('Service', 'default', 'coffee')!)}`, 'internet', laws),
    truth: 'timeout',
    belief: '200 app',
  },
  R29: {
    cluster: () =>
      buildCluster(
        { objects: [service('coffee', { type: 'NodePort', nodePort: 30080 }), member('a')], provider: 'cloud' },
        1,
      ),
    see: (cluster, laws) => reach(cluster, 'http://192.168.49.12:30080', 'internet', laws),
    truth: 'timeout',
    belief: '200 app',
  },
  R30: {
    cluster: () => buildCluster({ objects: [member('a', { node: 'node-1' }), caller] }, 1),
    see: (cluster, laws) => reach(cluster, 'http://localhost:8080', 'default/caller', laws),
    truth: 'refused',
    belief: '200 app',
  },
}

describe('the catalogue', () => {
  it('has every rule about what is modelled, in order, one file each', () => {
    expect(misconceptions.map(({ rule }) => rule)).toEqual(Object.keys(cases))
    const files = readdirSync(new URL('../../src/misconceptions', import.meta.url))
    expect(files.filter((name) => !['index.ts', 'misconception.ts'].includes(name))).toHaveLength(misconceptions.length)
  })

  it('tells each belief, the truth and where somebody believed it', () => {
    for (const { shows, evidence, belief, truth, rule } of misconceptions) {
      expect(shows.every((m) => /^[MT]\d\d$/.test(m)) && shows.length > 0, rule).toBe(true)
      expect(evidence, rule).toMatch(/^https:\/\//)
      expect(belief, rule).toMatch(/^[A-Za-z].+\.$/)
      expect(truth.length, rule).toBeLessThanOrEqual(90)
    }
    expect(new Set(misconceptions.map(({ belief }) => belief)).size).toBe(misconceptions.length)
  })

  it('replaces one law each', () => {
    for (const { law, laws, rule } of misconceptions) {
      const different = Object.entries(laws()).filter(([name, value]) => value !== kubernetes[name as keyof Laws])
      const names = different
        .map(([name]) => name)
        .filter((name) => !(law === 'selectorMatches' && name === 'serviceEndpoints'))
      expect(names, rule).toEqual([law])
    }
  })
})

describe('under the laws of a misconception another thing happens than in Kubernetes (Q14)', () => {
  it.each(
    misconceptions.map((misconception) => [`${misconception.rule} ${misconception.belief}`, misconception] as const),
  )('%s', (_, { rule, laws }) => {
    const { cluster, see, truth, belief } = cases[rule]!
    expect(see(cluster(), kubernetes)).toEqual(truth)
    expect(see(cluster(), laws())).toEqual(belief)
  })
})
