import { benchEngine } from './engine.ts'
import { benchPlatforms } from './platforms.ts'
import { benchQuiz } from './quiz.ts'
import { benchStorage } from './storage.ts'

/** `npm run bench [engine|storage|platforms|quiz …]`: all figures, or those of some rooms. Ratios inside one process. */
const rooms: Readonly<Record<string, (print: (line: string) => void) => unknown>> = {
  engine: benchEngine,
  storage: benchStorage,
  platforms: benchPlatforms,
  quiz: benchQuiz,
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !Object.hasOwn(rooms, name))
if (unknown.length > 0) {
  console.error(`There is nothing to measure in ${unknown.join(', ')}. There are: ${Object.keys(rooms).join(', ')}.`)
  process.exit(1)
}
for (const [name, bench] of Object.entries(rooms)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  console.log(`\n${name}`)
  await bench(console.log)
}
