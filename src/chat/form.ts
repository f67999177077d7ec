import type { Form } from './reply.ts'
import { quoteWord } from './words.ts'

/**
 * What a filled-in form stands for: the button's line with the fields as further words, and the field `stdin` as what
 * `-f -` reads. Empty optional fields are left out.
 */
export function submitForm(
  action: string,
  form: Pick<Form, 'fields'>,
  values: Readonly<Record<string, string>>,
): { press: string; stdin?: string } {
  const words = form.fields
    .filter(({ name }) => name !== 'stdin')
    .map(({ name }) => values[name]?.trim() ?? '')
    .filter((value) => value !== '')
  const press = [action, ...words.map(quoteWord)].join(' ')
  const hasStdin = form.fields.some(({ name }) => name === 'stdin')
  return hasStdin ? { press, stdin: values.stdin ?? '' } : { press }
}
