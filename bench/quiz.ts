import { essence, generate, templates } from '../src/quiz/generate/generate.ts'
import { type Item, isChoice, itemSchema } from '../src/quiz/item.ts'

const DRAWS = 1_000

/** Prints for each template what a thousand draws come to (Q31) and whether the options alone give the key away (Q32). */
export function benchQuiz(print: (line: string) => void = console.log): void {
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
