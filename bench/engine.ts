import { pathToFileURL } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { create, update } from '../src/cluster/api.ts'
import type { Cluster, Snapshot } from '../src/cluster/cluster.ts'
import { createCluster, restoreCluster } from '../src/cluster/create.ts'
import type { Pod } from '../src/cluster/kinds/pod.ts'
import { timestamp } from '../src/cluster/object.ts'

const ROUNDS = 7
const RUNS = 150
const WARM_UP = 300
const START = Date.UTC(2026, 0, 5, 9)
const MANY_NODES = 100

type Print = (line: string) => void

/** Prints what the engine costs, as counts and as ratios within this process. Returns true if all budgets are kept. */
export function benchEngine(print: Print = console.log): boolean {
  const results = [scaleAgainstStringify, size, heap, visits, otherPods, growth, undoLog].map((measure) => measure())
  for (const { text, isGood } of results) print(`${isGood ? 'ok    ' : 'FAILED'}  ${text}`)
  return results.every(({ isGood }) => isGood)
}

interface Result {
  text: string
  isGood: boolean
}

/** `scale` ±3 with settle and serialisation, against `JSON.stringify` of the same state, in turn. */
function scaleAgainstStringify(): Result {
  const cluster = shop()
  warmUp(cluster)
  const ratios = rounds(() => {
    const [changes, texts]: [number[], number[]] = [[], []]
    for (let run = 0; run < RUNS; run++) {
      changes.push(time(() => scale(cluster, run % 2 === 0 ? 11 : 8)) + time(() => JSON.stringify(cluster.snapshot())))
      const state = cluster.snapshot()
      texts.push(time(() => JSON.stringify(state)))
    }
    return undisturbed(changes) / undisturbed(texts)
  })
  return budget('scale ±3 with settle and serialisation, in JSON.stringify of the state', ratios, 10)
}

/** A channel with 10 pods and a full history, as JSON. */
function size(): Result {
  const cluster = shop()
  for (let step = 0; step < 20; step++) scale(cluster, step % 2 === 0 ? 11 : 8)
  const bytes = JSON.stringify(cluster.snapshot()).length
  return { text: `10 pods, 20 steps of undo: ${bytes} bytes of JSON (budget ${60 * 1024})`, isGood: bytes <= 60 * 1024 }
}

/** The same channel when it is loaded. */
function heap(): Result {
  const cluster = shop()
  for (let step = 0; step < 20; step++) scale(cluster, step % 2 === 0 ? 11 : 8)
  const text = JSON.stringify(cluster.snapshot())
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
  const before = process.memoryUsage().heapUsed
  const loaded = Array.from({ length: 100 }, () => restoreCluster(JSON.parse(text) as Snapshot))
  collect()
  const each = (process.memoryUsage().heapUsed - before) / loaded.length
  return { text: `the same, loaded: ${Math.round(each / 1024)} KB of heap (budget 150)`, isGood: each <= 150 * 1024 }
}

/** R8: objects visited by `scale` ±3 among other pods. */
function visits(): Result {
  const counts = [0, 1_000, 10_000].map((others) => {
    const cluster = crowd(others)
    return [11, 8].map((replicas) => {
      const before = cluster.store.visited
      scale(cluster, replicas)
      return cluster.store.visited - before
    })
  })
  const texts = counts.map((pair) => pair.join('/'))
  const isGood = texts.every((text) => text === texts[0])
  return { text: `objects visited by scale +3/-3 at 0, 1,000 and 10,000 other pods: ${texts.join(', ')}`, isGood }
}

/** R9: its time among 10,000 other pods, without serialisation. */
function otherPods(): Result {
  const [few, many] = [crowd(0), crowd(10_000)]
  warmUp(few)
  warmUp(many)
  const ratios = rounds(() => {
    const [alone, among]: [number[], number[]] = [[], []]
    for (let run = 0; run < RUNS; run++) {
      alone.push(time(() => scale(few, run % 2 === 0 ? 11 : 8)))
      among.push(time(() => scale(many, run % 2 === 0 ? 11 : 8)))
    }
    return undisturbed(among) / undisturbed(alone)
  })
  return budget('scale ±3 among 10,000 other pods, in its time among none', ratios, 3)
}

/** R10: `scale 0 -> 1000` against `0 -> 100`. */
function growth(): Result {
  const grow = (replicas: number): number => {
    const cluster = crowd(0)
    scale(cluster, 0)
    return time(() => scale(cluster, replicas))
  }
  grow(1_000)
  const ratios = rounds(() => {
    const [hundred, thousand]: [number[], number[]] = [[], []]
    for (let run = 0; run < 3; run++) {
      hundred.push(grow(100))
      thousand.push(grow(1_000))
    }
    return undisturbed(thousand) / undisturbed(hundred)
  })
  return budget('scale 0 -> 1000, in the time of 0 -> 100', ratios, 15)
}

/** R13: the same change with and without a step of the history. */
function undoLog(): Result {
  const [plain, kept] = [shop(), shop()]
  warmUp(plain)
  warmUp(kept)
  const ratios = rounds(() => {
    const [plainly, recorded]: [number[], number[]] = [[], []]
    for (let run = 0; run < RUNS; run++) {
      plainly.push(time(() => change(plain, run % 2 === 0 ? 11 : 8)))
      recorded.push(time(() => scale(kept, run % 2 === 0 ? 11 : 8)))
    }
    return undisturbed(recorded) / undisturbed(plainly)
  })
  return budget('a change that can be undone, in the time of the plain one', ratios, 3)
}

/** The default world with a Deployment of 8 pods behind a Service: 10 pods in all. */
const shop = (): Cluster => withWeb(createCluster({ seed: 1, clock: START }))

/** The same on many nodes, beside other pods that have been running for long. */
function crowd(others: number): Cluster {
  const state = createCluster({ seed: 1, clock: START, nodes: MANY_NODES }).snapshot()
  const pods = Array.from({ length: others }, (_, index) => neighbour(index))
  return withWeb(restoreCluster({ ...state, objects: [...state.objects, ...pods] }))
}

function neighbour(index: number): Pod {
  const node = (index % MANY_NODES) + 1
  const at = timestamp(START)
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `other-${index}`, namespace: 'default', uid: `other-${index}`, creationTimestamp: at },
    spec: { nodeName: `node-${node}`, containers: [{ name: 'main', image: 'nginx' }] },
    status: {
      phase: 'Running',
      podIP: `10.244.${node}.${20 + Math.floor(index / MANY_NODES)}`,
      startTime: at,
      conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: at }],
      containerStatuses: [
        { name: 'main', image: 'nginx', ready: true, restartCount: 0, state: { running: { startedAt: at } } },
      ],
    },
  }
}

function withWeb(cluster: Cluster): Cluster {
  create(cluster, {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: {
      replicas: 8,
      selector: { matchLabels: { app: 'web' } },
      template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'nginx' }] } },
    },
  })
  create(cluster, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web' },
    spec: { selector: { app: 'web' }, ports: [{ port: 80 }] },
  })
  cluster.settle()
  return cluster
}

/** A command as a person gives it: some time has passed since the last one. */
function scale(cluster: Cluster, replicas: number): void {
  cluster.begin({ author: 'somebody', line: `/kubectl scale deployment web --replicas=${replicas}` })
  change(cluster, replicas)
  cluster.commit()
}

function change(cluster: Cluster, replicas: number): void {
  cluster.advance(cluster.now + 30_000)
  const web = cluster.get('Deployment', 'default', 'web')!
  update(cluster, { ...web, spec: { ...web.spec, replicas } })
  cluster.settle()
}

function warmUp(cluster: Cluster): void {
  for (let run = 0; run < WARM_UP; run++) scale(cluster, run % 2 === 0 ? 11 : 8)
}

const rounds = (measure: () => number): number[] => Array.from({ length: ROUNDS }, measure)

function budget(name: string, ratios: readonly number[], limit: number): Result {
  const shown = ratios.map((ratio) => ratio.toFixed(2)).join(' ')
  const text = `${name}: ${median(ratios).toFixed(2)} (budget ${limit}; rounds ${shown})`
  return { text, isGood: median(ratios) <= limit }
}

function time(work: () => void): number {
  const start = process.hrtime.bigint()
  work()
  return Number(process.hrtime.bigint() - start) / 1e6
}

/** The fifth that other processes have disturbed least: long work is interrupted more often than short work. */
const undisturbed = (times: readonly number[]): number =>
  [...times].sort((a, b) => a - b)[Math.floor(times.length / 5)] ?? 0

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.exitCode = benchEngine() ? 0 : 1
