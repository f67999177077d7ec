import type { types } from '@slack/bolt'
import { cleanText, clip } from '../../chat/clean.ts'
import type { Inline, Text } from '../../chat/reply.ts'
import { splitText } from '../../chat/split-text.ts'

/** What people are called. Slack pings whoever is mentioned, so names are shown instead. */
export type Names = (user: string) => string | undefined

type Element = types.RichTextElement

/** Inline nodes as elements of rich text, in groups of at most `limit` characters. Rich text knows no markup. */
export function richText(text: Text, limit: number, names: Names): Element[][] {
  const groups: Element[][] = []
  let length = 0
  for (const node of (typeof text === 'string' ? [{ text }] : text).flatMap((node) => stretches(node, limit))) {
    const shown = element(node, names)
    if (!shown) continue
    const size = shown.type === 'text' ? shown.text.length : 50
    const group = groups.at(-1)
    if (group && length + size <= limit) {
      group.push(shown)
      length += size
    } else {
      groups.push([shown])
      length = size
    }
  }
  return groups
}

function stretches(node: Inline, limit: number): Inline[] {
  if (!('text' in node) || node.text.length <= limit) return [node]
  return splitText(node.text, limit).map((text) => ({ ...node, text }))
}

function element(node: Inline, names: Names): Element | undefined {
  if ('user' in node) return plainText(nameOf(node.user, names))
  if ('when' in node)
    return {
      type: 'date',
      timestamp: Math.floor(node.when / 1000),
      format: node.style === 'relative' ? '{ago}' : '{time_secs}',
      fallback: `${new Date(node.when).toISOString().slice(11, 19)} UTC`,
    }
  const style = { ...(node.bold && { bold: true }), ...(node.code && { code: true }) }
  return plainText(node.text, Object.keys(style).length > 0 ? style : undefined)
}

/** Slack refuses empty text elements. */
function plainText(content: string, style?: { bold?: boolean; code?: boolean }): Element | undefined {
  const text = cleanText(content)
  return text === '' ? undefined : { type: 'text', text, ...(style && { style }) }
}

/** A person as plain text. */
export const nameOf = (user: string, names: Names): string =>
  clip(cleanText(names(user) ?? user.replace(/^slack:/, '')), 100)

/** Text for the `text` field of a message, where Slack would read mentions and links. */
export const escapeText = (text: string): string =>
  cleanText(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
