import { lessons } from '../lessons/index.ts'
import { items } from '../lessons/items.ts'
import { coverage } from '../src/tutor/lesson-map.ts'

const COLUMNS = 60

/** Ids in lines of a phone's width, behind a head. */
const list = (head: string, ids: readonly string[]): string =>
  ids.length === 0
    ? `${head}none`
    : `${head}${ids.join(' ')}`.replace(new RegExp(`(.{1,${COLUMNS}})(?: |$)`, 'g'), '$1\n      ').trimEnd()

/** Prints which steps teach and which items test each concept, from the tags of lessons and items. */
for (const { concept, name, steps, items: asked } of coverage(lessons, items)) {
  console.log(`${concept}  ${name}${steps.length === 0 ? '  (no lesson yet)' : ''}`)
  console.log(list('      steps ', steps))
  console.log(list('      items ', asked))
}
