import {
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
  ComponentType,
  TextInputStyle,
} from 'discord.js'
import { cleanText, clip } from '../../chat/clean.ts'
import type { Form } from '../../chat/reply.ts'
import { LIMITS } from './limits.ts'

/** A form as a modal. `id` comes back with the submission. The form must pass `fitsForm`. */
export const renderModal = (form: Form, id: string): APIModalInteractionResponseCallbackData => ({
  custom_id: id,
  title: short(form.title, LIMITS.modal.title),
  components: form.fields.map((field, at) => input(field, at)),
})

function input(field: Form['fields'][number], at: number): APILabelComponent {
  const value = field.value && cleanText(field.value)
  return {
    type: ComponentType.Label,
    label: short(field.label, LIMITS.modal.label),
    component: {
      type: ComponentType.TextInput,
      custom_id: fieldId(at),
      style: field.multiline ? TextInputStyle.Paragraph : TextInputStyle.Short,
      required: !field.optional,
      max_length: LIMITS.modal.value,
      ...(value && { value }),
      ...(field.placeholder?.trim() && { placeholder: short(field.placeholder, LIMITS.modal.placeholder) }),
    },
  }
}

/** Field names may be long or odd, so a field goes by its place. */
export const fieldId = (at: number): string => `field-${at}`

const short = (text: string, limit: number): string =>
  clip(cleanText(text).replaceAll(/\s+/g, ' ').trim() || '…', limit)
