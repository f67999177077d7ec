import { create } from '../../cluster/api.ts'
import type { Cluster } from '../../cluster/cluster.ts'
import { kubernetes, type Laws } from '../../cluster/network/laws.ts'
import type { Random } from '../../cluster/random.ts'
import { change } from '../build-cluster.ts'
import { namespace } from '../manifest.ts'
import { shuffle } from '../shuffle.ts'
import { curl } from '../simulate.ts'
import type { Scenery } from '../world.ts'
import { CALLER, HOSTS, ingressSheet, type Line, serviceSheet } from './broken-sheet.ts'
import { defineChoice, type Question, type WrongAnswer } from './question.ts'
import { caller, DEPARTMENTS, sometimes } from './scenery.ts'
import { outcomeWords, traceLine } from './words.ts'

const LOBBY = '203.0.113.10'

/** Somebody who calls, a lobby with a controller, and a neighbour namespace. The manifests of the question come later. */
const world = (): Scenery => ({
  objects: [...DEPARTMENTS.map((name) => namespace(name)), caller(CALLER)],
  addons: ['ingress'],
  provider: 'cloud',
  publicDns: Object.fromEntries(HOSTS.map((host) => [host, LOBBY])),
})

/** "Which line has to change?" */
function ask(cluster: Cluster, random: Random): Question | undefined {
  const sheet = sometimes(6, random) ? serviceSheet(random) : ingressSheet(random)
  if (sheet.from === CALLER && !cluster.get('Pod', 'default', CALLER)) return undefined
  if (sheet.from === 'internet' && !cluster.settings.addons.ingress) return undefined
  const taken = sheet.objects.some(({ kind, metadata }) => cluster.get(kind as 'Pod', 'default', metadata.name))
  if (taken || sheet.code.some((line) => line.length > 56)) return undefined
  for (const object of sheet.objects) create(cluster, object)
  cluster.settle()
  const call = (copy: Cluster, laws: Laws = kubernetes) => curl(copy, sheet.url, { from: sheet.from, laws })
  const works = (copy: Cluster, laws: Laws = kubernetes) => {
    const { outcome, status, hops } = call(copy, laws)
    // Who believes that containerPort opens a port expects an answer there, whatever the program does.
    return (outcome === 'ok' && (status ?? 200) < 400) || (outcome === 'reset' && hops.at(-1)?.law === 'listens')
  }
  const seen = call(cluster)
  if (works(cluster)) return undefined
  const tried = shuffle(sheet.lines, random).map((line) => ({
    ...line,
    words: `Line ${line.line}`,
    after: corrected(cluster, line),
  }))
  const [right, ...more] = tried.filter(({ after }) => works(after))
  if (!right || more.length > 0) return undefined
  const others = tried.filter((line) => line !== right)
  const who = sheet.from === CALLER ? `\`${CALLER}\` runs \`curl ${sheet.url}\`` : `A visitor asks for ${sheet.url}`
  return {
    type: 'spot_broken',
    prompt: `${who}. What comes back: ${outcomeWords(cluster, seen).toLowerCase()}. ${sheet.facts} Which line do you change?`,
    code: sheet.code,
    answer: (laws) => (others.find(({ after }) => works(after, laws)) ?? right).words,
    beliefs: others.map(({ words, m, note }): WrongAnswer => ({ answer: words, m, note })),
    explain: () =>
      `As it stands: ${traceLine(seen, 1)} With line ${right.line} corrected: ${traceLine(call(right.after), 1)}`,
    hops: seen.hops.length,
  }
}

/** A copy of the cluster with one line corrected. */
function corrected(cluster: Cluster, { corrected: objects }: Line): Cluster {
  const copy = cluster.fork()
  change(copy, objects)
  return copy
}

export const spotLine = defineChoice({
  id: 'G11',
  lesson: 'L08',
  concepts: ['S02', 'S23', 'S30'],
  rules: ['R9'],
  world,
  ask,
})
