import type { Cluster } from '../cluster/cluster.ts'
import type { Bank } from './bank.ts'
import { generateQuiz } from './generate/generate.ts'
import type { Item } from './item.ts'
import { LIVE, MIX } from './topic.ts'

export interface Wish {
  topic: string
  count: number
  seed: number
  /** Ids of items that have been asked before. */
  asked: readonly string[]
}

/** The items of a session: from the bank, from the channel's own cluster, or half and half. */
export function chooseItems(bank: Bank, cluster: Cluster, { topic, count, seed, asked }: Wish): Item[] {
  if (topic === LIVE) return generateQuiz({ count, seed, cluster })
  if (topic !== MIX) return bank.draw({ topic, count, seed, asked })
  const written = bank.draw({ topic: 'foundations', count: Math.ceil(count / 2), seed, asked })
  const generated = generateQuiz({ count: count - written.length, seed, cluster })
  return [...written, ...generated].sort((one, other) => one.difficulty - other.difficulty)
}
