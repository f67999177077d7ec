import { ApiError } from './errors.ts'
import type { KindDefinition, KubeObject } from './object.ts'
import { quote } from './quote.ts'
import { SelectorError } from './selector.ts'

/** One condition of `--field-selector`. */
interface FieldRequirement {
  field: string
  operator: '=' | '!='
  value: string
}

/** All requirements must hold. */
export type FieldSelector = readonly FieldRequirement[]

/** Reads `status.phase!=Running,spec.nodeName=node-1`. Throws SelectorError with the API server's message. */
export function parseFieldSelector(text: string): FieldSelector {
  return splitTerms(text)
    .filter((term) => term !== '')
    .map((term) => {
      const match = /^(.*?)(!=|==|=)(.*)$/s.exec(term)
      if (!match) throw new SelectorError(`invalid selector: '${text}'; can't understand '${term}'`)
      const [, field = '', operator, value = ''] = match
      return { field, operator: operator === '!=' ? '!=' : '=', value: unescaped(value) }
    })
}

/** The terms between commas; a comma behind a backslash belongs to a value. Sorted, as the API server reports them. */
const splitTerms = (text: string): string[] => (text.match(/(?:\\[\s\S]|[^,\\])+/g) ?? []).sort()

function unescaped(value: string): string {
  const bad = /\\(?![\\,=])[\s\S]?/.exec(value.replace(/\\[\\,=]/g, ''))
  if (bad) throw new SelectorError(`invalid field selector: invalid escape sequence: ${bad[0]}`)
  const bare = /[,=]/.exec(value.replace(/\\[\\,=]/g, ''))
  if (bare) throw new SelectorError(`invalid field selector: unescaped character in value: ${bare[0].codePointAt(0)}`)
  return value.replace(/\\([\\,=])/g, '$1')
}

const metadataFields: Readonly<Record<string, (object: KubeObject) => string>> = {
  'metadata.name': ({ metadata }) => metadata.name,
  'metadata.namespace': ({ metadata }) => metadata.namespace ?? '',
}

/**
 * True if every requirement holds for the object. Throws ApiError for a field that the kind cannot be selected by.
 */
export function fieldMatcher(definition: KindDefinition, selector: FieldSelector): (object: KubeObject) => boolean {
  const labels = { ...metadataFields, ...definition.fieldLabels }
  const conditions = selector.map(({ field, operator, value }) => {
    const read = Object.hasOwn(labels, field) ? labels[field] : undefined
    if (!read) throw new ApiError('BadRequest', unsupportedField(definition, field))
    return (object: KubeObject) => (read(object) === value) === (operator === '=')
  })
  return (object) => conditions.every((holds) => holds(object))
}

const unsupportedField = ({ fieldLabels }: KindDefinition, field: string): string =>
  fieldLabels
    ? `field label not supported: ${field}`
    : `${quote(field)} is not a known field selector: only "metadata.name", "metadata.namespace"`
