import { hasProgram } from '../../cluster/apps/process.ts'
import { ShellFlow } from '../../cluster/apps/shell-flow.ts'
import { parseScript, ShellSyntaxError, type Statement } from '../../cluster/apps/shell-syntax.ts'
import { KubectlError, notModelled } from '../errors.ts'
import { absolute, isScratch } from './container-files.ts'
import type { ContainerWorld } from './container-world.ts'
import { Exit } from './exit.ts'
import { refuseChange } from './file-programs.ts'
import { isOfImages, networkPrograms, programs } from './programs.ts'

/** How many commands one `kubectl exec` runs before it is stopped. */
const MOST_COMMANDS = 200

/** Longest output in characters. */
const LONGEST_OUTPUT = 200_000

export const programNotModelled = (name: string): Error =>
  notModelled(`The program ${name} inside containers`, 'A real container runs whatever its image contains.')

/** Reads a script. Throws `NotModelledError` for syntax that the small shell does not know. */
export function readScript(text: string): Statement {
  try {
    return parseScript(text)
  } catch (error) {
    if (!(error instanceof ShellSyntaxError)) throw error
    throw notModelled(
      'This shell syntax',
      `The small shell here knows commands, ;, &&, ||, pipes, for, while and if (${error.message}).`,
    )
  }
}

/**
 * A small shell inside a container: commands, `;`, `&&`, `||`, pipes, loops and variables. What it does not know it says
 * is not modelled.
 */
export class Shell extends ShellFlow {
  stdout = ''
  stderr = ''
  /** All that was printed, in its order, as the log of a container has it. */
  log = ''
  /** What the running command reads. */
  stdin = ''
  readonly world: ContainerWorld
  /** Files that commands have written: path -> content. */
  readonly files = new Map<string, string>()
  directory = '/'
  #commands = 0
  /** How many commands around this one take what it prints. */
  #captures = 0

  constructor(world: ContainerWorld) {
    super(world.environment)
    this.world = world
  }

  out(text: string): void {
    this.stdout += text
    if (this.#captures === 0) this.log += text
    if (this.stdout.length > LONGEST_OUTPUT)
      throw new KubectlError(`the command printed more than ${LONGEST_OUTPUT} characters and was stopped`)
  }

  err(text: string): void {
    this.stderr += text
    this.log += text
  }

  /** Runs a program with its arguments; returns its exit code. */
  execute(words: readonly string[]): number {
    try {
      return this.command(words)
    } catch (error) {
      if (error instanceof Exit) return error.code
      throw error
    }
  }

  /** Runs one command of a script. */
  command(words: readonly string[]): number {
    this.#commands += 1
    if (this.#commands > MOST_COMMANDS)
      throw new KubectlError(`the command went on after ${MOST_COMMANDS} steps and was stopped`)
    const [program = '', ...args] = words
    const name = program.slice(program.lastIndexOf('/') + 1)
    const { container } = this.world
    const isThere = !Object.hasOwn(networkPrograms, name) || hasProgram(container, program)
    const run = isThere && Object.hasOwn(programs, name) ? programs[name] : undefined
    if (run) return run(args, this)
    if (hasProgram(container, program) || isOfImages(name)) throw programNotModelled(name)
    this.err(`sh: ${program}: not found\n`)
    return 127
  }

  /** Runs a script in this shell. */
  script(text: string): number {
    return this.run(readScript(text))
  }

  protected override call(words: readonly string[], output: string | undefined): number {
    return output === undefined ? this.command(words) : this.#redirected(words, output)
  }

  /** What a command prints, without the line breaks at its end. */
  protected override substitute(command: string): string {
    return this.#capture(() => this.execute(['sh', '-c', command])).printed.replace(/\n+$/, '')
  }

  /** What the command prints goes to a file. */
  #redirected(words: readonly string[], path: string): number {
    if (path !== '/dev/null' && !isScratch(this, path)) refuseChange(`Writing to ${path}`)
    const { code, printed } = this.#capture(() => this.command(words))
    if (path !== '/dev/null') this.files.set(absolute(this.directory, path), printed)
    return code
  }

  /** Takes what a command prints. */
  #capture(run: () => number): { code: number; printed: string } {
    const before = this.stdout
    this.stdout = ''
    this.#captures += 1
    try {
      return { code: run(), printed: this.stdout }
    } finally {
      this.stdout = before
      this.#captures -= 1
    }
  }

  protected override background(): never {
    throw notModelled('A background job', 'It would go on beside the other commands.')
  }

  /** Each part reads what the one before it has printed. */
  protected override pipe(parts: readonly Statement[]): number {
    const input = this.stdin
    let code = 0
    parts.forEach((part, index) => {
      if (index === parts.length - 1) code = this.run(part)
      else this.stdin = this.#capture(() => this.run(part)).printed
    })
    this.stdin = input
    return code
  }
}
