import { PROTECTED_DOLLAR } from './shell-syntax.ts'

type Variables = Readonly<Record<string, string>>

/**
 * Replaces variables and command substitutions.
 *
 * @param substitute tells what a command prints
 */
export const expand = (word: string, variables: Variables, substitute: (command: string) => string): string =>
  word
    .replace(/\$\(([^()]*)\)|`([^`]*)`/g, (_all, inner?: string, quoted?: string) =>
      substitute(inner ?? quoted ?? '').replaceAll('$', PROTECTED_DOLLAR),
    )
    .replace(
      /\$\{?(\w+)(?::-([^}]*))?\}?/g,
      (_all, name: string, fallback?: string) => variableOf(variables, name) ?? fallback ?? '',
    )
    .replaceAll(PROTECTED_DOLLAR, '$')

export const variableOf = (variables: Variables, name: string): string | undefined =>
  Object.hasOwn(variables, name) ? variables[name] : undefined
