/** How many columns a phone shows in a code block without wrapping. */
export const PHONE_COLUMNS = 60

/**
 * Puts text behind a head, broken at blanks so that no line is wider than a phone. Further lines are indented below the
 * text, at most by a third of the width.
 */
export function fold(head: string, text: string): string[] {
  const indent = ' '.repeat(Math.min(head.length, PHONE_COLUMNS / 3))
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const line = lines.at(-1)
    if (line !== undefined && line.length + 1 + word.length <= PHONE_COLUMNS)
      lines[lines.length - 1] = `${line} ${word}`
    else lines.push(`${line === undefined ? head : indent}${word}`)
  }
  return lines
}
