import { beforeEach, describe, expect, test } from 'vitest'
import { create, listObjects, read, remove, update } from '../../src/cluster/api.ts'
import type { Cluster } from '../../src/cluster/cluster.ts'
import { ApiError, NotModelledError } from '../../src/cluster/errors.ts'
import { parseFieldSelector } from '../../src/cluster/field-selector.ts'
import type { Kind } from '../../src/cluster/kinds/index.ts'
import type { Namespace } from '../../src/cluster/kinds/namespace.ts'
import type { Pod } from '../../src/cluster/kinds/pod.ts'
import { type KubeObject, timestamp } from '../../src/cluster/object.ts'
import { parseSelector } from '../../src/cluster/selector.ts'
import { quietCluster, START } from './world.ts'

let cluster: Cluster

beforeEach(() => {
  cluster = quietCluster({ namespaces: ['default', 'shop', 'kube-system', 'kube-public', 'kube-node-lease'] })
})

const configMap = (name: string | undefined, metadata: object = {}, data: object = {}) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { ...(name !== undefined && { name }), ...metadata },
  data,
})

const service = (name: string, spec: object = { ports: [{ port: 80 }] }, metadata: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, ...metadata },
  spec,
})

const pod = (name: string, spec: object = {}, metadata: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, ...metadata },
  spec: { containers: [{ name: 'c', image: 'nginx' }], ...spec },
})

const deployment = (name: string, spec: object = {}, template: object = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name },
  spec: {
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name }, ...template },
      spec: { containers: [{ name: 'c', image: 'nginx' }] },
    },
    ...spec,
  },
})

const names = (objects: readonly KubeObject[]): string[] => objects.map(({ metadata }) => metadata.name)

/** The refusal, after checking that it left nothing behind, no used-up chance either. */
function refusal(act: () => unknown): ApiError {
  const before = JSON.stringify(cluster.snapshot())
  try {
    act()
  } catch (error) {
    expect(JSON.stringify(cluster.snapshot())).toBe(before)
    if (error instanceof ApiError) return error
    throw error
  }
  throw new Error('it was accepted')
}

describe('create', () => {
  test('R-NAM-6 the server gives uid, time, namespace and version', () => {
    const { object } = create(cluster, configMap('a'))
    expect(object.metadata).toEqual({
      name: 'a',
      namespace: 'default',
      uid: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/),
      creationTimestamp: timestamp(START),
      resourceVersion: expect.stringMatching(/^\d+$/),
    })
    expect(read(cluster, 'ConfigMap', 'default', 'a')).toEqual(object)
  })

  test('what the server gives cannot be chosen', () => {
    const chosen = {
      uid: 'mine',
      creationTimestamp: '2001-01-01T00:00:00Z',
      generation: 7,
      deletionTimestamp: '2001-01-01T00:00:00Z',
    }
    const { metadata } = create(cluster, { ...deployment('web'), metadata: { name: 'web', ...chosen } }).object
    expect(metadata).toMatchObject({ creationTimestamp: timestamp(START), generation: 1 })
    expect(metadata.uid).not.toBe('mine')
    expect(metadata.deletionTimestamp).toBeUndefined()
  })

  test('status belongs to the components', () => {
    const written = create(cluster, { ...pod('p'), status: { phase: 'Running', podIP: '10.244.1.2' } })
    expect((written.object as Pod).status).toMatchObject({ phase: 'Pending' })
    expect((cluster.get('Pod', 'default', 'p') as Pod).status.podIP).toBeUndefined()
    const changed = update(cluster, { ...pod('p'), status: { phase: 'Failed' } }).object as Pod
    expect(changed.status.phase).toBe('Pending')
  })

  test('R-ERR-3 it is there already, in this namespace', () => {
    create(cluster, service('web'))
    const { reason, message } = refusal(() => create(cluster, service('web')))
    expect({ reason, message }).toEqual({ reason: 'AlreadyExists', message: 'services "web" already exists' })
    expect(create(cluster, service('web'), { namespace: 'shop' }).object.metadata.namespace).toBe('shop')
    create(cluster, deployment('web'))
    expect(refusal(() => create(cluster, deployment('web'))).message).toBe('deployments.apps "web" already exists')
  })

  test('R-NSP-4 the namespace must exist', () => {
    const { reason, message } = refusal(() => create(cluster, service('web', undefined, { namespace: 'x' })))
    expect({ reason, message }).toEqual({ reason: 'NotFound', message: 'namespaces "x" not found' })
  })

  test('R-NSP-4 nothing new goes into a namespace that is going', () => {
    remove(cluster, 'Namespace', undefined, 'shop')
    const { reason, message } = refusal(() => create(cluster, service('web'), { namespace: 'shop' }))
    expect({ reason, message }).toEqual({
      reason: 'Forbidden',
      message:
        'services "web" is forbidden: unable to create new content in namespace shop because it is being terminated',
    })
  })

  test('the object’s namespace is that of the request', () => {
    const { reason, message } = refusal(() =>
      create(cluster, service('web', undefined, { namespace: 'shop' }), { namespace: 'default' }),
    )
    expect({ reason, message }).toEqual({
      reason: 'BadRequest',
      message: 'the namespace of the provided object does not match the namespace sent on the request',
    })
  })

  test('cluster-scoped objects have no namespace', () => {
    const { metadata } = create(
      cluster,
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'x' } },
      { namespace: 'shop' },
    ).object
    expect(metadata).not.toHaveProperty('namespace')
  })

  test('R-NAM-6 a name or a base for one is needed', () => {
    expect(refusal(() => create(cluster, configMap(undefined))).message).toBe(
      'ConfigMap "" is invalid: metadata.name: Required value: name or generateName is required',
    )
  })

  test('R-NAM-6, R-NAM-7 generated names', () => {
    const { name } = create(cluster, configMap(undefined, { generateName: 'web-' })).object.metadata
    expect(name).toMatch(/^web-[bcdfghjklmnpqrstvwxz2456789]{5}$/)
    const long = create(cluster, configMap(undefined, { generateName: 'a'.repeat(80) })).object.metadata.name
    expect(long).toMatch(/^a{58}[bcdfghjklmnpqrstvwxz2456789]{5}$/)
    const many = Array.from({ length: 200 }, () => create(cluster, configMap(undefined, { generateName: 'x-' })).object)
    expect(new Set(names(many)).size).toBe(200)
  })

  test('R-ERR-2 all problems are told together', () => {
    const { reason, invalid, message } = refusal(() =>
      create(cluster, service('Web', { type: 'Foo', ports: [{ port: 0 }, { port: 0 }] }, { labels: { 'a b': 'c d' } })),
    )
    expect(reason).toBe('Invalid')
    expect(invalid).toMatchObject({ kind: 'Service', name: 'Web' })
    expect(invalid!.causes.map(({ path }) => path)).toEqual(
      expect.arrayContaining([
        'metadata.name',
        'metadata.labels',
        'spec.type',
        'spec.ports[0].name',
        'spec.ports[0].port',
        'spec.ports[1].port',
      ]),
    )
    expect(message).toMatch(/^Service "Web" is invalid: \[metadata\.name: Invalid value: "Web": /)
  })

  test('a dry run answers like the real one and leaves nothing', () => {
    const before = JSON.stringify(cluster.snapshot())
    const tried = create(cluster, service('web', { type: 'NodePort', ports: [{ port: 80 }] }), { dryRun: true })
    expect(JSON.stringify(cluster.snapshot())).toBe(before)
    const real = create(cluster, service('web', { type: 'NodePort', ports: [{ port: 80 }] }))
    const { resourceVersion: _, ...metadata } = real.object.metadata
    expect(tried.object).toEqual({ ...real.object, metadata })
    expect(() => read(cluster, 'Service', 'default', 'other')).toThrow('services "other" not found')
  })

  test('what has no effect here is named', () => {
    expect(create(cluster, service('web', { ports: [{ port: 80, appProtocol: 'http' }] })).ignored).toEqual([
      'spec.ports[].appProtocol',
    ])
  })
})

describe('update', () => {
  test('R-ERR-3 it must be there', () => {
    const { reason, message } = refusal(() => update(cluster, deployment('x')))
    expect({ reason, message }).toEqual({ reason: 'NotFound', message: 'deployments.apps "x" not found' })
  })

  test('an old version is a conflict', () => {
    const old = create(cluster, configMap('a')).object
    update(cluster, { ...old, data: { b: '1' } })
    const { reason, message } = refusal(() => update(cluster, { ...old, data: { b: '2' } }))
    expect({ reason, message }).toEqual({
      reason: 'Conflict',
      message:
        'Operation cannot be fulfilled on configmaps "a": the object has been modified; please apply your changes to the latest version and try again',
    })
    expect(update(cluster, configMap('a', {}, { b: '3' })).object).toMatchObject({ data: { b: '3' } })
  })

  test('the generation counts changes of the spec, not of labels', () => {
    create(cluster, deployment('web'))
    const generationAfter = (input: object) => update(cluster, input).object.metadata.generation
    expect(generationAfter(deployment('web'))).toBe(1)
    expect(generationAfter({ ...deployment('web'), metadata: { name: 'web', labels: { a: 'b' } } })).toBe(1)
    expect(generationAfter(deployment('web', { replicas: 3 }))).toBe(2)
    expect(generationAfter(deployment('web', {}, { annotations: { a: 'b' } }))).toBe(3)
  })

  test('R-LBL-6 labels change and go at any time', () => {
    create(cluster, pod('p', {}, { labels: { app: 'web' } }))
    expect(update(cluster, pod('p', {}, { labels: { app: 'api' } })).object.metadata.labels).toEqual({ app: 'api' })
    expect(update(cluster, pod('p')).object.metadata.labels).toBeUndefined()
    expect(listObjects(cluster, 'Pod', { selector: parseSelector('app') })).toEqual([])
  })

  test('identity stays', () => {
    const { metadata } = create(cluster, configMap('a')).object
    cluster.advance(START + 60_000)
    expect(update(cluster, configMap('a', {}, { b: '1' })).object.metadata).toMatchObject({
      uid: metadata.uid,
      creationTimestamp: metadata.creationTimestamp,
    })
    expect(refusal(() => update(cluster, configMap('a', { uid: 'other' }))).message).toBe(
      'ConfigMap "a" is invalid: metadata.uid: Invalid value: "other": field is immutable',
    )
  })

  test('a dry run leaves nothing', () => {
    create(cluster, configMap('a'))
    const before = JSON.stringify(cluster.snapshot())
    expect(update(cluster, configMap('a', {}, { b: '1' }), { dryRun: true }).object).toMatchObject({ data: { b: '1' } })
    expect(JSON.stringify(cluster.snapshot())).toBe(before)
  })
})

describe('remove', () => {
  test('R-ERR-3 it must be there', () => {
    const { reason, message } = refusal(() => remove(cluster, 'Pod', 'default', 'x'))
    expect({ reason, message }).toEqual({ reason: 'NotFound', message: 'pods "x" not found' })
  })

  test.each(['default', 'kube-system', 'kube-public'])('R-NSP-4 namespace %s stays', (name) => {
    const { reason, message } = refusal(() => remove(cluster, 'Namespace', undefined, name))
    expect({ reason, message }).toEqual({
      reason: 'Forbidden',
      message: `namespaces "${name}" is forbidden: this namespace may not be deleted`,
    })
  })

  test('R-NSP-5 a namespace is Terminating until it is empty', () => {
    const { metadata, status } = remove(cluster, 'Namespace', undefined, 'kube-node-lease') as Namespace
    expect(metadata.deletionTimestamp).toBe(timestamp(START))
    expect(status.phase).toBe('Terminating')
  })

  const running = (name: string, spec: object = {}): void => {
    create(cluster, pod(name, { nodeName: 'node-1', ...spec }))
    const stored = cluster.get('Pod', 'default', name) as Pod
    cluster.put({ ...stored, status: { phase: 'Running', podIP: '10.244.1.2' } } as Pod)
  }

  test('R-POD-9 a running pod has its grace period', () => {
    running('p')
    running('q', { terminationGracePeriodSeconds: 5 })
    expect(remove(cluster, 'Pod', 'default', 'p').metadata).toMatchObject({
      deletionTimestamp: timestamp(START + 30_000),
      deletionGracePeriodSeconds: 30,
    })
    expect(remove(cluster, 'Pod', 'default', 'q').metadata.deletionGracePeriodSeconds).toBe(5)
    expect(names(listObjects(cluster, 'Pod'))).toEqual(['p', 'q'])
  })

  test('R-POD-9 a deletion can be hurried, not put off', () => {
    running('p')
    remove(cluster, 'Pod', 'default', 'p', { gracePeriodSeconds: 10 })
    expect(remove(cluster, 'Pod', 'default', 'p', { gracePeriodSeconds: 60 }).metadata.deletionGracePeriodSeconds).toBe(
      10,
    )
    expect(remove(cluster, 'Pod', 'default', 'p', { gracePeriodSeconds: 2 }).metadata.deletionGracePeriodSeconds).toBe(
      2,
    )
  })

  test('R-POD-9 grace 0, no node, finished: the pod goes at once', () => {
    running('forced')
    remove(cluster, 'Pod', 'default', 'forced', { gracePeriodSeconds: 0 })
    create(cluster, pod('unscheduled'))
    remove(cluster, 'Pod', 'default', 'unscheduled')
    running('done', { restartPolicy: 'Never' })
    cluster.put({ ...(cluster.get('Pod', 'default', 'done') as Pod), status: { phase: 'Succeeded' } } as Pod)
    remove(cluster, 'Pod', 'default', 'done')
    expect(listObjects(cluster, 'Pod')).toEqual([])
    expect(cluster.retired.map((each) => each.pod)).toEqual(['forced'])
  })

  test('R-DEP-13 orphans lose their owner', () => {
    const { uid } = create(cluster, deployment('web')).object.metadata
    const owner = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', uid, controller: true }
    const other = { apiVersion: 'v1', kind: 'ConfigMap', name: 'a', uid: 'u' }
    create(cluster, configMap('owned', { ownerReferences: [owner] }))
    create(cluster, configMap('shared', { ownerReferences: [other, owner] }))
    remove(cluster, 'Deployment', 'default', 'web', { propagation: 'Orphan' })
    expect(listObjects(cluster, 'Deployment')).toEqual([])
    expect(read(cluster, 'ConfigMap', 'default', 'owned').metadata).not.toHaveProperty('ownerReferences')
    expect(read(cluster, 'ConfigMap', 'default', 'shared').metadata.ownerReferences).toEqual([other])
  })

  test('a finalizer holds the object until it is taken away', () => {
    create(cluster, configMap('a', { finalizers: ['example.com/hold'] }))
    expect(remove(cluster, 'ConfigMap', 'default', 'a').metadata.deletionTimestamp).toBe(timestamp(START))
    expect(
      refusal(() => update(cluster, configMap('a', { finalizers: ['example.com/hold', 'example.com/more'] }))).message,
    ).toBe(
      'ConfigMap "a" is invalid: metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{"example.com/more"}',
    )
    update(cluster, configMap('a'))
    expect(listObjects(cluster, 'ConfigMap')).toEqual([])
  })

  test('a dry run leaves nothing', () => {
    create(cluster, configMap('a'))
    const before = JSON.stringify(cluster.snapshot())
    expect(remove(cluster, 'ConfigMap', 'default', 'a', { dryRun: true }).metadata.name).toBe('a')
    expect(JSON.stringify(cluster.snapshot())).toBe(before)
  })
})

describe('read and list', () => {
  beforeEach(() => {
    create(cluster, pod('b', { nodeName: 'node-1' }, { labels: { app: 'web' } }))
    create(cluster, pod('a', {}, { labels: { app: 'web', tier: 'front' } }))
    create(cluster, pod('c', {}, { namespace: 'shop', labels: { app: 'api' } }))
  })

  test('R-ERR-3 it must be there', () => {
    expect(() => read(cluster, 'Pod', 'shop', 'a')).toThrow(new ApiError('NotFound', 'pods "a" not found'))
  })

  test('R-SEL-11 sorted by namespace and name; nothing found is no error', () => {
    expect(names(listObjects(cluster, 'Pod'))).toEqual(['a', 'b', 'c'])
    expect(names(listObjects(cluster, 'Pod', { namespace: 'shop' }))).toEqual(['c'])
    expect(names(listObjects(cluster, 'Pod', { selector: parseSelector('app=web,!tier') }))).toEqual(['b'])
    expect(names(listObjects(cluster, 'Pod', { selector: parseSelector('app notin (web)') }))).toEqual(['c'])
    expect(names(listObjects(cluster, 'Pod', { fields: parseFieldSelector('spec.nodeName=node-1') }))).toEqual(['b'])
    expect(listObjects(cluster, 'Pod', { namespace: 'nowhere' })).toEqual([])
    expect(names(listObjects(cluster, 'Namespace', { namespace: 'shop' }))).toContain('default')
  })

  test('an unknown field is a bad request', () => {
    expect(() => listObjects(cluster, 'Pod', { fields: parseFieldSelector('spec.x=1') })).toThrow(
      new ApiError('BadRequest', 'field label not supported: spec.x'),
    )
  })

  test('events and legacy endpoints are read only', () => {
    const uid = cluster.get('Pod', 'default', 'a')!.metadata.uid
    cluster.events.add(
      {
        by: 'kubelet',
        kind: 'Pod',
        namespace: 'default',
        name: 'a',
        uid,
        reason: 'Started',
        message: 'Container started',
      },
      START,
    )
    const [event] = listObjects(cluster, 'Event', {
      fields: parseFieldSelector(`involvedObject.uid=${uid},type!=Warning`),
    })
    expect(event).toMatchObject({ involvedObject: { kind: 'Pod', name: 'a' }, reason: 'Started', type: 'Normal' })
    expect(read(cluster, 'Event', 'default', event!.metadata.name)).toEqual(event)
    for (const kind of ['Event', 'Endpoints'] satisfies Kind[]) {
      expect(() => create(cluster, { apiVersion: 'v1', kind, metadata: { name: 'x' } })).toThrow(NotModelledError)
      expect(() => remove(cluster, kind, 'default', 'x')).toThrow(NotModelledError)
    }
  })

  test('stored objects are never changed by reading', () => {
    const stored = cluster.get('Pod', 'default', 'b')!
    const before = JSON.stringify(stored)
    read(cluster, 'Pod', 'default', 'b')
    expect(JSON.stringify(stored)).toBe(before)
  })
})
