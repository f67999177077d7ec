import type { Attempt } from '../../cluster/network/attempt.ts'
import { type CurlLine, CurlLineError, parseCurlLine } from '../../cluster/network/curl-line.ts'
import { curlOutput } from '../../cluster/network/curl-text.ts'
import { targetFrom } from '../../cluster/network/target.ts'
import { notModelled } from '../errors.ts'
import { openConnection } from './open-connection.ts'
import type { Shell } from './shell.ts'
import type { ShellProgram } from './shell-program.ts'

/** Most redirects that `-L` follows. */
const MOST_REDIRECTS = 10

/** `curl [options] URL` */
export const curl: ShellProgram = (args, shell) => {
  let line: CurlLine
  try {
    line = parseCurlLine(args)
  } catch (error) {
    if (!(error instanceof CurlLineError)) throw error
    if (error.option !== undefined)
      throw notModelled(
        `curl ${error.option}`,
        'The curl here knows -s -S -i -I -v -k -L -f -o -w -X -H -d -A -m and --resolve.',
      )
    shell.err(`${error.message}\n`)
    return error.exitCode
  }
  const { exitCode, stdout, stderr } = curlOutput(lastAnswer(line, shell), line)
  shell.out(stdout)
  shell.err(stderr)
  return exitCode
}

/** What the last of the redirects gets. */
function lastAnswer(line: CurlLine, shell: Shell): Attempt {
  let attempt = openConnection(shell.world, line.target).attempt
  for (let hops = 0; line.follow && attempt.location !== null && hops < MOST_REDIRECTS; hops++) {
    const next = targetFrom(attempt.location)
    if (!next) break
    attempt = openConnection(shell.world, { ...line.target, ...next }).attempt
  }
  return attempt
}
