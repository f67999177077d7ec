const ESCAPES: Readonly<Record<string, string>> = { a: '\u0007', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' }

/** The text between quotes with Go's escapes resolved; undefined where an escape is none of Go's. */
export function unquote(quoted: string): string | undefined {
  const quote = quoted[0]!
  let valid = true
  const text = quoted
    .slice(1, -1)
    .replace(/\\(x[\da-fA-F]{2}|u[\da-fA-F]{4}|U00[01][\da-fA-F]{5}|[0-3][0-7]{2}|.|$)/gs, (_, code: string) => {
      if (code.length > 1) {
        const radix = /^[xuU]/.test(code) ? 16 : 8
        const point = Number.parseInt(code.replace(/^[xuU]/, ''), radix)
        if (point <= 0x10ffff) return String.fromCodePoint(point)
      }
      if (code === '\\' || code === quote) return code
      if (Object.hasOwn(ESCAPES, code)) return ESCAPES[code]!
      valid = false
      return ''
    })
  return valid ? text : undefined
}
