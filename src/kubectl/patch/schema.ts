/**
 * How one list or object takes part in a strategic merge, as the struct tags `patchStrategy` and `patchMergeKey` of
 * the Kubernetes API say. Lists without a rule are replaced as a whole, objects are merged member by member.
 */
export interface PatchRule {
  /** Items with the same value of `mergeKey` are merged; without a merge key the items are plain values. */
  readonly merge?: true
  readonly mergeKey?: string
  /** Members that the patch does not name are removed: the members exclude each other. */
  readonly retainKeys?: true
  /** What is below the object or below each item. */
  readonly fields?: PatchSchema
}

export type PatchSchema = Readonly<Record<string, PatchRule>>

const byKey = (mergeKey: string, fields: PatchSchema = {}): PatchRule => ({ merge: true, mergeKey, fields })

const metadata: PatchRule = { fields: { finalizers: { merge: true }, ownerReferences: byKey('uid') } }

const conditions = byKey('type')

const container: PatchSchema = {
  env: byKey('name'),
  ports: byKey('containerPort'),
  volumeDevices: byKey('devicePath'),
  volumeMounts: byKey('mountPath'),
}

const podSpec: PatchRule = {
  fields: {
    containers: byKey('name', container),
    ephemeralContainers: byKey('name', container),
    hostAliases: byKey('ip'),
    imagePullSecrets: byKey('name'),
    initContainers: byKey('name', container),
    resourceClaims: { ...byKey('name'), retainKeys: true },
    schedulingGates: byKey('name'),
    topologySpreadConstraints: byKey('topologyKey'),
    volumes: { ...byKey('name'), retainKeys: true },
  },
}

const template: PatchRule = { fields: { metadata, spec: podSpec } }

const workload = (spec: PatchSchema = {}): PatchSchema => ({
  metadata,
  spec: { fields: { ...spec, template } },
  status: { fields: { conditions } },
})

const plain: PatchSchema = { metadata }

/** The patch rules of the API's own kinds, by the name of their message. Custom resources have none. */
const schemas: Readonly<Record<string, PatchSchema>> = {
  'apps.v1.DaemonSet': workload(),
  'apps.v1.Deployment': workload({ strategy: { retainKeys: true } }),
  'apps.v1.ReplicaSet': workload(),
  'apps.v1.StatefulSet': workload(),
  'core.v1.ConfigMap': plain,
  'core.v1.Endpoints': plain,
  'core.v1.Event': plain,
  'core.v1.Namespace': { metadata, status: { fields: { conditions } } },
  'core.v1.Node': {
    metadata,
    spec: { fields: { podCIDRs: { merge: true } } },
    status: { fields: { addresses: byKey('type'), conditions } },
  },
  'core.v1.Pod': {
    metadata,
    spec: podSpec,
    status: { fields: { conditions, hostIPs: byKey('ip'), podIPs: byKey('ip') } },
  },
  'core.v1.Secret': plain,
  'core.v1.Service': { metadata, spec: { fields: { ports: byKey('port') } }, status: { fields: { conditions } } },
  'core.v1.ServiceAccount': { metadata, secrets: byKey('name') },
  'discovery.v1.EndpointSlice': plain,
  'networking.v1.Ingress': plain,
  'networking.v1.IngressClass': plain,
  'networking.v1.NetworkPolicy': plain,
}

/** The rules for a message; undefined for custom resources, which know no strategic merge. */
export const patchSchemaOf = (message: string): PatchSchema | undefined =>
  Object.hasOwn(schemas, message) ? schemas[message] : undefined

const NO_RULE: PatchRule = {}

/** The rule of one member. */
export const ruleOf = (schema: PatchSchema, name: string): PatchRule =>
  Object.hasOwn(schema, name) ? schema[name]! : NO_RULE

export const fieldsOf = (rule: PatchRule): PatchSchema => rule.fields ?? {}
