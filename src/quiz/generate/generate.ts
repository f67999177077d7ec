import type { Cluster } from '../../cluster/cluster.ts'
import { hash, Random } from '../../cluster/random.ts'
import { buildCluster } from '../build-cluster.ts'
import type { ChoiceItem } from '../item.ts'
import { type Question, type Template, toItem } from './question.ts'

/** How many draws are tried before a template gives up. */
export const TRIES = 50

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

/** What a draw came to: the item, the question behind it, and how many tries it took. */
export interface Drawn {
  item: ChoiceItem
  question: Question
  tries: number
}

/**
 * An item of a template. The same template, seed and cluster give the same item bit by bit. Undefined where no draw gave
 * a question that is good enough. The cluster is not changed.
 */
export function generate({ template, seed, cluster }: Draw): Drawn | undefined {
  const live = cluster?.fork()
  const print = live ? fingerprint(live) : 'world'
  for (let tries = 1; tries <= TRIES; tries++) {
    const random = new Random(hash(`${template.id} ${seed} ${tries}`))
    const copy = live ? live.fork() : buildCluster(template.world(random), random.below(2 ** 31))
    const question = template.ask(copy, random)
    const item = question && toItem(template, question, { template: template.id, seed, cluster: print }, random)
    if (question && item) return { item, question, tries }
  }
  return undefined
}
