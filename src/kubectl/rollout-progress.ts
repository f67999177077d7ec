import type { Deployment } from '../cluster/kinds/deployment.ts'
import { isKind, type KubeObject } from '../cluster/object.ts'
import { quote } from '../cluster/quote.ts'
import { KubectlError } from './errors.ts'

/** Where a rollout stands, in the words of `kubectl rollout status`. */
export interface RolloutProgress {
  text: string
  done: boolean
}

/**
 * How far the rollout of an object is (R-DEP-9). Throws `KubectlError` for kinds that roll nothing out, for a revision
 * that is not the running one and for a rollout that has exceeded its deadline (R-DEP-6).
 */
export function rolloutProgress(object: KubeObject, revision: number): RolloutProgress {
  if (isKind(object, 'Deployment')) return deploymentProgress(object, revision)
  throw new KubectlError(`no status viewer has been implemented for ${qualified(object)}`)
}

/** `ReplicaSet.apps`, `Pod`. */
export const qualified = ({ apiVersion, kind }: KubeObject): string =>
  apiVersion.includes('/') ? `${kind}.${apiVersion.split('/')[0]}` : kind

export const REVISION_ANNOTATION = 'deployment.kubernetes.io/revision'

/** The revision of a Deployment or ReplicaSet; 0 where the controller has not given it one. */
export const revisionOf = ({ metadata }: KubeObject): number => Number(metadata.annotations?.[REVISION_ANNOTATION] ?? 0)

function deploymentProgress(deployment: Deployment, revision: number): RolloutProgress {
  const { metadata, spec, status } = deployment
  const running = revisionOf(deployment)
  if (revision > 0 && revision !== running)
    throw new KubectlError(`desired revision (${revision}) is different from the running revision (${running})`)
  if ((metadata.generation ?? 0) > (status.observedGeneration ?? 0))
    return { text: 'Waiting for deployment spec update to be observed...', done: false }
  const name = quote(metadata.name)
  if (status.conditions?.some(({ type, reason }) => type === 'Progressing' && reason === 'ProgressDeadlineExceeded'))
    throw new KubectlError(`deployment ${name} exceeded its progress deadline`)
  const { replicas = 0, updatedReplicas = 0, availableReplicas = 0 } = status
  const waiting = (what: string) => ({
    text: `Waiting for deployment ${name} rollout to finish: ${what}...`,
    done: false,
  })
  if (updatedReplicas < spec.replicas)
    return waiting(`${updatedReplicas} out of ${spec.replicas} new replicas have been updated`)
  if (replicas > updatedReplicas) return waiting(`${replicas - updatedReplicas} old replicas are pending termination`)
  if (availableReplicas < updatedReplicas)
    return waiting(`${availableReplicas} of ${updatedReplicas} updated replicas are available`)
  return { text: `deployment ${name} successfully rolled out`, done: true }
}
