import {
  type Alias,
  Composer,
  type CST,
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  Parser,
  type YAMLMap,
} from 'yaml'
import { goSyntax } from '../output/go-value.ts'
import type { Json } from '../output/json.ts'
import { blankTabError } from './blank-tabs.ts'
import { deepened } from './deepen.ts'
import { isDeeper } from './nesting.ts'
import { resolveScalar } from './resolve-scalar.ts'
import { scannerError, translateYamlError, YamlSyntaxError } from './yaml-error.ts'

/** A member that is named twice in one mapping. YAML readers of Kubernetes keep the last one without a word. */
export interface Repeated {
  name: string
  /** Line in the text, from 1. */
  line: number
}

export interface Yaml {
  value: unknown
  repeated: Repeated[]
}

/** Deepest nesting that is read. Kubernetes objects are about twelve deep. */
const DEEPEST = 100

/** Most values that aliases may add to those that are written out: `yaml` bombs stop here. */
const MOST_FROM_ALIASES = 2_000

/**
 * Reads the first document of a text as kubectl does (YAML 1.1 with its words for true and null; the last of several equal
 * names wins). Throws YamlSyntaxError in go-yaml's words.
 */
export function readYaml(text: string): Yaml {
  const { document, lines } = parse(text)
  const reader = new Reader(document, lines)
  return { value: document.contents === null ? null : reader.read(document.contents, 0), repeated: reader.repeated }
}

/** How many characters are read again because lines were moved. */
const MOST_READ_AGAIN = 1_000_000

/** The document, and the text whose positions it names: `text` with some lines moved to the right. */
function parse(text: string): { document: Document; lines: string } {
  if (/(?![\n\r\t\u0085])\p{Cc}/u.test(text)) throw new YamlSyntaxError('control characters are not allowed')
  try {
    let lines = text
    let document = compose(lines)
    for (let read = 0; read < MOST_READ_AGAIN; read += lines.length) {
      const deeper = deepened(document, lines)
      if (deeper === undefined) break
      lines = deeper
      document = compose(lines)
    }
    refuse(document, lines)
    return { document, lines }
  } catch (error) {
    // Where the parser leaves many levels at once it recurses.
    if (error instanceof RangeError) throw tooDeep()
    throw error
  }
}

function compose(text: string): Document {
  const composer = new Composer({ schema: 'failsafe', uniqueKeys: false, prettyErrors: false, logLevel: 'silent' })
  const [document] = [...composer.compose(shallowTokens(text), true, text.length)] as [Document]
  return document
}

/** Throws the first error of a document. */
function refuse(document: Document, text: string): void {
  const error = document.errors.find(({ code }) => code !== 'MULTIPLE_DOCS')
  const tab = blankTabError(document, text, error ? error.pos[0] : text.length)
  if (tab) throw tab
  if (error && !endsDocument(document, text, error.pos[0])) throw translateYamlError(error, text)
}

/** The tokens of a text for the composer, which recurses: an overflow inside of it can end the process. */
function* shallowTokens(text: string): Generator<CST.Token> {
  for (const token of new Parser().parse(text)) {
    if (isDeeper(token, DEEPEST + 1)) throw tooDeep()
    yield token
  }
}

const tooDeep = (): YamlSyntaxError => new YamlSyntaxError(`exceeded max depth of ${DEEPEST}`)

/** A line that stands further to the left than the whole document begins another one, which is not read. */
function endsDocument({ contents }: Document, text: string, at: number): boolean {
  const start = contents?.range?.[0]
  if (start === undefined || start >= at) return false
  const columnOf = (position: number) => position - (text.lastIndexOf('\n', position - 1) + 1)
  const isFirst = text.slice(at - columnOf(at), at).trim() === ''
  return isFirst && columnOf(at) < columnOf(start)
}

class Reader {
  readonly repeated: Repeated[] = []
  readonly #document: Document
  readonly #text: string
  #copied = 0
  #inAlias = 0

  constructor(document: Document, text: string) {
    this.#document = document
    this.#text = text
  }

  read(node: unknown, depth: number): unknown {
    if (depth > DEEPEST) throw tooDeep()
    if (this.#inAlias > 0) this.#count()
    if (isAlias(node)) return this.#resolve(node, (anchor) => this.read(anchor, depth))
    if (isScalar(node)) return this.#scalar(node)
    if (isSeq(node)) return node.items.map((item) => this.read(item, depth + 1))
    if (isMap(node)) return Object.fromEntries(this.#members(node, depth))
    return null
  }

  #count(): void {
    this.#copied += 1
    if (this.#copied > MOST_FROM_ALIASES) throw new YamlSyntaxError('document contains excessive aliasing')
  }

  #resolve<T>(alias: Alias, use: (anchor: Node) => T): T {
    const end = /^[\w-]*/.exec(alias.source)![0]
    if (end !== alias.source)
      throw scannerError('did not find expected alphabetic or numeric character', this.#lineOf(alias))
    const anchor = alias.resolve(this.#document)
    if (!anchor) throw new YamlSyntaxError(`unknown anchor '${alias.source}' referenced`)
    if (contains(anchor, alias)) throw new YamlSyntaxError(`anchor '${alias.source}' value contains itself`)
    this.#inAlias += 1
    const value = use(anchor)
    this.#inAlias -= 1
    return value
  }

  #scalar(node: { value: unknown; type?: string; tag?: string; source?: string }): unknown {
    const word = String(node.value ?? '')
    if (node.tag === undefined) return node.type === 'PLAIN' ? resolveScalar(word) : word
    return tagged(node.tag, word)
  }

  #members(map: YAMLMap, depth: number): Map<string, unknown> {
    const members = new Map<string, unknown>()
    const merged = new Map<string, unknown>()
    for (const pair of map.items) {
      if (isMergeKey(pair.key)) {
        for (const [name, value] of this.#merge(pair.value, depth)) merged.set(name, value)
        continue
      }
      const name = this.#name(pair, depth)
      if (members.has(name)) this.repeated.push({ name, line: this.#lineOf(pair.key) })
      members.set(name, this.read(pair.value, depth + 1))
    }
    return new Map([...merged, ...members])
  }

  /** Names are texts in JSON: numbers and truth values become their text. */
  #name({ key, value: below }: Pair, depth: number): string {
    if (key === null || (isScalar(key) && key.type === 'PLAIN' && key.source === ''))
      throw scannerError('mapping values are not allowed in this context', this.#lineOf(below))
    const value = this.read(key, depth)
    if (typeof value === 'object' && value !== null)
      throw new YamlSyntaxError(`invalid map key: ${goSyntax(value as Json, 'interface {}')}`)
    return String(value)
  }

  #merge(node: unknown, depth: number): Map<string, unknown> {
    if (isAlias(node)) return this.#resolve(node, (anchor) => this.#merge(anchor, depth))
    if (isMap(node)) return this.#members(node, depth)
    if (isSeq(node)) {
      const parts = node.items.map((item) => this.#merge(item, depth + 1))
      return new Map(parts.reverse().flatMap((part) => [...part]))
    }
    throw new YamlSyntaxError('map merge requires map or sequence of maps as the value')
  }

  #lineOf(key: unknown): number {
    const start = (key as Node | null)?.range?.[0] ?? 0
    return this.#text.slice(0, start).split('\n').length
  }
}

const isMergeKey = (key: unknown): boolean => isScalar(key) && key.value === '<<' && key.type === 'PLAIN'

/** True if `alias` stands inside of what it refers to. */
function contains(anchor: unknown, alias: Alias): boolean {
  if (anchor === alias) return true
  if (isPair(anchor)) return contains(anchor.key, alias) || contains(anchor.value, alias)
  return (isMap(anchor) || isSeq(anchor)) && anchor.items.some((item) => contains(item, alias))
}

const SHORT_TAG = /^tag:yaml\.org,2002:/

function tagged(tag: string, word: string): unknown {
  const short = tag.replace(SHORT_TAG, '!!')
  if (short === '!!str' || short === '!!binary' || !short.startsWith('!!')) return word
  const value = resolveScalar(word)
  const found = typeOf(value)
  if (found === short || (short === '!!float' && found === '!!int') || short === '!!timestamp') return value
  throw new YamlSyntaxError(`cannot decode ${found} \`${word}\` as a ${short}`)
}

function typeOf(value: string | number | boolean | null): string {
  if (value === null) return '!!null'
  if (typeof value === 'boolean') return '!!bool'
  if (typeof value === 'number') return Number.isInteger(value) ? '!!int' : '!!float'
  return '!!str'
}
