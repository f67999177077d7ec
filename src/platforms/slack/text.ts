/**
 * What somebody typed, from what Slack makes of it: people become `slack:ID`, channels and links what they were typed
 * as, and the three escaped characters themselves, once.
 */
export const typedText = (text: string): string =>
  text
    .replace(/<([^<>]+)>/g, (whole, inside: string) => reference(inside) ?? whole)
    .replace(/&(lt|gt|amp);/g, (_, name: keyof typeof ENTITIES) => ENTITIES[name])

const ENTITIES = { lt: '<', gt: '>', amp: '&' } as const

function reference(inside: string): string | undefined {
  const [target = '', label] = inside.split('|')
  if (/^@[UW][A-Z0-9]+$/.test(target)) return `slack:${target.slice(1)}`
  if (/^#C[A-Z0-9]+$/.test(target)) return label === undefined ? target : `#${label}`
  if (target.startsWith('!')) return label ?? `@${target.slice(1)}`
  if (/^(https?|mailto):/.test(target)) return label ?? target
  return undefined
}

/** A line and what a code block beside it holds, for `-f -`. */
export interface Spoken {
  line: string
  stdin?: string
}

/** What somebody said to the bot in a message: a command with or without its slash, and perhaps a code block. */
export function spokenLine(text: string, bot: string, prefix: string): Spoken {
  const [, before = text, block, after = ''] = /^(.*?)```(.*?)```(.*)$/s.exec(text) ?? []
  const words = typedText(`${before} ${after}`.replaceAll(new RegExp(`<@${bot}(\\|[^>]*)?>`, 'g'), ' '))
    .replaceAll(/\s+/g, ' ')
    .trim()
  const line = commandLine(words.startsWith('/') ? words : `/${words || 'tutor'}`, prefix)
  return block === undefined ? { line } : { line, stdin: typedText(block.replace(/^\n/, '')) }
}

/** The line as the tutor knows it, without the prefix that keeps the names of this app's commands apart. */
export const commandLine = (line: string, prefix: string): string =>
  prefix !== '' && line.startsWith(`/${prefix}`) ? `/${line.slice(prefix.length + 1)}` : line
