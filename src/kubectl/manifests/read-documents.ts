import { endOfValue, JsonSyntaxError, readJson } from './json-stream.ts'
import { type Repeated, readYaml } from './read-yaml.ts'
import { SeparatorError, splitDocuments } from './split-documents.ts'
import { YamlSyntaxError } from './yaml-error.ts'

/** One document of a file, read but not yet understood. */
export interface RawDocument {
  value: unknown
  /** Which one of the file it is, from 1; documents without content are not counted. */
  number: number
  /** Line of the file at which it begins, from 1. */
  line: number
  /** Names that stand twice; the last one counts. Lines of the file. */
  repeated: Repeated[]
}

/** A text that can be read no further; the documents before it have been handed out. */
export class DocumentError extends Error {
  override readonly name = 'DocumentError'
  readonly number: number
  readonly line: number

  constructor(message: string, number: number, line: number) {
    super(message)
    this.number = number
    this.line = line
  }
}

/**
 * The documents of a manifest as kubectl reads them: a text that begins with `{` as JSON, one value behind the other; what
 * is no JSON, and all other texts, as YAML (R-ERR-7). Throws DocumentError, in kubectl's words, at the first place that
 * cannot be read.
 */
export function* readDocuments(text: string): Generator<RawDocument> {
  const clean = text.replace(/^\uFEFF/, '')
  if (!clean.trimStart().startsWith('{')) {
    yield* readYamlDocuments(clean, { number: 1, line: 1 })
    return
  }
  const { documents, rest, error } = readJsonValues(clean)
  yield* documents
  if (error === undefined) return
  const position = { number: documents.length + 1, line: lineAt(clean, clean.length - rest.length) }
  // Several JSON values make it certain that JSON was meant; before that it may be YAML in braces.
  if (documents.length > 1) throw new DocumentError(error.message, position.number, lineOf(error, clean))
  try {
    yield* readYamlDocuments(rest, position)
  } catch (failure) {
    if (!(failure instanceof DocumentError)) throw failure
    const prefix = error.offset === undefined ? '' : `json: offset ${error.offset}: `
    throw new DocumentError(prefix + error.message, failure.number, lineOf(error, clean))
  }
}

function readJsonValues(text: string): { documents: RawDocument[]; rest: string; error?: JsonSyntaxError } {
  const documents: RawDocument[] = []
  let at = 0
  for (;;) {
    at += /^\s*/.exec(text.slice(at))![0].length
    if (at >= text.length) return { documents, rest: '' }
    const end = text[at] === '{' ? (endOfValue(text, at) ?? text.length) : text.length
    try {
      const value = readJson(text.slice(at, end), at)
      documents.push({ value, number: documents.length + 1, line: lineAt(text, at), repeated: [] })
    } catch (error) {
      if (!(error instanceof JsonSyntaxError)) throw error
      return { documents, rest: text.slice(at), error }
    }
    at = end
  }
}

const lineAt = (text: string, at: number): number => text.slice(0, at).split('\n').length

const lineOf = ({ offset }: JsonSyntaxError, text: string): number => lineAt(text, offset ?? text.length)

function* readYamlDocuments(text: string, first: { number: number; line: number }): Generator<RawDocument> {
  let number = first.number
  let line = first.line
  try {
    for (const document of splitDocuments(text)) {
      line = first.line + document.line - 1
      const { value, repeated } = readYaml(document.text)
      if (value === null) continue
      yield { value, number, line, repeated: repeated.map((each) => ({ ...each, line: line + each.line - 1 })) }
      number += 1
    }
  } catch (error) {
    if (error instanceof YamlSyntaxError)
      throw new DocumentError(`error converting YAML to JSON: ${error.message}`, number, line + (error.line ?? 1) - 1)
    if (error instanceof SeparatorError) throw new DocumentError(error.message, number, first.line + error.line - 1)
    throw error
  }
}
