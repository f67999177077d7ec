import { canonicalQuantity, QuantityError } from '../../../cluster/quantity.ts'
import { selectFlags } from '../../change/flags.ts'
import { changeTemplates, findSubjects, mapContainers, matchesContainer } from '../../change/pod-templates.ts'
import { KubectlError } from '../../errors.ts'
import { text } from '../../flags.ts'
import { defineVerb } from '../../verb.ts'

/** Update resource requests and limits on objects with pod templates. */
export const setResources = defineVerb({
  name: 'resources',
  summary: 'Update resource requests/limits on objects with pod templates.',
  usage: '(-f FILENAME | TYPE NAME)  ([--limits=LIMITS & --requests=REQUESTS]',
  flags: {
    ...selectFlags,
    containers: text('The names of containers in the selected pod templates to change - may use wildcards', {
      initial: '*',
      shorthand: 'c',
    }),
    limits: text("The resource requirement limits for this container. For example, 'cpu=100m,memory=256Mi'."),
    requests: text("The resource requirement requests for this container. For example, 'cpu=100m,memory=256Mi'."),
  },
  run(invocation) {
    const { args, flags } = invocation
    const subjects = findSubjects(invocation, args)
    if (!subjects) return
    if (flags.all && flags.selector !== '') throw new KubectlError('cannot set --all and --selector at the same time')
    if (flags.limits === '' && flags.requests === '')
      throw new KubectlError('you must specify an update to requests or limits (in the form of --requests/--limits)')
    const [limits, requests] = [parseAmounts(flags.limits), parseAmounts(flags.requests)]
    changeTemplates(invocation, subjects, {
      done: 'resource requirements updated',
      failed: 'failed to patch resources update to pod template ',
      change: (spec) => {
        const isMeant = ({ name }: { name: string }) => matchesContainer(name, flags.containers)
        const { spec: next, found } = mapContainers(spec, isMeant, (container) => ({
          ...container,
          resources: {
            ...container.resources,
            ...(limits && { limits: { ...container.resources?.limits, ...limits } }),
            ...(requests && { requests: { ...container.resources?.requests, ...requests } }),
          },
        }))
        if (!found) invocation.fail(new KubectlError(`error: unable to find container named ${flags.containers}`))
        return next
      },
    })
  },
})

/** `cpu=100m,memory=256Mi`; nothing for an empty text. */
function parseAmounts(list: string): Record<string, string> | undefined {
  if (list === '') return undefined
  return Object.fromEntries(
    list.split(',').map((item) => {
      const [name, amount, ...more] = item.split('=') as [string, string?, ...string[]]
      if (amount === undefined || more.length > 0)
        throw new KubectlError(`Invalid argument syntax ${item}, expected <resource>=<value>`)
      try {
        return [name, canonicalQuantity(amount)]
      } catch (error) {
        throw error instanceof QuantityError ? new KubectlError(error.message) : error
      }
    }),
  )
}
