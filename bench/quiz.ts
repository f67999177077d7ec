import { essence, generate, templates } from '../src/quiz/generate/generate.ts'
import { type Item, isChoice, itemSchema } from '../src/quiz/item.ts'
import { reduce } from '../src/quiz/session.ts'
import { Play, who } from '../test/quiz/play.ts'

const DRAWS = 1_000

/** Prints what an answer costs in a large session, and what a thousand draws of each template come to. */
export function benchQuiz(print: (line: string) => void = console.log): void {
  benchAnswers(print)
  benchTemplates(print)
}

const ANSWERS = 2_000
const ROUNDS = 9

/** An answer among 500 players against one among 5, in turn in one process: at most three times as long. */
function benchAnswers(print: (line: string) => void): void {
  const open = (count: number) =>
    new Play(['q001', 'q002']).join(...Array.from({ length: count }, (_, index) => `u${index}`)).begin()
  const [small, large] = [open(5), open(500)]
  const time = ({ session, now }: Play): number => {
    const from = performance.now()
    for (let round = 0; round < ANSWERS; round++)
      reduce(session, { type: 'answer', at: now, by: who(`u${round % 5}`), text: 'A' })
    return performance.now() - from
  }
  const ratios = Array.from({ length: ROUNDS }, () => {
    const fast = time(small)
    return time(large) / fast
  }).sort((one, other) => one - other)
  const median = ratios[(ROUNDS - 1) / 2]!
  print(
    `${median <= 3 ? 'ok     ' : 'FAILED '} an answer among 500 players, in the time of one among 5: ${median.toFixed(2)} (budget 3)`,
  )
}

/** For each template what a thousand draws come to (Q31) and whether the options alone give the key away (Q32). */
function benchTemplates(print: (line: string) => void): void {
  print('template  valid  rejected  duplicates  ms/draw  longest  always B')
  for (const template of templates) {
    const started = performance.now()
    const draws = Array.from({ length: DRAWS }, (_, seed) => generate({ template, seed }))
    const time = (performance.now() - started) / DRAWS
    const found = draws.flatMap((draw) => (draw && itemSchema.safeParse(draw.item).success ? [draw] : []))
    const tries = found.reduce((sum, draw) => sum + draw.tries, 0)
    const different = new Set(found.map(({ item }) => essence(item))).size
    const items = found.map(({ item }) => item)
    print(
      [
        template.id.padEnd(8),
        String(found.length).padStart(5),
        percent(1 - found.length / tries).padStart(8),
        percent(1 - different / found.length).padStart(10),
        time.toFixed(1).padStart(7),
        percent(solved(items, longest)).padStart(7),
        percent(solved(items, () => 'B')).padStart(8),
      ].join('  '),
    )
  }
}

const percent = (part: number): string => `${(100 * part).toFixed(1)} %`

/** Share of the choices that a solver gets right; 0 where a template has none. */
function solved(items: readonly Item[], solver: (options: Readonly<Record<string, string>>) => string): number {
  const choices = items.filter(isChoice)
  return choices.filter((item) => solver(item.choices) === item.answer).length / Math.max(1, choices.length)
}

const longest = (options: Readonly<Record<string, string>>): string =>
  Object.entries(options).sort(([, one], [, other]) => other.length - one.length)[0]![0]
