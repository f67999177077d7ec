import type { Container } from '../kinds/pod.ts'
import { type Behaviour, listen } from './behaviour.ts'
import { type KnownImage, knownImage } from './catalogue.ts'
import { fullReference, parseImage } from './image.ts'
import { indentedJson } from './pages.ts'
import { programs } from './programs.ts'
import { followCommand, type ScriptWorld } from './script.ts'

/** Tells the exit code of a command that uses the network, such as `wget -qO- http://web`. */
export type Reach = NonNullable<ScriptWorld['reach']>

const NETWORK_TOOLS = new Set('curl wget nslookup dig host nc telnet ping traceroute ip ifconfig'.split(' '))
/** What comes with an image beside its shell. Images built on Debian have no `ps`. */
const TOOLS_OF: Readonly<Record<KnownImage['tools'], ReadonlySet<string>>> = {
  none: new Set(),
  shell: new Set(),
  curl: new Set(['curl']),
  busybox: new Set('wget nslookup nc telnet ping traceroute ip ifconfig ps'.split(' ')),
  network: new Set([...NETWORK_TOOLS, 'ps']),
}
const SHELL_TOOLS = new Set(
  'sh bash ash zsh sleep echo printf true false cat ls touch rm mkdir env printenv hostname date tail head test id sync exit : [ export while until for if trap seq'.split(
    ' ',
  ),
)
/** Small programs that come with a shell. */
const EXEC_TOOLS = new Set('kill grep wc sort uniq pwd whoami time uname'.split(' '))
const BUSYBOX = new Set(['busybox', 'alpine', 'radial/busyboxplus'])
/** Entry scripts that only pass on to what follows. */
const WRAPPERS = new Set(['docker-entrypoint.sh', 'tini', 'dumb-init', '--'])

// Containers are immutable, and what they do follows from their spec alone unless the network has a say.
const remembered = new WeakMap<Container, Behaviour>()

/** What a container does from its start on, as far as its spec and the network tell. */
export function behaviourOf(container: Container, reach?: Reach): Behaviour {
  const known = remembered.get(container)
  if (known) return known
  const behaviour = workOut(container, reach && onceEach(reach))
  if (!behaviour.asksNetwork) remembered.set(container, behaviour)
  return behaviour
}

/** All of a script is worked out at one instant: the same question has the same answer, however often it is asked. */
function onceEach(reach: Reach): Reach {
  const answers = new Map<string, number>()
  return (words) => {
    const question = words.join(' ')
    const answer = answers.get(question) ?? reach(words)
    answers.set(question, answer)
    return answer
  }
}

function workOut(container: Container, reach: Reach | undefined): Behaviour {
  const { repository = '', tag = '' } = parseImage(container.image) ?? {}
  const known = knownImage(repository)
  const environment = literals(container)
  if (!known) return unknownImage(container, environment, reach)
  const words = commandLine(container, known)
  const server = (line: readonly string[]): Behaviour | undefined => {
    const [first = '', ...args] = line
    const invocation = { args, environment, ports: container.ports ?? [], tag }
    const program = nameOf(first)
    if (program === nameOf(known.command[0] ?? '') && !SHELL_TOOLS.has(program)) return known.program(invocation)
    if (program === 'httpd' && BUSYBOX.has(repository)) return programs.httpd?.(invocation)
    return repository === 'python' && program === 'python' ? known.program(invocation) : undefined
  }
  const world: ScriptWorld = { environment, has: (program) => isInstalled(known, program), reach, server }
  const [first = ''] = words
  if (isInstalled(known, nameOf(first))) return followCommand(words, world)
  return server(words) ?? cannotStart(first)
}

/** The words of a container's process: those of the pod, and those of the image where the pod leaves it to them. */
export function commandLineOf(container: Container): readonly string[] {
  const known = knownImage(parseImage(container.image)?.repository ?? '')
  return known ? commandLine(container, known) : unwrapped([...(container.command ?? []), ...(container.args ?? [])])
}

/** Command and arguments of the pod in place of those of the image. */
function commandLine({ command = [], args = [] }: Container, known: KnownImage): readonly string[] {
  if (command.length > 0) return unwrapped([...command, ...args])
  if (args.length === 0) return known.command
  const own = known.command[0] ?? ''
  const first = nameOf(args[0] ?? '')
  return first === own || isInstalled(known, first) || SHELL_TOOLS.has(own) ? unwrapped(args) : [own, ...args]
}

const unwrapped = (words: readonly string[]): readonly string[] =>
  words.length > 1 && WRAPPERS.has(nameOf(words[0] ?? '')) ? unwrapped(words.slice(1)) : words

const isInstalled = ({ tools, command }: KnownImage, program: string): boolean =>
  tools !== 'none' &&
  (SHELL_TOOLS.has(program) ||
    EXEC_TOOLS.has(program) ||
    TOOLS_OF[tools].has(program) ||
    (NETWORK_TOOLS.has(program) && command[0] === program))

/**
 * True if the image of a container contains a program. An unknown image contains the tools of a shell and of networks;
 * what is built on Alpine has those of BusyBox.
 */
export function hasProgram({ image }: Container, program: string): boolean {
  const { repository = '', tag = '' } = parseImage(image) ?? {}
  const known = knownImage(repository)
  const name = nameOf(program)
  if (!known) return SHELL_TOOLS.has(name) || TOOLS_OF.network.has(name) || EXEC_TOOLS.has(name)
  if (known.tools !== 'none' && tag.includes('alpine') && TOOLS_OF.busybox.has(name)) return true
  return isInstalled(known, name) || nameOf(known.command[0] ?? '') === name
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** What the container runtime says of a command that is not there. */
function cannotStart(program: string): Behaviour {
  const why = program.startsWith('/')
    ? `stat ${program}: no such file or directory`
    : 'executable file not found in $PATH'
  const startError = `failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: exec: "${program}": ${why}`
  return { listeners: [], obeysTermination: true, startError }
}

/** Nothing is known of the image: it listens on exactly its declared ports and echoes what it is asked (R-POD-8). */
function unknownImage(
  container: Container,
  environment: ScriptWorld['environment'],
  reach: Reach | undefined,
): Behaviour {
  const listeners = (container.ports ?? []).map(({ containerPort, protocol }) => listen(containerPort, protocol))
  const echo: Behaviour = {
    listeners,
    obeysTermination: true,
    respond: ({ method, scheme, host, path, headers }, { pod, namespace, environment: variables }) => {
      if (scheme === 'https') return undefined
      const status = Number(variables.ECHO_STATUS)
      const delaySeconds = Number(variables.ECHO_DELAY_SECONDS)
      return {
        ...indentedJson({ pod, namespace, method, host, path, headers }, isStatus(status) ? status : 200),
        ...(delaySeconds > 0 && { delaySeconds }),
      }
    },
    output: () => listeners.map(({ port, protocol }) => ({ at: 0, text: `listening on ${port}/${protocol}` })),
  }
  const words = unwrapped([...(container.command ?? []), ...(container.args ?? [])])
  const isTool = (program: string) => SHELL_TOOLS.has(program) || NETWORK_TOOLS.has(program)
  if (!SHELL_TOOLS.has(nameOf(words[0] ?? ''))) return echo
  const server = ([first = '']: readonly string[]) => (isTool(nameOf(first)) ? undefined : echo)
  return followCommand(words, { environment, has: isTool, reach, server })
}

const isStatus = (status: number): boolean => Number.isInteger(status) && status >= 100 && status <= 599

/** Variables whose value the spec gives; names of the others with an empty value, so that their presence is known. */
const literals = ({ env = [] }: Container): Record<string, string> =>
  Object.fromEntries(env.map(({ name, value = '' }) => [name, value]))

/** Why an image cannot be had, in the kubelet's words; undefined if it can. */
export function pullProblem({ image, imagePullPolicy }: Container): { reason: string; message: string } | undefined {
  const parsed = parseImage(image)
  if (!parsed) {
    const message = `Failed to apply default image tag "${image}": couldn't parse image name "${image}": invalid reference format`
    return { reason: 'InvalidImageName', message }
  }
  if (imagePullPolicy === 'Never')
    return {
      reason: 'ErrImageNeverPull',
      message: `Container image "${image}" is not present with pull policy of Never`,
    }
  const known = knownImage(parsed.repository)
  if (!known || parsed.digest !== undefined || known.tags.test(parsed.tag)) return undefined
  const reference = fullReference(image)
  const message = `rpc error: code = NotFound desc = failed to pull and unpack image "${reference}": failed to resolve reference "${reference}": ${reference}: not found`
  return { reason: 'ErrImagePull', message }
}
