import { expand } from './shell-expansion.ts'
import type { Statement } from './shell-syntax.ts'

type Loop = Extract<Statement, { type: 'loop' }>

class Break extends Error {}

/** Runs the statements of a script in their order. What a command does is up to the shell that extends this. */
export abstract class ShellFlow {
  readonly variables: Record<string, string>

  constructor(variables: Readonly<Record<string, string>>) {
    this.variables = { ...variables }
  }

  /** Runs a command with its arguments; returns its exit code. `output` is the file that takes what it prints. */
  protected abstract call(words: readonly string[], output: string | undefined): number

  /** What a command prints. */
  protected abstract substitute(command: string): string

  /** Starts what goes on beside the script. */
  protected abstract background(statement: Statement): number

  protected run(statement: Statement): number {
    switch (statement.type) {
      case 'command':
        return this.#command(statement)
      case 'list':
        return this.#list(statement.items)
      case 'pipe':
        return this.pipe(statement.parts)
      case 'if':
        if (this.run(statement.condition) === 0) return this.run(statement.consequence)
        return statement.otherwise ? this.run(statement.otherwise) : 0
      case 'for':
        return this.#for(statement.variable, statement.values, statement.body)
      case 'loop':
        return this.loop(statement)
    }
  }

  protected pipe(parts: readonly Statement[]): number {
    return parts.map((part) => this.run(part)).at(-1) ?? 0
  }

  protected loop({ while: isWhile, condition, body }: Loop): number {
    while ((this.run(condition) === 0) === isWhile) if (!this.unlessBroken(() => this.run(body))) break
    return 0
  }

  protected expand(word: string): string {
    return expand(word, this.variables, (command) => this.substitute(command))
  }

  /** False if the body left the loop by `break`. */
  protected unlessBroken(body: () => void): boolean {
    try {
      body()
      return true
    } catch (error) {
      if (error instanceof Break) return false
      throw error
    }
  }

  #command({ words, output }: Extract<Statement, { type: 'command' }>): number {
    const expanded = words.map((word) => this.expand(word))
    while (/^[A-Za-z_]\w*=/.test(expanded[0] ?? '')) {
      const [, name = '', value = ''] = /^(\w+)=([\s\S]*)$/.exec(expanded.shift()!)!
      this.variables[name] = value
    }
    const [first, ...rest] = expanded
    const file = output === undefined ? undefined : this.expand(output)
    if (first === 'break') throw new Break()
    if (first === '!') return this.call(rest, file) === 0 ? 1 : 0
    if (first !== undefined) return this.call(expanded, file)
    return file === undefined ? 0 : this.call([':'], file)
  }

  #list(items: Extract<Statement, { type: 'list' }>['items']): number {
    let code = 0
    let isSkipped = false
    for (const { statement, joint } of items) {
      if (!isSkipped) code = joint === '&' ? this.background(statement) : this.run(statement)
      isSkipped = joint === '&&' ? code !== 0 : joint === '||' ? code === 0 : false
    }
    return code
  }

  #for(variable: string, values: readonly string[], body: Statement): number {
    let code = 0
    const items = values.flatMap((value) => this.expand(value).split(/\s+/)).filter((item) => item !== '')
    for (const item of items) {
      this.variables[variable] = item
      if (!this.unlessBroken(() => (code = this.run(body)))) break
    }
    return code
  }
}
