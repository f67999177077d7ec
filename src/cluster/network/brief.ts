/** Longest text of one hop in columns: it must stand in a phone's code block. */
const HOP_WIDTH = 60

/** A name that takes no more than `width` columns: the middle goes, since head and tail tell pods apart. */
export function brief(name: string, width = 26): string {
  if (name.length <= width) return name
  const tail = name.slice(-Math.min(8, Math.floor(width / 3)))
  return `${name.slice(0, width - tail.length - 1)}…${tail}`
}

/** A sentence cut to the width of a hop. */
export const oneLine = (text: string): string => (text.length <= HOP_WIDTH ? text : `${text.slice(0, HOP_WIDTH - 1)}…`)

/** `one pod`, `3 pods`. */
export const counted = (count: number, noun: string): string => (count === 1 ? `one ${noun}` : `${count} ${noun}s`)

/** How many there were to choose from: `the only one`, `one of 3`. */
export const among = (count: number): string => (count === 1 ? 'the only one' : `one of ${count}`)

/** Distance in words: `40 s`, `3 min`, `2 h`. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  if (seconds < 120) return `${seconds} s`
  const minutes = Math.round(seconds / 60)
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`
}
