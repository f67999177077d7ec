const GAP = '  '
const NARROWEST = 6

/** Columns that a phone shows in a code block without wrapping. */
const PHONE_COLUMNS = 60

/**
 * A table as lines of monospaced text, columns padded and two blanks apart. Where the lines would be wider than `width`
 * the widest columns wrap their cells.
 */
export function layoutTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  width = PHONE_COLUMNS,
): string[] {
  const grid = [header, ...rows].map((row) => row.map((cell) => cell.replaceAll(/\s+/g, ' ').trim()))
  const columns = Math.max(0, ...grid.map((row) => row.length))
  const natural = Array.from({ length: columns }, (_, column) =>
    Math.max(1, ...grid.map((row) => measure(row[column] ?? ''))),
  )
  const widths = shrink(natural, width - GAP.length * Math.max(0, columns - 1))
  return grid.flatMap((row) => layoutRow(row, widths))
}

/** Width in characters as a monospaced font counts them, near enough. */
const measure = (text: string): number => [...text].length

/** Takes columns away from the widest until all fit or each is as narrow as is still readable. */
function shrink(natural: readonly number[], available: number): number[] {
  const widths = [...natural]
  let excess = widths.reduce((sum, width) => sum + width, 0) - available
  while (excess > 0) {
    const widest = Math.max(...widths)
    if (widest <= NARROWEST) break
    widths[widths.indexOf(widest)] = widest - 1
    excess -= 1
  }
  return widths
}

function layoutRow(row: readonly string[], widths: readonly number[]): string[] {
  const cells = widths.map((width, column) => wrap(row[column] ?? '', width))
  const height = Math.max(1, ...cells.map((lines) => lines.length))
  return Array.from({ length: height }, (_, line) =>
    cells
      .map((lines, column) => pad(lines[line] ?? '', widths[column]!))
      .join(GAP)
      .trimEnd(),
  )
}

const pad = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - measure(text)))

function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let rest = [...text]
  while (rest.length > width) {
    const blank = rest.lastIndexOf(' ', width)
    const end = blank > 0 ? blank : width
    lines.push(rest.slice(0, end).join(''))
    rest = rest.slice(blank > 0 ? end + 1 : end)
  }
  return [...lines, rest.join('')]
}
