import { describe, expect, test } from 'vitest'
import type { Reply } from '../../src/chat/reply.ts'
import { renderConsole } from '../../src/platforms/console/render.ts'
import { renderDiscord } from '../../src/platforms/discord/render.ts'
import { renderSlack } from '../../src/platforms/slack/render.ts'
import { replies } from './replies.ts'

/** One golden file for each reply and platform, side by side in `test/golden/replies`. */
const platforms: Readonly<Record<string, (reply: Reply) => string>> = {
  'discord.json': (reply) => json(renderDiscord(reply)),
  'slack.json': (reply) => json(renderSlack(reply)),
  'console.txt': (reply) => `${renderConsole(reply)}\n`,
}

const json = (value: unknown): string => `${JSON.stringify(value, bytesAsCount, 2)}\n`

const bytesAsCount = (key: string, value: unknown): unknown =>
  key === 'data' ? `${(value as { data?: number[] }).data?.length} bytes` : value

describe.each(Object.entries(replies))('%s', (name, reply) => {
  test.each(Object.entries(platforms))('%s', async (ending, render) => {
    await expect(render(reply)).toMatchFileSnapshot(`../golden/replies/${name}.${ending}`)
  })
})
