import { describe, expect, test } from 'vitest'
import { PHONE_COLUMNS } from '../../../src/chat/fold.ts'
import { Player } from '../../player.ts'

const NAME = 'a-shop-with-a-name-that-goes-on-and-on'

/** Lines of code blocks that a phone would break. */
async function tooWide(player: Player, line: string): Promise<string[]> {
  const { reply } = await player.play(line)
  return reply.parts
    .flatMap((part) => (part.type === 'code' ? part.code.split('\n') : []))
    .filter((text) => text.length > PHONE_COLUMNS)
}

describe("code blocks in the tutor's own words are no wider than a phone", () => {
  const player = new Player()

  test('calls of many pods', async () => {
    await player.play(`/kubectl create deployment ${NAME} --image=nginx --replicas=4`)
    await player.play(`/kubectl expose deployment ${NAME} --port=80 --name=shop`)
    expect(await tooWide(player, '/curl http://shop --repeat 40')).toEqual([])
    expect(await tooWide(player, `/cluster rush ${NAME} 20 --url http://shop`)).toEqual([])
  })

  test.each([
    '/curl --bogus http://shop',
    '/curl',
    '/nc --bogus',
    '/nslookup',
    '/ping',
    '/cluster reset --nodes 99',
    '/cluster chaos',
    '/lesson start',
    '/quiz start --bogus 1',
    '/why a b c',
    '/cluster show',
    '/cluster show --all',
    '/curl http://shop:81',
    '/curl http://nowhere.example.com --trace',
    '/nc shop 80',
  ])('%s', async (line) => {
    expect(await tooWide(player, line)).toEqual([])
  })
})
