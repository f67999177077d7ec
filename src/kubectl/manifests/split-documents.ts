/** One document of a text: what is between two lines of `---`. */
export interface DocumentText {
  text: string
  /** Line of the whole text at which it begins, from 1. */
  line: number
}

/** A line of `---` with more behind it than a comment. */
export class SeparatorError extends Error {
  override readonly name = 'SeparatorError'
  readonly line: number

  constructor(rest: string, line: number) {
    super(`invalid Yaml document separator: ${rest}`)
    this.line = line
  }
}

/**
 * The documents of a text as kubectl cuts it: at every line that begins with `---`. Empty ones are left out. Throws
 * SeparatorError when it comes to a separator that is none; the documents before it have been handed out by then.
 */
export function* splitDocuments(text: string): Generator<DocumentText> {
  const lines = text.split(/\r?\n/)
  if (lines.at(-1) === '') lines.pop()
  let start = 0
  for (const [index, line] of lines.entries()) {
    if (!line.startsWith('---')) continue
    const rest = line.slice(3).trim()
    if (rest !== '' && !rest.startsWith('#')) throw new SeparatorError(rest, index + 1)
    if (index > start) yield { text: `${lines.slice(start, index).join('\n')}\n`, line: start + 1 }
    // The first line of a text may be a separator: it belongs to the document that it opens.
    start = index > start ? index + 1 : index
  }
  if (start < lines.length) yield { text: `${lines.slice(start).join('\n')}\n`, line: start + 1 }
}
