import { describe, expect, test } from 'vitest'
import { Player } from '../player.ts'

const POD_NAMES = '/kubectl get pods -o name'

/** The labels of all buttons of a reply, with what they do. */
async function buttonsAfter(player: Player, line: string): Promise<Record<string, string>> {
  const { reply } = await player.play(line)
  const buttons = reply.parts.flatMap((part) => (part.type === 'buttons' ? part.buttons : []))
  return Object.fromEntries(buttons.map(({ label, action }) => [label, action]))
}

/** L03, left in its first step after one answer and one change to its cluster. */
async function left(): Promise<Player> {
  const player = new Player()
  await player.play('/kubectl create deployment mine --image=nginx')
  await player.play('/lesson start pod-ip-churn')
  await player.play('/kubectl create configmap note')
  return player
}

describe('a lesson that is left', () => {
  test('gives the cluster from before back, and is offered again where lessons are chosen', async () => {
    const player = await left()
    const { text } = await player.play('/lesson stop')
    expect(text).toContain('You left Monday, Tuesday, Wednesday at step 1. The cluster from before the lesson is back.')
    expect((await player.play('/kubectl get deploy -o name')).data.stdout).toBe('deployment.apps/mine\n')
    for (const line of ['/lesson list', '/lesson map'])
      expect(await buttonsAfter(player, line)).toMatchObject({
        'Go on with Monday, Tuesday, Wednesday': '/lesson resume',
      })
    expect((await player.play('/lesson list')).text).toContain('(left at step 1 of')
  })

  test('goes on at its step, in its cluster, also after a restart', async () => {
    const player = await left()
    const { data } = await player.play(POD_NAMES)
    await player.play('/lesson stop')
    player.restart()
    const { text } = await player.play('/lesson resume')
    expect(text).toContain('Everything is as you left it.')
    expect(text).toContain('step 1 of 7')
    expect((await player.play(POD_NAMES)).data.stdout).toBe(data.stdout)
    expect((await player.play('/kubectl get configmap note -o name')).data.stdout).toBe('configmap/note\n')
    expect((await player.play('/lesson stop')).text).toContain('The cluster from before the lesson is back.')
    expect((await player.play('/kubectl get deploy -o name')).data.stdout).toBe('deployment.apps/mine\n')
  })

  test('begins afresh when it is started, and is then no longer the one that was left', async () => {
    const player = await left()
    await player.play('/lesson stop')
    await player.play('/lesson start pod-ip-churn')
    expect((await player.play('/kubectl get configmap note')).data.stderr).toContain('not found')
    expect((await player.play('/lesson list')).text).not.toContain('left at step')
  })

  test('leaves the cluster of the last reset in place, and the one before it for /cluster restore', async () => {
    const player = new Player()
    await player.play('/kubectl create deployment old --image=nginx')
    await player.play('/cluster reset --nodes 5')
    await player.play('/lesson start pod-ip-churn')
    await player.play('/lesson stop')
    expect((await player.play('/kubectl get nodes -o name')).data.stdout.trim().split('\n')).toHaveLength(5)
    await player.play('/cluster restore')
    expect((await player.play('/kubectl get deploy -o name')).data.stdout).toBe('deployment.apps/old\n')
  })

  test('that takes the place of another one says so', async () => {
    const player = await left()
    await player.play('/lesson stop')
    await player.play('/lesson start services-and-selectors')
    const { text } = await player.play('/lesson stop')
    expect(text).toContain('Monday, Tuesday, Wednesday, which you had left, will begin anew.')
  })

  test('leaves an empty cluster behind where nothing was there before', async () => {
    const player = new Player()
    await player.play('/lesson start pod-ip-churn')
    await player.play('/lesson stop')
    expect((await player.play('/kubectl get deploy')).data.stderr).toContain('No resources found')
  })
})

test('where no lesson was left, /lesson resume lists what can be started', async () => {
  const { text } = await new Player().play('/lesson resume')
  expect(text).toContain('L03 Monday, Tuesday, Wednesday (')
  expect(text).not.toContain('left at step')
})
