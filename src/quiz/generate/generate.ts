import type { Cluster } from '../../cluster/cluster.ts'
import { hash, Random } from '../../cluster/random.ts'
import { buildCluster } from '../build-cluster.ts'
import type { Item } from '../item.ts'
import { shuffle } from '../shuffle.ts'
import { afterEvent } from './after-event.ts'
import { answerers } from './answerers.ts'
import { endpoints } from './endpoints.ts'
import { hopOrder } from './hop-order.ts'
import { lobby } from './lobby.ts'
import { numberChain } from './number-chain.ts'
import { oneLineFix } from './one-line-fix.ts'
import { outcome } from './outcome.ts'
import type { Drawn, Template } from './question.ts'
import { resolve } from './resolve.ts'
import { spotLine } from './spot-line.ts'
import { vantage } from './vantage.ts'

/** All templates. G10, "who gets in", waits for policies to be modelled. */
export const templates: readonly Template[] = [
  endpoints,
  outcome,
  answerers,
  resolve,
  lobby,
  afterEvent,
  numberChain,
  oneLineFix,
  hopOrder,
  spotLine,
  vantage,
]

/** How many draws are tried before a template gives up. */
const TRIES = 50

/** A fingerprint of everything that a cluster is, apart from its history. */
export function fingerprint(cluster: Cluster): string {
  const { undo: _undo, events: _events, ...state } = cluster.snapshot()
  return hash(JSON.stringify(state)).toString(16).padStart(8, '0')
}

export interface Draw {
  template: Template
  seed: number
  /** The cluster that is asked; without one a world is made for the question. */
  cluster?: Cluster
}

/**
 * An item of a template. The same template, seed and cluster give the same item bit by bit. Undefined where no draw gave
 * a question that is good enough. The cluster is not changed.
 */
export function generate({ template, seed, cluster }: Draw): (Drawn & { tries: number }) | undefined {
  const source = { template: template.id, seed, cluster: cluster ? fingerprint(cluster) : 'world' }
  let live = cluster?.fork()
  for (let tries = 1; tries <= TRIES; tries++) {
    const random = new Random(hash(`${template.id} ${seed} ${tries}`))
    if (live && live.version !== cluster?.version) live = cluster?.fork()
    const copy = live ?? buildCluster(template.world(random), random.below(2 ** 31))
    const drawn = template.draw(copy, random, source)
    if (drawn) return { ...drawn, tries }
  }
  return undefined
}

export interface QuizDraw {
  count: number
  seed: number
  /** The channel's own cluster; where it has no good question, a world is made for one. */
  cluster?: Cluster
}

/** Different items from all templates in turn, as many from the channel's own cluster as it gives. */
export function generateQuiz({ count, seed, cluster }: QuizDraw): Item[] {
  const items = cluster ? rounds(count, seed, cluster) : []
  return [...items, ...rounds(count - items.length, seed + 1, undefined, items)]
}

/** Goes through the templates again and again until there are enough items or no template has a new one. */
function rounds(count: number, seed: number, cluster: Cluster | undefined, known: readonly Item[] = []): Item[] {
  const items: Item[] = []
  const seen = new Set(known.map(essence))
  for (let round = 0, before = -1; items.length < count && items.length > before; round++) {
    before = items.length
    for (const template of shuffle(templates, new Random(hash(`${seed} ${round}`)))) {
      if (items.length === count) break
      const drawn = generate({ template, seed: hash(`${seed} ${round} ${template.id}`), ...(cluster && { cluster }) })
      if (!drawn || seen.has(essence(drawn.item))) continue
      seen.add(essence(drawn.item))
      items.push(drawn.item)
    }
  }
  return items
}

/** What makes two items the same question, whatever the order of their options. */
export const essence = (item: Item): string =>
  [item.prompt, ...(item.code ?? []), ...(item.type === 'match' ? item.left : Object.values(item.choices).sort())].join(
    '\n',
  )
