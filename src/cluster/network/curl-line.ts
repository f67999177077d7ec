import { type Target, targetFrom } from './target.ts'

/** What a curl command line asks for, as far as it has an effect here. */
export interface CurlLine {
  target: Target & { scheme: 'http' | 'https' }
  /** `-i`: print the status line and headers before the body. */
  include: boolean
  /** `-I`: print nothing but those. */
  headOnly: boolean
  /** `-s` without `-S`: say nothing of failures. */
  silent: boolean
  /** `-v`. */
  verbose: boolean
  /** `-f`: an error status is a failure. */
  failOnStatus: boolean
  /** `-L`. */
  follow: boolean
  /** `-o FILE`; the body is not printed. */
  discard: boolean
  /** `-w FORMAT`. */
  writeOut: string | undefined
}

/** A curl command line that curl itself would refuse, in its words. */
export class CurlLineError extends Error {
  override readonly name = 'CurlLineError'
  readonly exitCode: number
  /** The option that is not known, where that is the reason. */
  readonly option: string | undefined

  constructor(exitCode: number, message: string, option?: string) {
    super(`curl: ${message}`)
    this.exitCode = exitCode
    this.option = option
  }
}

type Switch = 'include' | 'headOnly' | 'silent' | 'showError' | 'verbose' | 'failOnStatus' | 'follow' | 'insecure'
type Valued = 'method' | 'header' | 'data' | 'resolve' | 'output' | 'writeOut' | 'userAgent' | 'ignored'

const SWITCHES: Readonly<Record<string, Switch>> = {
  '-i': 'include',
  '--include': 'include',
  '-I': 'headOnly',
  '--head': 'headOnly',
  '-s': 'silent',
  '--silent': 'silent',
  '-S': 'showError',
  '--show-error': 'showError',
  '-v': 'verbose',
  '--verbose': 'verbose',
  '-f': 'failOnStatus',
  '--fail': 'failOnStatus',
  '-L': 'follow',
  '--location': 'follow',
  '-k': 'insecure',
  '--insecure': 'insecure',
}

const VALUED: Readonly<Record<string, Valued>> = {
  '-X': 'method',
  '--request': 'method',
  '-H': 'header',
  '--header': 'header',
  '-d': 'data',
  '--data': 'data',
  '--resolve': 'resolve',
  '-o': 'output',
  '--output': 'output',
  '-w': 'writeOut',
  '--write-out': 'writeOut',
  '-A': 'userAgent',
  '--user-agent': 'userAgent',
  // A time-out is always 2 s here, so that a lesson never waits for more.
  '-m': 'ignored',
  '--max-time': 'ignored',
  '--connect-timeout': 'ignored',
}

/** All options that are understood, for help and for the nearest word. */
export const CURL_OPTIONS: readonly string[] = [...Object.keys(SWITCHES), ...Object.keys(VALUED)]

/**
 * Understands the words behind `curl`. Throws CurlLineError in curl's words for an unknown option, a missing value, a
 * missing or malformed URL; options that have no effect here are refused rather than ignored.
 */
export function parseCurlLine(words: readonly string[]): CurlLine {
  const on = new Set<Switch>()
  const values = new Map<Valued, string[]>()
  const urls: string[] = []
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!
    if (!word.startsWith('-') || word === '-') urls.push(word)
    else at += takeOption(word, words[at + 1], on, values)
  }
  const [url, ...more] = urls
  if (url === undefined) throw new CurlLineError(2, '(2) no URL specified')
  if (more.length > 0) throw new CurlLineError(2, `only one URL at a time here, not also ${more[0]}`)
  return lineFrom(url, on, values)
}

/** Takes one option; returns how many of the following words belong to it. */
function takeOption(word: string, next: string | undefined, on: Set<Switch>, values: Map<Valued, string[]>): 0 | 1 {
  const [name, inline] = word.startsWith('--') && word.includes('=') ? splitAt(word, '=') : [word, undefined]
  const flag = SWITCHES[name]
  if (flag) {
    on.add(flag)
    return 0
  }
  const valued = VALUED[name]
  if (valued) {
    const value = inline ?? next
    if (value === undefined) throw new CurlLineError(2, `option ${name}: requires parameter`, name)
    values.set(valued, [...(values.get(valued) ?? []), value])
    return inline === undefined ? 1 : 0
  }
  if (/^-[A-Za-z]{2,}$/.test(word) || /^-[A-Za-z]\S/.test(word)) return takeCluster(word, next, on, values)
  throw new CurlLineError(2, `option ${name}: is unknown`, name)
}

/** `-sS`, `-sk`, `-XPOST`: short options in one word, the last of which may hold its value. */
function takeCluster(word: string, next: string | undefined, on: Set<Switch>, values: Map<Valued, string[]>): 0 | 1 {
  for (let at = 1; at < word.length; at++) {
    const name = `-${word[at]}`
    if (SWITCHES[name]) on.add(SWITCHES[name])
    else if (VALUED[name])
      return takeOption(name, at + 1 < word.length ? word.slice(at + 1) : next, on, values) === 1 &&
        at + 1 === word.length
        ? 1
        : 0
    else throw new CurlLineError(2, `option ${word}: is unknown`, name)
  }
  return 0
}

function lineFrom(url: string, on: ReadonlySet<Switch>, values: ReadonlyMap<Valued, string[]>): CurlLine {
  const target = targetFrom(url)
  if (!target) throw malformed(url)
  const method = values.get('method')?.at(-1) ?? (on.has('headOnly') ? 'HEAD' : values.has('data') ? 'POST' : undefined)
  const headers = Object.fromEntries([
    ...(values.get('userAgent') ?? []).map((agent) => ['User-Agent', agent] as const),
    ...(values.get('header') ?? []).map(headerFrom),
  ])
  return {
    target: {
      ...target,
      ...(method !== undefined && { method }),
      ...(Object.keys(headers).length > 0 && { headers }),
      ...(on.has('insecure') && { insecure: true }),
      ...(values.has('resolve') && { resolve: values.get('resolve')!.map(resolveFrom) }),
    },
    include: on.has('include'),
    headOnly: on.has('headOnly'),
    silent: on.has('silent') && !on.has('showError'),
    verbose: on.has('verbose'),
    failOnStatus: on.has('failOnStatus'),
    follow: on.has('follow'),
    discard: values.has('output'),
    writeOut: values.get('writeOut')?.at(-1),
  }
}

function malformed(url: string): CurlLineError {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(url)?.[1]
  if (scheme && !/^https?$/i.test(scheme)) return new CurlLineError(1, `(1) Protocol "${scheme}" not supported`)
  const port = /:(\d+)(?:[/?#]|$)/.exec(url.replace(/^[a-z]+:\/\//i, ''))?.[1]
  if (port !== undefined && (Number(port) > 65535 || Number(port) < 1))
    return new CurlLineError(3, '(3) URL rejected: Port number was not a decimal number between 0 and 65535')
  return new CurlLineError(3, '(3) URL rejected: Malformed input to a URL function')
}

function headerFrom(text: string): readonly [string, string] {
  const [name, value] = splitAt(text, ':')
  if (value === undefined || !/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name.trim()))
    throw new CurlLineError(2, `a header reads 'Name: value', not '${text}'`)
  return [name.trim(), value.trim()]
}

function resolveFrom(text: string): { host: string; port: number; address: string } {
  const parts = /^([^:\s]+):(\d{1,5}):(\d{1,3}(?:\.\d{1,3}){3})$/.exec(text)
  if (!parts) throw new CurlLineError(49, `(49) Couldn't parse CURLOPT_RESOLVE entry '${text}'`)
  return { host: parts[1]!, port: Number(parts[2]), address: parts[3]! }
}

function splitAt(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator)
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)]
}
