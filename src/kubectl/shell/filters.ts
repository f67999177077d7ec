import { notModelled } from '../errors.ts'
import { contentOf } from './container-files.ts'
import { Pattern } from './pattern.ts'
import type { Shell } from './shell.ts'
import { readOptions, type ShellProgram } from './shell-program.ts'

/** The lines of the files that are named, else of what the command reads. */
function linesFrom(paths: readonly string[], shell: Shell): string[] {
  const text = paths.length === 0 ? shell.stdin : paths.map((path) => contentOf(shell, path) ?? '').join('')
  return text
    .replace(/\n$/, '')
    .split('\n')
    .filter((line, _, all) => all.length > 1 || line !== '')
}

function say(shell: Shell, lines: readonly string[]): number {
  shell.out(lines.map((line) => `${line}\n`).join(''))
  return 0
}

const known = (program: string, unknown: string | undefined): void => {
  if (unknown !== undefined)
    throw notModelled(`${program} ${unknown}`, 'The small shell here knows the most common options.')
}

/** `grep PATTERN [FILE…]` */
const grep: ShellProgram = (args, shell) => {
  const { given, operands, unknown } = readOptions(args, ['e'], ['i', 'v', 'c', 'E', 'q', 'n'])
  known('grep', unknown)
  const [pattern = '', ...paths] =
    typeof given.get('e') === 'string' ? [given.get('e') as string, ...operands] : operands
  const expression = new Pattern(given.has('i') ? pattern.toLowerCase() : pattern, given.has('E'))
  const matches = (line: string): boolean => expression.isIn(given.has('i') ? line.toLowerCase() : line)
  const numbered = linesFrom(paths, shell).map((line, index) => ({ line, number: index + 1 }))
  const found = numbered.filter(({ line }) => matches(line) !== given.has('v'))
  if (given.has('c')) say(shell, [String(found.length)])
  else if (!given.has('q'))
    say(
      shell,
      found.map(({ line, number }) => (given.has('n') ? `${number}:${line}` : line)),
    )
  return found.length > 0 ? 0 : 1
}

const countOf = (args: readonly string[]): { count: number; paths: string[] } => {
  const digits = args.find((word) => /^-\d+$/.test(word))
  const { given, operands } = readOptions(
    args.filter((word) => word !== digits),
    ['n', 'c'],
    [],
  )
  return { count: Number(digits?.slice(1) ?? given.get('n') ?? 10), paths: operands }
}

const head: ShellProgram = (args, shell) => {
  const { count, paths } = countOf(args)
  return say(shell, linesFrom(paths, shell).slice(0, count))
}

const tail: ShellProgram = (args, shell) => {
  const { count, paths } = countOf(args)
  return say(shell, count === 0 ? [] : linesFrom(paths, shell).slice(-count))
}

const wc: ShellProgram = (args, shell) => {
  const { given, operands, unknown } = readOptions(args, [], ['l', 'w', 'c'])
  known('wc', unknown)
  const lines = linesFrom(operands, shell)
  const words = lines
    .join(' ')
    .split(/\s+/)
    .filter((word) => word !== '').length
  if (given.has('l')) return say(shell, [String(lines.length)])
  return say(shell, [String(given.has('w') ? words : lines.join('\n').length + 1)])
}

const sort: ShellProgram = (args, shell) => {
  const { given, operands, unknown } = readOptions(args, [], ['r', 'n', 'u'])
  known('sort', unknown)
  const lines = linesFrom(operands, shell)
  lines.sort(given.has('n') ? (left, right) => Number.parseFloat(left) - Number.parseFloat(right) : undefined)
  if (given.has('r')) lines.reverse()
  return say(shell, given.has('u') ? [...new Set(lines)] : lines)
}

const uniq: ShellProgram = (args, shell) => {
  const { given, operands, unknown } = readOptions(args, [], ['c'])
  known('uniq', unknown)
  const runs: { line: string; count: number }[] = []
  for (const line of linesFrom(operands, shell)) {
    const last = runs.at(-1)
    if (last?.line === line) last.count += 1
    else runs.push({ line, count: 1 })
  }
  return say(
    shell,
    runs.map(({ line, count }) => (given.has('c') ? `${String(count).padStart(7)} ${line}` : line)),
  )
}

/** Programs that stand behind a bar. */
export const filters: Readonly<Record<string, ShellProgram>> = { grep, head, sort, tail, uniq, wc }
