import { readFileSync } from 'node:fs'
import { afterAll, describe, expect, test } from 'vitest'
import { splitWords } from '../../src/chat/words.ts'
import { setAddon } from '../../src/cluster/addons.ts'
import { createCluster } from '../../src/cluster/create.ts'
import type { Pod } from '../../src/cluster/kinds/pod.ts'
import type { Service } from '../../src/cluster/kinds/service.ts'
import { parseCurlLine } from '../../src/cluster/network/curl-line.ts'
import { curlOutput } from '../../src/cluster/network/curl-text.ts'
import { parseOrigin } from '../../src/cluster/network/origin.ts'
import { connect } from '../../src/cluster/network/trace.ts'
import { Random } from '../../src/cluster/random.ts'
import { problem } from './script-check.ts'
import { Session } from './transcript.ts'

/**
 * Scripts as learners find them in documentation, run to their end. A script that needs something which is not modelled
 * waits, and the list below says for what.
 */
interface Step {
  run: string
  stdin?: string
  /** Where curl runs: `node` or `internet`. */
  from?: string
  exit: 'success' | 'failure' | 'any'
  checks: string[]
  then?: { run: string; checks: string[] }[]
}

interface Script {
  id: string
  title: string
  needs?: string[]
  steps: Step[]
}

const folder = new URL('../fixtures/scripts/', import.meta.url)
const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8')
const scripts = JSON.parse(read('scripts.json')) as Script[]

/** Which scripts wait, and for what. */
const WAITING: Readonly<Record<string, string>> = {
  s21: 'NetworkPolicy',
  s22: 'NetworkPolicy',
  s23: 'NetworkPolicy',
  s24: 'NetworkPolicy',
  s26: 'HorizontalPodAutoscaler',
}

class Player {
  readonly session: Session
  /** What is not modelled, once a step has met it. */
  waitsFor: string | undefined

  constructor({ needs = [] }: Script) {
    const cluster = createCluster({
      seed: 11,
      clock: Date.parse('2026-11-22T10:00:00Z'),
      provider: needs.includes('cloud') ? 'cloud' : 'none',
    })
    if (needs.includes('ingress')) setAddon(cluster, 'ingress', true)
    cluster.settle()
    this.session = new Session(cluster)
  }

  /** Runs a step; returns what is not as it must be. */
  step(step: Step): string[] {
    const { exitCode, output } = step.run.startsWith('curl ')
      ? this.#curl(this.#filled(step.run), step.from ?? 'internet')
      : this.#kubectl(step.run, step.stdin === undefined ? undefined : read(`manifests/${step.stdin}`))
    const [, missing] = /(\w+) is not modelled here/.exec(output) ?? []
    if (missing !== undefined) {
      this.waitsFor = missing
      return []
    }
    const wrongExit = step.exit !== 'any' && (exitCode === 0) !== (step.exit === 'success')
    return [
      ...(wrongExit ? [`$ ${step.run}: exit code ${exitCode}\n${output}`] : []),
      ...step.checks.flatMap((check) => problem(check, output) ?? []).map((text) => `$ ${step.run}: ${text}`),
      ...(step.then ?? []).flatMap((next) => this.step({ ...next, exit: 'any' })),
    ]
  }

  #kubectl(line: string, stdin: string | undefined): { exitCode: number; output: string } {
    const { exitCode, stdout, stderr } = this.session.run(this.#filled(line).replace(/^kubectl /, ''), stdin)
    return { exitCode, output: stdout + stderr }
  }

  #curl(line: string, from: string): { exitCode: number; output: string } {
    const { cluster } = this.session
    const curl = parseCurlLine(splitWords(line).slice(1))
    const origin = parseOrigin(cluster, from === 'node' ? 'node/node-1' : from, 'default')
    const { exitCode, stdout, stderr } = curlOutput(
      connect(cluster, { origin, target: curl.target, dice: new Random(1) }),
      curl,
    )
    return { exitCode, output: stdout + stderr }
  }

  /** The line with the words that the cluster has chosen in the place of `<pod:LABELS:N>` and the like. */
  #filled(line: string): string {
    return line.replace(/<(\w+)(?::([^:>]+))?(?::([^>]+))?>/g, (_, what: string, name = '', more = '') =>
      this.#fact(what, name, more),
    )
  }

  /** What the cluster has chosen; where it is not there, something that is nowhere. */
  #fact(what: string, name: string, more: string): string {
    const { store } = this.session.cluster
    const service = (): Service | undefined =>
      store.list('Service').find(({ metadata }) => `svc/${metadata.name}` === name)
    const pod = (): Pod | undefined => {
      const [label = '', value = ''] = name.split('=')
      return store.list('Pod', { labels: { [label]: value } })[Number(more)]
    }
    const facts: Record<string, () => unknown> = {
      pod: () => pod()?.metadata.name,
      podIP: () => pod()?.status.podIP,
      nodeIP: () => store.list('Node')[Number(name)]?.status.addresses[0]?.address,
      nodePort: () => service()?.spec.ports?.find(({ port }) => more === '' || port === Number(more))?.nodePort,
      externalIP: () => service()?.status.loadBalancer?.ingress?.[0]?.ip,
      ingressIP: () => store.list('Ingress')[0]?.status.loadBalancer?.ingress?.[0]?.ip,
    }
    return String(facts[what]?.() ?? `no-${what}`)
  }
}

describe('learner scripts', () => {
  const waiting: string[] = []

  for (const script of scripts)
    test(`${script.id} ${script.title}`, () => {
      const player = new Player(script)
      const problems: string[] = []
      for (const step of script.steps) {
        if (player.waitsFor !== undefined) break
        problems.push(...player.step(step))
      }
      expect(problems).toEqual([])
      expect(player.waitsFor).toBe(WAITING[script.id])
      if (player.waitsFor !== undefined) waiting.push(`${script.id} ${script.title}: waits for ${player.waitsFor}`)
    })

  afterAll(() => {
    process.stdout.write(`${waiting.map((line) => `${line}\n`).join('')}`)
  })
})
