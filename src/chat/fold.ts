/** How many columns a phone shows in a code block without wrapping. */
export const PHONE_COLUMNS = 60

/**
 * Puts text behind a head, broken at blanks so that no line is wider than a phone; a word that is wider by itself is cut.
 * Further lines are indented below the text, at most by a third of the width. The head must leave room for text.
 */
export function fold(head: string, text: string): string[] {
  const indent = ' '.repeat(Math.min(head.length, PHONE_COLUMNS / 3))
  const lines: string[] = []
  for (const word of text
    .split(' ')
    .flatMap((each) => pieces(each, PHONE_COLUMNS - Math.max(head.length, indent.length)))) {
    const line = lines.at(-1)
    if (line !== undefined && line.length + 1 + word.length <= PHONE_COLUMNS)
      lines[lines.length - 1] = `${line} ${word}`
    else lines.push(`${line === undefined ? head : indent}${word}`)
  }
  return lines
}

/** A word in pieces of at most so many columns. */
const pieces = (word: string, columns: number): string[] =>
  word.length <= columns
    ? [word]
    : Array.from({ length: Math.ceil(word.length / columns) }, (_, index) =>
        word.slice(index * columns, (index + 1) * columns),
      )
