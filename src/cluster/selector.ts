import { formatFieldError } from './errors.ts'
import type { LabelSelector, LabelSelectorRequirement } from './kinds/replica-set.ts'
import { labelKeyErrors, labelValueErrors } from './names.ts'

type Labels = Readonly<Record<string, string>>

type Operator = 'in' | 'notin' | '=' | '==' | '!=' | '>' | '<' | 'exists' | '!'

/** One condition of a selector. `exists` and `!` have no values, the comparisons exactly one. */
export interface Requirement {
  key: string
  operator: Operator
  values: readonly string[]
}

/** All requirements must hold; none at all matches everything (R-SEL-1, R-SEL-3). */
export type Selector = readonly Requirement[]

/** A selector string that the API server does not understand; the message is its own (R-SEL-8). */
export class SelectorError extends Error {
  override readonly name = 'SelectorError'
}

/** True if every requirement holds for the labels (R-SEL-4…6). */
export const matchesSelector = (selector: Selector, labels: Labels | undefined): boolean =>
  selector.every((requirement) => holds(requirement, labels ?? {}))

/** True if every pair of `selector` is among the labels: the selector of Services (R-SLO-4, R-SVC-18). */
export function matchesLabels(selector: Labels, labels: Labels | undefined): boolean {
  for (const key of Object.keys(selector))
    if (labels === undefined || !Object.hasOwn(labels, key) || labels[key] !== selector[key]) return false
  return true
}

/** True if the labels fit the selector object of a workload (R-SLO-1…3). An empty selector fits everything. */
export const matchesLabelSelector = (selector: LabelSelector, labels: Labels | undefined): boolean =>
  matchesLabels(selector.matchLabels ?? {}, labels) &&
  (selector.matchExpressions ?? []).every((expression) => holds(requirementOf(expression), labels ?? {}))

/** The requirements of a selector object, sorted by key. */
export const selectorOf = (selector: LabelSelector): Selector =>
  [...equalities(selector.matchLabels ?? {}), ...(selector.matchExpressions ?? []).map(requirementOf)].sort(byKey)

/** The pairs that a selector demands exactly; a store query may begin with them. */
export const exactLabels = (selector: Selector): Record<string, string> =>
  Object.fromEntries(
    selector.flatMap(({ key, operator, values }) =>
      (operator === '=' || operator === '==') && values[0] !== undefined ? [[key, values[0]] as const] : [],
    ),
  )

/** The selector as kubectl prints it: `app=web,tier in (a,b)`. */
export const formatSelector = (selector: Selector): string => selector.map(formatRequirement).join(',')

function formatRequirement({ key, operator, values }: Requirement): string {
  if (operator === 'exists') return key
  if (operator === '!') return `!${key}`
  const list = [...values].sort().join(',')
  return operator === 'in' || operator === 'notin' ? `${key} ${operator} (${list})` : `${key}${operator}${list}`
}

const equalities = (labels: Labels): Requirement[] =>
  Object.entries(labels).map(([key, value]) => ({ key, operator: '=', values: [value] }))

const OPERATORS: Readonly<Record<LabelSelectorRequirement['operator'], Operator>> = {
  In: 'in',
  NotIn: 'notin',
  Exists: 'exists',
  DoesNotExist: '!',
}

const requirementOf = ({ key, operator, values }: LabelSelectorRequirement): Requirement => ({
  key,
  operator: OPERATORS[operator],
  values: values ?? [],
})

const byKey = (left: Requirement, right: Requirement): number =>
  left.key < right.key ? -1 : left.key > right.key ? 1 : 0

function holds({ key, operator, values }: Requirement, labels: Labels): boolean {
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined
  switch (operator) {
    case 'exists':
      return value !== undefined
    case '!':
      return value === undefined
    case 'notin':
    case '!=':
      return value === undefined || !values.includes(value)
    case '>':
    case '<':
      return value !== undefined && compares(operator, int64(value), int64(values[0] ?? ''))
    default:
      return value !== undefined && values.includes(value)
  }
}

const compares = (operator: '>' | '<', left: bigint | undefined, right: bigint | undefined): boolean =>
  left !== undefined && right !== undefined && (operator === '>' ? left > right : left < right)

/** A base-10 integer of 64 bits, or undefined (R-SEL-6). */
function int64(text: string): bigint | undefined {
  if (!/^[+-]?[0-9]+$/.test(text)) return undefined
  const value = BigInt(text.replace('+', ''))
  return BigInt.asIntN(64, value) === value ? value : undefined
}

/**
 * Reads the language of `-l` and of labelSelector (R-SEL-1…9). The requirements come sorted by key.
 * Throws SelectorError with the API server's message.
 */
export function parseSelector(text: string): Selector {
  const tokens = new Tokens(text)
  const requirements: Requirement[] = []
  while (!tokens.at('end')) {
    const { type, text: found } = tokens.peek()
    if (type !== 'identifier' && type !== '!')
      throw new SelectorError(`found '${found}', expected: !, identifier, or 'end of string'`)
    requirements.push(parseRequirement(tokens))
    const next = tokens.take()
    if (next.type === 'end') break
    if (next.type !== ',') throw new SelectorError(`found '${next.text}', expected: ',' or 'end of string'`)
    if (!tokens.at('identifier') && !tokens.at('!'))
      throw new SelectorError(`found '${tokens.peek().text}', expected: identifier after ','`)
  }
  return requirements.sort(byKey)
}

function parseRequirement(tokens: Tokens): Requirement {
  let token = tokens.take()
  const negated = token.type === '!'
  if (negated) token = tokens.take()
  if (token.type !== 'identifier') throw inRequirement(`found '${token.text}', expected: identifier`)
  const key = token.text
  const problem = labelKeyErrors(key)
  if (problem.length > 0) throw inRequirement(invalidAt('<nil>', key, problem))
  if (negated) return { key, operator: '!', values: [] }
  if (tokens.at('end') || tokens.at(',')) return { key, operator: 'exists', values: [] }
  const operator = parseOperator(tokens)
  const values = operator === 'in' || operator === 'notin' ? parseValues(tokens) : [parseValue(tokens)]
  const problems = valueErrors(key, operator, values)
  if (problems.length > 0) throw inRequirement(problems.length === 1 ? problems[0]! : `[${problems.join(', ')}]`)
  return { key, operator, values }
}

function valueErrors(key: string, operator: Operator, values: readonly string[]): string[] {
  const whole = "for 'Gt', 'Lt' operators, the value must be an integer"
  const numbers = (operator === '>' || operator === '<') && values.some((value) => int64(value) === undefined)
  return [
    ...(numbers ? values.map((value, index) => invalidAt(`values[${index}]`, value, [whole])) : []),
    ...values.flatMap((value, index) => {
      const problem = labelValueErrors(value)
      return problem.length > 0 ? [invalidAt(`values[${index}][${key}]`, value, problem)] : []
    }),
  ]
}

const invalidAt = (path: string, value: string, messages: string[]): string =>
  formatFieldError({ path, type: 'Invalid value', value, detail: messages.join('; ') })

const inRequirement = (message: string): SelectorError => new SelectorError(`unable to parse requirement: ${message}`)

function parseOperator(tokens: Tokens): Operator {
  const { type, text, keyword } = tokens.take()
  if (keyword) return text as Operator
  if (type === '=' || type === '==' || type === '!=' || type === '>' || type === '<') return type
  throw inRequirement(`found '${text}', expected: in, notin, =, ==, !=, gt, lt`)
}

/** The one value of a comparison; nothing before the comma or the end is the empty value (R-SEL-5). */
function parseValue(tokens: Tokens): string {
  if (tokens.at('end') || tokens.at(',')) return ''
  const { type, text } = tokens.take()
  if (type !== 'identifier') throw inRequirement(`found '${text}', expected: identifier`)
  return text
}

/** `(a,b)`, sorted and without repetition; a gap is the empty value (R-SEL-5). */
function parseValues(tokens: Tokens): string[] {
  const open = tokens.take()
  if (open.type !== '(') throw inRequirement(`found '${open.text}' expected: '('`)
  const first = tokens.peek()
  if (first.type !== 'identifier' && first.type !== ',' && first.type !== ')')
    throw inRequirement(`found '${first.text}', expected: ',', ')' or identifier`)
  const values = new Set<string>()
  if (first.type === ')') values.add('')
  while (!tokens.at(')')) {
    const { type, text } = tokens.take()
    if (type === 'identifier') {
      values.add(text)
      if (!tokens.at(',') && !tokens.at(')')) throw inRequirement(`found '${tokens.peek().text}', expected: ',' or ')'`)
    } else if (type === ',') {
      if (values.size === 0 || tokens.at(')') || tokens.at(',')) values.add('')
    } else throw inRequirement(`found '${text}', expected: ',', or identifier`)
  }
  tokens.take()
  return [...values].sort()
}

interface Token {
  type: 'identifier' | 'end' | '!' | ',' | '(' | ')' | '=' | '==' | '!=' | '>' | '<'
  text: string
  /** `in` and `notin` are operators in operator position only (R-SEL-2). */
  keyword?: true
}

/** The words of a selector (R-SEL-2): specials by longest match, everything else up to a special or blank is one word. */
class Tokens {
  readonly #tokens: Token[] = []
  #position = 0

  constructor(text: string) {
    // As upstream, a NUL character ends a token, and the whole text where a token could begin.
    const pattern = /[ \t\r\n]*(?:(==|!=|[=!(),<>])|([^=!(),<> \t\r\n\0]+))\0?/y
    for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
      const [, special, word = ''] = match
      if (special !== undefined) this.#tokens.push({ type: special as Token['type'], text: special })
      else if (word === 'in' || word === 'notin') this.#tokens.push({ type: 'identifier', text: word, keyword: true })
      else this.#tokens.push({ type: 'identifier', text: word })
    }
  }

  peek(): Token {
    return this.#tokens[this.#position] ?? { type: 'end', text: '' }
  }

  take(): Token {
    const token = this.peek()
    this.#position += 1
    return token
  }

  at(type: Token['type']): boolean {
    return this.peek().type === type
  }
}
