import { compare, seconds } from '../../cluster/apps/shell-builtins.ts'
import { hostnameOf } from '../../cluster/apps.ts'
import { instant, timestamp } from '../../cluster/object.ts'
import { notModelled } from '../errors.ts'
import { absolute, contentOf, entriesOf } from './container-files.ts'
import { Exit } from './exit.ts'
import type { Shell } from './shell.ts'
import type { ShellProgram } from './shell-program.ts'

/** Longest `sleep` in seconds: what goes on for longer is stopped by people. */
const LONGEST_SLEEP = 600

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\\': '\\' }

const unescaped = (text: string): string => text.replace(/\\([ntr\\])/g, (_, letter: string) => ESCAPES[letter]!)

const echo: ShellProgram = (args, shell) => {
  const first = args.findIndex((word) => !/^-[neE]+$/.test(word))
  const options = (first < 0 ? args : args.slice(0, first)).join('')
  const text = first < 0 ? '' : args.slice(first).join(' ')
  return print(shell, (options.includes('e') ? unescaped(text) : text) + (options.includes('n') ? '' : '\n'))
}

const printf: ShellProgram = ([format = '', ...args], shell) => {
  const next = [...args]
  return print(
    shell,
    unescaped(format).replace(/%[sd%]/g, (verb) => (verb === '%%' ? '%' : (next.shift() ?? ''))),
  )
}

function print(shell: Shell, text: string): number {
  shell.out(text)
  return 0
}

const env: ShellProgram = (args, shell) => {
  if (args.length > 0) return shell.command(args)
  for (const [name, value] of Object.entries(shell.variables)) shell.out(`${name}=${value}\n`)
  return 0
}

const printenv: ShellProgram = (args, shell) => {
  if (args.length === 0) return env([], shell)
  for (const name of args) if (Object.hasOwn(shell.variables, name)) shell.out(`${shell.variables[name]}\n`)
  return args.every((name) => Object.hasOwn(shell.variables, name)) ? 0 : 1
}

const hostname: ShellProgram = ([flag = '-s'], shell) => {
  const { pod } = shell.world
  if (flag === '-s' || flag === '-f') return print(shell, `${hostnameOf(pod)}\n`)
  if (flag === '-i' || flag === '-I') return print(shell, `${pod.status.podIP ?? ''}\n`)
  throw notModelled(`hostname ${flag}`, 'It is known with -s, -f and -i.')
}

/** The cluster's clock runs on while the command sleeps. */
const sleep: ShellProgram = (args, shell) => {
  const length = args.reduce((total, word) => total + seconds(word), 0)
  if (length > LONGEST_SLEEP)
    throw notModelled(
      `A sleep of more than ${LONGEST_SLEEP} seconds`,
      'A real one would keep the terminal busy for as long.',
    )
  shell.world.cluster.waitFor(() => false, length * 1000)
  return 0
}

const test: ShellProgram = (args, shell) =>
  holds(
    args.filter((word) => word !== ']'),
    shell,
  )
    ? 0
    : 1

function holds([left = '', operator, right = '', ...more]: readonly string[], shell: Shell): boolean {
  if (left === '!') return !holds([operator ?? '', right, ...more], shell)
  if (left === '-f' || left === '-e' || left === '-r') return contentOf(shell, operator ?? '') !== undefined
  if (left === '-z' || left === '-n') return ((operator ?? '') === '') === (left === '-z')
  return compare(left, operator, right)
}

const date: ShellProgram = ([format], shell) => {
  const at = timestamp(shell.world.cluster.now)
  if (format === '+%s') return print(shell, `${instant(at) / 1000}\n`)
  if (format === '-Iseconds') return print(shell, `${at}\n`)
  const parts = new Date(instant(at)).toUTCString().split(' ') as [string, string, string, string, string]
  const [day, number, month, year, time] = parts
  return print(shell, `${day.slice(0, 3)} ${month} ${number.replace(/^0/, ' ')} ${time} UTC ${year}\n`)
}

const cd: ShellProgram = ([path = '/'], shell) => {
  const isKnown = path === '-' || entriesOf(shell, path) !== undefined
  if (isKnown && path !== '-') shell.directory = absolute(shell.directory, path)
  if (!isKnown) shell.err(`sh: cd: can't cd to ${path}: No such file or directory\n`)
  return isKnown ? 0 : 2
}

const exported: ShellProgram = (args, shell) => {
  for (const word of args) {
    const [name, value] = word.split(/=(.*)/s) as [string, string?]
    if (value !== undefined) shell.variables[name] = value
  }
  return 0
}

const seq: ShellProgram = (args, shell) => {
  const [first = 1, last = first] = args.length > 1 ? args.map(Number) : [1, Number(args[0] ?? 0)]
  for (let number = first; number <= Math.min(last, first + 1000); number++) shell.out(`${number}\n`)
  return 0
}

/** `sh -c SCRIPT`; without a script a shell reads what is typed, and nobody types here. */
const sh: ShellProgram = (args, shell) => {
  const flag = args.findIndex((word) => /^-\w*c$/.test(word))
  const text = flag >= 0 ? args[flag + 1] : shell.stdin
  if (text === undefined || text.trim() === '') {
    if (flag >= 0) return 0
    throw notModelled(
      'An interactive shell',
      `Give each command on a line of its own: kubectl exec ${shell.world.pod.metadata.name} -- sh -c 'COMMAND; COMMAND'.`,
    )
  }
  return shell.script(text)
}

/** Programs that every shell has. */
export const basics: Readonly<Record<string, ShellProgram>> = {
  ':': () => 0,
  '[': test,
  ash: sh,
  bash: sh,
  cd,
  date,
  echo,
  env,
  exec: (args, shell) => (args.length === 0 ? 0 : shell.command(args)),
  exit: ([code = '0']) => {
    throw new Exit(Number.parseInt(code, 10) & 255)
  },
  export: exported,
  false: () => 1,
  hostname,
  id: (_, shell) => print(shell, 'uid=0(root) gid=0(root) groups=0(root)\n'),
  printenv,
  printf,
  pwd: (_, shell) => print(shell, `${shell.directory}\n`),
  seq,
  sh,
  sleep,
  test,
  time: (args, shell) => shell.command(args),
  true: () => 0,
  whoami: (_, shell) => print(shell, 'root\n'),
}
