import type { Cluster } from '../../cluster.ts'
import type { Deployment } from '../../kinds/deployment.ts'
import type { ReplicaSet } from '../../kinds/replica-set.ts'
import { controllerOf, keyOf, ownedBy, withMetadata } from '../../object.ts'
import { TEMPLATE_HASH_LABEL } from '../../pod-deletion.ts'
import { matchesLabelSelector } from '../../selector.ts'
import { newMetadata } from '../birth.ts'
import { narrate } from '../narrate.ts'
import { type Bounds, boundsOf } from './arithmetic.ts'
import { isSameTemplate, templateHash, withHash } from './template-hash.ts'

export const REVISION = 'deployment.kubernetes.io/revision'
export const DESIRED_REPLICAS = 'deployment.kubernetes.io/desired-replicas'
export const MAX_REPLICAS = 'deployment.kubernetes.io/max-replicas'
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'
const COMPONENT = 'deployment-controller'

const revisionOf = ({ metadata }: ReplicaSet): number => Number(metadata.annotations?.[REVISION] ?? 0)

/** One reconciliation of a Deployment: the object, its ReplicaSets and the limits that hold. */
export class Rollout {
  readonly cluster: Cluster
  readonly bounds: Bounds
  /** The Deployment as this reconciliation found it. */
  readonly object: Deployment
  /** The ReplicaSet with the wanted template; undefined until there is one. */
  newSet: ReplicaSet | undefined
  /** All others, oldest first. */
  oldSets: ReplicaSet[]
  /** How this reconciliation came to its new ReplicaSet. */
  found: 'created' | 'reused' | undefined

  constructor(cluster: Cluster, object: Deployment) {
    this.cluster = cluster
    this.object = object
    this.bounds = boundsOf(object)
    const sets = claimReplicaSets(cluster, object).sort(byAge)
    this.newSet = sets.find((set) => isSameTemplate(set.spec.template, object.spec.template))
    this.oldSets = sets.filter((set) => set !== this.newSet)
    if (this.newSet) this.#refresh(this.newSet)
  }

  get replicas(): number {
    return this.object.spec.replicas
  }

  get sets(): ReplicaSet[] {
    return this.newSet ? [...this.oldSets, this.newSet] : this.oldSets
  }

  /** Pods that the ReplicaSets are told to have. */
  get total(): number {
    return sum(this.sets, ({ spec }) => spec.replicas)
  }

  get available(): number {
    return sum(this.sets, ({ status }) => status.availableReplicas ?? 0)
  }

  /** True if every ReplicaSet has carried out what it was last told, so that its status can be relied on. */
  get isSettled(): boolean {
    return this.sets.every(
      ({ metadata, spec, status }) =>
        status.replicas === spec.replicas && (status.observedGeneration ?? 0) >= (metadata.generation ?? 1),
    )
  }

  /** Makes the ReplicaSet of a new revision (R-DEP-2, R-DEP-3). */
  create(replicas: number): ReplicaSet {
    const { metadata, spec } = this.object
    const value = templateHash(spec.template)
    const revision = Math.max(0, ...this.oldSets.map(revisionOf)) + 1
    const set = this.cluster.put<ReplicaSet>({
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: newMetadata(this.cluster, {
        name: `${metadata.name}-${value}`,
        namespace: metadata.namespace ?? '',
        generation: 1,
        labels: { ...spec.template.metadata?.labels, [TEMPLATE_HASH_LABEL]: value },
        annotations: { ...this.#inherited(), ...this.#sizes(), [REVISION]: String(revision) },
        ownerReferences: [ownedBy(this.object)],
      }),
      spec: {
        replicas,
        selector: { ...spec.selector, matchLabels: { ...spec.selector.matchLabels, [TEMPLATE_HASH_LABEL]: value } },
        template: withHash(spec.template, value),
        ...(spec.minReadySeconds !== undefined && { minReadySeconds: spec.minReadySeconds }),
      },
      status: { replicas: 0 },
    })
    this.newSet = set
    this.found = 'created'
    const why = revision === 1 ? 'the first pod template' : `the pod template changed (revision ${revision})`
    narrate(this.cluster, this.object, 'deployment', `${why}: created ReplicaSet ${set.metadata.name}`)
    if (replicas > 0) this.#tellScaled(set, 0, replicas)
    return set
  }

  /** Sets how many pods a ReplicaSet shall have. Returns true if that is a change. */
  resize(set: ReplicaSet, replicas: number): boolean {
    const { replicas: before } = set.spec
    const annotations = { ...set.metadata.annotations, ...this.#sizes() }
    const generation = (set.metadata.generation ?? 1) + (before === replicas ? 0 : 1)
    const changed = withMetadata(set, { annotations, generation })
    this.#replace(set, { ...changed, spec: { ...set.spec, replicas } })
    if (before !== replicas) this.#tellScaled(set, before, replicas)
    return before !== replicas
  }

  #tellScaled({ metadata }: ReplicaSet, before: number, after: number): void {
    const direction = after > before ? 'up' : 'down'
    const { surge, unavailable } = this.bounds
    const limits =
      this.oldSets.some(({ spec }) => spec.replicas > 0) && this.object.spec.strategy?.type !== 'Recreate'
        ? ` (at most ${this.replicas + surge} pods, at least ${this.replicas - unavailable} available)`
        : ''
    this.cluster.tell(this.object, {
      by: COMPONENT,
      reason: 'ScalingReplicaSet',
      message: `Scaled ${direction} replica set ${metadata.name} from ${before} to ${after}`,
      story: { by: 'deployment', text: `scaled ${metadata.name} ${direction} from ${before} to ${after}${limits}` },
    })
  }

  #replace(set: ReplicaSet, next: ReplicaSet): void {
    const stored = this.cluster.put(next)
    if (set === this.newSet) this.newSet = stored
    else this.oldSets = this.oldSets.map((old) => (old === set ? stored : old))
  }

  /** A ReplicaSet that is used again takes the newest revision number (R-DEP-3) and the Deployment's annotations. */
  #refresh(set: ReplicaSet): void {
    const newest = Math.max(0, ...this.oldSets.map(revisionOf))
    const revision = Math.max(revisionOf(set), newest + 1)
    const annotations = { ...set.metadata.annotations, ...this.#inherited(), [REVISION]: String(revision) }
    const { minReadySeconds } = this.object.spec
    const { minReadySeconds: before, ...spec } = set.spec
    if (revision !== revisionOf(set)) {
      this.found = 'reused'
      const text = `ReplicaSet ${set.metadata.name} has this pod template: used again as revision ${revision}`
      narrate(this.cluster, this.object, 'deployment', text)
    }
    const changed = withMetadata(set, {
      annotations,
      ...(before !== minReadySeconds && { generation: (set.metadata.generation ?? 1) + 1 }),
    })
    this.#replace(set, { ...changed, spec: { ...spec, ...(minReadySeconds !== undefined && { minReadySeconds }) } })
  }

  #sizes(): Record<string, string> {
    const { surge } = this.bounds
    return { [DESIRED_REPLICAS]: String(this.replicas), [MAX_REPLICAS]: String(this.replicas + surge) }
  }

  /** The Deployment's annotations that its ReplicaSets take over, such as the change cause. */
  #inherited(): Record<string, string> {
    const { annotations = {} } = this.object.metadata
    const own = [REVISION, DESIRED_REPLICAS, MAX_REPLICAS, LAST_APPLIED]
    return Object.fromEntries(Object.entries(annotations).filter(([name]) => !own.includes(name)))
  }
}

/** True if all wanted pods are of the newest revision and available. */
export const isComplete = ({ metadata, spec }: Deployment, status: Deployment['status']): boolean =>
  (status.updatedReplicas ?? 0) === spec.replicas &&
  (status.replicas ?? 0) === spec.replicas &&
  (status.availableReplicas ?? 0) === spec.replicas &&
  (status.observedGeneration ?? 0) >= (metadata.generation ?? 1)

/** Removes empty ReplicaSets beyond `revisionHistoryLimit`, oldest revision first (R-DEP-1). */
export function dropOldRevisions({ cluster, object, oldSets }: Rollout): void {
  const empty = oldSets
    .filter(({ spec, status, metadata }) => !spec.replicas && !status.replicas && !metadata.deletionTimestamp)
    .sort((left, right) => revisionOf(left) - revisionOf(right))
  const surplus = empty.length - (object.spec.revisionHistoryLimit ?? 10)
  for (const set of empty.slice(0, Math.max(0, surplus))) cluster.remove(keyOf(set))
}

/** The Deployment's ReplicaSets, after those without a controller whose labels match have been adopted (R-OWN-2). */
function claimReplicaSets(cluster: Cluster, object: Deployment): ReplicaSet[] {
  const { namespace, uid } = object.metadata
  const labels = object.spec.selector.matchLabels
  return cluster.store.list('ReplicaSet', { namespace, labels }).flatMap((set) => {
    if (!matchesLabelSelector(object.spec.selector, set.metadata.labels)) return []
    const owner = controllerOf(set)
    if (owner) return owner.uid === uid ? [set] : []
    if (set.metadata.deletionTimestamp !== undefined) return []
    const ownerReferences = [...(set.metadata.ownerReferences ?? []), ownedBy(object)]
    const adopted = cluster.put(withMetadata(set, { ownerReferences }))
    narrate(cluster, set, 'deployment', `${object.metadata.name} adopted it: it has no controller and its labels match`)
    return [adopted]
  })
}

function byAge(left: ReplicaSet, right: ReplicaSet): number {
  const [a, b] = [left.metadata, right.metadata]
  if (a.creationTimestamp !== b.creationTimestamp) return a.creationTimestamp < b.creationTimestamp ? -1 : 1
  return a.name < b.name ? -1 : 1
}

export const sum = <T>(items: readonly T[], value: (item: T) => number): number =>
  items.reduce((total, item) => total + value(item), 0)
