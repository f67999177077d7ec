import { goNumber, goValue } from './go-value.ts'
import { compactJson, compareText, isMap, type Json, renderJson } from './json.ts'
import { JsonPathError, type Node, parseTemplate, type Template } from './jsonpath-parser.ts'

export { JsonPathError } from './jsonpath-parser.ts'

/** A template that was read and can be applied to any number of objects. */
export class JsonPath {
  readonly #template: Template

  /** Throws `JsonPathError` for a template that cannot be read. */
  constructor(template: string) {
    this.#template = parseTemplate(template)
  }

  /** What the template finds, part by part: each piece of text and each pair of braces gives a list of values. */
  find(data: Json): Json[][] {
    const results: Json[][] = []
    const run = new Run(this.#template, results)
    run.from(0, data)
    return results
  }

  /** The text that `-o jsonpath` prints for an object. */
  render(data: Json): string {
    return this.find(data)
      .map((values) => values.map(renderValue).join(' '))
      .join('')
  }

  /** The text that `-o jsonpath-as-json` prints: the results of every part as a list. */
  renderAsJson(data: Json): string {
    return this.find(data)
      .map((value) => renderJson(value))
      .join('')
  }
}

function renderValue(value: Json): string {
  if (typeof value === 'object' && value !== null) return compactJson(value)
  return typeof value === 'number' ? goNumber(value) : String(value)
}

/** One pass over a template, with the ranges that are open. */
class Run {
  readonly #template: Template
  readonly #results: Json[][]
  #depth = 0

  constructor(template: Template, results: Json[][]) {
    this.#template = template
    this.#results = results
  }

  /** Works from part `at` to the end of the enclosing range and returns that part; undefined at the end of the template. */
  from(at: number, data: Json, quiet = false): number | undefined {
    for (let index = at; index < this.#template.length; index++) {
      const part = this.#template[index]!
      if (typeof part === 'string') {
        if (!quiet) this.#results.push([part])
        continue
      }
      const values = walk([data], part)
      const word = part.find((node) => node.type === 'word')?.word
      if (word === 'end' && this.#depth === 0) throw new JsonPathError('not in range, nothing to end')
      if (word === 'end') return index
      if (word === 'range') index = this.#range(index, values)
      else if (!quiet) this.#results.push(values)
    }
    return undefined
  }

  /** Repeats the parts behind `range` for each value; returns the part that ends it. A range without end repeats the rest. */
  #range(index: number, values: readonly Json[]): number {
    this.#depth += 1
    let end: number | undefined
    for (const value of values) end = this.from(index + 1, value)
    // Nothing to repeat: the parts are passed over, so that the end is found.
    if (values.length === 0) end = this.from(index + 1, null, true)
    this.#depth -= 1
    return end ?? index
  }
}

function walk(values: Json[], nodes: readonly Node[]): Json[] {
  let current = values
  for (const node of nodes) current = step(current, node)
  return current
}

function step(values: Json[], node: Node): Json[] {
  switch (node.type) {
    case 'text':
      return [node.text]
    case 'value':
      return values.map(() => node.value)
    case 'field':
      return values.flatMap((value) => (isMap(value) && Object.hasOwn(value, node.name) ? [value[node.name]!] : []))
    case 'slice':
      return values.flatMap((value) => (value === null ? [] : slice(value, node)))
    case 'filter':
      return values.flatMap((value) => filter(value, node))
    case 'wildcard':
      return values.flatMap(children)
    case 'recursive':
      return values.flatMap(descendants)
    case 'union':
      return node.members.flatMap((member) => walk(values, member))
    case 'word':
      if (node.word === 'range') return values
      if (node.word === 'end') return []
      throw new JsonPathError(`unrecognized identifier ${node.word}`)
  }
}

const children = (value: Json): Json[] => {
  if (Array.isArray(value)) return value
  return isMap(value)
    ? Object.keys(value)
        .sort(compareText)
        .map((name) => value[name]!)
    : []
}

/** Every value that has values below it, from the top down. */
const descendants = (value: Json): Json[] => {
  const below = children(value)
  return below.length === 0 ? [] : [value, ...below.flatMap(descendants)]
}

function slice(value: Json, { from, to, step: every, single }: Node & { type: 'slice' }): Json[] {
  if (!Array.isArray(value)) throw new JsonPathError(`${goType(value)} is not array or slice`)
  const { length } = value
  let start = from ?? 0
  let end = to ?? length
  if (start < 0) start += length
  if (end < 0 || (end === 0 && single)) end += length
  if (start === end) return []
  if (start >= length || start < 0)
    throw new JsonPathError(`array index out of bounds: index ${start}, length ${length}`)
  if (end > length || end < 0) throw new JsonPathError(`array index out of bounds: index ${end - 1}, length ${length}`)
  if (start > end) throw new JsonPathError(`starting index ${start} is greater than ending index ${end}`)
  if (every !== undefined && every <= 0) throw new JsonPathError('step must be > 0')
  return value.slice(start, end).filter((_, index) => index % (every ?? 1) === 0)
}

function goType(value: Json): string {
  if (isMap(value)) return 'map[string]interface {}'
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64'
  return typeof value === 'boolean' ? 'bool' : typeof value
}

function filter(value: Json, { left, operator, right }: Node & { type: 'filter' }): Json[] {
  if (!Array.isArray(value)) throw new JsonPathError(`${goValue(value)} is not array or slice and cannot be filtered`)
  return value.filter((item) => {
    const lefts = walk([item], left)
    if (operator === 'exists') return lefts.length > 0
    if (lefts.length === 0) return false
    const rights = walk([item], right)
    if (rights.length === 0) return false
    if (lefts.length > 1 || rights.length > 1) throw new JsonPathError('can only compare one element at a time')
    return compare(lefts[0]!, operator, rights[0]!)
  })
}

function compare(left: Json, operator: string, right: Json): boolean {
  const scalar = (value: Json) => value !== null && typeof value !== 'object'
  if (!scalar(left) || !scalar(right)) throw new JsonPathError('invalid type for comparison')
  if (goType(left) !== goType(right)) throw new JsonPathError('incompatible types for comparison')
  if (operator === '==') return left === right
  if (operator === '!=') return left !== right
  const known = ['<', '>', '<=', '>='].includes(operator)
  if (!known) throw new JsonPathError(`unrecognized filter operator ${operator}`)
  if (typeof left === 'boolean') throw new JsonPathError('invalid type for comparison')
  const order = typeof left === 'string' ? compareText(left, right as string) : (left as number) - (right as number)
  if (operator.startsWith('<')) return order < 0 || (operator === '<=' && order === 0)
  return order > 0 || (operator === '>=' && order === 0)
}
