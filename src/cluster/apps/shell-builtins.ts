import { HOPED } from './substitution.ts'

/** The comparisons of `test`. */
export function compare(left: string, operator: string | undefined, right: string): boolean {
  if (left === HOPED || right === HOPED) return operator !== '!=' && operator !== '-ne'
  switch (operator) {
    case '=':
    case '==':
      return left === right
    case '!=':
      return left !== right
    case '-eq':
      return Number(left) === Number(right)
    case '-ne':
      return Number(left) !== Number(right)
    case '-lt':
      return Number(left) < Number(right)
    case '-le':
      return Number(left) <= Number(right)
    case '-gt':
      return Number(left) > Number(right)
    case '-ge':
      return Number(left) >= Number(right)
    default:
      return left !== ''
  }
}

/** The argument of `sleep` in seconds. */
export function seconds(word: string): number {
  if (word === 'infinity' || word === 'inf') return Number.POSITIVE_INFINITY
  const [, amount = '0', unit = 's'] = /^(\d*\.?\d+)([smhd]?)$/.exec(word) ?? []
  return Number(amount) * ({ s: 1, m: 60, h: 3600, d: 86_400 }[unit || 's'] ?? 1)
}
