import { expect, test } from 'vitest'
import { Player } from '../player.ts'

test.each(['gateway', 'metallb', 'mesh'])('add-on %s is refused as not modelled', async (name) => {
  const { reply, text } = await new Player().play(`/cluster addon ${name} on`)
  expect(reply.ok).toBe(false)
  expect(text).toContain(`Add-on ${name} is not modelled here yet. There are: ingress, policy.`)
})

test('switching on what is on changes nothing and says so', async () => {
  const player = new Player()
  await player.play('/cluster addon ingress on')
  const again = await player.play('/cluster addon ingress on')
  expect(again.text).toContain('there already')
  expect(again.data.changed).toBe(false)
})
