import { fileFlags } from '../../change/flags.ts'
import { lastApplied } from '../../change/last-applied.ts'
import { eachTarget, findTargets, readTarget } from '../../change/targets.ts'
import { KubectlError, notModelled, usageError } from '../../errors.ts'
import { bool, text } from '../../flags.ts'
import { selectorFlag } from '../../global-flags.ts'
import { JsonSyntaxError, readJson } from '../../manifests/json-stream.ts'
import { renderYaml } from '../../output/yaml.ts'
import type { JsonObject } from '../../patch/json.ts'
import { defineVerb, type Verb } from '../../verb.ts'

/** View the configuration that was applied last, as it is kept in the annotation. */
const viewLastApplied = defineVerb({
  name: 'view-last-applied',
  summary: 'View the latest last-applied-configuration annotations by type/name or file.',
  usage: '(TYPE [NAME | -l label] | TYPE/NAME | -f FILENAME)',
  flags: {
    ...fileFlags,
    all: bool('Select all resources in the namespace of the specified resource types'),
    output: text('Output format. Must be one of (yaml, json)', { initial: 'yaml', shorthand: 'o' }),
    selector: selectorFlag,
  },
  run(invocation) {
    const { args, flags, streams, path } = invocation
    const targets = findTargets(invocation, {
      args,
      filenames: flags.filename,
      kustomize: flags.kustomize,
      selector: flags.selector,
      orEvery: flags.all,
    })
    if (flags.output !== 'yaml' && flags.output !== 'json')
      throw usageError(path, `Unexpected -o output mode: ${flags.output}, the flag 'output' must be one of yaml|json`)
    eachTarget(invocation, targets, (target) => {
      const text = lastApplied(readTarget(invocation, target) as unknown as JsonObject)
      if (text === undefined) return
      const value = parse(text)
      streams.write(flags.output === 'json' ? `${JSON.stringify(value, undefined, 2)}\n` : renderYaml(value))
    })
  },
})

/** The annotation is the user's to change, so that it may be no JSON. */
function parse(text: string): unknown {
  try {
    return readJson(text)
  } catch (error) {
    throw error instanceof JsonSyntaxError ? new KubectlError(error.message) : error
  }
}

const other = (name: string, instead: string): Verb => ({
  name,
  summary: `Not modelled here. ${instead}`,
  usage: '-f FILENAME',
  flags: {},
  run() {
    throw notModelled(`apply ${name}`, instead)
  },
})

export const otherApplyVerbs: readonly Verb[] = [
  other('edit-last-applied', 'It opens the configuration that was applied last in an editor.'),
  other('set-last-applied', 'It writes the annotation in which apply keeps what it applied last.'),
  viewLastApplied,
]
