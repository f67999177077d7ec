import { cleanText } from '../../chat/clean.ts'
import type { Inline, Text } from '../../chat/reply.ts'
import { splitText } from '../../chat/split-text.ts'

/** Text that Discord shows as it stands: no markup, no mention, no link, no time stamp, no emoji. At most doubles. */
export const escapeMarkdown = (text: string): string =>
  cleanText(text)
    .replace(/[\\*_~`|<>[\]]/g, '\\$&')
    .replaceAll('://', '\\://')
    .replace(/@(everyone|here)/gi, '@\u200b$1')
    .replace(/^(\s*)([-+#])/gm, '$1\\$2')
    .replace(/^(\s*\d+)([.)])/gm, '$1\\$2')

/** Code inside a sentence. A backtick cannot be escaped there, so it becomes a look-alike. */
export const inlineCode = (text: string): string => {
  const content = cleanText(text).replaceAll(/\s+/g, ' ').replaceAll('`', 'ˋ')
  return content.trim() === '' ? '' : `\`${content}\``
}

/** A code block that cannot be closed from inside: a zero-width space parts the backticks of a fence. */
export const fence = (code: string, language = ''): string =>
  `\`\`\`${language.replaceAll(/[^\w+-]/g, '').slice(0, 20)}\n${breakFences(cleanText(code))}\n\`\`\``

/** No two backticks stand side by side, so neither a fence nor one that our own completes. At most doubles. */
export const breakFences = (code: string): string => code.replace(/`(?=`|$)/g, '`\u200b')

/** Longest stretch that is escaped in one go, so that no cut falls between a backslash and what it escapes. */
const STRETCH = 1_400

/** Inline nodes as Discord's markdown, in pieces of at most `limit` characters that each stand for themselves. */
export function markdown(text: Text, limit: number): string[] {
  const pieces: string[] = []
  let styledBefore = false
  for (const node of (typeof text === 'string' ? [{ text }] : text).flatMap(stretches)) {
    const shown = inline(node)
    const styled = 'text' in node && (node.bold === true || node.code === true)
    const last = pieces.at(-1)
    // Two styled stretches side by side would read as one odd run of marks.
    const joint = styled && styledBefore ? '\u200b' : ''
    if (last !== undefined && last.length + joint.length + shown.length <= limit)
      pieces[pieces.length - 1] = `${last}${joint}${shown}`
    else pieces.push(shown)
    styledBefore = styled
  }
  return pieces
}

function stretches(node: Inline): Inline[] {
  if (!('text' in node) || node.text.length <= STRETCH) return [node]
  return splitText(node.text, STRETCH).map((text, at) => ({ ...node, text: at === 0 ? text : `\n${text}` }))
}

function inline(node: Inline): string {
  if ('user' in node) return mention(node.user)
  if ('when' in node) return `<t:${Math.floor(node.when / 1000)}:${node.style === 'relative' ? 'R' : 'T'}>`
  if (node.code) return inlineCode(node.text)
  const text = escapeMarkdown(node.text)
  // Marks must touch the words that they embrace.
  return node.bold
    ? text.replace(/^(\s*)(.*?)(\s*)$/s, (_, before, words, after) => `${before}${words && `**${words}**`}${after}`)
    : text
}

/** A mention shows the name; `allowed_mentions` keeps it from pinging. */
function mention(user: string): string {
  const id = /^discord:(\d{1,20})$/.exec(user)?.[1]
  return id === undefined ? escapeMarkdown(user.slice(0, 100)) : `<@${id}>`
}
