import { describe, expect, test } from 'vitest'
import { nodeDown } from '../../src/cluster/chaos.ts'
import { Session } from './transcript.ts'

function session(...lines: string[]): Session {
  const result = new Session()
  result.cluster.settle()
  for (const line of lines) result.run(line)
  return result
}

const podsOn = ({ cluster }: Session, node: string, namespace = 'default'): string[] =>
  cluster.store.list('Pod', { namespace, index: ['node', node] }).map(({ metadata }) => metadata.name)

describe('drain with pods that stop in their own time (R-NOD-3, R-NOD-4)', () => {
  test('moves the pods of a Deployment elsewhere and leaves the node closed', () => {
    const self = session('create deployment web --image=nginx --replicas=6')
    const [first, ...others] = podsOn(self, 'node-1')
    const { exitCode, stdout, stderr } = self.run('drain node-1 --pod-selector=app=web')
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    const lines = stdout.trimEnd().split('\n')
    expect(lines[0]).toBe('node/node-1 cordoned')
    expect(lines.at(-1)).toBe('node/node-1 drained')
    for (const pod of [first, ...others]) {
      expect(lines).toContain(`evicting pod default/${pod}`)
      expect(lines).toContain(`pod/${pod} evicted`)
    }
    expect(podsOn(self, 'node-1')).toEqual([])
    expect(self.run('get deployment web --no-headers').stdout).toMatch(/^web +6\/6 /)
    expect(self.run('get node node-1 --no-headers').stdout).toMatch(/^node-1 +Ready,SchedulingDisabled /)
    expect(self.run('get node node-1 -o jsonpath={.spec.taints[0].key}').stdout).toBe(
      'node.kubernetes.io/unschedulable',
    )
  })

  test('cordon keeps new pods away and lets running ones stay; uncordon opens the node again', () => {
    const self = session('create deployment web --image=nginx --replicas=6')
    const before = podsOn(self, 'node-2')
    self.run('cordon node-2')
    self.run('scale deployment web --replicas=12')
    expect(podsOn(self, 'node-2')).toEqual(before)
    self.run('uncordon node-2')
    self.run('scale deployment web --replicas=18')
    expect(podsOn(self, 'node-2').length).toBeGreaterThan(before.length)
  })

  test('a process that ignores SIGTERM gets its grace period, unless it is shortened', () => {
    const line = 'run slow --image=busybox --overrides=\'{"spec":{"nodeName":"node-3"}}\' -- sleep 3600'
    const drain = 'drain node-3 --force --pod-selector=run=slow'
    const time = (self: Session, extra = '') => {
      const before = self.cluster.now
      const { exitCode, stdout } = self.run(drain + extra)
      expect(exitCode).toBe(0)
      expect(stdout).toContain('pod/slow evicted\nnode/node-3 drained\n')
      return (self.cluster.now - before) / 1000
    }
    expect(time(session(line))).toBeGreaterThan(28)
    expect(time(session(line), ' --grace-period=5')).toBeLessThan(10)
  })

  test('--timeout ends the waiting', () => {
    const self = session('run slow --image=busybox --overrides=\'{"spec":{"nodeName":"node-3"}}\' -- sleep 3600')
    const { exitCode, stdout, stderr } = self.run('drain node-3 --force --pod-selector=run=slow --timeout=5s')
    const late = 'error when waiting for pod "slow" in namespace "default" to terminate: context deadline exceeded'
    expect({ exitCode, stdout }).toEqual({
      exitCode: 1,
      stdout: 'node/node-3 cordoned\nevicting pod default/slow\n',
    })
    expect(stderr).toBe(
      [
        'Warning: deleting Pods that declare no controller: default/slow',
        `There are pending pods in node "node-3" when an error occurred: ${late}`,
        'pod/slow',
        `error: unable to drain node "node-3" due to error: ${late}, continuing command...`,
        'There are pending nodes to be drained:',
        ' node-3',
        late,
        '',
      ].join('\n'),
    )
  })

  test('pods of a dead node cannot leave: the client would wait, and that is said', () => {
    const self = session('create deployment web --image=nginx --replicas=6')
    nodeDown(self.cluster, 'node-1')
    self.cluster.settle()
    const { exitCode, stdout, remark } = self.run('drain node-1 --pod-selector=app=web')
    expect(exitCode).toBe(0)
    expect(stdout).not.toContain('drained')
    expect(remark).toMatch(
      /^kubectl itself would still be waiting: pod web-.* A pod stays until the kubelet of its node/,
    )
  })
})

describe('delete', () => {
  test('waits until the pod is gone, and says what it would still be waiting for', () => {
    const self = session('run p --image=nginx --overrides=\'{"spec":{"nodeName":"node-1"}}\'')
    expect(self.run('delete pod p').stdout).toBe('pod "p" deleted from default namespace\n')
    expect(self.cluster.get('Pod', 'default', 'p')).toBeUndefined()
    self.run('run q --image=nginx --overrides=\'{"spec":{"nodeName":"node-1"}}\'')
    nodeDown(self.cluster, 'node-1')
    const { stdout, remark } = self.run('delete pod q')
    expect(stdout).toBe('pod "q" deleted from default namespace\n')
    expect(remark).toContain('pod q in namespace default cannot leave yet')
    expect(self.run('delete pod q --timeout=2s').stderr).toBe('error: timed out waiting for the condition on pods/q\n')
    expect(self.run('delete pod q --force').stdout).toBe('pod "q" force deleted from default namespace\n')
    expect(self.cluster.get('Pod', 'default', 'q')).toBeUndefined()
  })

  test('--cascade=orphan leaves what the object owns', () => {
    const self = session('create deployment web --image=nginx --replicas=2')
    self.run('delete deployment web --cascade=orphan')
    expect(self.cluster.store.list('ReplicaSet', { namespace: 'default' })).toHaveLength(1)
    expect(self.cluster.store.list('Pod', { namespace: 'default' })).toHaveLength(2)
  })
})
