import { type Field, type FieldType, messageOf, structOf } from '../../cluster/fields.ts'
import type { KindDefinition } from '../../cluster/object.ts'
import { KubectlError } from '../errors.ts'
import { compareText } from '../output/json.ts'
import { isRequired } from './required.ts'
import { messageIn, plainName, textOf } from './texts.ts'

/** What is explained: a kind, or a field below it. */
interface Subject {
  message: string | undefined
  text: string
  /** Path without indexes; empty for the kind. */
  path: readonly string[]
}

/** The text of `kubectl explain`. Throws `KubectlError` for a field that the kind does not have. */
export function renderExplanation(definition: KindDefinition, path: readonly string[], recursive: boolean): string {
  const { group, kind, version } = definition
  const lines = group === '' ? [] : [`GROUP:      ${group}`]
  lines.push(`KIND:       ${kind}`, `VERSION:    ${version}`, '')
  const { subject, field } = find(definition, path)
  if (field) lines.push(`FIELD: ${field.name} <${typeName(field.type)}>`, '', '')
  lines.push('DESCRIPTION:', ...indented(wrapped(subject.text, 76), 4), '    ')
  if (subject.message !== undefined) {
    lines.push('FIELDS:')
    lines.push(...fieldLines(definition, subject.message, { path, level: 1, recursive, above: [] }))
  }
  return `${lines.join('\n')}\n\n`
}

function find(definition: KindDefinition, path: readonly string[]): { subject: Subject; field: Field | undefined } {
  let message: string | undefined = plainName(definition.message)
  let text = definition.explain?.[''] ?? '<empty>'
  let field: Field | undefined
  path.forEach((name, index) => {
    const owner = message
    field = owner === undefined ? undefined : messageOf(owner)?.get(name)
    if (!owner || !field)
      throw new KubectlError(`field "${path.at(-1)}" does not exist`, {
        wrong: { word: name, candidates: [...(messageOf(owner ?? '')?.keys() ?? [])] },
      })
    text = descriptionOf(definition, owner, name, path.slice(0, index + 1))
    message = messageIn(field.type)
  })
  return { subject: { message, text, path }, field }
}

/** The text about a field; one that has no effect here says so. */
function descriptionOf({ modelled }: KindDefinition, message: string, name: string, path: readonly string[]): string {
  const text = textOf(message, name)
  if (text !== undefined) return text
  const where = path.join('.')
  const plain = modelled.map((each) => each.replaceAll('[]', ''))
  const effective = plain.some((each) => `${where}.`.startsWith(`${each}.`) || `${each}.`.startsWith(`${where}.`))
  return effective ? '<no description>' : 'Accepted and kept, but without effect in this cluster.'
}

interface Level {
  path: readonly string[]
  level: number
  recursive: boolean
  /** Messages above, so that one that contains itself comes to an end. */
  above: readonly string[]
}

function fieldLines(definition: KindDefinition, message: string, { path, level, recursive, above }: Level): string[] {
  const fields = [...(messageOf(message)?.values() ?? [])].sort((left, right) => compareText(left.name, right.name))
  return fields.flatMap((field) => {
    const where = [...path, field.name]
    const mark = isRequired(message, field.name) ? ' -required-' : ''
    const line = `${'  '.repeat(level)}${field.name}\t<${typeName(field.type)}>${mark}`
    if (!recursive) {
      const text = descriptionOf(definition, message, field.name, where)
      return [line, ...indented(wrapped(text, 78 - 2 * level), 2 * level + 2), '']
    }
    const below = messageIn(field.type)
    if (below === undefined || above.includes(below)) return [line]
    const next = { path: where, level: level + 1, recursive, above: [...above, below] }
    return [line, ...fieldLines(definition, below, next)]
  })
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  int32: 'integer',
  int64: 'integer',
  bool: 'boolean',
  bytes: 'string',
  Time: 'string',
  MicroTime: 'string',
}

/** The type as OpenAPI names it: `[]Container`, `map[string]string`, `integer`. */
function typeName(type: FieldType): string {
  if (type.form === 'list') return `[]${typeName(type.of)}`
  if (type.form === 'map') return `map[string]${typeName(type.of)}`
  if (type.form === 'message') return structOf(type.message)
  return TYPE_NAMES[type.form] ?? type.form
}

/** The text in lines of at most `width` characters, broken between words. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}

const indented = (lines: readonly string[], by: number): string[] => lines.map((line) => ' '.repeat(by) + line)
