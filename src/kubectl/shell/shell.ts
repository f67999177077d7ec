import { hasProgram } from '../../cluster/apps/process.ts'
import { expand } from '../../cluster/apps/shell-expansion.ts'
import { parseScript, ShellSyntaxError, type Statement } from '../../cluster/apps/shell-syntax.ts'
import { KubectlError, notModelled } from '../errors.ts'
import { absolute, isScratch } from './container-files.ts'
import type { ContainerWorld } from './container-world.ts'
import { Exit } from './exit.ts'
import { isOfImages, networkPrograms, programs } from './programs.ts'

/** How many commands one `kubectl exec` runs before it is stopped. */
const MOST_COMMANDS = 200

/** Longest output in characters. */
const LONGEST_OUTPUT = 200_000

class Break extends Error {}

export const programNotModelled = (name: string): Error =>
  notModelled(`The program ${name} inside containers`, 'A real container runs whatever its image contains.')

/**
 * A small shell inside a container: commands, `;`, `&&`, `||`, pipes, loops and variables. What it does not know it says
 * is not modelled.
 */
export class Shell {
  stdout = ''
  stderr = ''
  /** What the running command reads. */
  stdin = ''
  readonly world: ContainerWorld
  readonly variables: Record<string, string>
  /** Files that commands have written: path -> content. */
  readonly files = new Map<string, string>()
  directory = '/'
  #commands = 0

  constructor(world: ContainerWorld) {
    this.world = world
    this.variables = { ...world.environment }
  }

  out(text: string): void {
    this.stdout += text
    if (this.stdout.length > LONGEST_OUTPUT)
      throw new KubectlError(`the command printed more than ${LONGEST_OUTPUT} characters and was stopped`)
  }

  err(text: string): void {
    this.stderr += text
  }

  /** Runs a program with its arguments; returns its exit code. */
  run(words: readonly string[]): number {
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
    let statement: Statement
    try {
      statement = parseScript(text)
    } catch (error) {
      if (!(error instanceof ShellSyntaxError)) throw error
      throw notModelled(
        'This shell syntax',
        `The small shell here knows commands, ;, &&, ||, pipes, for, while and if (${error.message}).`,
      )
    }
    return this.#statement(statement)
  }

  #statement(statement: Statement): number {
    switch (statement.type) {
      case 'command':
        return this.#simple(statement)
      case 'list':
        return this.#list(statement)
      case 'pipe':
        return this.#pipe(statement.parts)
      case 'if':
        if (this.#statement(statement.condition) === 0) return this.#statement(statement.consequence)
        return statement.otherwise ? this.#statement(statement.otherwise) : 0
      case 'for':
        return this.#for(statement)
      case 'loop':
        return this.#while(statement)
    }
  }

  #simple({ words, output }: Statement & { type: 'command' }): number {
    const expanded = words.map((word) => this.#expand(word))
    while (/^[A-Za-z_]\w*=/.test(expanded[0] ?? '')) {
      const [, name, value] = /^(\w+)=([\s\S]*)$/.exec(expanded.shift()!)!
      this.variables[name!] = value!
    }
    const [first] = expanded
    if (first === 'break') throw new Break()
    if (first === undefined) return 0
    if (first === '!') return this.command(expanded.slice(1)) === 0 ? 1 : 0
    if (output === undefined) return this.command(expanded)
    return this.#redirected(expanded, this.#expand(output))
  }

  #expand(word: string): string {
    return expand(word, this.variables, (command) => this.#substitute(command))
  }

  /** What a command prints, without the line breaks at its end. */
  #substitute(command: string): string {
    const before = this.stdout
    this.stdout = ''
    this.script(command)
    const printed = this.stdout.replace(/\n+$/, '')
    this.stdout = before
    return printed
  }

  /** What the command prints goes to a file. */
  #redirected(words: readonly string[], path: string): number {
    if (path !== '/dev/null' && !isScratch(this, path))
      throw notModelled(`Writing to ${path}`, 'What a command writes lasts here only until the command ends.')
    const before = this.stdout
    this.stdout = ''
    const code = this.command(words)
    if (path !== '/dev/null') this.files.set(absolute(this.directory, path), this.stdout)
    this.stdout = before
    return code
  }

  #list({ items }: Statement & { type: 'list' }): number {
    let code = 0
    let skipped = false
    for (const { statement, joint } of items) {
      if (joint === '&') throw notModelled('A background job', 'It would go on beside the other commands.')
      if (!skipped) code = this.#statement(statement)
      skipped = joint === '&&' ? code !== 0 : joint === '||' ? code === 0 : false
    }
    return code
  }

  /** Each part reads what the one before it has printed. */
  #pipe(parts: readonly Statement[]): number {
    const [before, input] = [this.stdout, this.stdin]
    let code = 0
    parts.forEach((part, index) => {
      if (index > 0) this.stdin = this.stdout
      this.stdout = ''
      code = this.#statement(part)
    })
    this.stdin = input
    this.stdout = before + this.stdout
    return code
  }

  #for({ variable, values, body }: Statement & { type: 'for' }): number {
    let code = 0
    const items = values.flatMap((value) => this.#expand(value).split(/\s+/)).filter((item) => item !== '')
    for (const item of items) {
      this.variables[variable] = item
      if (this.#leaves(() => (code = this.#statement(body)))) break
    }
    return code
  }

  #while({ while: isWhile, condition, body }: Statement & { type: 'loop' }): number {
    while ((this.#statement(condition) === 0) === isWhile) if (this.#leaves(() => this.#statement(body))) break
    return 0
  }

  /** True if the body was left by `break`. */
  #leaves(body: () => void): boolean {
    try {
      body()
      return false
    } catch (error) {
      if (error instanceof Break) return true
      throw error
    }
  }
}
