import { goValue } from './go-value.ts'
import { compareText, isMap, type Json } from './json.ts'
import { FunctionError, isTrue, templateFunctions, typeName, type Value } from './template-functions.ts'
import { TemplateError } from './template-lexer.ts'
import { type Block, type Operand, type Pipeline, parseGoTemplate, type Statement } from './template-parser.ts'

export { TemplateError } from './template-lexer.ts'

/** Most statements that one run may carry out, so that nested ranges come to an end. */
const MOST_STEPS = 200_000

/** A Go template that was read and can be applied to any number of objects (`-o go-template`). */
export class GoTemplate {
  readonly #source: string
  readonly #statements: Statement[]

  /** Throws `TemplateError` for a template that cannot be read. */
  constructor(source: string) {
    this.#source = source
    this.#statements = parseGoTemplate(source)
  }

  /** The text for an object. Throws `TemplateError` where the template does not fit the object. */
  render(data: Json): string {
    const run = new TemplateRun(this.#source, data)
    run.statements(this.#statements, data)
    return run.output
  }
}

type Signal = 'break' | 'continue' | undefined

class TemplateRun {
  output = ''
  #steps = 0
  #variables: { name: string; value: Value }[]
  readonly #source: string

  constructor(source: string, data: Json) {
    this.#source = source
    this.#variables = [{ name: '$', value: data }]
  }

  statements(statements: readonly Statement[], dot: Value): Signal {
    for (const statement of statements) {
      this.#steps += 1
      if (this.#steps > MOST_STEPS) throw new TemplateError(`the template takes more than ${MOST_STEPS} steps`)
      const signal = this.#statement(statement, dot)
      if (signal) return signal
    }
    return undefined
  }

  #statement(statement: Statement, dot: Value): Signal {
    switch (statement.type) {
      case 'break':
      case 'continue':
        return statement.type
      case 'text':
        this.output += statement.text
        return undefined
      case 'action':
        this.#action(statement.pipeline, dot)
        return undefined
      default: {
        const known = this.#variables.length
        const signal = this.#block(statement, dot)
        this.#variables = this.#variables.slice(0, known)
        return signal
      }
    }
  }

  #action(pipeline: Pipeline, dot: Value): void {
    const value = this.#evaluate(pipeline, dot)
    if (pipeline.variables.length > 0) return
    this.output += value === undefined || value === null ? '<no value>' : goValue(value)
  }

  #block({ type, pipeline, body, otherwise }: Block, dot: Value): Signal {
    if (type === 'range') return this.#range(pipeline, body, otherwise, dot)
    const value = this.#evaluate(pipeline, dot)
    if (!isTrue(value)) return this.statements(otherwise, dot)
    return this.statements(body, type === 'with' ? value : dot)
  }

  #range(pipeline: Pipeline, body: Statement[], otherwise: Statement[], dot: Value): Signal {
    const value = this.#value({ ...pipeline, variables: [] }, dot)
    const entries = this.#entries(value, pipeline.commands[0]![0]!)
    if (entries.length === 0) return this.statements(otherwise, dot)
    for (const [key, item] of entries) {
      const known = this.#variables.length
      const names = pipeline.variables
      if (names.length === 1) this.#set(names[0]!, item, pipeline.declares)
      if (names.length === 2) {
        this.#set(names[0]!, key, pipeline.declares)
        this.#set(names[1]!, item, pipeline.declares)
      }
      const signal = this.statements(body, item)
      this.#variables = this.#variables.slice(0, known)
      if (signal === 'break') break
    }
    return undefined
  }

  #entries(value: Value, operand: Operand): [Value, Value][] {
    if (value === undefined || value === null) return []
    if (Array.isArray(value)) return value.map((item, index) => [index, item])
    if (isMap(value))
      return Object.keys(value)
        .sort(compareText)
        .map((name) => [name, value[name]])
    if (typeof value === 'number' && Number.isInteger(value))
      return Array.from({ length: Math.min(Math.max(0, value), MOST_STEPS) }, (_, index) => [index, index])
    throw this.#error(operand, `range can't iterate over ${goValue(value)}`)
  }

  #evaluate(pipeline: Pipeline, dot: Value): Value {
    const value = this.#value(pipeline, dot)
    for (const name of pipeline.variables) this.#set(name, value, pipeline.declares)
    return value
  }

  #value(pipeline: Pipeline, dot: Value): Value {
    let final: [Value] | [] = []
    for (const command of pipeline.commands) final = [this.#command(command, dot, final)]
    return final[0]
  }

  #set(name: string, value: Value, declares: boolean): void {
    const known = declares ? undefined : this.#variables.findLast((variable) => variable.name === name)
    if (known) known.value = value
    else this.#variables.push({ name, value })
  }

  #command([first, ...operands]: readonly Operand[], dot: Value, final: readonly Value[]): Value {
    const head = first!
    if (head.type === 'function') return this.#call(head, operands, dot, final)
    if (head.type === 'nil') throw this.#error(head, 'nil is not a command')
    if (operands.length + final.length === 0) return this.#operand(head, dot)
    if (head.type === 'field') throw this.#error(head, `${head.names.at(-1)} is not a method but has arguments`)
    throw this.#error(head, `can't give argument to non-function ${head.source}`)
  }

  #call(
    head: Operand & { type: 'function' },
    operands: readonly Operand[],
    dot: Value,
    final: readonly Value[],
  ): Value {
    const called = templateFunctions[head.name]!
    const count = operands.length + final.length
    if (count < called.least || (called.exact && count > called.least)) {
      const want = called.exact ? `want ${called.least}` : `want at least ${called.least}`
      throw this.#error(head, `wrong number of args for ${head.name}: ${want} got ${count}`)
    }
    if (head.name === 'and' || head.name === 'or') return this.#shortCut(head.name, operands, dot, final)
    const args = [...operands.map((operand) => this.#operand(operand, dot)), ...final]
    try {
      return called.run(args)
    } catch (error) {
      if (!(error instanceof FunctionError)) throw error
      const source = [head, ...operands].map((operand) => operand.source).join(' ')
      throw this.#error({ ...head, source }, `error calling ${head.name}: ${error.message}`)
    }
  }

  #shortCut(name: 'and' | 'or', operands: readonly Operand[], dot: Value, final: readonly Value[]): Value {
    let value: Value
    for (const operand of operands) {
      value = this.#operand(operand, dot)
      if (isTrue(value) === (name === 'or')) return value
    }
    return final.length > 0 ? final[0] : value
  }

  #operand(operand: Operand, dot: Value): Value {
    switch (operand.type) {
      case 'dot':
        return dot
      case 'nil':
        return null
      case 'literal':
        return operand.value
      case 'function':
        return this.#call(operand, [], dot, [])
      case 'field':
        return this.#fields(dot, operand.names, operand)
      case 'variable':
        return this.#fields(
          this.#variables.findLast(({ name }) => name === operand.name)?.value,
          operand.names,
          operand,
        )
      case 'group':
        return this.#fields(this.#evaluate(operand.pipeline, dot), operand.names, operand)
    }
  }

  #fields(value: Value, names: readonly string[], operand: Operand): Value {
    let current = value
    for (const name of names) {
      if (current === undefined || current === null) return undefined
      if (!isMap(current)) {
        const type = current === value && operand.type !== 'variable' ? 'interface {}' : typeName(current)
        throw this.#error(operand, `can't evaluate field ${name} in type ${current === value ? type : 'interface {}'}`)
      }
      current = Object.hasOwn(current, name) ? current[name] : undefined
    }
    return current
  }

  /** `template: output:LINE:COLUMN: executing "output" at <TEXT>: …` */
  #error({ at, source }: Operand, message: string): TemplateError {
    const before = this.#source.slice(0, at)
    const line = before.split('\n').length
    const column = at - (before.lastIndexOf('\n') + 1)
    const shown = source.length > 20 ? `${source.slice(0, 20)}...` : source
    return new TemplateError(`template: output:${line}:${column}: executing "output" at <${shown}>: ${message}`)
  }
}
