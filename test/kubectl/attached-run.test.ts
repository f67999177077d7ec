import { describe, expect, test } from 'vitest'
import { Session } from './transcript.ts'

const HINTS =
  "All commands and output from this session will be recorded in container logs, including credentials and sensitive information passed through the command prompt.\nIf you don't see a command prompt, try pressing enter.\n"

function session(): Session {
  const result = new Session()
  result.cluster.settle()
  for (const line of ['create deployment web --image=nginx --replicas=2 --port=80', 'expose deployment web'])
    result.run(line)
  return result
}

const names = ({ cluster }: Session, namespace = 'default'): string[] =>
  cluster.store.list('Pod', { namespace }).map(({ metadata }) => metadata.name)

describe('kubectl run -i shows what the pod does and passes on how it ended', () => {
  test('a short command: the log, and the pod is deleted', () => {
    const self = session()
    const before = names(self)
    const { exitCode, stdout, stderr, connections, ignored } = self.run(
      'run t1 --rm -i --restart=Never --image=alpine -- wget -qO- --timeout=2 http://web',
    )
    expect({ exitCode, stderr, ignored }).toEqual({ exitCode: 0, stderr: '', ignored: [] })
    expect(stdout).toMatch(/^<!DOCTYPE html>[\s\S]*<\/html>\npod "t1" deleted from default namespace\n$/)
    expect(connections).toHaveLength(1)
    expect(names(self)).toEqual(before)
  })

  test('a command that fails: its exit code, and the pod stays without --rm', () => {
    const self = session()
    const { exitCode, stdout, stderr } = self.run(
      'run t2 -i --restart=Never --image=alpine -- sh -c "echo out; exit 3"',
    )
    expect({ exitCode, stdout, stderr }).toEqual({
      exitCode: 3,
      stdout: 'out\n',
      stderr: 'pod default/t2 terminated (Error)\n',
    })
    expect(self.run('get pod t2 --no-headers').stdout).toMatch(/^t2 +0\/1 +Error +0 /)
    expect(self.run('get pod t2 -o jsonpath={.status.containerStatuses[0].state.terminated.exitCode}').stdout).toBe('3')
  })

  test('a command that waits: the client is attached, and standard error is its own', () => {
    const self = session()
    const { exitCode, stdout, stderr } = self.run(
      'run t3 --rm -i --restart=Never --image=curlimages/curl -- -sS -m 2 http://10.9.9.9',
    )
    expect(exitCode).toBe(28)
    expect(stdout).toBe('pod "t3" deleted from default namespace\n')
    expect(stderr).toBe(
      `${HINTS}curl: (28) Connection timed out after 2000 milliseconds\npod default/t3 terminated (Error)\n`,
    )
  })

  test('--quiet says nothing of its own', () => {
    const { stdout, stderr } = session().run(
      'run t4 --rm -i -q --restart=Never --image=busybox -- sh -c "sleep 2; hostname"',
    )
    expect({ stdout, stderr }).toEqual({ stdout: 't4\n', stderr: '' })
  })

  test('standard input is read by a shell', () => {
    const { exitCode, stdout, stderr } = session().run(
      'run t5 --rm -i --restart=Never --image=busybox -- sh',
      'echo one\nnslookup web > /dev/null && echo two\n',
    )
    expect({ exitCode, stdout, stderr }).toEqual({
      exitCode: 0,
      stdout: 'one\ntwo\npod "t5" deleted from default namespace\n',
      stderr: HINTS,
    })
  })

  test('with the usual --restart=Always the exit code is not asked for', () => {
    expect(session().run('run t6 --rm -i --image=busybox -- false').exitCode).toBe(0)
  })

  test('with --restart=OnFailure only success counts', () => {
    const { exitCode, stdout, stderr } = session().run('run t7 --rm -i --restart=OnFailure --image=busybox -- false')
    expect({ exitCode, stdout, stderr }).toEqual({
      exitCode: 1,
      stdout: 'pod "t7" deleted from default namespace\n',
      stderr: 'error: timed out waiting for the condition\n',
    })
  })

  test('an image that cannot be had: nobody waits for ever', () => {
    const { exitCode, stdout, stderr } = session().run('run t8 --rm -i --restart=Never --image=nginx:1.161 -- ls')
    expect({ exitCode, stdout, stderr }).toEqual({
      exitCode: 1,
      stdout: 'pod "t8" deleted from default namespace\n',
      stderr: 'error: timed out waiting for the condition\n',
    })
  })

  test('a program that is not in the image', () => {
    const { exitCode, stderr } = session().run('run t9 --rm -i --restart=Never --image=busybox -- frobnicate')
    expect(exitCode).toBe(128)
    expect(stderr).toMatch(
      /^pod default\/t9 terminated \(StartError\)\n.*exec: "frobnicate": executable file not found in \$PATH\n$/,
    )
  })

  test('a server: what it has printed, and a word on what kubectl would do', () => {
    const self = session()
    const { exitCode, stdout, stderr, remark } = self.run('run t10 -i --rm --image=nginx')
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: HINTS })
    expect(stdout).toContain('start worker processes')
    expect(remark).toContain('kubectl itself would stay attached to pod t10')
    expect(names(self)).toContain('t10')
  })

  test('--expose: the service goes as well', () => {
    const self = session()
    const { stdout } = self.run('run t11 -i --rm --restart=Never --image=busybox --port=80 --expose -- true')
    expect(stdout).toBe(
      'service/t11 created\npod "t11" deleted from default namespace\nservice "t11" deleted from default namespace\n',
    )
    expect(self.cluster.get('Service', 'default', 't11')).toBeUndefined()
  })

  test.each([
    ['an interactive shell', 'run t12 -it --rm --image=busybox -- sh', 'An interactive shell is not modelled here.'],
    [
      'a program that is not known here',
      'run t12 -i --rm --image=busybox -- vi x',
      'The program vi inside containers is not modelled here.',
    ],
    [
      'syntax that is not known here',
      "run t12 -i --rm --image=busybox -- sh -c 'case x in y) ;; esac'",
      'is not modelled here.',
    ],
  ])('%s is not modelled, and nothing is left of it', (_, line, message) => {
    const self = session()
    const before = names(self)
    const { exitCode, stdout, stderr } = self.run(line)
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' })
    expect(stderr).toContain(message)
    expect(names(self)).toEqual(before)
  })

  test('undo takes it all back', () => {
    const self = session()
    const before = self.cluster.snapshot().objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`)
    self.run('run t13 -i --restart=Never --image=busybox --port=80 --expose -- true')
    self.cluster.undo()
    expect(self.cluster.snapshot().objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`)).toEqual(before)
  })
})
