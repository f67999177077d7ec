import { changeMetadata, metadataFlags, refuseCombinations } from '../change/metadata.ts'
import { parsePairs, splitPairs } from '../change/pairs.ts'
import { KubectlError } from '../errors.ts'
import { defineVerb } from '../verb.ts'

/** The reason of a change, which may always be overwritten. */
const CHANGE_CAUSE = 'kubernetes.io/change-cause'

/** Update the annotations on a resource. */
export const annotate = defineVerb({
  name: 'annotate',
  summary: 'Update the annotations on a resource.',
  usage: '[--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N [--resource-version=version]',
  flags: metadataFlags,
  run(invocation) {
    const { resources, pairs: words } = splitPairs(invocation.args, 'annotation')
    const pairs = parsePairs(words, 'annotation')
    refuseCombinations(invocation, { resources, pairs, what: 'annotation' })
    const both = pairs.remove.filter((key) => pairs.set.has(key))
    if (both.length > 0)
      throw new KubectlError(
        `can not both modify and remove the following annotation(s) in the same command: ${both.join(', ')}`,
      )
    changeMetadata(invocation, {
      field: 'annotations',
      resources,
      pairs,
      refuseOverwrite: (current) => {
        const taken = [...pairs.set].filter(
          ([key, value]) => key !== CHANGE_CAUSE && Object.hasOwn(current, key) && current[key] !== value,
        )
        if (taken.length === 0) return []
        const list = taken.map(([key]) => `'${key}' already has a value (${current[key]})`).join('; ')
        return [new KubectlError(`--overwrite is false but found the following declared annotation(s): ${list}`)]
      },
      done: () => 'annotated',
    })
  },
})
