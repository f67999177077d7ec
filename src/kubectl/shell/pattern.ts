import { notModelled } from '../errors.ts'

/** Longest pattern in characters. */
const LONGEST = 200

/** One character of a pattern, and how often it may come. */
interface Part {
  fits: (character: string) => boolean
  isOptional: boolean
  repeats: boolean
}

interface Branch {
  parts: readonly Part[]
  fromStart: boolean
  toEnd: boolean
}

/**
 * A regular expression without groups: characters, `.`, `[…]`, `*`, `^`, `$`, and in extended ones `+`, `?` and `|`. It
 * looks at each character of a line once, whatever somebody has typed.
 */
export class Pattern {
  readonly #branches: readonly Branch[]

  constructor(source: string, isExtended: boolean) {
    const unread = isExtended ? /(?<!\\)[(){}]|\\\w|\[[:.=]/ : /\\[\w(){}|+?]|\[[:.=]/
    if (source.length > LONGEST || unread.test(source)) refuse(source)
    this.#branches = (isExtended ? source.split(/(?<!\\)\|/) : [source]).map((branch) => readBranch(branch, isExtended))
  }

  /** True if some part of the line fits. */
  isIn(line: string): boolean {
    return this.#branches.some((branch) => occurs(branch, line))
  }
}

function refuse(source: string): never {
  throw notModelled(
    `The pattern ${source.slice(0, 40)}`,
    'Known are characters, ".", "[…]", "*", "^" and "$", and with -E "+", "?" and "|".',
  )
}

function readBranch(source: string, isExtended: boolean): Branch {
  const fromStart = source.startsWith('^')
  const toEnd = /(?:^|[^\\])\$$/.test(source)
  const middle = source.slice(fromStart ? 1 : 0, toEnd ? -1 : undefined)
  const parts: Part[] = []
  for (const [atom, escaped] of middle.matchAll(/\\(.)|\[\^?\]?[^\]]*\]|[\s\S]/g)) {
    if (atom === '[') refuse(source)
    const last = parts.at(-1)
    if (last && !last.repeats && (atom === '*' || (isExtended && /^[+?]$/.test(atom)))) {
      last.isOptional = atom !== '+'
      last.repeats = atom !== '?'
    } else parts.push({ fits: fitsAtom(atom, escaped), isOptional: false, repeats: false })
  }
  return { parts, fromStart, toEnd }
}

function fitsAtom(atom: string, escaped: string | undefined): (character: string) => boolean {
  if (escaped !== undefined) return (character) => character === escaped
  if (atom === '.') return () => true
  if (atom.length === 1) return (character) => character === atom
  const isNegated = atom.startsWith('[^')
  const ranges = [...atom.slice(isNegated ? 2 : 1, -1).matchAll(/(.)-(.)|(.)/gs)].map(
    ([, from, to, only]) => [from ?? only!, to ?? only!] as const,
  )
  return (character) => ranges.some(([from, to]) => from <= character && character <= to) !== isNegated
}

/** Goes through the line with all places of the branch where a match could be. */
function occurs({ parts, fromStart, toEnd }: Branch, line: string): boolean {
  const places = new Set<number>()
  const add = (place: number): void => {
    for (let at = place; !places.has(at); at++) {
      places.add(at)
      if (!parts[at]?.isOptional) return
    }
  }
  add(0)
  for (const character of line) {
    if (places.has(parts.length) && !toEnd) return true
    const before = [...places]
    places.clear()
    if (!fromStart) add(0)
    for (const place of before) {
      const part = parts[place]
      if (!part?.fits(character)) continue
      if (part.repeats) add(place)
      add(place + 1)
    }
  }
  return places.has(parts.length)
}
