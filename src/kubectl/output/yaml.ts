import { isMap, type Json, sorted } from './json.ts'
import { isSimpleKey, renderScalar } from './yaml-scalar.ts'

/**
 * `-o yaml` as kubectl prints it (go-yaml behind sigs.k8s.io/yaml): members by name, two blanks of indentation, lists at the
 * indentation of their key, text unquoted where YAML 1.1 reads it back as the same text.
 */
export function renderYaml(value: unknown): string {
  const written = renderNode(sorted(value), { indent: 0, column: 0, inSequence: true })
  return written.endsWith('\n') ? written : `${written}\n`
}

/** Where a node is written: indentation of its lines, and the column at which its first line goes on. */
interface Position {
  indent: number
  column: number
  /** Behind `- ` or at the very beginning: a block goes on in the same line. */
  inSequence: boolean
}

function renderNode(value: Json, { indent, column, inSequence }: Position): string {
  if (Array.isArray(value)) return value.length === 0 ? '[]' : renderSequence(value, indent)
  if (isMap(value)) return Object.keys(value).length === 0 ? '{}' : renderMapping(value, indent)
  return renderScalar(value, { column, indent: inSequence ? Math.max(2, indent) : indent + 2, breaks: true })
}

function renderSequence(items: readonly Json[], indent: number): string {
  return items
    .map((item, index) => {
      const lead = index === 0 ? '' : ' '.repeat(indent)
      const node = renderNode(item, { indent: indent + 2, column: indent + 2, inSequence: true })
      return ended(`${lead}- ${node}`)
    })
    .join('')
}

function renderMapping(map: { [name: string]: Json }, indent: number): string {
  return Object.keys(map)
    .sort(compareKeys)
    .map((name, index) => {
      const lead = index === 0 ? '' : ' '.repeat(indent)
      return ended(
        lead +
          (isSimpleKey(name) ? renderMember(name, map[name]!, indent) : renderLongMember(name, map[name]!, indent)),
      )
    })
    .join('')
}

function renderMember(name: string, value: Json, indent: number): string {
  const key = `${renderScalar(name, { column: indent, indent, breaks: false })}:`
  if (Array.isArray(value) && value.length > 0) return `${key}\n${' '.repeat(indent)}${renderSequence(value, indent)}`
  if (isMap(value) && Object.keys(value).length > 0)
    return `${key}\n${' '.repeat(indent + 2)}${renderMapping(value, indent + 2)}`
  return `${key} ${renderNode(value, { indent, column: indent + [...key].length + 1, inSequence: false })}`
}

/** A key that is too long for one line, or has several, stands behind `? ` and its value behind `: `. */
function renderLongMember(name: string, value: Json, indent: number): string {
  const key = renderScalar(name, { column: indent + 2, indent: indent + 2, breaks: true })
  const node = renderNode(value, { indent: indent + 2, column: indent + 2, inSequence: true })
  return `${ended(`? ${key}`)}${' '.repeat(indent)}: ${node}`
}

const ended = (text: string): string => (text.endsWith('\n') ? text : `${text}\n`)

const LETTER = /\p{L}/u
const DIGIT = /\p{Nd}/u

/** The order of go-yaml: letters behind other characters, numbers by their value. */
function compareKeys(left: string, right: string): number {
  const [a, b] = [[...left], [...right]]
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    if (a[i] === b[i]) continue
    const [letterA, letterB] = [LETTER.test(a[i]!), LETTER.test(b[i]!)]
    if (letterA && letterB) return a[i]!.codePointAt(0)! - b[i]!.codePointAt(0)!
    if (letterA || letterB) return letterB ? -1 : 1
    return compareNumbers(a, b, i)
  }
  return a.length - b.length
}

function compareNumbers(a: readonly string[], b: readonly string[], from: number): number {
  let lead = 0n
  if (a[from] === '0' || b[from] === '0')
    for (let i = from - 1; i >= 0 && DIGIT.test(a[i]!); i--)
      if (a[i] !== '0') {
        lead = 1n
        break
      }
  const [numberA, endA] = digitsFrom(a, from, lead)
  const [numberB, endB] = digitsFrom(b, from, lead)
  if (numberA !== numberB) return numberA < numberB ? -1 : 1
  return endA !== endB ? endA - endB : a[from]!.codePointAt(0)! - b[from]!.codePointAt(0)!
}

function digitsFrom(text: readonly string[], from: number, lead: bigint): [number: bigint, end: number] {
  let number = lead
  let end = from
  while (end < text.length && DIGIT.test(text[end]!)) {
    number = BigInt.asIntN(64, number * 10n + BigInt(text[end]!.codePointAt(0)! - 48))
    end += 1
  }
  return [number, end]
}
