import { equal } from '../../cluster/delta.ts'
import { ApiError } from '../../cluster/errors.ts'
import type { Container, PodSpec } from '../../cluster/kinds/pod.ts'
import type { KubeObject } from '../../cluster/object.ts'
import { isTold, KubectlError, notModelled } from '../errors.ts'
import type { Invocation } from '../verb.ts'
import { dryRunOf } from './dry-run.ts'
import type { selectFlags } from './flags.ts'
import { mapPodSpec } from './pod-spec.ts'
import { createResultPrinter } from './result-printer.ts'
import { findTargets, readTarget, type Target } from './targets.ts'
import { updateObject } from './write.ts'

type SetInvocation = Invocation<typeof selectFlags>

/** A change of pod templates by a verb below `set`. */
export interface TemplateChange {
  /** Throws `KubectlError` where the change does not fit; tells lesser mistakes to `invocation.fail`. */
  change: (spec: PodSpec, object: KubeObject) => PodSpec
  /** What stands behind the object's name: `image updated`. */
  done: string
  /** What stands before a refusal by the API server. */
  failed: string
}

/** An object that was found, with what is known of its kind. */
export interface Subject {
  target: Target
  object: KubeObject
}

/**
 * The objects that a verb below `set` is about. If one of them is missing, nothing is changed at all: the errors are told
 * and there is no result.
 */
export function findSubjects(invocation: SetInvocation, resources: readonly string[]): Subject[] | undefined {
  const { flags, fail } = invocation
  if (flags.local) throw notModelled('--local', 'It changes a manifest without asking the API server.')
  const targets = findTargets(invocation, {
    args: resources,
    filenames: flags.filename,
    kustomize: flags.kustomize,
    selector: flags.selector,
    orEvery: flags.all,
  })
  let failed = false
  const subjects = targets.flatMap((target): Subject[] => {
    try {
      if ('error' in target) throw target.error
      return [{ target, object: readTarget(invocation, target) }]
    } catch (error) {
      if (!isTold(error)) throw error
      fail(error, target.place)
      failed = true
      return []
    }
  })
  return failed ? undefined : subjects
}

/** Changes the pod template of each object and prints what was changed; what stays the same is not mentioned. */
export function changeTemplates(
  invocation: SetInvocation,
  subjects: readonly Subject[],
  { change, done, failed }: TemplateChange,
): void {
  const print = createResultPrinter(invocation, { typed: true })
  const dryRun = dryRunOf(invocation)
  for (const { target, object } of subjects) {
    try {
      const wanted = withChange(target, object, change)
      if (equal(wanted, object)) continue
      const { namespace } = target
      const result = dryRun === 'client' ? wanted : updateObject(invocation, wanted, { dryRun, namespace })
      print(result, done)
    } catch (error) {
      if (!isTold(error)) throw error
      invocation.fail(error instanceof ApiError ? new KubectlError(failed + error.message) : error, target.place)
    }
  }
}

function withChange(target: Target, object: KubeObject, change: TemplateChange['change']): KubeObject {
  const { definition, name } = target
  try {
    const wanted = mapPodSpec(definition, object, (spec) => change(spec, object))
    if (wanted) return wanted
  } catch (error) {
    if (error instanceof KubectlError) throw new KubectlError(`error: ${definition.plural}/${name} ${error.message}`)
    throw error
  }
  throw new KubectlError(
    `error: ${definition.plural}/${name} the object is not a pod or does not have a pod template: *${definition.version}.${definition.kind}`,
  )
}

/** The spec with `change` applied to the containers that `chosen` picks; `found` tells whether there was one. */
export function mapContainers(
  spec: PodSpec,
  chosen: (container: Container) => boolean,
  change: (container: Container) => Container,
): { spec: PodSpec; found: boolean } {
  const map = (containers: readonly Container[]): Container[] =>
    containers.map((container) => (chosen(container) ? change(container) : container))
  const all = [...spec.containers, ...(spec.initContainers ?? [])]
  return {
    found: all.some(chosen),
    spec: {
      ...spec,
      containers: map(spec.containers),
      ...(spec.initContainers && { initContainers: map(spec.initContainers) }),
    },
  }
}

/** True if a name fits `--containers`, where `*` stands for any letters. */
export function matchesContainer(name: string, pattern: string): boolean {
  const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')
  return new RegExp(`^${escaped}$`).test(name)
}
