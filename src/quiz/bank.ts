import { lookupKind } from '../cluster/api.ts'
import { Random } from '../cluster/random.ts'
import { type Item, itemSchema, type Need } from './item.ts'
import { shuffle } from './shuffle.ts'
import { isAbout } from './topic.ts'

/** The kind whose presence shows that the simulator can answer for what an item needs. */
const SIGNS: Record<Need, readonly [apiVersion: string, kind: string]> = {
  policy: ['networking.k8s.io/v1', 'NetworkPolicy'],
  gateway: ['gateway.networking.k8s.io/v1', 'HTTPRoute'],
  mesh: ['security.istio.io/v1', 'PeerAuthentication'],
}

const isModelled = (need: Need): boolean => lookupKind(...SIGNS[need]) !== undefined

/** The written items, and which of them can be asked. */
export interface Bank {
  /** All items, in the order of the curriculum. */
  items: readonly Item[]
  /** Items about kinds that are not modelled yet are kept, but not drawn: how many, by what they wait for. */
  waiting: Readonly<Record<Need, number>>
  /**
   * Draws `count` different items about a topic, easy ones first; those in `asked` only when nothing else is left. Fewer
   * where the topic has no more. The same seed draws the same.
   */
  draw(options: { topic: string; count: number; seed: number; asked?: readonly string[] }): Item[]
}

/** A bank of these items. Throws an error that names every fault of every item. */
export function createBank(items: readonly Item[]): Bank {
  const faults = items.flatMap((item) => itemSchema.safeParse(item).error?.issues.map(({ message }) => message) ?? [])
  if (faults.length > 0) throw new Error(`quiz items with faults:\n${faults.join('\n')}`)
  const missing = (item: Item) => (item.needs ?? []).filter((need) => !isModelled(need))
  const drawable = items.filter((item) => missing(item).length === 0)
  const waitingFor = (need: Need) => items.filter((item) => missing(item).includes(need)).length
  return {
    items,
    waiting: { policy: waitingFor('policy'), gateway: waitingFor('gateway'), mesh: waitingFor('mesh') },
    draw({ topic, count, seed, asked = [] }) {
      const shuffled = shuffle(
        drawable.filter((item) => isAbout(item, topic)),
        new Random(seed),
      )
      const known = new Set(asked)
      const fresh = [...shuffled.filter(({ id }) => !known.has(id)), ...shuffled.filter(({ id }) => known.has(id))]
      return fresh.slice(0, count).sort((one, other) => one.difficulty - other.difficulty)
    },
  }
}
