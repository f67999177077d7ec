import { distance } from 'fastest-levenshtein'

/** The candidate most like `word`, if it is near enough to be a slip: at most a third of the letters, at least one. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const wanted = word.toLowerCase()
  const reach = Math.max(1, Math.floor(wanted.length / 3))
  let best: { candidate: string; steps: number } | undefined
  for (const candidate of candidates) {
    const steps = distance(wanted, candidate.toLowerCase())
    if (steps <= reach && (best === undefined || steps < best.steps)) best = { candidate, steps }
  }
  return best?.candidate
}
