import { wgetError } from '../../cluster/network/client-text.ts'
import { targetFrom } from '../../cluster/network/target.ts'
import { notModelled } from '../errors.ts'
import { openConnection } from './open-connection.ts'
import { readOptions, type ShellProgram } from './shell-program.ts'

const VALUED = ['O', 'T', 'timeout', 'header', 'post-data', 'U', 'user-agent', 'P', 't', 'tries']
const FLAGS = ['q', 'S', 'c', 'spider', 'no-check-certificate', 'quiet', 'server-response']

/** BusyBox `wget [-q] [-O FILE] [-T SECONDS] URL`. */
export const wget: ShellProgram = (args, shell) => {
  const { given, all, operands, unknown } = readOptions(args, VALUED, FLAGS)
  if (unknown !== undefined)
    throw notModelled(`wget ${unknown}`, 'The wget here is that of BusyBox, with -q -O -T -S --header and --spider.')
  const [url] = operands
  const target = url === undefined ? undefined : targetFrom(url)
  if (url === undefined || !target) {
    shell.err(url === undefined ? 'wget: missing URL\n' : `wget: not an http or ftp url: ${url}\n`)
    return 1
  }
  const headers = Object.fromEntries(
    all('header').flatMap((line): [string, string][] => {
      const [name, content] = line.split(/:\s*(.*)/s) as [string, string?]
      return content === undefined ? [] : [[name.trim(), content]]
    }),
  )
  const { attempt, address } = openConnection(shell.world, {
    ...target,
    headers: { 'User-Agent': 'Wget', ...headers },
    method: given.has('post-data') ? 'POST' : 'GET',
    insecure: given.has('no-check-certificate'),
  })
  const quiet = given.has('q') || given.has('quiet')
  if (!quiet && address !== undefined) shell.err(`Connecting to ${target.host} (${address}:${target.port})\n`)
  if (given.has('S') && attempt.status !== null) shell.err(`  HTTP/1.1 ${attempt.status}\n`)
  const error = wgetError(attempt, target, address)
  if (error) {
    shell.err(error.text)
    return error.exitCode
  }
  if (given.has('spider')) return 0
  save(given.get('O'), url, attempt.body ?? '', quiet, shell)
  return 0
}

function save(
  option: string | true | undefined,
  url: string,
  body: string,
  quiet: boolean,
  shell: Parameters<ShellProgram>[1],
): void {
  if (option === '-') {
    if (!quiet) shell.err('writing to stdout\n')
    shell.out(body)
    if (!quiet) shell.err('written to stdout\n')
    return
  }
  const name =
    typeof option === 'string'
      ? option
      : (/\/([^/?]+)(?:\?.*)?$/.exec(url.replace(/^\w+:\/\//, ''))?.[1] ?? 'index.html')
  if (name === '/dev/null') return
  shell.files.set(name, body)
  if (!quiet) shell.err(`saving to '${name}'\n'${name}' saved\n`)
}
