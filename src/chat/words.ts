import { UserError } from './user-error.ts'

/** Longest command line in characters that is taken from a chat. */
const LONGEST_LINE = 8_000

const DOUBLE_QUOTES = new Set(['"', '“', '”', '„'])
const SINGLE_QUOTES = new Set(["'", '‘', '’', '‚'])
const BLANKS = new Set([' ', '\t', '\n', '\r', '\u00a0', '\u202f'])

/**
 * Splits a line into words as a POSIX shell does, without any expansion: blanks separate, single quotes keep all, double
 * quotes keep all but a backslash before `"`, `\`, `$` and a line break, a backslash outside quotes keeps the next
 * character. What phones make of quotes, blanks and leading dashes is understood as what was meant.
 * Throws `UserError` for a quote that is not closed and for a line that is too long.
 */
export function splitWords(line: string): string[] {
  if (line.length > LONGEST_LINE)
    throw new UserError(
      `This command has ${line.length} characters; the limit is ${LONGEST_LINE}. Put long text into a file (-f NAME) or a form.`,
    )
  const words: string[] = []
  let word: string | undefined
  let at = 0
  while (at < line.length) {
    const character = line[at]!
    if (BLANKS.has(character)) {
      if (word !== undefined) words.push(word)
      word = undefined
      at += 1
    } else if (SINGLE_QUOTES.has(character)) {
      const [content, next] = quoted(line, at, SINGLE_QUOTES, false)
      word = (word ?? '') + content
      at = next
    } else if (DOUBLE_QUOTES.has(character)) {
      const [content, next] = quoted(line, at, DOUBLE_QUOTES, true)
      word = (word ?? '') + content
      at = next
    } else if (character === '\\' && at + 1 < line.length) {
      word = (word ?? '') + (line[at + 1] === '\n' ? '' : line[at + 1])
      at += 2
    } else {
      word = word === undefined && DASHES.has(character) ? leadingDash(line, at) : (word ?? '') + character
      at += 1
    }
  }
  if (word !== undefined) words.push(word)
  return words
}

const DASHES = new Set(['–', '—'])

/** A long dash that begins a word was typed as `--`, or as `-` before a single letter. */
const leadingDash = (line: string, at: number): string =>
  /^.[A-Za-z]($|[\s=])/.test(line.slice(at, at + 3)) ? '-' : '--'

/** The content of the quote that opens at `from`, and the position behind its end. */
function quoted(line: string, from: number, quotes: Set<string>, escapes: boolean): [string, number] {
  let content = ''
  // A straight quote is closed by the same one, so that the other kinds may stand inside.
  const opened = line[from]!
  const closes = (character: string) =>
    opened === '"' || opened === "'" ? character === opened : quotes.has(character)
  for (let at = from + 1; at < line.length; at++) {
    const character = line[at]!
    if (closes(character)) return [content, at + 1]
    if (escapes && character === '\\' && '"\\$\n'.includes(line[at + 1] ?? ' ')) {
      if (line[at + 1] !== '\n') content += line[at + 1]
      at += 1
    } else content += character
  }
  throw new UserError(`The quote ${opened} is not closed: ${line.slice(from, from + 40)}`)
}

/** The word as it must be typed to come out of `splitWords` unchanged. */
export const quoteWord = (word: string): string =>
  /^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
