/** Runs of blanks count as one; lines keep their breaks. */
const collapsed = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.replace(/[ \t]+/g, ' ').trim())
    .join('\n')

/** The rows of a table below its header, each as header -> cell. */
function rowsOf(text: string): Record<string, string>[] {
  const [header = '', ...lines] = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('Warning: '))
  const starts = [...header.matchAll(/\S+(?: \S+)*/g)].map((match) => ({ name: match[0], at: match.index }))
  return lines.map((line) =>
    Object.fromEntries(starts.map(({ name, at }, index) => [name, line.slice(at, starts[index + 1]?.at).trim()])),
  )
}

const number = (text: string): number => Number(text)

/**
 * What is not as the check says; undefined if it is.
 *
 * - a plain text must occur (runs of blanks count as one)
 * - `re:PATTERN` must occur, `^` and `$` are the ends of lines; `nore:PATTERN` and `not:TEXT` must not
 * - `rows:N`: rows below the header; `col:HEADER=CELL`: that cell of the only row; `distinct:HEADER`: all cells differ
 * - `count:N:PATTERN`: so many matches
 */
export function problem(check: string, output: string): string | undefined {
  const text = collapsed(output)
  const [, word = '', rest = ''] = /^(re|nore|not|rows|col|distinct|count):(.*)$/s.exec(check) ?? []
  const matches = (pattern: string) => [...text.matchAll(new RegExp(pattern, 'gm'))].length
  const expect = (holds: boolean) => (holds ? undefined : `${check} does not hold for\n${output}`)
  switch (word) {
    case 're':
      return expect(matches(rest) > 0)
    case 'nore':
      return expect(matches(rest) === 0)
    case 'not':
      return expect(!text.includes(collapsed(rest)))
    case 'rows':
      return expect(rowsOf(output).length === number(rest))
    case 'col': {
      const [header = '', cell = ''] = rest.split(/=(.*)/s)
      const rows = rowsOf(output)
      return expect(rows.length === 1 && rows[0]![header] === cell)
    }
    case 'distinct': {
      const cells = rowsOf(output).map((row) => row[rest])
      return expect(cells.length > 0 && new Set(cells).size === cells.length)
    }
    case 'count': {
      const [count = '', pattern = ''] = rest.split(/:(.*)/s)
      return expect(matches(pattern) === number(count))
    }
    default:
      return expect(text.includes(collapsed(check)))
  }
}
