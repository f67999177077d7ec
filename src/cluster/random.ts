/**
 * Chance as part of the state: a 32-bit counter-based generator (mulberry32). The same seed and the same calls give
 * the same values on every machine.
 */
export class Random {
  /** The whole state: an unsigned 32-bit integer. */
  state: number

  constructor(state: number) {
    this.state = state >>> 0
  }

  /** A number in [0, 1). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0
    let t = this.state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }

  /** A whole number in [0, bound). */
  below(bound: number): number {
    return Math.floor(this.next() * bound)
  }

  /** One of the items; undefined of none. */
  pick<T>(items: readonly T[]): T | undefined {
    return items[this.below(items.length)]
  }

  /** `length` characters of the API server's alphabet for generated names (R-NAM-7). */
  suffix(length = 5): string {
    let text = ''
    for (let i = 0; i < length; i++) text += SUFFIX_ALPHABET[this.below(SUFFIX_ALPHABET.length)]
    return text
  }

  /** A version 4 UUID. */
  uuid(): string {
    let hex = ''
    for (let i = 0; i < 4; i++)
      hex += Math.floor(this.next() * 4294967296)
        .toString(16)
        .padStart(8, '0')
    const variant = (8 + this.below(4)).toString(16)
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`
  }
}

const SUFFIX_ALPHABET = 'bcdfghjklmnpqrstvwxz2456789'

/** FNV-1a over UTF-16 code units: turns any text into a seed. */
export function hash(text: string): number {
  let value = 0x811c9dc5
  for (let i = 0; i < text.length; i++) {
    value ^= text.charCodeAt(i)
    value = Math.imul(value, 0x01000193)
  }
  return value >>> 0
}
