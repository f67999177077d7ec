import { describe, expect, test } from 'vitest'
import { MemoryStore } from './memory-store.ts'
import { Player } from './player.ts'

describe('one command', () => {
  test('that changes something makes one physical write; one that reads or fails makes none', async () => {
    const player = new Player()
    await player.play('/kubectl create deployment web --image=nginx')
    expect(player.store.writes).toBe(1)
    await player.play('/kubectl get pods')
    await player.play('/curl http://web')
    await player.play('/kubectl get podz')
    await player.play('/cluster show')
    expect(player.store.writes).toBe(1)
    await player.play('/kubectl scale deployment web --replicas=4')
    expect(player.store.writes).toBe(2)
  })

  test('is answered from memory when it is delivered again, and has one effect', async () => {
    const player = new Player()
    const first = await player.play('/kubectl create deployment web --image=nginx', undefined, 'delivery-1')
    const again = await player.play('/kubectl create deployment web --image=nginx', undefined, 'delivery-1')
    expect(again).toMatchObject({ text: first.text, duplicate: true })
    expect(player.store.writes).toBe(1)
    player.restart()
    const afterRestart = await player.play('/kubectl create deployment web --image=nginx', undefined, 'delivery-1')
    expect(afterRestart).toMatchObject({ text: 'This has already been done.', duplicate: true })
  })

  test('tells the clock as it is when everything has settled', async () => {
    const player = new Player()
    await player.play('/kubectl create deployment web --image=nginx')
    const down = await player.play('/cluster chaos node-down node-1')
    expect((await player.play('/cluster show')).data).toEqual({ clock: down.data.clock, changed: false })
    expect(down.data.clock - player.now).toBeGreaterThan(40_000)
    const gone = await player.play('/cluster wait 6m')
    expect(gone.data.changed).toBe(true)
    expect((await player.play('/cluster wait 1s')).data.changed).toBe(false)
  })

  test('with pace real the clock goes on from where it is, also ahead of the clock on the wall', async () => {
    const player = new Player()
    await player.play('/cluster wait 1h')
    await player.play('/cluster pace real')
    await player.play('/kubectl create deployment web --image=nginx')
    const ready = async () =>
      (await player.play("/kubectl get deploy web -o jsonpath='{.status.readyReplicas}'")).data.stdout
    expect(await ready()).toBe('')
    player.restart()
    player.now += 1_000
    expect(await ready()).toBe('')
    player.now += 3_000
    expect(await ready()).toBe('1')
    player.now -= 60_000
    const before = (await player.play('/cluster show')).data.clock
    player.now += 60_000
    expect((await player.play('/cluster show')).data.clock).toBe(before)
  })

  test('on a channel that is damaged says so, and the next one begins afresh', async () => {
    const store = new MemoryStore()
    await new Player(store).play('/kubectl create configmap one')
    const { document, version } = (await store.load('channel/console:test'))!
    await store.save('channel/console:test', { ...(document as object), namespace: 5 }, version)
    const player = new Player(store)
    const told = await player.playDespiteErrors('/kubectl get configmaps')
    expect(told).toMatchObject({ private: true, reply: { ok: false } })
    expect(told.text).toContain('is damaged (namespace: ')
    expect(told.text).toContain('It has been set aside')
    expect(store.setAside).toHaveLength(1)
    expect((await player.playDespiteErrors('/kubectl get configmaps')).text).toContain('No resources found')
  })

  test('on a channel that a newer version has saved refuses and leaves it alone', async () => {
    const store = new MemoryStore()
    await new Player(store).play('/kubectl create configmap one')
    const { document, version } = (await store.load('channel/console:test'))!
    await store.save('channel/console:test', { ...(document as object), schema: 99 }, version)
    const told = await new Player(store).play('/kubectl create configmap two')
    expect(told).toMatchObject({ private: true, reply: { ok: false } })
    expect(told.text).toContain('a newer version of Room Service')
    expect(await store.load('channel/console:test')).toMatchObject({ document: { schema: 99 }, version: version + 1 })
  })

  test('names document and line of a manifest that is wrong, below the words of kubectl', async () => {
    const documents = Array.from({ length: 100 }, (_, index) =>
      index === 56
        ? 'apiVersion: v1\nkind: Service\n  bad: indent\n'
        : `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c${index}}\n`,
    )
    const { text, data } = await new Player().play({ line: '/kubectl apply -f -', stdin: documents.join('---\n') })
    expect(data.stdout.match(/created/g)).toHaveLength(56)
    expect(data.stderr).toContain('yaml: line 3: mapping values are not allowed in this context')
    expect(text).toContain('context\nLook at STDIN, document 57, line 227.\n[')
    const twice = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\n  name: two\n'
    const repeated = await new Player().play({ line: '/kubectl apply -f -', stdin: twice })
    expect(repeated.text).toContain('STDIN, document 1, line 5: "name" stands here a second time; the last one counts.')
  })

  test.each([
    '/kubectl get pods',
    '/kubectl get podz',
    '/kubectl version',
    '/kubectl apply -f nowhere.yaml',
    '/curl http://web --from nobody',
    '/curl http://web --repeat 0',
    '/curl',
    '/nc web',
    '/nslookup -type=XX web',
    '/ping a b',
    '/cluster wait soon',
    '/cluster chaos crash nobody',
    '/cluster dns x y',
    '/cluster firewall allow x',
    '/cluster files',
    '/cluster files nope',
    '/cluster restore',
    '/cluster undo',
    '/lesson hint',
    '/lesson answer 5',
    '/lesson start nope',
    '/quiz answer A',
    '/why a b c',
    '/kubectl get "pods',
    '/tutor help nope',
    'hello',
    '/',
  ])('ends with the next action: %s', async (line) => {
    const { reply } = await new Player().play(line)
    expect(reply.parts.at(-1)?.type).toMatch(/^(buttons|select)$/)
  })

  test('survives a restart: same cluster, byte for byte', async () => {
    const player = new Player()
    await player.play('/kubectl create deployment web --image=nginx --replicas=3')
    const before = await player.play('/kubectl get pods -o yaml')
    player.restart()
    expect((await player.play('/kubectl get pods -o yaml')).text).toBe(before.text)
  })

  test('gives the same cluster for the same lines, whether or not the process was restarted in between', async () => {
    const lines = [
      '/kubectl create deployment web --image=nginx --replicas=3',
      '/kubectl expose deployment web --port=80',
      '/cluster chaos crash web',
      '/kubectl scale deployment web --replicas=5',
      '/cluster undo',
      '/kubectl delete pod -l app=web',
    ]
    const play = async (restarts: boolean) => {
      const player = new Player()
      for (const [index, line] of lines.entries()) {
        await player.play(line, undefined, `line-${index}`)
        if (restarts) player.restart()
      }
      return JSON.stringify((await player.store.load('channel/console:test'))!.document)
    }
    expect(await play(true)).toBe(await play(false))
  })

  test('that meets a newer version of the channel runs again on top of it', async () => {
    const store = new MemoryStore()
    const one = new Player(store)
    const other = new Player(store)
    await one.play('/kubectl create deployment web --image=nginx')
    await other.play('/kubectl get deployments')
    await one.play('/kubectl create deployment api --image=nginx')
    const late = await other.play('/kubectl create deployment db --image=redis')
    expect(late.text).toContain('deployment.apps/db created')
    expect((await one.play('/cluster show')).reply.ok).toBe(true)
    one.restart()
    expect((await one.play('/kubectl get deployments -o name')).data.stdout).toBe(
      'deployment.apps/api\ndeployment.apps/db\ndeployment.apps/web\n',
    )
  })

  test('that meets a bug of ours is answered neutrally and changes nothing', async () => {
    const player = new Player()
    await player.play('/kubectl create deployment web --image=nginx')
    player.store.failing = true
    const failed = await player.playDespiteErrors('/kubectl delete deployment web')
    expect(failed.text).toContain('Something went wrong on our side; nothing was changed.')
    player.store.failing = false
    expect(player.errors.splice(0)).toHaveLength(1)
    expect((await player.play('/kubectl get deployments -o name')).data.stdout).toBe('deployment.apps/web\n')
  })

  test('many at once on one channel are done in their order', async () => {
    const player = new Player()
    await player.play('/kubectl create deployment web --image=nginx')
    const scaled = await Promise.all(
      Array.from({ length: 20 }, (_, index) => player.play(`/kubectl scale deployment web --replicas=${index % 5}`)),
    )
    expect(scaled.every(({ reply }) => reply.ok)).toBe(true)
    expect((await player.play("/kubectl get deployment web -o jsonpath='{.spec.replicas}'")).text.split('\n')[0]).toBe(
      '4',
    )
  })
})

describe('bad input', () => {
  test.each(['__proto__', '../../../etc/passwd', 'a\nb', "it's", '☕', 'x'.repeat(5_000), 'constructor'])(
    'channel %j is a channel like any other',
    async (name) => {
      const player = new Player()
      player.channel = `console:${name}`
      await player.play('/kubectl create deployment web --image=nginx')
      player.restart()
      expect((await player.play('/kubectl get deployments -o name')).text).toContain('deployment.apps/web')
      player.channel = 'console:other'
      expect((await player.play('/kubectl get deployments')).text).toContain('No resources found in default namespace.')
    },
  )

  test.each(['../x.yaml', '__proto__', '.env', 'a/b', 'ü.yaml', ''])(
    'a file named %j is refused and nothing is kept',
    async (name) => {
      const player = new Player()
      const { text, reply } = await player.play('/cluster files', JSON.parse(`{${JSON.stringify(name)}: "x"}`))
      expect(reply.ok).toBe(false)
      expect(text).toContain('cannot be a file name here')
      expect(player.store.writes).toBe(0)
    },
  )

  test('more objects than a channel may hold are refused with the limit, and nothing is kept', async () => {
    const player = new Player()
    await player.play('/kubectl create deployment web --image=nginx')
    const { text, reply } = await player.play('/kubectl scale deployment web --replicas=100000')
    expect(reply.ok).toBe(false)
    expect(text).toContain('holds at most 2000 objects')
    expect((await player.play("/kubectl get deployment web -o jsonpath='{.spec.replicas}'")).text.split('\n')[0]).toBe(
      '1',
    )
  })

  test('what a shell would do is refused, with the command alone as the next step', async () => {
    const { reply, text } = await new Player().play('/kubectl get pods | grep web')
    expect(reply.ok).toBe(false)
    expect(text).toContain('There is no shell here that could do |.')
    expect(JSON.stringify(reply.parts)).toContain('"action":"/kubectl get pods"')
  })

  test('a button whose command is not there any more has expired', async () => {
    const player = new Player()
    const { text, private: hidden } = await player.press('/nosuch thing')
    expect(text).toContain('This button has expired')
    expect(hidden).toBe(true)
  })
})
