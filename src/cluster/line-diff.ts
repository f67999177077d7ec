/** Lines around a change that are shown with it. */
const CONTEXT = 3

/** Beyond this many lines the comparison is not worth its time. */
const MOST_LINES = 2000

interface Line {
  sign: ' ' | '-' | '+'
  text: string
}

/** A unified diff of two texts; empty if they are equal or too long to compare. */
export function lineDiff(before: string, after: string): string {
  const [left, right] = [before.split('\n'), after.split('\n')]
  if (left.length > MOST_LINES || right.length > MOST_LINES) return ''
  const lines = compare(left, right)
  return hunks(lines)
    .map(([from, to]) => renderHunk(lines, from, to))
    .join('')
}

/** The lines of both texts in order, by their longest common subsequence. */
function compare(left: string[], right: string[]): Line[] {
  const width = right.length + 1
  const lengths = new Uint32Array((left.length + 1) * width)
  const below = (i: number, j: number): number => lengths[(i + 1) * width + j]!
  const beside = (i: number, j: number): number => lengths[i * width + j + 1]!
  for (let i = left.length - 1; i >= 0; i--)
    for (let j = right.length - 1; j >= 0; j--)
      lengths[i * width + j] =
        left[i] === right[j] ? lengths[(i + 1) * width + j + 1]! + 1 : Math.max(below(i, j), beside(i, j))
  const lines: Line[] = []
  let [i, j] = [0, 0]
  while (i < left.length || j < right.length) {
    if (i < left.length && j < right.length && left[i] === right[j]) {
      lines.push({ sign: ' ', text: left[i]! })
      i += 1
      j += 1
    } else if (i < left.length && (j === right.length || below(i, j) >= beside(i, j))) {
      lines.push({ sign: '-', text: left[i]! })
      i += 1
    } else {
      lines.push({ sign: '+', text: right[j]! })
      j += 1
    }
  }
  return lines
}

/** Ranges of lines around the changes; ranges that touch are one. */
function hunks(lines: readonly Line[]): [number, number][] {
  const found: [number, number][] = []
  lines.forEach(({ sign }, index) => {
    if (sign === ' ') return
    const [from, to] = [Math.max(0, index - CONTEXT), Math.min(lines.length, index + CONTEXT + 1)]
    const last = found.at(-1)
    if (last && from <= last[1]) last[1] = to
    else found.push([from, to])
  })
  return found
}

function renderHunk(lines: readonly Line[], from: number, to: number): string {
  const count = (part: readonly Line[], sign: '-' | '+'): number =>
    part.filter((line) => line.sign === ' ' || line.sign === sign).length
  const [head, shown] = [lines.slice(0, from), lines.slice(from, to)]
  const range = (sign: '-' | '+'): string => `${sign}${count(head, sign) + 1},${count(shown, sign)}`
  return [`@@ ${range('-')} ${range('+')} @@`, ...shown.map(({ sign, text }) => `${sign}${text}`), ''].join('\n')
}
