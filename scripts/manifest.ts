import { parseArgs } from 'node:util'
import { commands } from '../commands/index.ts'
import { loadEnvironmentFile } from '../src/env.ts'
import { manifestSteps, toManifest } from '../src/platforms/slack/manifest.ts'

const USAGE = 'usage: npm run manifest -- slack [--url https://HOST/slack/events]'

/** Prints the Slack app manifest on stdout, ready to paste, and the next steps on stderr. */
function manifest(): void {
  const { values, positionals } = parseArgs({ options: { url: { type: 'string' } }, allowPositionals: true })
  if (positionals.length !== 1 || positionals[0] !== 'slack') throw new TypeError(USAGE)
  if (values.url !== undefined && !/^https:\/\/\S+\/slack\/events$/.test(values.url))
    throw new TypeError(`--url must be an https address that ends in /slack/events. ${USAGE}`)
  loadEnvironmentFile()
  const prefix = process.env.SLACK_COMMAND_PREFIX ?? ''
  const options = { prefix, ...(values.url !== undefined && { url: values.url }) }
  console.log(JSON.stringify(toManifest(commands, options), null, 2))
  console.error(manifestSteps(options).join('\n'))
}

try {
  manifest()
} catch (error) {
  console.error(error instanceof TypeError ? error.message : error)
  process.exitCode = 1
}
