import fc from 'fast-check'

const letter = fc.constantFrom('a', 'b', 'c', 'd')
const labels = fc.dictionary(letter, letter, { maxKeys: 3 })
const some = <T extends object>(members: { [K in keyof T]: fc.Arbitrary<T[K]> }, required: (keyof T & string)[] = []) =>
  fc.record(members, { requiredKeys: required as never[] })

const keyed = <T extends object>(item: fc.Arbitrary<T>, key: keyof T) =>
  fc.uniqueArray(item, { selector: (value) => value[key], maxLength: 4 })

const container = some(
  {
    name: letter,
    image: letter,
    args: fc.array(letter, { maxLength: 3 }),
    env: keyed(some({ name: letter, value: letter }, ['name']), 'name'),
    ports: keyed(
      some({ containerPort: fc.constantFrom(9, 80, 443), name: letter, protocol: letter }, ['containerPort']),
      'containerPort',
    ),
  },
  ['name'],
)

const volume = fc.oneof(
  fc.record({ name: letter, emptyDir: fc.constant({}) }),
  fc.record({ name: letter, configMap: fc.record({ name: letter }) }),
)

const metadata = some({ labels, annotations: labels, finalizers: fc.subarray(['a', 'b', 'c', 'd']) })

const podSpec = some({
  containers: keyed(container, 'name'),
  volumes: keyed(volume as fc.Arbitrary<{ name: string }>, 'name'),
  nodeSelector: labels,
  tolerations: fc.array(fc.record({ key: letter }), { maxLength: 2 }),
  restartPolicy: letter,
})

const strategy = fc.oneof(
  fc.record({ type: fc.constant('Recreate') }),
  fc.record({ type: fc.constant('RollingUpdate'), rollingUpdate: some({ maxSurge: fc.nat(2) }) }),
)

/** Deployments with few names, so that versions of one often share items. */
export const deployments = some({
  metadata,
  spec: some({ replicas: fc.nat(3), strategy, template: some({ metadata, spec: podSpec }) }),
})
