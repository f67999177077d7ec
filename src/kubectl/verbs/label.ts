import { labelValueErrors } from '../../cluster/names.ts'
import { quote } from '../../cluster/quote.ts'
import { changeMetadata, metadataFlags, refuseCombinations } from '../change/metadata.ts'
import { type Pairs, splitPairs } from '../change/pairs.ts'
import { KubectlError } from '../errors.ts'
import { defineVerb } from '../verb.ts'

/** Update the labels on a resource (R-LBL-9). */
export const label = defineVerb({
  name: 'label',
  summary: 'Update the labels on a resource.',
  usage: '[--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N [--resource-version=version]',
  flags: metadataFlags,
  run(invocation) {
    const { resources, pairs: words } = splitPairs(invocation.args, 'label')
    const pairs = parseLabels(words)
    refuseCombinations(invocation, { resources, pairs, what: 'label' })
    changeMetadata(invocation, {
      field: 'labels',
      resources,
      pairs,
      refuseOverwrite: (current) =>
        [...pairs.set].flatMap(([key, value]) =>
          Object.hasOwn(current, key) && current[key] !== value
            ? [new KubectlError(`'${key}' already has a value (${current[key]}), and --overwrite is false`)]
            : [],
        ),
      done: ({ added, removed }) =>
        added && removed ? 'modified' : added ? 'labeled' : removed ? 'unlabeled' : 'not labeled',
      absent: (key) => `label ${quote(key)} not found.`,
    })
  },
})

function parseLabels(words: readonly string[]): Pairs {
  const set = new Map<string, string>()
  const remove: string[] = []
  for (const word of words) {
    const [key, value, ...more] = word.split('=') as [string, string?, ...string[]]
    if (value === undefined) {
      remove.push(word.slice(0, -1))
      continue
    }
    if (more.length > 0) throw new KubectlError(`invalid label spec: ${word}`)
    const errors = labelValueErrors(value)
    if (errors.length > 0) throw new KubectlError(`invalid label value: ${quote(word)}: ${errors.join(';')}`)
    set.set(key, value)
  }
  if (remove.some((key) => set.has(key)))
    throw new KubectlError('can not both modify and remove a label in the same command')
  return { set, remove }
}
