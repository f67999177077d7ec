import { refusalsIn } from '../cluster/errors.ts'
import { quote } from '../cluster/quote.ts'
import { CONTEXT } from './api-server.ts'
import type { KubectlEnvironment, KubectlResult, Remark } from './environment.ts'
import { isTold, KubectlError, renderErrors } from './errors.ts'
import { renderHelp } from './help.ts'
import { mistakeIn } from './mistake.ts'
import { type CommandLine, parseCommandLine } from './parse.ts'
import { Streams } from './streams.ts'
import type { Invocation, Verb } from './verb.ts'
import { verbs } from './verbs/index.ts'

/**
 * Runs one kubectl command line (the words behind `/kubectl`; a leading `kubectl` or `k` is dropped) against the
 * cluster. Everything that the user may have done wrong ends in `stderr` and `exitCode`; only bugs are thrown.
 */
export function runKubectl(words: readonly string[], environment: KubectlEnvironment): KubectlResult {
  const named = words[0] === 'kubectl' || words[0] === 'k' ? words.slice(1) : words
  // `kubectl help get` means `kubectl get --help`.
  const given = named[0] === 'help' ? [...named.slice(1), '--help'] : named
  const result: KubectlResult = {
    exitCode: 0,
    stdout: '',
    stderr: '',
    ignored: [],
    refusals: [],
    connections: [],
    lookups: [],
  }
  const streams = new Streams()
  const errors: unknown[] = []
  try {
    run(parseCommandLine(given, verbs), { environment, streams, errors, result })
  } catch (error) {
    if (!isTold(error)) throw error
    if (error instanceof KubectlError) streams.write(error.stdout)
    errors.push(error)
  }
  const { text, exitCode } = renderErrors(errors)
  const mistake = mistakeIn(given, errors, environment)
  return {
    ...result,
    exitCode,
    stdout: streams.stdout,
    stderr: streams.stderr + text,
    refusals: refusalsIn(errors),
    ...(mistake && { mistake }),
  }
}

interface Run {
  environment: KubectlEnvironment
  streams: Streams
  errors: unknown[]
  result: KubectlResult
}

function run(line: CommandLine, { environment, streams, errors, result }: Run): void {
  const verb = line.chain.at(-1)
  if (line.flags.help === true || !verb) {
    streams.write(renderHelp(line.chain, verbs))
    return
  }
  if (!verb.run) refuseGroup(line, verb, streams)
  requireFlags(line, verb)
  requireContext(line)
  const typedNamespace = line.flags.namespace as string
  const invocation: Invocation = {
    path: line.path,
    args: line.args,
    dash: line.dash,
    flags: line.flags,
    changed: (flag) => line.typed.has(flag),
    cluster: environment.cluster,
    environment,
    namespace: typedNamespace === '' ? environment.namespace : typedNamespace,
    namespaceTyped: typedNamespace !== '',
    streams,
    fail: (error, at) => {
      errors.push(error)
      if (at) remark(result, at)
    },
    remark: (about) => remark(result, about),
    ignore: (paths) => {
      result.ignored.push(...paths.filter((path) => !result.ignored.includes(path)))
    },
    connections: result.connections,
    lookups: result.lookups,
    useNamespace: (namespace) => {
      result.namespace = namespace
    },
    advise: (text) => {
      result.remark = text
    },
    foundNothing: (kind) => {
      result.empty = { kind, namespace: invocation.namespace }
    },
  }
  verb.run(invocation)
}

function remark(result: KubectlResult, about: Remark): void {
  result.remarks = [...(result.remarks ?? []), about]
}

/** A group of verbs without the verb below it, or with a word that is none. */
function refuseGroup({ path, args, chain }: CommandLine, verb: Verb, streams: Streams): never {
  const word = args[0]
  if (word === undefined) {
    streams.write(renderHelp(chain, verbs))
    throw new KubectlError('')
  }
  throw new KubectlError(`unknown command "${args.join(' ')}"\nSee 'kubectl ${path} -h' for help and examples`, {
    wrong: { word, candidates: (verb.verbs ?? []).map(({ name }) => name) },
  })
}

function requireFlags({ typed }: CommandLine, verb: Verb): void {
  const missing = Object.entries(verb.flags).filter(([name, { required }]) => required && !typed.has(name))
  if (missing.length === 0) return
  const names = missing.map(([name]) => `"${name}"`).sort()
  throw new KubectlError(`required flag(s) ${names.join(', ')} not set`)
}

/** A channel has one context, and it is the current one. */
function requireContext({ flags, typed }: CommandLine): void {
  const named: [string, string][] = [
    ['context', 'context'],
    ['cluster', 'cluster'],
    ['user', 'auth info'],
  ]
  for (const [flag, what] of named)
    if (typed.has(flag) && flags[flag] !== CONTEXT)
      throw new KubectlError(`${what} ${quote(String(flags[flag]))} does not exist`, {
        wrong: { word: String(flags[flag]), candidates: [CONTEXT] },
      })
}
