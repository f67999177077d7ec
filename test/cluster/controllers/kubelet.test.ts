import { describe, expect, test } from 'vitest'
import { crash } from '../../../src/cluster/chaos.ts'
import type { Cluster } from '../../../src/cluster/cluster.ts'
import { createCluster } from '../../../src/cluster/create.ts'
import type { ContainerStatus, Pod, PodSpec } from '../../../src/cluster/kinds/pod.ts'
import { deletePod } from '../../../src/cluster/pod-deletion.ts'
import { container, deployment, eventsOf, metadata, pod, START, service, storyOf, testCluster } from './fixtures.ts'

const get = (cluster: Cluster, name = 'p'): Pod => cluster.get('Pod', 'default', name)!
const status = (cluster: Cluster, name = 'p'): ContainerStatus => get(cluster, name).status.containerStatuses![0]!
const ready = (cluster: Cluster, name = 'p') =>
  get(cluster, name).status.conditions?.find(({ type }) => type === 'Ready')
const sh = (script: string) => container('busybox', { command: ['sh', '-c', script] })
const configMap = (name: string, data: Record<string, string>) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: metadata(name),
  data,
})

function run(spec: Partial<PodSpec>, name = 'p', cluster = testCluster()): Cluster {
  cluster.begin({ author: 'you', line: 'run' })
  cluster.put(pod(name, spec))
  cluster.settle()
  return cluster
}

describe('address', () => {
  test('R-POD-4: it comes with the sandbox, before any container runs', () => {
    const cluster = testCluster()
    cluster.put(pod('p'))
    cluster.advance(cluster.now)
    expect(get(cluster).status).toMatchObject({ phase: 'Pending', podIP: '10.244.1.2' })
    expect(status(cluster).state).toEqual({ waiting: { reason: 'ContainerCreating' } })
  })

  test('R-POD-5: the first pod gets .2; it walks forward and does not reuse at once; it wraps around what is taken', () => {
    const cluster = testCluster({ nodes: 1 })
    for (const name of ['a', 'b', 'c']) run({}, name, cluster)
    expect(['a', 'b', 'c'].map((name) => get(cluster, name).status.podIP)).toEqual([
      '10.244.1.2',
      '10.244.1.3',
      '10.244.1.4',
    ])
    deletePod(cluster, get(cluster, 'b'))
    cluster.settle()
    run({}, 'd', cluster)
    expect(get(cluster, 'd').status.podIP).toBe('10.244.1.5')
    cluster.handOutNext('node-1', 254)
    for (const name of ['e', 'f', 'g']) run({}, name, cluster)
    expect(['e', 'f', 'g'].map((name) => get(cluster, name).status.podIP)).toEqual([
      '10.244.1.254',
      '10.244.1.3',
      '10.244.1.6',
    ])
  })

  test('R-POD-6: with hostNetwork it is the address of the node', () => {
    const cluster = run({ hostNetwork: true })
    expect(get(cluster).status.podIP).toBe('192.168.49.11')
    expect(cluster.ipam.size).toBe(0)
  })

  test('an address that was given up is remembered with its workload', () => {
    const cluster = run({})
    deletePod(cluster, get(cluster))
    cluster.settle()
    expect(cluster.retired).toMatchObject([{ ip: '10.244.1.2', pod: 'p', namespace: 'default', workload: 'p' }])
  })
})

describe('one address for all containers of a pod', () => {
  const named = (name: string, image: string) => ({ ...container(image), name })
  const states = (cluster: Cluster) =>
    get(cluster).status.containerStatuses?.map(({ name, state }) => `${name} ${Object.keys(state)[0]}`)

  test('R-POD-4: two containers cannot listen on the same port; who has it keeps it', () => {
    const cluster = run({ containers: [named('first', 'nginx'), named('second', 'nginx')] })
    expect(states(cluster)).toEqual(['first running', 'second waiting'])
    expect(get(cluster).status.containerStatuses?.[1]).toMatchObject({
      state: { waiting: { reason: 'CrashLoopBackOff' } },
      lastState: { terminated: { exitCode: 1 } },
    })
    expect(ready(cluster)?.status).toBe('False')
  })

  test('R-POD-4: different ports get on with each other', () => {
    const cluster = run({ containers: [named('first', 'nginx'), named('second', 'redis')] })
    expect(states(cluster)).toEqual(['first running', 'second running'])
  })

  test('R-POD-4: a port is free while the other container does not run', () => {
    const cluster = run({ containers: [named('first', 'nginx:no-such-tag'), named('second', 'nginx')] })
    expect(states(cluster)).toEqual(['first waiting', 'second running'])
    cluster.advance(cluster.now + 5_000)
    const { spec } = get(cluster)
    const containers = [named('first', 'nginx'), spec.containers[1]!]
    cluster.put({ ...get(cluster), spec: { ...spec, containers } })
    cluster.settle()
    expect(states(cluster)).toEqual(['first waiting', 'second running'])
  })
})

describe('start', () => {
  test('R-POD-1: Pending, then Running and ready after a second or two, with its events', () => {
    const cluster = run({})
    expect(get(cluster).status.phase).toBe('Running')
    expect(ready(cluster)?.status).toBe('True')
    expect(cluster.now - START).toBeGreaterThanOrEqual(1_400)
    expect(cluster.now - START).toBeLessThanOrEqual(2_400)
    expect(eventsOf(cluster, get(cluster))).toEqual([
      'Scheduled: Successfully assigned default/p to node-1',
      'Pulled: Container image "nginx" already present on machine and can be accessed by the pod',
      'Created: Container created',
      'Started: Container started',
    ])
    const started = cluster.events.about(get(cluster)).at(-1)
    expect(started?.fieldPath).toBe('spec.containers{main}')
  })

  test('many pods become ready at few distinct instants', () => {
    const cluster = testCluster()
    for (let index = 0; index < 60; index++) cluster.put(pod(`p-${index}`))
    cluster.advance(cluster.now)
    expect(new Set(Object.values(cluster.snapshot().timers)).size).toBeLessThanOrEqual(6)
  })

  test.each([
    [
      'nginx:1.161',
      'ImagePullBackOff',
      /^Back-off pulling image "nginx:1\.161": ErrImagePull: rpc error: .*docker\.io\/library\/nginx:1\.161: not found$/,
    ],
    ['nginx:no-such-tag', 'ImagePullBackOff', /not found$/],
    ['Nginx', 'InvalidImageName', /couldn't parse image name "Nginx": invalid reference format$/],
  ])('R-POD-1: %s cannot be pulled: %s, phase Pending', (image, reason, message) => {
    const cluster = run({ containers: [container(image)] })
    expect(get(cluster).status.phase).toBe('Pending')
    expect(status(cluster).state.waiting?.reason).toBe(reason)
    expect(status(cluster).state.waiting?.message).toMatch(message)
    expect(cluster.snapshot().timers, 'nothing to wait for').toEqual({})
  })

  test('ErrImagePull comes first, with the events of both', () => {
    const cluster = testCluster()
    cluster.put(pod('p', { containers: [container('nginx:1.161')] }))
    cluster.settle(2_399)
    const seen = cluster.changes.map(
      ({ object }) => (object as Pod).status?.containerStatuses?.[0]?.state.waiting?.reason,
    )
    expect(seen.filter((reason, index) => reason && reason !== seen[index - 1])).toEqual([
      'ContainerCreating',
      'ErrImagePull',
    ])
    cluster.settle()
    expect(
      eventsOf(cluster, get(cluster))
        .slice(1)
        .map((event) => event.split(':').slice(0, 2).join(':')),
    ).toEqual([
      'Failed: Failed to pull image "nginx',
      'Failed: Error',
      'BackOff: Back-off pulling image "nginx',
      'Failed: Error',
    ])
  })

  test('imagePullPolicy Never finds nothing', () => {
    expect(status(run({ containers: [container('nginx', { imagePullPolicy: 'Never' })] })).state.waiting?.reason).toBe(
      'ErrImageNeverPull',
    )
  })

  test('a missing ConfigMap for env: CreateContainerConfigError, and it starts as soon as there is one', () => {
    const env = [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'settings', key: 'a' } } }]
    const cluster = run({ containers: [container('nginx', { env })] })
    expect(status(cluster).state.waiting).toEqual({
      reason: 'CreateContainerConfigError',
      message: 'configmap "settings" not found',
    })
    expect(get(cluster).status.podIP, 'the sandbox is there').toBe('10.244.1.2')
    expect(eventsOf(cluster, get(cluster))).toContain('Failed: Error: configmap "settings" not found')
    cluster.put(configMap('settings', { b: '1' }))
    cluster.settle()
    expect(status(cluster).state.waiting?.message).toBe("couldn't find key a in ConfigMap default/settings")
    cluster.put(configMap('settings', { a: '1' }))
    cluster.settle()
    expect(ready(cluster)?.status).toBe('True')
  })

  test('a missing Secret for envFrom, unless it is optional', () => {
    const from = (optional: boolean) => ({
      containers: [container('nginx', { envFrom: [{ secretRef: { name: 'keys', optional } }] })],
    })
    expect(status(run(from(false))).state.waiting?.message).toBe('secret "keys" not found')
    expect(status(run(from(true))).state.running).toBeDefined()
  })

  test('a missing volume: no address, FailedMount, and it goes on when the ConfigMap comes', () => {
    const cluster = run({ volumes: [{ name: 'files', configMap: { name: 'site' } }] })
    expect(get(cluster).status.podIP).toBe(undefined)
    expect(eventsOf(cluster, get(cluster))).toContain(
      'FailedMount: MountVolume.SetUp failed for volume "files" : configmap "site" not found',
    )
    cluster.put(configMap('site', {}))
    cluster.settle()
    expect(ready(cluster)?.status).toBe('True')
  })

  test('a command that is not there: StartError, exit code 128', () => {
    const cluster = run({ restartPolicy: 'Never', containers: [container('busybox', { command: ['no-such-thing'] })] })
    expect(get(cluster).status.phase).toBe('Failed')
    expect(status(cluster).state.terminated).toMatchObject({ exitCode: 128, reason: 'StartError' })
    expect(status(cluster).state.terminated?.message).toContain(
      'exec: "no-such-thing": executable file not found in $PATH',
    )
  })
})

describe('init containers and sidecars', () => {
  const init = (name: string, script: string, given = {}) => ({ ...sh(script), name, ...given })

  test('one after the other, then the others', () => {
    const cluster = testCluster()
    cluster.put(pod('p', { initContainers: [init('first', 'sleep 3'), init('second', 'true')] }))
    cluster.settle(2_500)
    expect(get(cluster).status.phase).toBe('Pending')
    expect(get(cluster).status.initContainerStatuses?.map(({ state }) => Object.keys(state)[0])).toEqual([
      'running',
      'waiting',
    ])
    expect(status(cluster).state.waiting?.reason).toBe('PodInitializing')
    cluster.settle()
    expect(get(cluster).status.initContainerStatuses?.map(({ state }) => state.terminated?.exitCode)).toEqual([0, 0])
    expect(ready(cluster)?.status).toBe('True')
  })

  test('a failing one is tried again with back-off; with restartPolicy Never the pod fails', () => {
    const again = run({ initContainers: [init('broken', 'exit 3')] })
    expect(get(again).status.phase).toBe('Pending')
    expect(get(again).status.initContainerStatuses?.[0]).toMatchObject({
      state: { waiting: { reason: 'CrashLoopBackOff' } },
      lastState: { terminated: { exitCode: 3, reason: 'Error' } },
    })
    expect(get(run({ restartPolicy: 'Never', initContainers: [init('broken', 'exit 3')] })).status.phase).toBe('Failed')
  })

  test.each([
    ['until nslookup web; do echo waiting; sleep 2; done', false],
    ['until wget -qO- -T 2 http://web; do sleep 2; done', true],
  ])('%o waits for the Service, and goes on when it is there', (script, needsEndpoints) => {
    const cluster = createCluster({ seed: 1, clock: START })
    cluster.put(pod('p', { initContainers: [init('wait', script)] }))
    cluster.settle()
    expect(get(cluster).status).toMatchObject({ phase: 'Pending', initContainerStatuses: [{ state: { running: {} } }] })
    cluster.put(service('web'))
    cluster.settle()
    expect(get(cluster).status.phase).toBe(needsEndpoints ? 'Pending' : 'Running')
    cluster.put(deployment('web', 1))
    cluster.settle()
    expect(ready(cluster)?.status).toBe('True')
  })

  test('waiting for something that never comes costs less and less', () => {
    const cluster = createCluster({ seed: 1, clock: START })
    cluster.put(pod('p', { initContainers: [init('wait', 'until nslookup nothing; do sleep 2; done')] }))
    cluster.settle()
    const { visited } = cluster.store
    cluster.advance(START + 365 * 86_400_000)
    expect(cluster.store.visited - visited).toBeLessThan(5_000)
  })

  test('a sidecar keeps running beside the others and counts for Ready', () => {
    const sidecar = {
      ...container('nginx', { readinessProbe: { httpGet: { path: '/', port: 9999 } } }),
      name: 'proxy',
      restartPolicy: 'Always' as const,
    }
    const cluster = run({ initContainers: [sidecar], containers: [sh('sleep 1000')] })
    expect(get(cluster).status.phase).toBe('Running')
    expect(get(cluster).status.initContainerStatuses?.[0]?.state.running).toBeDefined()
    expect(ready(cluster)).toMatchObject({ status: 'False', message: 'containers with unready status: [proxy]' })
  })
})

describe('end and restart', () => {
  test.each<[string, NonNullable<PodSpec['restartPolicy']>, string, Pod['status']['phase'], string]>([
    ['exit 0', 'Never', 'Completed', 'Succeeded', 'PodCompleted'],
    ['exit 3', 'Never', 'Error', 'Failed', 'PodFailed'],
    ['exit 0', 'OnFailure', 'Completed', 'Succeeded', 'PodCompleted'],
  ])('R-POD-1, R-POD-2: %s with restartPolicy %s ends as %s, phase %s', (script, restartPolicy, reason, phase, why) => {
    const cluster = run({ restartPolicy, containers: [sh(script)] })
    expect(get(cluster).status.phase).toBe(phase)
    expect(status(cluster).state.terminated?.reason).toBe(reason)
    expect(ready(cluster)).toMatchObject({ status: 'False', reason: why })
    expect(cluster.snapshot().timers).toEqual({})
  })

  test('R-POD-1: busybox without a command ends at once; a crash-looping pod has phase Running', () => {
    const cluster = run({ containers: [container('busybox')] })
    expect(get(cluster).status.phase).toBe('Running')
    expect(status(cluster)).toMatchObject({
      restartCount: 3,
      state: { waiting: { reason: 'CrashLoopBackOff' } },
      lastState: { terminated: { exitCode: 0, reason: 'Completed' } },
    })
    expect(status(cluster).state.waiting?.message).toMatch(
      /^back-off 40s restarting failed container=main pod=p_default\(/,
    )
  })

  test('R-POD-2: back-off doubles from 10 s to 300 s', () => {
    const cluster = testCluster()
    cluster.put(pod('p', { containers: [sh('exit 1')] }))
    cluster.begin({ author: 'you', line: 'wait' })
    cluster.advance(cluster.now + 1_700_000)
    const told = storyOf(cluster).flatMap((line) => /back-off of (\d+) s/.exec(line)?.[1] ?? [])
    expect(told.slice(0, 8).map(Number)).toEqual([10, 20, 40, 80, 160, 300, 300, 300])
  })

  test('R-POD-2: after 10 minutes of good run it starts with a clean record', () => {
    const cluster = run({ containers: [container('nginx')] })
    const crashed = (): string | undefined => {
      crash(cluster, 'p')
      cluster.advance(cluster.now)
      return status(cluster).state.waiting?.message?.split(' restarting')[0] ?? Object.keys(status(cluster).state)[0]
    }
    expect(crashed()).toBe('terminated')
    cluster.settle()
    expect(crashed()).toBe('back-off 10s')
    cluster.settle()
    expect(crashed()).toBe('back-off 20s')
    cluster.settle()
    cluster.advance(cluster.now + 601_000)
    expect(crashed()).toBe('terminated')
  })

  test('R-POD-3: a crash keeps name, UID, node and address; RESTARTS + 1', () => {
    const cluster = run({})
    const before = get(cluster)
    crash(cluster, 'p')
    cluster.advance(cluster.now)
    expect(ready(cluster)?.status).toBe('False')
    cluster.settle()
    const after = get(cluster)
    expect([after.metadata.uid, after.spec.nodeName, after.status.podIP]).toEqual([
      before.metadata.uid,
      before.spec.nodeName,
      before.status.podIP,
    ])
    expect(status(cluster)).toMatchObject({
      restartCount: 1,
      ready: true,
      lastState: { terminated: { exitCode: 1, reason: 'Error' } },
    })
  })

  test('R-POD-10: a new image in place restarts that container alone, with the same address', () => {
    const cluster = run({ containers: [container('nginx:1.24'), { ...container('redis'), name: 'other' }] })
    const before = get(cluster)
    const [first, second] = before.spec.containers
    cluster.put<Pod>({ ...before, spec: { ...before.spec, containers: [{ ...first!, image: 'nginx:1.25' }, second!] } })
    cluster.settle()
    expect(get(cluster).status.containerStatuses?.map(({ image, restartCount }) => [image, restartCount])).toEqual([
      ['nginx:1.25', 1],
      ['redis', 0],
    ])
    expect(get(cluster).status.podIP).toBe(before.status.podIP)
    expect(eventsOf(cluster, get(cluster))).toContain('Killing: Container main definition changed, will be restarted')
  })

  test('R-POD-10: a new image heals ImagePullBackOff without a restart', () => {
    const cluster = run({ containers: [container('nginx:1.161')] })
    const before = get(cluster)
    cluster.put<Pod>({ ...before, spec: { ...before.spec, containers: [container('nginx:1.25')] } })
    cluster.settle()
    expect(status(cluster)).toMatchObject({ ready: true, restartCount: 0, image: 'nginx:1.25' })
  })

  test('a week that passes at once costs few timers and counts every restart', () => {
    const cluster = run({ containers: [container('busybox')] })
    const visits = cluster.store.visited
    cluster.advance(START + 7 * 86_400_000)
    expect(cluster.store.visited - visits).toBeLessThan(1_000)
    const expected = (7 * 86_400) / 301
    expect(status(cluster).restartCount).toBeGreaterThan(expected * 0.85)
    expect(status(cluster).restartCount).toBeLessThanOrEqual(expected + 6)
  })

  test('long runs that end are counted as well, and the pod is running in between', () => {
    const cluster = run({ containers: [sh('sleep 3600')] })
    cluster.advance(START + 30 * 86_400_000)
    expect(status(cluster).state.running).toBeDefined()
    expect(status(cluster).restartCount).toBeGreaterThan(600)
    expect(status(cluster).restartCount).toBeLessThanOrEqual(720)
  })
})

describe('R-POD-9: deletion', () => {
  test('marked at once, gone about a second later; then the address is free', () => {
    const cluster = run({})
    const at = cluster.now
    deletePod(cluster, get(cluster))
    cluster.advance(cluster.now)
    expect(get(cluster).metadata).toMatchObject({ deletionGracePeriodSeconds: 30 })
    cluster.settle()
    expect(cluster.get('Pod', 'default', 'p')).toBe(undefined)
    expect(cluster.now - at).toBeLessThanOrEqual(1_200)
    expect(cluster.events.records.map(({ message }) => message)).toContain('Stopping container main')
  })

  test('process 1 that ignores SIGTERM is killed after the grace period', () => {
    const cluster = run({ containers: [sh('sleep 3600')], terminationGracePeriodSeconds: 20 })
    deletePod(cluster, get(cluster))
    cluster.advance(cluster.now + 19_000 - (cluster.now % 1000))
    expect(get(cluster)).toBeDefined()
    cluster.settle()
    expect(cluster.get('Pod', 'default', 'p')).toBe(undefined)
    expect(storyOf(cluster).at(-1)).toContain('did not stop on SIGTERM, killed after 20 s')
  })

  test('grace 0 and pods without a node go at once', () => {
    const cluster = run({})
    deletePod(cluster, get(cluster), 0)
    expect(cluster.get('Pod', 'default', 'p')).toBe(undefined)
    run({ nodeSelector: { none: 'such' } }, 'waiting', cluster)
    deletePod(cluster, get(cluster, 'waiting'))
    expect(cluster.get('Pod', 'default', 'waiting')).toBe(undefined)
  })

  test('a pod on its way out can be hurried, not slowed down', () => {
    const cluster = run({ containers: [sh('sleep 3600')] })
    deletePod(cluster, get(cluster), 10)
    const marked = get(cluster).metadata.deletionTimestamp
    deletePod(cluster, get(cluster), 60)
    expect(get(cluster).metadata.deletionTimestamp).toBe(marked)
    deletePod(cluster, get(cluster), 1)
    cluster.settle(2_000)
    expect(cluster.get('Pod', 'default', 'p')).toBe(undefined)
  })
})
