import type { PodTemplate } from '../../../cluster/kinds/pod.ts'
import { type KubeObject, timestamp } from '../../../cluster/object.ts'
import { KubectlError } from '../../errors.ts'
import { defineVerb } from '../../verb.ts'
import { changeRollouts, rolloutFlags } from './change.ts'

const RESTARTED_AT = 'kubectl.kubernetes.io/restartedAt'

/** The kinds whose controllers replace pods when the template changes. */
const RESTARTABLE = ['Deployment', 'DaemonSet', 'StatefulSet']

interface Workload extends KubeObject {
  spec: { template: PodTemplate; paused?: boolean }
}

/** Restart a resource: the time in the template makes a new revision of it (R-DEP-10). */
export const rolloutRestart = defineVerb({
  name: 'restart',
  summary: 'Restart a resource.',
  usage: 'RESOURCE',
  flags: rolloutFlags,
  run: (invocation) =>
    changeRollouts(invocation, {
      done: 'restarted',
      change(object) {
        if (!RESTARTABLE.includes(object.kind)) throw new KubectlError('restarting is not supported')
        const workload = object as Workload
        if (workload.spec.paused) throw new KubectlError("can't restart paused deployment (run rollout resume first)")
        return withRestart(workload, timestamp(invocation.cluster.now))
      },
      unchanged: (name) =>
        new KubectlError(
          `failed to create patch for ${name}: if restart has already been triggered within the past second, please wait before attempting to trigger another`,
        ),
    }),
})

function withRestart(workload: Workload, at: string): KubeObject {
  const { template } = workload.spec
  const annotations = { ...template.metadata?.annotations, [RESTARTED_AT]: at }
  const metadata = { ...template.metadata, annotations }
  return { ...workload, spec: { ...workload.spec, template: { ...template, metadata } } } as KubeObject
}
