import { distance } from 'fastest-levenshtein'

/** The candidate most like `word`, if it is near enough to be a slip: one letter of three, two of up to eight, then a third. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const wanted = word.toLowerCase()
  const reach = wanted.length <= 3 ? 1 : Math.max(2, Math.floor(wanted.length / 3))
  let best: { candidate: string; steps: number } | undefined
  for (const candidate of candidates) {
    const steps = distance(wanted, candidate.toLowerCase())
    if (steps <= reach && (best === undefined || steps < best.steps)) best = { candidate, steps }
  }
  return best?.candidate
}
