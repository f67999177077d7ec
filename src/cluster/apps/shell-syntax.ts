/** A shell script, as far as container commands need it. */
export type Statement =
  | { type: 'command'; words: string[]; output?: string }
  | { type: 'list'; items: { statement: Statement; joint: Joint }[] }
  | { type: 'pipe'; parts: Statement[] }
  | { type: 'loop'; while: boolean; condition: Statement; body: Statement }
  | { type: 'for'; variable: string; values: string[]; body: Statement }
  | { type: 'if'; condition: Statement; consequence: Statement; otherwise?: Statement }

/** What joins a statement to the next one. */
type Joint = ';' | '&&' | '||' | '&'

type Token = { operator: string } | { word: string }

/** Thrown for syntax beyond what is read here: functions, `case`, here-documents. */
export class ShellSyntaxError extends Error {
  override readonly name = 'ShellSyntaxError'
}

/** Reads a script. Variables in words stay as they are (`$NAME`); single quotes protect them by a zero byte. */
export function parseScript(text: string): Statement {
  const parser = new Parser(tokenize(text))
  const statement = parser.list([])
  if (!parser.atEnd) throw new ShellSyntaxError('unexpected end of a block')
  return statement
}

/** Marks a dollar sign that single quotes or a backslash protect from expansion. */
export const PROTECTED_DOLLAR = '\0'

const TOKEN =
  /[ \t\r]+|\\\n|#[^\n]*|(?<operator>&&|\|\||;;|<<|>>|[0-9]?>&[0-9-]|&>|[0-9]?>|[;&|\n()<])|(?<word>(?:'[^']*'|"(?:\\[\s\S]|[^"\\])*"|\$\([^()]*\)|`[^`]*`|\$\{[^}]*\}|\\[\s\S]|[^\s;&|()<>'"\\])+)/y

function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < text.length) {
    const match = TOKEN.exec(text)
    if (!match) throw new ShellSyntaxError('unbalanced quotes')
    const { operator, word } = match.groups ?? {}
    if (operator !== undefined) tokens.push({ operator: operator === '\n' ? ';' : operator })
    if (word !== undefined) tokens.push({ word: unquote(word) })
  }
  return tokens
}

/** Quotes inside a command substitution belong to its command. */
const unquote = (word: string): string =>
  word.replace(
    /\$\([^()]*\)|`[^`]*`|'([^']*)'|"((?:\\[\s\S]|[^"\\])*)"|\\([\s\S])/g,
    (all, single?: string, double?: string, escaped?: string) => {
      if (single !== undefined) return single.replaceAll('$', PROTECTED_DOLLAR)
      if (double !== undefined)
        return double.replace(/\\([$`"\\])/g, (_match, character: string) =>
          character === '$' ? PROTECTED_DOLLAR : character,
        )
      if (escaped !== undefined) return escaped === '$' ? PROTECTED_DOLLAR : escaped
      return all
    },
  )

class Parser {
  readonly #tokens: readonly Token[]
  #position = 0

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  get atEnd(): boolean {
    return this.#position >= this.#tokens.length
  }

  /** Statements up to one of the closing words, which is taken as well. */
  list(closing: readonly string[]): Statement {
    const items: { statement: Statement; joint: Joint }[] = []
    for (;;) {
      while (this.#takeOperator(';'));
      if (this.atEnd || closing.includes(this.#word ?? '')) break
      const statement = this.#pipe()
      items.push({ statement, joint: this.#joint() })
    }
    return items.length === 1 && items[0]!.joint === ';' ? items[0]!.statement : { type: 'list', items }
  }

  #joint(): Joint {
    for (const joint of ['&&', '||', '&', ';'] as const) if (this.#takeOperator(joint)) return joint
    return ';'
  }

  #pipe(): Statement {
    const parts = [this.#statement()]
    while (this.#takeOperator('|')) parts.push(this.#statement())
    return parts.length === 1 ? parts[0]! : { type: 'pipe', parts }
  }

  #statement(): Statement {
    switch (this.#word) {
      case 'while':
      case 'until': {
        const isWhile = this.#take() === 'while'
        const condition = this.#block(['do'])
        return { type: 'loop', while: isWhile, condition, body: this.#block(['done']) }
      }
      case 'for':
        return this.#for()
      case 'if':
        this.#take()
        return this.#if()
      case '{':
        this.#take()
        return this.#block(['}'])
      case 'case':
      case 'function':
        throw new ShellSyntaxError(`${this.#word} is not read`)
      default:
        return this.#command()
    }
  }

  /** A list that must be closed by one of these words. */
  #block(closing: readonly string[]): Statement {
    const statement = this.list(closing)
    this.#expect(closing)
    return statement
  }

  #for(): Statement {
    this.#take()
    const variable = this.#take()
    const values: string[] = []
    if (this.#word === 'in') this.#take()
    while (this.#word !== undefined && this.#word !== 'do') values.push(this.#take())
    this.#takeOperator(';')
    this.#expect(['do'])
    return { type: 'for', variable, values, body: this.#block(['done']) }
  }

  #if(): Statement {
    const condition = this.#block(['then'])
    const consequence = this.list(['else', 'elif', 'fi'])
    switch (this.#expect(['else', 'elif', 'fi'])) {
      case 'else':
        return { type: 'if', condition, consequence, otherwise: this.#block(['fi']) }
      case 'elif':
        return { type: 'if', condition, consequence, otherwise: this.#if() }
      default:
        return { type: 'if', condition, consequence }
    }
  }

  #command(): Statement {
    const words: string[] = []
    let output: string | undefined
    for (;;) {
      const token = this.#tokens[this.#position]
      if (token && 'word' in token) words.push(this.#take())
      else if (token && /^(?:[0-9]?>&[0-9-])$/.test(token.operator)) this.#position += 1
      else if (token && /^(?:[0-9]?>|>>|&>|<)$/.test(token.operator)) {
        this.#position += 1
        const target = this.#take()
        if (token.operator === '>' || token.operator === '>>') output = target
      } else break
    }
    if (words.length === 0 && output === undefined) throw new ShellSyntaxError('a command was expected')
    return { type: 'command', words, ...(output !== undefined && { output }) }
  }

  get #word(): string | undefined {
    const token = this.#tokens[this.#position]
    return token && 'word' in token ? token.word : undefined
  }

  #take(): string {
    const word = this.#word
    if (word === undefined) throw new ShellSyntaxError('a word was expected')
    this.#position += 1
    return word
  }

  #takeOperator(operator: string): boolean {
    const token = this.#tokens[this.#position]
    if (!token || !('operator' in token) || token.operator !== operator) return false
    this.#position += 1
    return true
  }

  #expect(words: readonly string[]): string {
    const word = this.#word
    if (word === undefined || !words.includes(word)) throw new ShellSyntaxError(`${words.join(' or ')} was expected`)
    return this.#take()
  }
}
