import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'room-service-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** The console as a process of its own, as a program meets it. */
function start(data: string, environment: Record<string, string> = {}, more: readonly string[] = []) {
  const words = ['dist/src/main.js', '--jsonl', '--data', join(folder, data), ...more]
  const child = spawn(process.execPath, words, {
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  let stderr = ''
  child.stderr.on('data', (chunk) => {
    stderr += chunk
  })
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  return {
    child,
    ended,
    stderr: () => stderr,
    ask: async (request: unknown) => {
      child.stdin.write(`${typeof request === 'string' ? request : JSON.stringify(request)}\n`)
      return JSON.parse((await answers.next()).value as string)
    },
    end: () => {
      child.stdin.end()
      return ended
    },
  }
}

// A process takes a second or two to start on a busy machine.
describe('the line protocol', { timeout: 30_000 }, () => {
  test('answers in order, echoes ids, and ends with status 0 after everything is saved', async () => {
    const console = start('order')
    const created = await console.ask({ id: 7, line: '/kubectl create deployment web --image=nginx --replicas=3' })
    expect(created).toEqual({
      id: 7,
      ok: true,
      text: expect.stringContaining('deployment.apps/web created'),
      private: false,
      data: { exitCode: 0, stdout: 'deployment.apps/web created\n', stderr: '' },
      buttons: expect.arrayContaining([{ label: 'Undo', action: '/cluster undo' }]),
      posts: [],
    })
    await console.ask({ id: { any: ['json'] }, line: '/kubectl expose deployment web --port=80' })
    const sent = await console.ask({ line: '/curl http://web --repeat 30' })
    expect(sent.data).toMatchObject({ from: 'default/client', target: 'web:80' })
    expect(sent.data.attempts).toHaveLength(30)
    expect(new Set(sent.data.attempts.map(({ outcome }: { outcome: string }) => outcome))).toEqual(new Set(['ok']))
    expect(new Set(sent.data.attempts.map(({ answeredBy }: { answeredBy: string }) => answeredBy)).size).toBe(3)
    expect(await console.end()).toBe(0)
    expect(console.stderr()).toBe('')
    const again = start('order')
    expect((await again.ask({ line: '/kubectl get deployments -o name' })).data.stdout).toBe('deployment.apps/web\n')
    expect(await again.end()).toBe(0)
  })

  test('keeps channels apart, takes files, stdin, presses and the wall clock', async () => {
    const console = start('inputs')
    const yaml = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: one}\n'
    expect((await console.ask({ line: '/kubectl apply -f -', stdin: yaml })).data.stdout).toBe(
      'configmap/one created\n',
    )
    expect(
      (await console.ask({ line: '/kubectl apply -f two.yaml', files: { 'two.yaml': yaml.replace('one', 'two') } }))
        .data.stdout,
    ).toBe('configmap/two created\n')
    expect(
      (await console.ask({ channel: 'other', line: '/kubectl get configmaps -o name' })).data.stdout,
    ).not.toContain('one')
    expect((await console.ask({ press: '/cluster undo' })).text).toContain('/kubectl apply -f two.yaml')
    const early = await console.ask({ channel: 'clock', line: '/cluster show', now: 1_700_000_000_000 })
    const late = await console.ask({ channel: 'clock', line: '/cluster show', now: 1_700_000_060_000 })
    const back = await console.ask({ channel: 'clock', line: '/cluster show', now: 1_600_000_000_000 })
    expect([early, late, back].map(({ data }) => data.clock)).toEqual([
      1_700_000_000_000, 1_700_000_060_000, 1_700_000_060_000,
    ])
    expect(await console.end()).toBe(0)
  })

  test('a line that is wrong is answered and does not end the process', async () => {
    const console = start('bad')
    const wrong = [
      ['not json', 'This line is not JSON'],
      ['[]', 'This request does not fit'],
      ['{}', 'A request needs either "line" or "press".'],
      ['{"line": 1}', 'This request does not fit'],
      ['{"line": "/tutor", "extra": 1}', 'This request does not fit'],
      ['{"line": "no slash"}', 'A command begins with a slash'],
      ['{"line": "/nosuch"}', 'There is no command /nosuch'],
    ]
    for (const [line, text] of wrong)
      expect(await console.ask(line)).toMatchObject({
        ok: false,
        data: null,
        posts: [],
        text: expect.stringContaining(text!),
      })
    expect(await console.ask({ id: [7], lin: '/tutor' })).toMatchObject({ id: [7], ok: false })
    expect(await console.ask({ id: null })).toMatchObject({ id: null, ok: false })
    expect((await console.ask({ line: '/tutor' })).ok).toBe(true)
    expect(await console.end()).toBe(0)
  })

  test('the same lines at the same time leave the same files, byte for byte', async () => {
    const play = async (data: string) => {
      const console = start(data)
      for (const line of ['/kubectl create deployment web --image=nginx', '/cluster chaos crash web', '/cluster undo'])
        await console.ask({ line, now: 1_767_603_600_000 })
      await console.end()
      return readFile(join(folder, data, 'documents', '4', 'channel+console%3aconsole.json'), 'utf8')
    }
    expect(await play('twice')).toBe(await play('once'))
  })

  test('a second process on the same folder refuses to start and says why', async () => {
    const first = start('locked')
    await first.ask({ line: '/tutor' })
    const second = start('locked')
    expect(await second.ended).toBe(1)
    expect(second.stderr()).toContain(String(first.child.pid))
    expect(await first.end()).toBe(0)
  })

  test('a data folder that cannot be used and an argument that does not exist are told without a stack', async () => {
    await writeFile(join(folder, 'a-file'), '')
    const unusable = start('a-file')
    expect(await unusable.ended).toBe(1)
    expect(unusable.stderr()).toMatch(
      /^The data folder \S+a-file cannot be used \(EEXIST.*\)\. Choose another folder.*\n$/,
    )
    const mistyped = start('mistyped', {}, ['--jsnol'])
    expect(await mistyped.ended).toBe(1)
    expect(mistyped.stderr()).toContain("Unknown option '--jsnol'")
    expect(mistyped.stderr()).toContain('Usage: npm start')
    expect(mistyped.stderr()).not.toContain('    at ')
  })

  test('ends quietly when nobody reads its answers any more', async () => {
    const console = start('unread')
    await console.ask({ line: '/tutor' })
    console.child.stdout.destroy()
    // One who has asked on sees the process gone as well.
    console.child.stdin.on('error', () => {})
    const asking = setInterval(() => console.child.stdin.write('{"line":"/tutor"}\n'), 20)
    expect(await console.ended).toBe(0)
    clearInterval(asking)
    expect(console.stderr()).toBe('')
  })

  test('kill -9 loses nothing that was acknowledged', async () => {
    const first = start('killed')
    await first.ask({ line: '/kubectl create deployment web --image=nginx' })
    await first.ask({ line: '/kubectl scale deployment web --replicas=2' })
    first.child.kill('SIGKILL')
    await first.ended
    const second = start('killed')
    expect((await second.ask({ line: "/kubectl get deployment web -o jsonpath='{.spec.replicas}'" })).data.stdout).toBe(
      '2',
    )
    expect(await second.end()).toBe(0)
  })

  test('no library of a chat platform is loaded', async () => {
    const spy = join(folder, 'spy.cjs')
    await writeFile(
      spy,
      `process.on('exit', () => process.stderr.write(Object.keys(require('node:module')._cache).filter((path) => /node_modules.(discord|@discordjs|@slack)/.test(path)).join('\\n')))`,
    )
    const console = start('modules', { NODE_OPTIONS: `--require ${spy}` })
    await console.ask({ line: '/tutor' })
    expect(await console.end()).toBe(0)
    expect(console.stderr()).toBe('')
  })
})
