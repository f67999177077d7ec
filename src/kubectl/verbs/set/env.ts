import type { ConfigMap } from '../../../cluster/kinds/config-map.ts'
import type { Container, EnvVar } from '../../../cluster/kinds/pod.ts'
import type { Secret } from '../../../cluster/kinds/secret.ts'
import type { KubeObject } from '../../../cluster/object.ts'
import { quote } from '../../../cluster/quote.ts'
import {
  changeVariables,
  parseVariables,
  splitVariables,
  type VariableChange,
} from '../../change/environment-variables.ts'
import { selectFlags } from '../../change/flags.ts'
import { mapPodSpec } from '../../change/pod-spec.ts'
import {
  changeTemplates,
  findSubjects,
  mapContainers,
  matchesContainer,
  type Subject,
} from '../../change/pod-templates.ts'
import { findTargets, readTarget } from '../../change/targets.ts'
import { describeReference, resolveReference } from '../../change/variable-reference.ts'
import { KubectlError } from '../../errors.ts'
import { array, bool, list, text } from '../../flags.ts'
import { defineVerb, type Invocation } from '../../verb.ts'

const flags = {
  ...selectFlags,
  containers: text('The names of containers in the selected pod templates to change - may use wildcards', {
    initial: '*',
    shorthand: 'c',
  }),
  env: array('Specify a key-value pair for an environment variable to set into each container.', { shorthand: 'e' }),
  from: text('The name of a resource from which to inject environment variables'),
  keys: list('Comma-separated list of keys to import from specified resource'),
  list: bool('If true, display the environment and any changes in the standard format.'),
  overwrite: bool(
    'If true, allow environment to be overwritten, otherwise reject updates that overwrite existing environment.',
    { initial: true },
  ),
  prefix: text('Prefix to append to variable names'),
  resolve: bool('If true, show secret or configmap references when listing variables'),
} as const

type EnvInvocation = Invocation<typeof flags>

/** Update environment variables on a pod template. */
export const setEnv = defineVerb({
  name: 'env',
  summary: 'Update environment variables on a pod template.',
  usage: 'RESOURCE/NAME KEY_1=VAL_1 ... KEY_N=VAL_N',
  flags,
  run(invocation) {
    const { flags: given, args, environment } = invocation
    if (given.all && given.selector !== '') throw new KubectlError('cannot set --all and --selector at the same time')
    const { resources, changes } = splitVariables(args)
    refuseCombinations(invocation, resources)
    const { set, remove } = parseVariables([...given.env, ...changes], environment.stdin)
    const imported = given.from === '' ? [] : importedVariables(invocation)
    const wanted = [...set, ...imported].map((variable) => ({ ...variable, name: given.prefix + variable.name }))
    const subjects = findSubjects(invocation, resources)
    if (!subjects) return
    const change = { set: wanted, remove }
    if (given.list) for (const subject of subjects) listVariables(invocation, subject, change)
    else
      changeTemplates(invocation, subjects, {
        done: 'env updated',
        failed: 'failed to patch env update to pod template: ',
        change: (spec, object) => {
          const isMeant = ({ name }: Container) => matchesContainer(name, given.containers)
          const { spec: next, found } = mapContainers(spec, isMeant, (container) =>
            withVariables(invocation, container, change),
          )
          if (!found) warnNoContainer(invocation, object)
          return next
        },
      })
  },
})

function refuseCombinations({ flags: given }: EnvInvocation, resources: readonly string[]): void {
  if (given.filename.length === 0 && resources.length === 0)
    throw new KubectlError('one or more resources must be specified as <resource> <name> or <resource>/<name>')
  if (given.list && given.output !== '') throw new KubectlError('--list and --output may not be specified together')
  if (given.keys.length > 0 && given.from === '')
    throw new KubectlError('when specifying --keys, a configmap or secret must be provided with --from')
}

const warnNoContainer = ({ streams, flags: given }: EnvInvocation, { kind, metadata }: KubeObject): void =>
  streams.warn(`Warning: ${kind}/${metadata.name} does not have any containers matching ${quote(given.containers)}`)

function withVariables({ flags: given }: EnvInvocation, container: Container, change: VariableChange): Container {
  const existing = container.env ?? []
  if (!given.overwrite)
    for (const { name, value = '' } of change.set) {
      const current = existing.find((variable) => variable.name === name)
      if (current && (current.value ?? '') !== value)
        throw new KubectlError(`'${name}' already has a value (${current.value ?? ''}), and --overwrite is false`)
    }
  const { env: _, ...rest } = container
  const env = changeVariables(existing, change)
  return env.length === 0 ? rest : { ...rest, env }
}

/** One variable for each key of the ConfigMap or Secret that `--from` names. */
function importedVariables(invocation: EnvInvocation): EnvVar[] {
  const { flags: given, streams } = invocation
  const targets = findTargets(invocation, { args: [given.from], selector: given.selector, orEvery: given.all })
  return targets.flatMap((target) => {
    if ('error' in target) throw target.error
    const object = readTarget(invocation, target)
    const { name } = object.metadata
    return keysOf(object)
      .filter((key) => given.keys.length === 0 || given.keys.includes(key))
      .map((key): EnvVar => {
        const variable = key.replace(/[^a-zA-Z0-9_]/g, '_').toUpperCase()
        if (variable !== key) streams.warn(`Warning: key ${key} transferred to ${variable}`)
        const reference = { name, key }
        const valueFrom = object.kind === 'Secret' ? { secretKeyRef: reference } : { configMapKeyRef: reference }
        return { name: variable, valueFrom }
      })
  })
}

function keysOf(object: KubeObject): string[] {
  if (object.kind !== 'Secret' && object.kind !== 'ConfigMap')
    throw new KubectlError('unsupported resource specified in --from')
  return Object.keys((object as ConfigMap | Secret).data ?? {}).sort()
}

/** Prints the variables as they would be after the change. */
function listVariables(invocation: EnvInvocation, { target, object }: Subject, change: VariableChange): void {
  const { streams, flags: given } = invocation
  mapPodSpec(target.definition, object, (spec) => {
    const all = [...spec.containers, ...(spec.initContainers ?? [])]
    const chosen = all.filter(({ name }) => matchesContainer(name, given.containers))
    if (chosen.length === 0) warnNoContainer(invocation, object)
    for (const container of chosen) {
      streams.print(`# ${object.kind} ${object.metadata.name}, container ${container.name}`)
      printVariables(invocation, withVariables(invocation, container, change).env ?? [], object)
    }
    return spec
  })
}

function printVariables(invocation: EnvInvocation, variables: readonly EnvVar[], object: KubeObject): void {
  const { streams, flags: given, cluster, namespace } = invocation
  const unresolved = new Map<string, string[]>()
  for (const { name, value = '', valueFrom } of variables) {
    const resolved = !valueFrom
      ? { value }
      : given.resolve
        ? resolveReference(cluster, namespace, valueFrom, object)
        : undefined
    if (resolved && 'value' in resolved) streams.print(`${name}=${resolved.value}`)
    else streams.print(`# ${name} from ${describeReference(valueFrom!)}`)
    if (resolved && 'error' in resolved)
      unresolved.set(resolved.error, [...(unresolved.get(resolved.error) ?? []), name])
  }
  const lines = [...unresolved].map(
    ([error, names]) => `error retrieving reference for ${names.sort().join(', ')}: ${error}`,
  )
  for (const line of lines.sort()) streams.warn(line)
}
