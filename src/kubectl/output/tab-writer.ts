/**
 * Go's elastic tab stops. A cell is text that a tab ends; the cells of one column in neighbouring lines are padded to the
 * width of the widest, counted in code points. What stands behind the last tab of a line is never padded, and a line
 * without a cell in a column ends that column.
 */
export class TabWriter {
  readonly #minWidth: number
  readonly #padding: number
  /** Widths of earlier columns, kept where `remember` was asked for: rows of a watch stay in line. */
  readonly #widest: number[] | undefined

  constructor({ minWidth, padding, remember = false }: { minWidth: number; padding: number; remember?: boolean }) {
    this.#minWidth = minWidth
    this.#padding = padding
    this.#widest = remember ? [] : undefined
  }

  /** The lines, aligned. */
  format(lines: readonly string[]): string[] {
    const rows = lines.map((line) => line.split('\t'))
    const widths = this.#widthsOf(rows)
    return rows.map((cells, row) =>
      cells
        .map((cell, column) => (column === cells.length - 1 ? cell : cell + blanks(widths[row]![column]! - size(cell))))
        .join(''),
    )
  }

  /** Width of every cell that a tab ends, by row and column. */
  #widthsOf(rows: readonly string[][]): number[][] {
    const widths: number[][] = rows.map(() => [])
    const columns = Math.max(0, ...rows.map((cells) => cells.length - 1))
    for (let column = 0; column < columns; column++)
      for (let from = 0; from < rows.length; ) {
        const to = this.#endOfRun(rows, column, from)
        if (to > from) {
          const width = this.#widthOf(rows.slice(from, to), column)
          for (let row = from; row < to; row++) widths[row]![column] = width
        }
        from = Math.max(to, from + 1)
      }
    return widths
  }

  #endOfRun(rows: readonly string[][], column: number, from: number): number {
    let to = from
    while (to < rows.length && rows[to]!.length - 1 > column) to += 1
    return to
  }

  #widthOf(rows: readonly string[][], column: number): number {
    let width = this.#minWidth
    for (const cells of rows) width = Math.max(width, size(cells[column]!) + this.#padding)
    if (!this.#widest) return width
    width = Math.max(width, this.#widest[column] ?? 0)
    this.#widest[column] = width
    return width
  }
}

const size = (text: string): number => (isAscii(text) ? text.length : [...text].length)

// biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII begins with control characters
const isAscii = (text: string): boolean => /^[\x00-\x7f]*$/.test(text)

const blanks = (count: number): string => ' '.repeat(Math.max(0, count))
