import { parseArgs } from 'node:util'
import { commands } from '../commands/index.ts'
import { EnvironmentError, loadEnvironmentFile, readEnvironment } from '../src/env.ts'
import { PlatformFailure } from '../src/platforms/delivery/platform.ts'
import { registerCommands } from '../src/platforms/discord/register.ts'

const USAGE = 'usage: npm run register -- discord [--guild ID]'

/** Registers the slash commands with Discord and prints what changed. */
async function register(): Promise<void> {
  const { values, positionals } = parseArgs({ options: { guild: { type: 'string' } }, allowPositionals: true })
  if (positionals.length !== 1 || positionals[0] !== 'discord') throw new PlatformFailure(USAGE)
  loadEnvironmentFile()
  const { token, apiUrl, applicationId } = readEnvironment(process.env).discord ?? {}
  if (token === undefined || apiUrl === undefined || applicationId === undefined)
    throw new EnvironmentError([
      ...(token === undefined ? [{ variable: 'DISCORD_TOKEN', problem: 'is missing' }] : []),
      ...(applicationId === undefined ? [{ variable: 'DISCORD_APPLICATION_ID', problem: 'is missing' }] : []),
    ])
  const guild = values.guild ? { guild: values.guild } : {}
  const lines = await registerCommands(commands, { token, apiUrl, applicationId, ...guild })
  console.log(lines.join('\n'))
}

register().catch((error: unknown) => {
  const told = error instanceof PlatformFailure || error instanceof EnvironmentError || isUsageError(error)
  console.error(told ? error.message : error)
  process.exitCode = 1
})

/** What `parseArgs` throws for an unknown option. */
function isUsageError(error: unknown): error is Error {
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
}
