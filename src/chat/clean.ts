/** Control characters and marks that reorder text: no client needs them, and a name made of them can hide what it is. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these characters are the subject
const UNWANTED = /[\u0000-\u0008\u000b-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g

/** The text without characters that chat clients reject or that could disguise it; half surrogate pairs become U+FFFD. */
export const cleanText = (text: string): string =>
  text
    .replaceAll('\r\n', '\n')
    .replace(UNWANTED, '')
    .replace(/\p{Surrogate}/gu, '\ufffd')

/** At most `limit` UTF-16 units, the last of them `…` where something was cut. Never half a surrogate pair. */
export function clip(text: string, limit: number): string {
  if (text.length <= limit) return text
  const end = /[\ud800-\udbff]/.test(text[limit - 2] ?? '') ? limit - 2 : limit - 1
  return `${text.slice(0, Math.max(end, 0))}…`
}
