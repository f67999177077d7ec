import { listObjects } from '../cluster/api.ts'
import { kinds } from '../cluster/kinds/index.ts'
import { type KindDefinition, resourceOf } from '../cluster/object.ts'
import type { KubectlEnvironment, Mistake } from './environment.ts'
import { KubectlError, type WrongWord } from './errors.ts'
import { typedNamespace } from './typed-namespace.ts'

/** The first word of a command line that was probably meant otherwise: a verb, a flag, a kind, or the name of an object. */
export function mistakeIn(
  words: readonly string[],
  errors: readonly unknown[],
  environment: KubectlEnvironment,
): Mistake | undefined {
  for (const error of errors) {
    const wrong = error instanceof KubectlError && error.wrong ? error.wrong : missingName(error, words, environment)
    if (wrong) return replaceable(words, wrong)
  }
  return undefined
}

/** The name of an object that was not found, and those that are there. */
function missingName(
  error: unknown,
  words: readonly string[],
  { cluster, namespace: current }: KubectlEnvironment,
): WrongWord | undefined {
  const [, resource, word] = /(\S+) "([^"]+)" not found/.exec(error instanceof Error ? error.message : '') ?? []
  const definition = Object.values<KindDefinition>(kinds).find((each) => resourceOf(each) === resource)
  if (!definition || word === undefined) return undefined
  const namespace = typedNamespace(words) ?? current
  const candidates = listObjects(cluster, definition.kind, { namespace }).map(({ metadata }) => metadata.name)
  return { word, candidates }
}

const partsOf = (word: string): string[] => word.split(/([,/=])/)

/** Where the wrong word stands, so that it can be replaced: alone, or between separators of a longer word. */
function replaceable(words: readonly string[], { word, candidates }: WrongWord): Mistake | undefined {
  const at = words.findIndex((candidate) => candidate === word || partsOf(candidate).includes(word))
  if (at < 0) return undefined
  const line = (replacement: string): string[] =>
    words.map((each, index) => {
      if (index !== at) return each
      if (each === word) return replacement
      const pieces = partsOf(each)
      const where = pieces.indexOf(word)
      return pieces.map((piece, position) => (position === where ? replacement : piece)).join('')
    })
  return { word, candidates: [...new Set(candidates)], line }
}
