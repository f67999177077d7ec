import type { Described } from './object.ts'

const LEVEL = '  '

/**
 * The lines of `kubectl describe` before alignment: cells parted by tabs, levels by two blanks. kubectl's table writer
 * aligns the cells with a padding of two blanks.
 */
export const describedLines = (blocks: readonly Described[]): string[] => blocks.flatMap(linesOf)

function linesOf(block: Described): string[] {
  if ('raw' in block) return block.raw
  if ('lines' in block) return [`${block.key}:`, ...describedLines(block.lines).map(deeper)]
  if ('table' in block) return [`${block.key}:`, ...tableLines(block.table).map(deeper)]
  const [key, value] = block
  const [first = '', ...others] = value.split('\n')
  return [`${key}:\t${first}`, ...others.map((line) => `\t${line}`)]
}

function tableLines({ header, rows, bare }: { header: string[]; rows: string[][]; bare?: true }): string[] {
  const rule = bare ? [] : [header.map((title) => '-'.repeat(title.length))]
  return [header, ...rule, ...rows].map((cells) => cells.join('\t'))
}

const deeper = (line: string): string => (line === '' ? '' : LEVEL + line)
