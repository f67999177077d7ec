import { type Document, isCollection, type Range, visit, type YAMLError } from 'yaml'

/** Most characters that are added to a text. */
const MOST_ADDED = 1_000_000

/**
 * Inside of brackets and quotes go-yaml minds no indentation, and tabs count as blanks; the parser used here wants each line
 * to stand deeper than what surrounds it. Returns the text with such lines moved to the right wherever the parser gave up,
 * or undefined if there is no place where that helps.
 */
export function deepened(document: Document, text: string): string | undefined {
  const errors = document.errors.filter(isAboutDepth)
  if (errors.length === 0) return undefined
  const spans = spansOf(document)
  const parts: string[] = []
  let done = 0
  let added = 0
  let next = 0
  for (const { pos } of errors) {
    while (next < spans.length && spans[next]![0] < pos[0]) next += 1
    const [start, , behind] = spans[next - 1] ?? [-1, -1, -1]
    if (start < done || behind < pos[0] - 1) continue
    const end = endOf(text, start)
    if (end === undefined) continue
    const column = start - (text.lastIndexOf('\n', start) + 1)
    const lines = text.slice(start, end).split(/\n[ \t]*(?=\S)/)
    added += lines.length * column
    if (added > MOST_ADDED) return undefined
    parts.push(text.slice(done, start), lines.join(`\n${' '.repeat(column + 1)}`))
    done = end
  }
  const result = parts.join('') + text.slice(done)
  return result === text ? undefined : result
}

const isAboutDepth = ({ code, message }: YAMLError): boolean =>
  code === 'BAD_INDENT' ? message.startsWith('Flow') : code === 'MISSING_CHAR' && message.startsWith('Missing closing')

/** Everything in quotes and all outermost brackets, in the order of the text. */
function spansOf(document: Document): Range[] {
  const spans: Range[] = []
  visit(document, {
    Node(_, node) {
      const isSpan = isCollection(node) ? node.flow : 'type' in node && String(node.type).startsWith('QUOTE')
      if (!isSpan || !node.range) return undefined
      spans.push(node.range)
      return visit.SKIP
    },
  })
  return spans
}

/** The end of the bracket or quote that begins at a position; undefined if it does not end. */
function endOf(text: string, start: number): number | undefined {
  let open = 0
  let isWordStart = true
  for (let at = start; at < text.length; at++) {
    const character = text[at]!
    if (isWordStart && (character === '"' || character === "'")) {
      const end = endOfQuote(text, at)
      if (end === undefined) return undefined
      at = end - 1
    } else if (character === '#' && /\s/.test(text[at - 1] ?? '')) {
      const end = text.indexOf('\n', at)
      if (end < 0) return undefined
      at = end
    } else if (character === '[' || character === '{') open += 1
    else if (character === ']' || character === '}') open -= 1
    if (open === 0) return at + 1
    isWordStart = /[\s[{,:]/.test(text[at]!)
  }
  return undefined
}

/** Quotes end at the next one of their sort that is not escaped. */
function endOfQuote(text: string, start: number): number | undefined {
  const quote = text[start]!
  for (let at = start + 1; at < text.length; at++) {
    if (quote === '"' && text[at] === '\\') at += 1
    else if (text[at] === quote) {
      if (quote === '"' || text[at + 1] !== quote) return at + 1
      at += 1
    }
  }
  return undefined
}
