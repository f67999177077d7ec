import { variableOf } from './shell-expansion.ts'

type Variables = Readonly<Record<string, string>>

const LONGEST_SEQUENCE = 1_000

/**
 * What a command prints whose output is not known and that succeeds: whatever the script hopes for. `test` takes it for
 * equal to anything.
 */
export const HOPED = '\u0001'

/** What a command prints that needs no run; undefined for all others. */
export function knownAnswer(words: readonly string[], variables: Variables): string | undefined {
  const [program, ...args] = words
  if (program === 'hostname') return variableOf(variables, 'HOSTNAME') ?? ''
  if (program === 'seq') return sequence(args.map(Number))
  if (program === 'cat' && args[0] === '/var/run/secrets/kubernetes.io/serviceaccount/namespace')
    return variableOf(variables, 'POD_NAMESPACE') ?? 'default'
  return undefined
}

function sequence(bounds: readonly number[]): string {
  const [first = 1, last = first] = bounds.length > 1 ? bounds : [1, bounds[0] ?? 0]
  const length = Math.max(0, Math.min(last - first + 1, LONGEST_SEQUENCE))
  return Array.from({ length }, (_, index) => first + index).join(' ')
}
