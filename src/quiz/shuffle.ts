import type { Random } from '../cluster/random.ts'

/** The same things in an order that `random` decides. */
export function shuffle<T>(things: readonly T[], random: Random): T[] {
  const mixed = [...things]
  for (let at = mixed.length - 1; at > 0; at--) {
    const other = random.below(at + 1)
    ;[mixed[at], mixed[other]] = [mixed[other]!, mixed[at]!]
  }
  return mixed
}
