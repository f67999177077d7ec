import { hash, Random } from '../cluster/random.ts'
import { type Item, isChoice, lineOf, type Note, normalise } from './item.ts'
import { shuffle } from './shuffle.ts'

/** The answer that says nothing, offered where an item was generated. */
export const DONT_KNOW = '?'

const LETTERS = 'ABCDE'

/**
 * What somebody typed or pressed: an answer in the item's own letters, the beginning of one (an order or a match that is
 * put together step by step), or nothing that fits.
 */
export type ParsedAnswer = { answer: string } | { draft: string } | { wrong: string }

/**
 * The order in which an item shows its choices, as a string of its own letters: `CADB` shows C first, under the name A.
 * Lines of a manifest stay in their order. For a match it is the order of the right side.
 */
export function displayOrder(item: Item, seed: number): string {
  const letters = item.type === 'match' ? [...'abcde'.slice(0, item.right.length)] : Object.keys(item.choices).sort()
  if (item.type === 'spot_broken') {
    const line = (letter: string) => lineOf(item.choices[letter as 'A'])
    return letters.sort((one, other) => line(one) - line(other)).join('')
  }
  return shuffle(letters, new Random(hash(`${item.id} ${seed}`))).join('')
}

/** The letter under which a choice is shown. */
export const shownAs = (order: string, letter: string): string =>
  (/[a-z]/.test(letter) ? 'abcde' : LETTERS)[order.indexOf(letter)]!

/** Reads an answer in the letters that are shown; `order` says what they stand for. */
export function parseAnswer(item: Item, order: string, text: string): ParsedAnswer {
  const typed = text.normalize('NFKC').trim()
  if (typed === DONT_KNOW && item.source) return { answer: DONT_KNOW }
  if (item.type === 'match') return parseMatch(item.right.length, order, typed)
  if (item.type === 'order_hops') return parseOrder(item.answer.length, order, typed)
  const letter = /^\(?([a-d])[).:]?$/i.exec(typed)?.[1]?.toUpperCase()
  const byWord = Object.entries(item.choices).find(([, option]) => normalise(option) === normalise(typed))?.[0]
  const answer = letter === undefined ? byWord : order[LETTERS.indexOf(letter)]
  return answer === undefined ? { wrong: `Answer with one letter: ${lettersOf(order)}.` } : { answer }
}

const lettersOf = (order: string): string => [...LETTERS.slice(0, order.length)].join(', ')

/** `C A D B`, `cadb` or `C, A, D, B`; fewer letters are a draft. */
function parseOrder(length: number, order: string, typed: string): ParsedAnswer {
  const letters = [...typed.toUpperCase().replaceAll(/[\s,.>→-]+/g, '')]
  const hops = letters.map((letter) => order[LETTERS.indexOf(letter)])
  const known = letters.length > 0 && letters.length <= length && hops.every((hop) => hop !== undefined)
  if (!known || new Set(hops).size !== hops.length)
    return { wrong: `Write ${length} of the letters ${lettersOf(order)}, each once, first hop first.` }
  return hops.length === length ? { answer: hops.join('') } : { draft: hops.join('') }
}

/** `1b 2d 3a`, in any order; fewer pairs are a draft. */
function parseMatch(size: number, order: string, typed: string): ParsedAnswer {
  const compact = typed.toLowerCase().replaceAll(/[\s,;:=-]+/g, '')
  const pairs = compact.match(/\d[a-e]/g) ?? []
  const partners = new Map(pairs.map((pair) => [Number(pair[0]), order['abcde'.indexOf(pair[1]!)]]))
  const lefts = [...partners.keys()].sort()
  const rights = [...partners.values()]
  const sound =
    pairs.length > 0 &&
    pairs.join('') === compact &&
    partners.size === pairs.length &&
    lefts.every((left) => left >= 1 && left <= size) &&
    rights.every((right) => right !== undefined) &&
    new Set(rights).size === rights.length
  if (!sound)
    return { wrong: `Write each number with one letter, each letter once, for example ${exampleMatch(size)}.` }
  const answer = lefts.map((left) => `${left}${partners.get(left)}`).join('')
  return lefts.length === size ? { answer } : { draft: answer }
}

const exampleMatch = (size: number): string =>
  Array.from({ length: size }, (_, index) => `${index + 1}${'abcde'[(index + 1) % size]}`).join(' ')

/** The right answer, written like any other. */
export function keyOf(item: Item): string {
  if (item.type === 'match') return item.answer.map((right, left) => `${left + 1}${'abcde'[right]}`).join('')
  return item.type === 'order_hops' ? item.answer.join('') : item.answer
}

/**
 * Credit from 0 to 1: all or nothing for a choice, the share of right pairs for a match, and for an order the share of
 * neighbours that stand in the right order, so that only the full order earns 1.
 */
export function creditOf(item: Item, answer: string): number {
  const key = keyOf(item)
  if (answer === DONT_KNOW) return 0
  if (item.type === 'match') {
    const right = pairsOf(answer).filter((pair, index) => pair === pairsOf(key)[index]).length
    return right / item.left.length
  }
  if (item.type !== 'order_hops') return answer === key ? 1 : 0
  const place = [...answer].map((hop) => key.indexOf(hop))
  const steps = place.slice(1).filter((at, index) => place[index] !== -1 && place[index]! < at).length
  return steps / (key.length - 1)
}

const isBefore = (answer: string, one: string, other: string): boolean =>
  answer.includes(one) && answer.includes(other) && answer.indexOf(one) < answer.indexOf(other)

const pairsOf = (answer: string): string[] => answer.match(/../g) ?? []

/** What a wrong answer stands for: the first belief that it shows, if it shows one. */
export function noteOn(item: Item, answer: string): Note | undefined {
  if (isChoice(item)) return item.distractors[answer as 'A']
  if (item.type === 'order_hops')
    return item.distractors.find((sign) => {
      if ('first' in sign) return answer[0] === sign.first
      if ('has' in sign) return answer.includes(sign.has)
      return isBefore(answer, ...sign.before)
    })
  const pairs = pairsOf(answer)
  return item.distractors.find(({ pair: [left, right] }) => pairs.includes(`${left + 1}${'abcde'[right]}`))
}
