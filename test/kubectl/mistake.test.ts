import { describe, expect, test } from 'vitest'
import { completeKubectl } from '../../src/kubectl/complete.ts'
import { Session } from './transcript.ts'

function session(): Session {
  const given = new Session()
  given.files = { 'shop.yaml': '' }
  given.run('create deployment web --image=nginx --replicas=2')
  given.run('create namespace kitchen')
  given.run('create deployment stove --image=nginx -n kitchen')
  return given
}

describe('the nearest valid word', () => {
  test.each([
    ['gte pods', 'gte', 'get', 'get pods'],
    ['get pdos -n kitchen', 'pdos', 'pods', 'get pods -n kitchen'],
    ['get svc,pdos', 'pdos', 'pods', 'get svc,pods'],
    ['get pdos/web', 'pdos', 'pods', 'get pods/web'],
    ['get deploy wbe', 'wbe', 'web', 'get deploy web'],
    ['get deploy/wbe -o yaml', 'wbe', 'web', 'get deploy/web -o yaml'],
    ['describe deploy stoev -n kitchen', 'stoev', 'stove', 'describe deploy stove -n kitchen'],
    ['describe deploy stoev -nkitchen', 'stoev', 'stove', 'describe deploy stove -nkitchen'],
    ['exec deploy/wbe -- ls -n 3', 'wbe', 'web', 'exec deploy/web -- ls -n 3'],
    ['rollout status deploy/wbe', 'wbe', 'web', 'rollout status deploy/web'],
    ['rollout stauts deploy/web', 'stauts', 'status', 'rollout status deploy/web'],
    ['get pods --namespce=kitchen', '--namespce', '--namespace', 'get pods --namespace=kitchen'],
    ['get ns kitchn', 'kitchn', 'kitchen', 'get ns kitchen'],
    ['get pods -o yml', 'yml', 'yaml', 'get pods -o yaml'],
    ['create deploymnt web', 'deploymnt', 'deployment', 'create deployment web'],
    ['apply -f shp.yaml', 'shp.yaml', 'shop.yaml', 'apply -f shop.yaml'],
    ['set image deploy/web ngnix=nginx:1.28', 'ngnix', 'nginx', 'set image deploy/web nginx=nginx:1.28'],
    ["patch deploy web --type=mrge -p '{}'", 'mrge', 'merge', 'patch deploy web --type=merge -p {}'],
    ['taint node node-1 a:NoShedule', 'a:NoShedule', 'a:NoSchedule', 'taint node node-1 a:NoSchedule'],
    ['taint node node-1 a=b:NoShedule', 'a=b:NoShedule', 'a=b:NoSchedule', 'taint node node-1 a=b:NoSchedule'],
    ['cordon nod-1', 'nod-1', 'node-1', 'cordon node-1'],
    ['run x --image=nginx --restart=Nevr', 'Nevr', 'Never', 'run x --image=nginx --restart=Never'],
    ['create ns x --dry-run=clint', 'clint', 'client', 'create ns x --dry-run=client'],
    ['delete deploy web --cascade=orphn', 'orphn', 'orphan', 'delete deploy web --cascade=orphan'],
    ['get pods --context=room', 'room', 'room-service', 'get pods --context=room-service'],
  ])('%s', (line, word, meant, corrected) => {
    const { mistake, exitCode } = session().run(line)
    expect(exitCode).toBe(1)
    expect(mistake).toMatchObject({ word })
    expect(mistake?.candidates).toContain(meant)
    expect(mistake?.line(meant).join(' ')).toBe(corrected)
  })

  test.each(['get pods', 'logs', 'create deployment web --image=nginx'])('is not looked for in %s', (line) => {
    expect(session().run(line).mistake).toBe(undefined)
  })
})

describe('completion', () => {
  const complete = (...words: string[]): string[] => {
    const { cluster } = session()
    return completeKubectl(words, cluster, 'default', ['shop.yaml']).map(({ value }) => value)
  }

  test('verbs, also of a group, and flags', () => {
    expect(complete('')).toEqual(expect.arrayContaining(['get', 'apply', 'rollout']))
    expect(complete('kubectl', 'ge')).toContain('get')
    expect(complete('rollout', '')).toEqual(expect.arrayContaining(['status', 'history']))
    expect(complete('get', 'pods', '--')).toEqual(expect.arrayContaining(['--selector', '--namespace']))
  })

  test('kinds, then names of the namespace', () => {
    expect(complete('get', '')).toEqual(expect.arrayContaining(['pods', 'deploy', 'svc']))
    expect(complete('get', 'deploy', '')).toEqual(['web'])
    expect(complete('get', 'deploy', '-n', 'kitchen', '')).toEqual(['stove'])
    expect(complete('rollout', 'status', 'deploy/')).toEqual(['deploy/web'])
    expect(complete('get', 'nope', '')).toEqual([])
  })

  test('pods where a verb takes pods, and nothing inside the container', () => {
    expect(complete('logs', '')).toHaveLength(2)
    expect(complete('exec', 'web', '--', 'l')).toEqual([])
  })

  test('values of flags', () => {
    expect(complete('get', 'pods', '-n', '')).toEqual(expect.arrayContaining(['default', 'kitchen']))
    expect(complete('get', 'pods', '-o', '')).toContain('wide')
    expect(complete('apply', '-f', '')).toEqual(['-', 'shop.yaml'])
  })
})
