import type { Deployment } from '../../../cluster/kinds/deployment.ts'
import { isKind, type KubeObject } from '../../../cluster/object.ts'
import { KubectlError } from '../../errors.ts'
import { defineVerb } from '../../verb.ts'
import { changeRollouts, rolloutFlags } from './change.ts'

const withPaused = (deployment: Deployment, paused: boolean): KubeObject => {
  const { paused: _, ...spec } = deployment.spec
  return { ...deployment, spec: { ...spec, ...(paused && { paused }) } } as KubeObject
}

/** Mark the provided resource as paused: its template may be changed without a rollout. */
export const rolloutPause = defineVerb({
  name: 'pause',
  summary: 'Mark the provided resource as paused.',
  usage: 'RESOURCE',
  flags: rolloutFlags,
  run: (invocation) =>
    changeRollouts(invocation, {
      done: 'paused',
      change(object) {
        if (!isKind(object, 'Deployment')) throw new KubectlError('pausing is not supported')
        if (object.spec.paused) throw new KubectlError('is already paused')
        return withPaused(object, true)
      },
      unchanged: (name) => new KubectlError(`${name} already paused`),
    }),
})

/** Resume a paused resource. */
export const rolloutResume = defineVerb({
  name: 'resume',
  summary: 'Resume a paused resource.',
  usage: 'RESOURCE',
  flags: rolloutFlags,
  run: (invocation) =>
    changeRollouts(invocation, {
      done: 'resumed',
      change(object) {
        if (!isKind(object, 'Deployment')) throw new KubectlError('resuming is not supported')
        if (!object.spec.paused) throw new KubectlError('is not paused')
        return withPaused(object, false)
      },
      unchanged: (name) => new KubectlError(`${name} already resumed`),
    }),
})
