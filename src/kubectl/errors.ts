import { ApiError, formatFieldError, NoMatchError, NotModelledError } from '../cluster/errors.ts'

/** A word that a message complains about, and what could have been meant. */
export interface WrongWord {
  word: string
  candidates: readonly string[]
}

interface Details {
  exitCode?: number
  /** The message stands without `error: ` in front. */
  bare?: boolean
  wrong?: WrongWord
  /** What the client still prints to standard output. */
  stdout?: string
}

/** A refusal by kubectl itself. It prints `error: MESSAGE` and ends with exit code 1 unless said otherwise (R-ERR-5). */
export class KubectlError extends Error {
  override readonly name = 'KubectlError'
  readonly exitCode: number
  readonly bare: boolean
  readonly wrong: WrongWord | undefined
  readonly stdout: string

  constructor(message: string, { exitCode = 1, bare = false, wrong, stdout = '' }: Details = {}) {
    super(message)
    this.exitCode = exitCode
    this.bare = bare
    this.wrong = wrong
    this.stdout = stdout
  }
}

/** The mistake is in how the verb was used; its help is named. `path` is the verb, such as `create deployment`. */
export const usageError = (path: string, message: string, wrong?: WrongWord): KubectlError =>
  new KubectlError(`${message}\nSee 'kubectl ${path} -h' for help and examples`, { ...(wrong && { wrong }) })

/** Something that Kubernetes has and the simulation leaves out; `instead` says what a real cluster would do. */
export const notModelled = (what: string, instead: string): NotModelledError => new NotModelledError(what, instead)

/** The command of a container, or what waited for it, ended with this exit code (kubectl passes it on). */
export const commandTerminated = (exitCode: number): KubectlError =>
  new KubectlError(`command terminated with exit code ${exitCode}`, { exitCode, bare: true })

/** The same error with the file that it comes from (R-ERR-3): `error when creating "x.yaml": …`. */
export function withSource(error: unknown, doing: string, source: string): unknown {
  const context = `error when ${doing} "${source}": `
  if (error instanceof ApiError) return new ApiError(error.reason, context + error.message, error.invalid)
  if (!(error instanceof KubectlError)) return error
  const { message, exitCode, bare, wrong } = error
  return new KubectlError(context + message, { exitCode, bare, ...(wrong && { wrong }) })
}

/** The same error with words in front, as some verbs wrap what the server says: `failed to create deployment: …`. */
export const wrapped = (error: unknown, prefix: string): unknown =>
  error instanceof ApiError ? new KubectlError(`${prefix} ${error.message}`) : error

/** What the user is told; everything else is a bug. */
export type Told = ApiError | KubectlError | NoMatchError | NotModelledError

export const isTold = (error: unknown): error is Told =>
  error instanceof ApiError ||
  error instanceof KubectlError ||
  error instanceof NoMatchError ||
  error instanceof NotModelledError

/**
 * What kubectl prints for the errors of one command, and its exit code. One error is told in full (R-ERR-2); several
 * are told in one line each. Anything that is not told is a bug and thrown again.
 */
export function renderErrors(errors: readonly unknown[]): { text: string; exitCode: number } {
  const [first, ...others] = errors
  if (first === undefined) return { text: '', exitCode: 0 }
  const told = errors.filter(isTold)
  const bug = errors.find((error) => !isTold(error))
  if (bug !== undefined) throw bug
  if (others.length === 0) return { text: renderError(told[0]!), exitCode: exitCodeOf(told[0]!) }
  return { text: told.map(renderOneOfSeveral).join(''), exitCode: 1 }
}

const exitCodeOf = (error: Told): number => (error instanceof KubectlError ? error.exitCode : 1)

function renderError(error: Told): string {
  if (!(error instanceof ApiError) || !error.invalid) return renderShort(error)
  const { kind, name, causes } = error.invalid
  const subject = kind === '' && name === '' ? 'The request' : `The ${kind} "${name}"`
  const prefix = `${subject} is invalid: `
  const lines = [...new Set(causes.map(formatFieldError))]
  if (lines.length === 1) return `${prefix}${lines[0]}\n`
  return `${prefix}\n${lines.map((line) => `* ${line}\n`).join('')}`
}

/** Among several, kubectl's own errors stand without `error: `. */
const renderOneOfSeveral = (error: Told): string =>
  error instanceof ApiError || error.message === '' ? renderShort(error) : `${error.message}\n`

function renderShort(error: Told): string {
  if (error instanceof ApiError) return `Error from server (${error.reason}): ${error.message}\n`
  if (error.message === '') return ''
  const complete = error.message.startsWith('error: ') || (error instanceof KubectlError && error.bare)
  return complete ? `${error.message}\n` : `error: ${error.message}\n`
}
