import type { types } from '@slack/bolt'
import { cleanText } from '../../chat/clean.ts'
import type { Form } from '../../chat/reply.ts'
import { label } from './blocks.ts'
import { LIMITS } from './limits.ts'

/** A form as a modal. `metadata` comes back with the submission. The form must pass `fitsForm`. */
export const renderModal = (form: Form, callbackId: string, metadata: string): types.ModalView => ({
  type: 'modal',
  callback_id: callbackId,
  private_metadata: metadata,
  title: plainText(form.title, LIMITS.modal.title),
  submit: plainText(form.submit, LIMITS.modal.submit),
  close: plainText('Cancel', LIMITS.modal.title),
  blocks: form.fields.map(input),
})

function input(field: Form['fields'][number], at: number): types.InputBlock {
  const value = field.value && cleanText(field.value)
  return {
    type: 'input',
    block_id: fieldId(at),
    label: plainText(field.label, LIMITS.modal.label),
    optional: field.optional === true,
    element: {
      type: 'plain_text_input',
      action_id: fieldId(at),
      multiline: field.multiline === true,
      max_length: LIMITS.modal.value,
      ...(value && { initial_value: value }),
      ...(field.placeholder?.trim() && { placeholder: plainText(field.placeholder, LIMITS.modal.placeholder) }),
    },
  }
}

/** Field names may be long or odd, so a field goes by its place. */
export const fieldId = (at: number): string => `field-${at}`

const plainText = (text: string, limit: number): types.PlainTextElement => ({
  type: 'plain_text',
  text: label(text, limit),
  emoji: false,
})
