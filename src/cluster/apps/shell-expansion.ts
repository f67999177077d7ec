import { PROTECTED_DOLLAR } from './shell-syntax.ts'

type Variables = Readonly<Record<string, string>>

const LONGEST_SEQUENCE = 1_000

/** Replaces variables and the command substitutions whose answer is known here. */
export const expand = (word: string, variables: Variables): string =>
  word
    .replace(/\$\(([^()]*)\)|`([^`]*)`/g, (_all, inner?: string, quoted?: string) =>
      substitute((inner ?? quoted ?? '').trim().split(/\s+/), variables),
    )
    .replace(
      /\$\{?(\w+)(?::-([^}]*))?\}?/g,
      (_all, name: string, fallback?: string) => variable(name, variables) ?? fallback ?? '',
    )
    .replaceAll(PROTECTED_DOLLAR, '$')

const variable = (name: string, variables: Variables): string | undefined =>
  Object.hasOwn(variables, name) ? variables[name] : undefined

function substitute(words: readonly string[], variables: Variables): string {
  if (words[0] === 'hostname') return variable('HOSTNAME', variables) ?? ''
  if (words[0] === 'seq') return sequence(words.slice(1).map(Number))
  if (words[0] === 'cat' && words[1] === '/var/run/secrets/kubernetes.io/serviceaccount/namespace')
    return variable('POD_NAMESPACE', variables) ?? 'default'
  return ''
}

function sequence(bounds: readonly number[]): string {
  const [first = 1, last = first] = bounds.length > 1 ? bounds : [1, bounds[0] ?? 0]
  const length = Math.max(0, Math.min(last - first + 1, LONGEST_SEQUENCE))
  return Array.from({ length }, (_, index) => first + index).join(' ')
}
