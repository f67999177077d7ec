import type { OutputLine } from './behaviour.ts'

/** The newest turn of a loop that goes on for ever, in seconds since the start. */
export interface Cycle {
  from: number
  until: number
}

const KEPT_TURNS = 50

/** What has been written by this second; an endless loop repeats the lines of its newest turn. */
export function written(output: readonly OutputLine[], cycle: Cycle | undefined, at: number): OutputLine[] {
  const lines = output.filter((line) => line.at <= at)
  const seconds = cycle ? cycle.until - cycle.from : 0
  if (!cycle || seconds <= 0 || at <= cycle.until) return lines
  const turn = output.filter((line) => line.at >= cycle.from && line.at < cycle.until)
  const turns = Math.floor((at - cycle.from) / seconds)
  const oldest = Math.max(1, turns - KEPT_TURNS)
  const repeated = Array.from({ length: turns - oldest + 1 }, (_, index) =>
    turn.map((line) => ({ at: line.at + (oldest + index) * seconds, text: line.text })),
  )
  return [...lines, ...repeated.flat().filter((line) => line.at <= at)]
}
