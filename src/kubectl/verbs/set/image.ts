import type { PodSpec } from '../../../cluster/kinds/pod.ts'
import { quote } from '../../../cluster/quote.ts'
import { dryRunOf } from '../../change/dry-run.ts'
import { selectFlags } from '../../change/flags.ts'
import { parsePairs, splitPairs } from '../../change/pairs.ts'
import { changeTemplates, findSubjects, mapContainers } from '../../change/pod-templates.ts'
import { KubectlError } from '../../errors.ts'
import { defineVerb, type Invocation } from '../../verb.ts'

/** Update the image of a pod template. */
export const setImage = defineVerb({
  name: 'image',
  summary: 'Update the image of a pod template.',
  usage: '(-f FILENAME | TYPE NAME) CONTAINER_NAME_1=CONTAINER_IMAGE_1 ... CONTAINER_NAME_N=CONTAINER_IMAGE_N',
  flags: selectFlags,
  run(invocation) {
    dryRunOf(invocation)
    const { resources, pairs } = splitPairs(invocation.args, 'image')
    const { set: images } = parsePairs(pairs, 'image', false)
    const subjects = findSubjects(invocation, resources)
    if (!subjects) return
    refuseCombinations(invocation, resources, images)
    changeTemplates(invocation, subjects, {
      done: 'image updated',
      failed: 'failed to patch image update to pod template: ',
      change: (spec) =>
        [...images].reduce((current, [name, image]) => {
          const isMeant = (container: { name: string }) => name === '*' || container.name === name
          const { spec: next, found } = mapContainers(current, isMeant, (container) => ({ ...container, image }))
          if (!found) invocation.fail(noContainer(name, current))
          return next
        }, spec),
    })
  },
})

function noContainer(name: string, { containers, initContainers = [] }: PodSpec): KubectlError {
  const candidates = [...containers, ...initContainers].map((container) => container.name)
  return new KubectlError(`error: unable to find container named ${quote(name)}`, { wrong: { word: name, candidates } })
}

function refuseCombinations(
  { flags, fail }: Invocation<typeof selectFlags>,
  resources: readonly string[],
  images: ReadonlyMap<string, string>,
): void {
  const problems: string[] = []
  if (flags.all && flags.selector !== '') problems.push('cannot set --all and --selector at the same time')
  if (resources.length === 0 && flags.filename.length === 0 && flags.kustomize === '')
    problems.push('one or more resources must be specified as <resource> <name> or <resource>/<name>')
  if (images.size === 0) problems.push('at least one image update is required')
  else if (images.size > 1 && images.has('*'))
    problems.push(
      'all containers are already specified by *, but saw more than one container_name=container_image pairs',
    )
  const errors = problems.map((problem) => new KubectlError(problem))
  for (const error of errors.slice(0, -1)) fail(error)
  if (errors.length > 0) throw errors.at(-1)
}
