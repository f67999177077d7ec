import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The rules of the reference that concern what is modelled, by family. */
const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  'R-LBL': numbered(9),
  'R-SEL': numbered(11),
  'R-SLO': numbered(5),
  'R-NAM': numbered(7),
  'R-ERR': numbered(7),
  'R-POD': numbered(13),
  'R-NOD': numbered(7),
  'R-DEP': numbered(13),
  'R-OWN': numbered(7),
  'R-SVC': numbered(21),
  'R-EPS': numbered(10),
  'R-KPX': numbered(11),
  'R-DNS': numbered(13),
  'R-NSP': numbered(5),
  'R-PIPE': ['01', '02', '03', '04'],
  'R-ING':
    '01 02 03 04 05 06 07 08 10 11 12 13 14 20 21 22 23 24 25 26 30 31 32 33 40 41 50 51 52 53 54 60 61 62 63'.split(
      ' ',
    ),
  'R-NGX': ['01', '02', '03', '04', '05', '06', '07'],
  'R-LB': ['01', '02', '03', '04', '05', '06', '07', '08', '09', '11'],
}

function numbered(last: number): string[] {
  return Array.from({ length: last }, (_, index) => String(index + 1))
}

/** The tests of each rule: id -> files whose titles or transcripts name it. Every rule that concerns us has an entry. */
export function testsByRule(folder: string): Map<string, string[]> {
  const rules = new Map(
    Object.entries(FAMILIES).flatMap(([family, numbers]) =>
      numbers.map((number): [string, string[]] => [`${family}-${number}`, []]),
    ),
  )
  for (const file of filesIn(folder))
    for (const id of new Set(idsIn(readFileSync(join(folder, file), 'utf8')))) rules.get(id)?.push(file)
  return rules
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.test\.ts$|transcripts\/.*\.txt$/.test(file))
    .sort()

/** `R-SVC-6…8` and `R-POD-9, 10` name several rules at once. */
function* idsIn(text: string): Generator<string> {
  for (const [, family, list] of text.matchAll(/(R-[A-Z]+)-(\d+(?:(?:…|–|, ?|\/)\d+)*)/g)) {
    const parts = list!.split(/(…|–|, ?|\/)/)
    for (let at = 0; at < parts.length; at += 2) {
      yield `${family}-${parts[at]}`
      if (parts[at - 1] !== '…' && parts[at - 1] !== '–') continue
      const [from, to] = [parts[at - 2]!, parts[at]!]
      for (let number = Number(from); number < Number(to); number++)
        yield `${family}-${String(number).padStart(from.length, '0')}`
    }
  }
}

/** `npm run rules`: each rule with the tests that name it; the exit status is 1 if one has none. */
if (process.argv[1]?.endsWith('rules.ts')) {
  const rules = testsByRule('test')
  for (const [id, files] of rules) console.log(`${id.padEnd(10)} ${files.join(', ') || 'NO TEST'}`)
  process.exitCode = [...rules.values()].some((files) => files.length === 0) ? 1 : 0
}
