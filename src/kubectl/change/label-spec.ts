import { KubectlError } from '../errors.ts'

/** Reads `KEY=VALUE,KEY=VALUE` as `--labels` takes it. Throws `KubectlError`. */
export function parseLabelSpec(spec: string): Record<string, string> {
  return Object.fromEntries(
    spec.split(',').map((pair) => {
      const [key = '', value, ...more] = pair.split('=')
      if (value === undefined || more.length > 0) throw new KubectlError(`unexpected label spec: ${pair}`)
      if (key === '') throw new KubectlError('unexpected empty label key')
      return [key, value]
    }),
  )
}

/** Reads a number as Go's `strconv.Atoi` does. Throws `KubectlError` in its words. */
export function parseNumber(word: string): number {
  const fail = (why: string) => new KubectlError(`strconv.Atoi: parsing ${JSON.stringify(word)}: ${why}`)
  if (!/^[+-]?\d+$/.test(word)) throw fail('invalid syntax')
  const number = Number(word)
  if (!Number.isSafeInteger(number)) throw fail('value out of range')
  return number
}
