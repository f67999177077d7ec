import { describe, expect, test } from 'vitest'
import type { Kind } from '../../src/cluster/kinds/index.ts'
import { Session } from './transcript.ts'

/** What is stored of an object, without what differs by nature. */
function stored({ cluster }: Session, kind: Kind, name: string): number {
  const object = cluster.get(kind, kind === 'Node' ? undefined : 'default', name)!
  return JSON.stringify(object).length
}

describe('a change stores no more than what it changes: defaults are filled in for output alone', () => {
  const changes: [line: string, kind: Kind, name: string][] = [
    ['label pod p a=b', 'Pod', 'p'],
    ['annotate deployment web note=1', 'Deployment', 'web'],
    ['scale deployment web --replicas=2', 'Deployment', 'web'],
    ['set image deployment/web nginx=nginx:1.28', 'Deployment', 'web'],
    [`patch deployment web -p '{"spec":{"replicas":2}}'`, 'Deployment', 'web'],
    [`patch service web --type=merge -p '{"spec":{"type":"NodePort"}}'`, 'Service', 'web'],
    ['set selector svc/web app=other', 'Service', 'web'],
    ['cordon node-1', 'Node', 'node-1'],
    ['taint node node-1 a=b:NoSchedule', 'Node', 'node-1'],
    ['rollout pause deployment/web', 'Deployment', 'web'],
    ['label ingress web a=b', 'Ingress', 'web'],
  ]

  test.each(changes)('%s', (line, kind, name) => {
    const self = new Session()
    self.cluster.settle()
    for (const setUp of [
      'run p --image=nginx',
      'create deployment web --image=nginx --port=80',
      'expose deployment web',
      'create ingress web --rule=example.com/*=web:80',
    ])
      expect(self.run(setUp).exitCode).toBe(0)
    const before = stored(self, kind, name)
    expect(self.run(line).exitCode).toBe(0)
    expect(stored(self, kind, name) - before).toBeLessThan(160)
  })

  test('apply stores the manifest once more, and nothing beside it', () => {
    const self = new Session()
    const manifest = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' }, data: { a: 'b' } }
    self.run('create -f -', JSON.stringify(manifest))
    const plain = stored(self, 'ConfigMap', 'c')
    self.run('delete cm c')
    self.run('apply -f -', JSON.stringify(manifest))
    expect(stored(self, 'ConfigMap', 'c') - plain).toBeLessThan(2 * JSON.stringify(manifest).length + 120)
  })
})
