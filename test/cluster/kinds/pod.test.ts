import { beforeEach, describe, expect, test } from 'vitest'
import { create, read, update } from '../../../src/cluster/api.ts'
import type { Cluster } from '../../../src/cluster/cluster.ts'
import { hostPortsOf, type Pod, type PodSpec, type PodStatus } from '../../../src/cluster/kinds/pod.ts'
import { podColumns, summaryOf } from '../../../src/cluster/kinds/pod-columns.ts'
import { conditionsOf, fullImageName, qosClassOf } from '../../../src/cluster/kinds/pod-present.ts'
import type { KubeObject } from '../../../src/cluster/object.ts'
import { quietCluster } from '../world.ts'

let cluster: Cluster

beforeEach(() => {
  cluster = quietCluster()
  cluster.put({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: 'node-1', uid: 'n', creationTimestamp: '2026-11-23T07:00:00Z' },
    spec: { podCIDR: '10.244.1.0/24' },
    status: { addresses: [{ type: 'InternalIP', address: '192.168.49.11' }], conditions: [] },
  } as KubeObject)
})

const AT = '2026-11-23T07:55:00Z'
const input = (spec: object = {}, metadata: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'p', ...metadata },
  spec: { containers: [{ name: 'c', image: 'nginx' }], ...spec },
})
const pod = (status: Partial<PodStatus>, spec: Partial<PodSpec> = {}, metadata: object = {}): Pod =>
  ({
    ...input({ nodeName: 'node-1', ...spec }, { namespace: 'default', uid: 'u', creationTimestamp: AT, ...metadata }),
    status: { phase: 'Running', startTime: AT, ...status },
  }) as Pod

const running = { running: { startedAt: AT } }
const waiting = (reason: string) => ({ waiting: { reason } })
const ended = (exitCode: number, reason: string) => ({ terminated: { exitCode, reason, finishedAt: AT } })
const status = (state: object, fields: object = {}) => ({
  name: 'c',
  ready: 'running' in state,
  restartCount: 0,
  state,
  ...fields,
})
const ready = (is: 'True' | 'False') => [{ type: 'Ready', status: is }]

describe('columns', () => {
  const deletionTimestamp = '2026-11-23T08:00:30Z'
  const twoInit = {
    initContainers: [
      { name: 'a', image: 'x' },
      { name: 'b', image: 'x' },
    ],
  }
  const sidecar = { initContainers: [{ name: 's', image: 'x', restartPolicy: 'Always' as const }] }

  test.each<[rule: string, pod: Pod, cells: string]>([
    ['R-POD-1 not scheduled', pod({ phase: 'Pending' }), '0/1 Pending 0'],
    [
      'R-POD-1 being created',
      pod({ phase: 'Pending', containerStatuses: [status(waiting('ContainerCreating'))] }),
      '0/1 ContainerCreating 0',
    ],
    [
      'R-POD-1 pull',
      pod({ phase: 'Pending', containerStatuses: [status(waiting('ImagePullBackOff'))] }),
      '0/1 ImagePullBackOff 0',
    ],
    ['R-POD-1 running', pod({ containerStatuses: [status(running)], conditions: ready('True') }), '1/1 Running 0'],
    [
      'R-POD-7 not ready',
      pod({ containerStatuses: [status(running, { ready: false })], conditions: ready('False') }),
      '0/1 Running 0',
    ],
    [
      'R-POD-1, R-POD-3 crash loop',
      pod({
        containerStatuses: [status(waiting('CrashLoopBackOff'), { restartCount: 3, lastState: ended(1, 'Error') })],
      }),
      '0/1 CrashLoopBackOff 3 (5m ago)',
    ],
    [
      'R-POD-1 completed',
      pod({ phase: 'Succeeded', containerStatuses: [status(ended(0, 'Completed'))] }),
      '0/1 Completed 0',
    ],
    ['R-POD-1 failed', pod({ phase: 'Failed', containerStatuses: [status(ended(1, 'Error'))] }), '0/1 Error 0'],
    ['R-POD-1 no reason', pod({ phase: 'Failed', containerStatuses: [status(ended(3, ''))] }), '0/1 ExitCode:3 0'],
    [
      'R-POD-9 on its way out',
      pod({ containerStatuses: [status(running)] }, {}, { deletionTimestamp }),
      '1/1 Terminating 0',
    ],
    [
      'R-POD-9 finished is not Terminating',
      pod({ phase: 'Succeeded', containerStatuses: [status(ended(0, 'Completed'))] }, {}, { deletionTimestamp }),
      '0/1 Completed 0',
    ],
    ['the reason of the pod', pod({ phase: 'Failed', reason: 'Evicted' }), '0/1 Evicted 0'],
    [
      'init',
      pod(
        {
          phase: 'Pending',
          initContainerStatuses: [status(ended(0, 'Completed'), { name: 'a' }), status(running, { name: 'b' })],
        },
        twoInit,
      ),
      '0/1 Init:1/2 0',
    ],
    [
      'init fails',
      pod(
        {
          phase: 'Pending',
          initContainerStatuses: [status(waiting('CrashLoopBackOff'), { name: 'a', restartCount: 2 })],
        },
        twoInit,
      ),
      '0/1 Init:CrashLoopBackOff 2',
    ],
    [
      'init error',
      pod({ phase: 'Pending', initContainerStatuses: [status(ended(1, 'Error'), { name: 'a' })] }, twoInit),
      '0/1 Init:Error 0',
    ],
    [
      'a sidecar counts',
      pod(
        {
          initContainerStatuses: [status(running, { name: 's', restartCount: 1 })],
          containerStatuses: [status(running, { restartCount: 2 })],
          conditions: ready('True'),
        },
        sidecar,
      ),
      '2/2 Running 3',
    ],
    [
      'a sidecar that has not started',
      pod({ phase: 'Pending', initContainerStatuses: [status(waiting('PodInitializing'), { name: 's' })] }, sidecar),
      '0/2 Init:0/1 0',
    ],
    [
      'one of two has ended',
      pod(
        {
          containerStatuses: [status(running), status(ended(0, 'Completed'), { name: 'd' })],
          conditions: ready('False'),
        },
        {
          containers: [
            { name: 'c', image: 'x' },
            { name: 'd', image: 'x' },
          ],
        },
      ),
      '1/2 NotReady 0',
    ],
  ])('%s: %3$s', (_, object, cells) => {
    const shown = podColumns.slice(1, 4).map(({ cell }) => cell(object, cluster))
    expect(shown.join(' ')).toBe(cells)
  })

  test('wide: address, node, gates', () => {
    const wide = (object: Pod) => podColumns.filter((column) => column.wide).map(({ cell }) => cell(object, cluster))
    expect(wide(pod({ phase: 'Pending' }, { nodeName: undefined } as unknown as PodSpec))).toEqual([
      '<none>',
      '<none>',
      '<none>',
      '<none>',
    ])
    const gates = [{ conditionType: 'a.test/x' }, { conditionType: 'a.test/y' }]
    const conditions = [{ type: 'a.test/x', status: 'True' as const }]
    expect(wide(pod({ podIP: '10.244.1.2', conditions }, { readinessGates: gates }))).toEqual([
      '10.244.1.2',
      'node-1',
      '<none>',
      '1/2',
    ])
  })

  test('the summary has numbers for those who need them', () => {
    expect(
      summaryOf(pod({ containerStatuses: [status(running, { restartCount: 2, lastState: ended(1, 'Error') })] })),
    ).toEqual({
      ready: 1,
      total: 1,
      status: 'Running',
      restarts: 2,
      lastRestart: AT,
    })
  })
})

describe('what is shown and what is stored', () => {
  test('R-POD-2, R-POD-7, R-POD-9 defaults are shown, not stored', () => {
    const shown = create(
      cluster,
      input({
        containers: [
          { name: 'c', image: 'nginx', ports: [{ containerPort: 80 }], readinessProbe: { httpGet: { port: 80 } } },
        ],
      }),
    ).object as Pod
    expect(shown.spec).toMatchObject({
      restartPolicy: 'Always',
      terminationGracePeriodSeconds: 30,
      dnsPolicy: 'ClusterFirst',
      serviceAccountName: 'default',
      schedulerName: 'default-scheduler',
      enableServiceLinks: true,
      tolerations: [
        { key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 },
        { key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 },
      ],
      containers: [
        {
          imagePullPolicy: 'Always',
          ports: [{ containerPort: 80, protocol: 'TCP' }],
          readinessProbe: {
            httpGet: { path: '/', port: 80, scheme: 'HTTP' },
            periodSeconds: 10,
            timeoutSeconds: 1,
            failureThreshold: 3,
            successThreshold: 1,
          },
        },
      ],
    })
    expect(cluster.get('Pod', 'default', 'p')!.spec).toEqual({
      containers: [
        { name: 'c', image: 'nginx', ports: [{ containerPort: 80 }], readinessProbe: { httpGet: { port: 80 } } },
      ],
    })
    expect(JSON.stringify(cluster.get('Pod', 'default', 'p')).length).toBeLessThan(500)
  })

  const c = { name: 'c', image: 'nginx:1.27' }
  const lost = { key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 }
  const specs: [string, object][] = [
    ['limits', { containers: [{ ...c, resources: { limits: { cpu: '1', memory: '1Gi' } } }] }],
    ['requests', { containers: [{ ...c, resources: { requests: { cpu: '1' } } }] }],
    ['requests below limits', { containers: [{ ...c, resources: { requests: { cpu: '1' }, limits: { cpu: '2' } } }] }],
    ['requests as limits', { containers: [{ ...c, resources: { requests: { cpu: '1' }, limits: { cpu: '1' } } }] }],
    ['a usual toleration', { containers: [c], tolerations: [lost] }],
    ['the usual account', { containers: [c], serviceAccountName: 'default' }],
    ['no token', { containers: [c], automountServiceAccountToken: false }],
    [
      'defaults spelled out',
      { containers: [{ ...c, ports: [{ containerPort: 80, protocol: 'TCP' }] }], restartPolicy: 'Always' },
    ],
    ['host network', { containers: [{ ...c, ports: [{ containerPort: 80 }] }], hostNetwork: true }],
    [
      'volumes',
      {
        containers: [c],
        volumes: [
          { name: 'v', emptyDir: {} },
          { name: 'w', configMap: { name: 'x' } },
        ],
      },
    ],
    ['a sidecar', { containers: [c], initContainers: [{ name: 'i', image: 'busybox', restartPolicy: 'Always' }] }],
  ]

  test.each(specs)('R-POD-10 R-LBL-6 a pod with %s can be labelled, whoever made it', (_, spec) => {
    const label = (name: string) => {
      const shown = JSON.parse(JSON.stringify(read(cluster, 'Pod', 'default', name)))
      return update(cluster, { ...shown, metadata: { ...shown.metadata, labels: { a: 'b' } } })
    }
    create(cluster, input({ nodeName: 'node-1', ...spec }))
    expect(label('p').object.metadata.labels).toEqual({ a: 'b' })
    // As a controller makes it, straight from a template.
    cluster.put({ ...pod({}, spec as Partial<PodSpec>, { name: 'q', uid: 'q' }) })
    expect(label('q').object.metadata.labels).toEqual({ a: 'b' })
  })

  test('what is shown can be sent back and changes nothing', () => {
    create(
      cluster,
      input({
        nodeName: 'node-1',
        tolerations: [{ operator: 'Exists' }],
        containers: [{ name: 'c', image: 'nginx:1.27', imagePullPolicy: 'Always' }],
      }),
    )
    const stored = cluster.get('Pod', 'default', 'p') as Pod
    cluster.put({
      ...stored,
      status: {
        phase: 'Running',
        podIP: '10.244.1.2',
        startTime: AT,
        containerStatuses: [status(running)],
        conditions: ready('True'),
      },
    } as Pod)
    const { metadata: _, ...before } = cluster.get('Pod', 'default', 'p') as Pod
    update(cluster, JSON.parse(JSON.stringify(read(cluster, 'Pod', 'default', 'p'))))
    const { metadata: __, ...after } = cluster.get('Pod', 'default', 'p') as Pod
    expect(after).toEqual(before)
  })

  test('R-POD-4, R-POD-5 addresses, images and conditions of a running pod', () => {
    const object = pod({
      podIP: '10.244.1.2',
      containerStatuses: [status(running)],
      conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: AT }],
    })
    cluster.put(object)
    expect((read(cluster, 'Pod', 'default', 'p') as Pod).status).toMatchObject({
      hostIP: '192.168.49.11',
      hostIPs: [{ ip: '192.168.49.11' }],
      podIP: '10.244.1.2',
      podIPs: [{ ip: '10.244.1.2' }],
      qosClass: 'BestEffort',
      containerStatuses: [
        {
          image: 'docker.io/library/nginx:latest',
          imageID: expect.stringMatching(/^docker\.io\/library\/nginx@sha256:[0-9a-f]{64}$/),
          containerID: expect.stringMatching(/^containerd:\/\/[0-9a-f]{64}$/),
          started: true,
        },
      ],
    })
    expect(conditionsOf(object).map(({ type, status: is }) => `${type}=${is}`)).toEqual([
      'PodReadyToStartContainers=True',
      'Initialized=True',
      'Ready=True',
      'ContainersReady=True',
      'PodScheduled=True',
    ])
  })

  test('R-POD-3 another run is another container', () => {
    const idOf = (restartCount: number) => {
      cluster.put(pod({ containerStatuses: [status(running, { restartCount })] }))
      return (
        read(cluster, 'Pod', 'default', 'p') as unknown as { status: { containerStatuses: { containerID: string }[] } }
      ).status.containerStatuses[0]!.containerID
    }
    expect(idOf(0)).toBe(idOf(0))
    expect(idOf(1)).not.toBe(idOf(0))
  })

  test.each([
    ['nginx', 'docker.io/library/nginx:latest'],
    ['nginx:1.27', 'docker.io/library/nginx:1.27'],
    ['grafana/grafana', 'docker.io/grafana/grafana:latest'],
    ['registry.k8s.io/pause:3.10', 'registry.k8s.io/pause:3.10'],
    ['localhost/app', 'localhost/app:latest'],
    ['localhost:5000/app', 'localhost:5000/app:latest'],
    ['nginx@sha256:00', 'docker.io/library/nginx@sha256:00'],
  ])('image %s is %s', (image, name) => {
    expect(fullImageName(image).name).toBe(name)
  })

  const resources = (requests?: object, limits?: object): PodSpec =>
    ({
      containers: [{ name: 'c', image: 'x', resources: { ...(requests && { requests }), ...(limits && { limits }) } }],
    }) as PodSpec
  test.each([
    ['BestEffort', resources()],
    ['Burstable', resources({ cpu: '1' })],
    ['Burstable', resources({ cpu: '1', memory: '1Gi' }, { cpu: '2', memory: '1Gi' })],
    ['Guaranteed', resources({ cpu: '1', memory: '1Gi' }, { cpu: '1', memory: '1Gi' })],
    ['Guaranteed', resources(undefined, { cpu: '1', memory: '1Gi' })],
  ])('%s', (expected, spec) => {
    expect(qosClassOf(spec)).toBe(expected)
  })
})

describe('ports of the node', () => {
  const ports = [{ containerPort: 80 }, { containerPort: 53, protocol: 'UDP' as const, hostPort: 5353 }]

  test('R-POD-6 hostNetwork takes every declared port', () => {
    expect(hostPortsOf({ containers: [{ name: 'c', image: 'x', ports }] })).toEqual(['5353/UDP'])
    expect(
      hostPortsOf({ containers: [{ name: 'c', image: 'x', ports: [{ containerPort: 80 }] }], hostNetwork: true }),
    ).toEqual(['80/TCP'])
  })

  test('R-POD-6 hostPort is the containerPort of a pod with hostNetwork', () => {
    const shown = create(
      cluster,
      input({ hostNetwork: true, containers: [{ name: 'c', image: 'x', ports: [{ containerPort: 80 }] }] }),
    ).object as Pod
    expect(shown.spec.containers[0]?.ports).toEqual([{ containerPort: 80, hostPort: 80, protocol: 'TCP' }])
  })
})

describe('changes', () => {
  test('R-POD-10 image, tolerations that come, nothing else', () => {
    create(cluster, input({ nodeName: 'node-1', containers: [{ name: 'c', image: 'nginx:1.26' }] }))
    const changed = (spec: object) => () =>
      update(cluster, input({ nodeName: 'node-1', containers: [{ name: 'c', image: 'nginx:1.27' }], ...spec }))
    expect(changed({})).not.toThrow()
    expect(changed({ tolerations: [{ key: 'a', operator: 'Exists' }] })).not.toThrow()
    expect(changed({})).toThrow('existing toleration can not be modified except its tolerationSeconds')
    const tolerations = [{ key: 'a', operator: 'Exists' }]
    expect(changed({ tolerations, hostname: 'h' })).toThrow('pod updates may not change fields other than')
    expect(
      changed({
        tolerations,
        containers: [
          { name: 'c', image: 'nginx:1.27' },
          { name: 'd', image: 'x' },
        ],
      }),
    ).toThrow('spec.containers: Forbidden: pod updates may not add or remove containers')
  })

  test('the generation counts', () => {
    expect(
      create(cluster, input({ nodeName: 'node-1', containers: [{ name: 'c', image: 'nginx:1.26' }] })).object.metadata
        .generation,
    ).toBe(1)
    const next = update(cluster, input({ nodeName: 'node-1', containers: [{ name: 'c', image: 'nginx:1.27' }] }))
    expect(next.object.metadata.generation).toBe(2)
  })
})
