import { type Behaviour, type Listener, listen, type OutputLine } from './behaviour.ts'
import { ScriptFiles } from './script-files.ts'
import { type Cycle, written } from './script-output.ts'
import { seconds } from './shell-builtins.ts'
import { ShellFlow } from './shell-flow.ts'
import { PROTECTED_DOLLAR, parseScript, ShellSyntaxError, type Statement } from './shell-syntax.ts'
import { HOPED, knownAnswer } from './substitution.ts'

/** How many commands of a script are followed; one that is still going then counts as running for ever. */
const MOST_COMMANDS = 400

/** What a script finds around it. */
export interface ScriptWorld {
  environment: Readonly<Record<string, string>>
  /** True if this program is installed. */
  has: (program: string) => boolean
  /** Exit code of a command that uses the network; absent where nobody can say: then it counts as a success. */
  reach?: ((words: readonly string[]) => number) | undefined
  /** A server that is no tool of the shell; undefined if the image has no such program. */
  server: (words: readonly string[]) => Behaviour | undefined
}

/** Follows a command, without a shell around it, and tells what it does as process 1 of a container. */
export const followCommand = (words: readonly string[], world: ScriptWorld): Behaviour =>
  new Run(world).of({ type: 'command', words: words.map((word) => word.replaceAll('$', PROTECTED_DOLLAR)) })

/** Ends the run: the script has ended, goes on for ever, or has become a server. */
class End extends Error {}

const NETWORK = new Set('wget curl nslookup dig host nc telnet ping traceroute apt apt-get apk'.split(' '))
const QUIET = new Set(
  'true : cd set mkdir chmod chown ls cat env printenv export hostname date id whoami ps sync wait test [ uname which sed grep awk cp mv ln seq head sort tr cut wc mount ip ifconfig ulimit umask stty'.split(
    ' ',
  ),
)

class Run extends ShellFlow {
  readonly #world: ScriptWorld
  readonly #output: OutputLine[] = []
  readonly #listeners: Listener[] = []
  readonly #files = new ScriptFiles()
  #elapsed = 0
  #commands = 0
  #exit: { code: number } | undefined
  #message: string | undefined
  #server: Behaviour | undefined
  #cycle: Cycle | undefined
  #trapsTermination = false
  #asked = false

  constructor(world: ScriptWorld) {
    super(world.environment)
    this.#world = world
  }

  of(statement: Statement): Behaviour {
    try {
      this.#exit = { code: this.run(statement) }
    } catch (error) {
      if (!(error instanceof End)) throw error
    }
    const exit = this.#exit && {
      after: this.#elapsed,
      code: this.#exit.code,
      ...(this.#message !== undefined && { message: this.#message }),
    }
    return {
      obeysTermination: this.#trapsTermination,
      ...this.#server,
      listeners: [...this.#listeners, ...(this.#server?.listeners ?? [])],
      ...(exit && { exit }),
      ...(this.#output.length > 0 && { output: (at) => written(this.#output, exit ? undefined : this.#cycle, at) }),
      ...(!this.#files.isEmpty && { hasFile: (path, at) => this.#files.has(path, at) }),
      ...(this.#asked && { asksNetwork: true as const }),
    }
  }

  /** What a command prints, as far as it is known; nothing if any part of it fails. */
  protected override substitute(text: string): string {
    const from = this.#output.length
    try {
      const statement = parseScript(text)
      if (statement.type === 'command') {
        const answer = knownAnswer(
          statement.words.map((word) => this.expand(word)),
          this.variables,
        )
        if (answer !== undefined) return answer
      }
      const parts = statement.type === 'pipe' ? statement.parts : [statement]
      const failed = parts.some((part) => this.run(part) !== 0)
      const said = this.#output.splice(from).map((line) => line.text)
      return failed ? '' : said.join('\n') || HOPED
    } catch (error) {
      if (error instanceof ShellSyntaxError) return HOPED
      throw error
    }
  }

  /** A background job takes no time of the script; a server in it listens as long as the script lives. */
  protected override background(statement: Statement): number {
    const job = new Run({ ...this.#world, environment: this.variables }).of(statement)
    this.#listeners.push(...job.listeners)
    return 0
  }

  protected override loop({ while: isWhile, condition, body }: Extract<Statement, { type: 'loop' }>): number {
    for (;;) {
      const from = this.#elapsed
      if ((this.run(condition) === 0) !== isWhile) return 0
      if (!this.unlessBroken(() => this.run(body))) return 0
      this.#cycle = { from, until: this.#elapsed }
      if (this.#commands > MOST_COMMANDS) throw new End()
    }
  }

  protected override call(words: readonly string[], output: string | undefined): number {
    this.#commands += 1
    if (this.#commands > 2 * MOST_COMMANDS) throw new End()
    if (output !== undefined && output !== '/dev/null') this.#files.touch(output, this.#elapsed)
    const [program = ':', ...rest] = words
    return this.#program(program.slice(program.lastIndexOf('/') + 1), program, rest, output)
  }

  #program(name: string, program: string, rest: string[], output: string | undefined): number {
    const lasting = this.#lasting(name, rest)
    if (lasting !== undefined) return lasting
    if (NETWORK.has(name) && this.#world.has(name)) return this.#ask([name, ...rest])
    const server = this.#world.server([program, ...rest])
    if (server) return this.#become(server)
    switch (name) {
      case 'echo':
      case 'printf':
        if (output === undefined) this.#say(rest.filter((word, index) => index > 0 || !/^-[ne]+$/.test(word)).join(' '))
        return 0
      case 'exit':
        this.#exit = { code: Number.parseInt(rest[0] ?? '0', 10) & 255 }
        throw new End()
      case 'false':
        return 1
      case 'touch':
        for (const path of rest) this.#files.touch(path, this.#elapsed)
        return 0
      case 'rm':
        for (const path of rest) this.#files.remove(path, this.#elapsed)
        return 0
      case 'cat':
      case 'ls':
        return this.#read(name, rest)
      case 'test':
      case '[':
        return this.#files.test(
          rest.filter((word) => word !== ']'),
          this.#elapsed,
        )
          ? 0
          : 1
      case 'trap':
        if (rest.some((word) => /^(?:SIG)?TERM$|^15$/.test(word))) this.#trapsTermination = true
        return 0
      case 'exec':
      case 'command':
      case 'time':
      case 'nohup':
        return rest.length > 0 ? this.call(rest, output) : 0
    }
    if (QUIET.has(name)) return 0
    this.#say(`sh: ${program}: not found`)
    return 127
  }

  /** Commands that take time, and shells in the shell. */
  #lasting(name: string, rest: string[]): number | undefined {
    if (name === 'sleep') {
      this.#elapsed += rest.reduce((total, word) => total + seconds(word), 0)
      if (!Number.isFinite(this.#elapsed)) throw new End()
      return 0
    }
    if (name === 'tail' && rest.some((word) => /^-\w*[fF]/.test(word))) throw new End()
    if (['sh', 'bash', 'ash', 'eval'].includes(name)) {
      const flag = rest.findIndex((word) => /^-\w*c$/.test(word))
      const text = name === 'eval' ? rest.join(' ') : flag >= 0 ? rest[flag + 1] : undefined
      return text === undefined ? 0 : this.#nested(text)
    }
    return undefined
  }

  #nested(text: string): number {
    try {
      return this.run(parseScript(text))
    } catch (error) {
      if (error instanceof ShellSyntaxError) throw new End()
      throw error
    }
  }

  #become(server: Behaviour): number {
    if (server.exit) {
      this.#elapsed += server.exit.after
      this.#message = server.exit.message
      return server.exit.code
    }
    this.#server = server
    throw new End()
  }

  #ask(words: string[]): number {
    if (words[0] === 'nc' && words.some((word) => /^-\w*l/.test(word))) {
      const port = Number(words.find((word) => /^\d+$/.test(word)))
      if (port > 0) this.#listeners.push(listen(port, words.some((word) => /^-\w*u/.test(word)) ? 'UDP' : 'TCP'))
      throw new End()
    }
    if (words[0] === 'ping' && !words.includes('-c')) throw new End()
    this.#asked = true
    return this.#world.reach?.(words) ?? 0
  }

  #say(text: string): void {
    this.#output.push({ at: this.#elapsed, text: text.replaceAll(HOPED, '') })
  }

  #read(name: string, words: string[]): number {
    const missing = words.filter((word) => !word.startsWith('-') && this.#files.has(word, this.#elapsed) === false)
    for (const path of missing) this.#say(`${name}: can't open '${path}': No such file or directory`)
    return missing.length > 0 ? 1 : 0
  }
}
