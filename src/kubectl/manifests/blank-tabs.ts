import { type Document, isCollection, type Node, type Scalar, visit } from 'yaml'
import { scannerError, type YamlSyntaxError } from './yaml-error.ts'

/** A line that holds nothing but blanks and comments, with a tab among the blanks at its beginning. */
const BLANK_TAB = /^( *)\t[ \t]*(?:#.*)?$/gm

/** A piece of the text in which tabs may stand: what go-yaml says of one that stands left of `column`. */
interface Piece {
  from: number
  /** A word lasts until the next letter. */
  to: number
  column: number
  message: string
}

/**
 * go-yaml refuses tabs at the beginning of lines, also where nothing else stands in the line. Undefined if there is no such
 * line up to the position `until`.
 */
export function blankTabError(document: Document, text: string, until: number): YamlSyntaxError | undefined {
  const lines = [...text.matchAll(BLANK_TAB)]
  if (lines.length === 0) return undefined
  const pieces = piecesOf(document, text)
  let next = 0
  for (const { 1: blanks = '', index } of lines) {
    if (index > until) return undefined
    const at = index + blanks.length
    while (next < pieces.length && pieces[next]!.from <= at) next += 1
    const last = pieces[next - 1]
    const piece = last && at < last.to ? last : NOWHERE
    if (blanks.length < piece.column) return scannerError(piece.message, text.slice(0, index).split('\n').length)
  }
  return undefined
}

const NOWHERE = { column: Number.POSITIVE_INFINITY, message: 'found character that cannot start any token' }

/** All words, quotes, block texts and brackets, in the order of the text. */
function piecesOf(document: Document, text: string): Piece[] {
  const pieces: Piece[] = []
  visit(document, {
    Collection(_, { flow, range }) {
      if (!flow || !range) return undefined
      pieces.push({ from: range[0], to: range[1], column: 0, message: '' })
      return visit.SKIP
    },
    Scalar(_, node, path) {
      const piece = pieceOf(node, text, path)
      if (piece) pieces.push(piece)
    },
  })
  return pieces
}

function pieceOf({ type, range }: Scalar, text: string, path: readonly unknown[]): Piece | undefined {
  if (!range || range[0] === range[1]) return undefined
  const [from, to, behind] = range
  switch (type) {
    case 'PLAIN': {
      const message = 'found a tab character that violates indentation'
      return { from, to: to + blanksAt(text, to) + 1, column: 1 + indentOf(text, path), message }
    }
    case 'BLOCK_LITERAL':
    case 'BLOCK_FOLDED': {
      const message = 'found a tab character where an indentation space is expected'
      return { from, to: behind, column: contentColumn(text.slice(from, behind)), message }
    }
    default:
      return { from, to, column: 0, message: '' }
  }
}

function blanksAt(text: string, at: number): number {
  let length = 0
  while (/\s/.test(text[at + length] ?? '')) length += 1
  return length
}

/** Column of the innermost list or mapping on the way to a node. */
function indentOf(text: string, path: readonly unknown[]): number {
  const start = (path.findLast((node) => isCollection(node)) as Node | undefined)?.range?.[0]
  return start === undefined ? -1 : start - (text.lastIndexOf('\n', start - 1) + 1)
}

/** Where the lines of a block text begin. */
const contentColumn = (text: string): number => /\n( *)\S/.exec(text)?.[1]?.length ?? Number.POSITIVE_INFINITY
