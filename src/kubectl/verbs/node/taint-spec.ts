import type { Taint } from '../../../cluster/kinds/node.ts'
import { labelKeyErrors, labelValueErrors } from '../../../cluster/names.ts'
import { quote } from '../../../cluster/quote.ts'
import { KubectlError, type WrongWord } from '../../errors.ts'

/** Which taints a command line sets, and which it takes away; without effect all of that key. */
export interface TaintChange {
  add: readonly Taint[]
  remove: readonly Removal[]
}

type Removal = Pick<Taint, 'key'> & { effect?: Taint['effect'] | undefined }

/** True for words such as `key=value:NoSchedule`, `key:NoSchedule` and `key-`. */
export const isTaintSpec = (word: string): boolean => word.includes('=') || word.includes(':') || word.endsWith('-')

/** Reads the taints of a command line. Throws `SyntaxError` in kubectl's words. */
export function parseTaints(specs: readonly string[]): TaintChange {
  const add: Taint[] = []
  const remove: Removal[] = []
  for (const spec of specs) {
    if (spec.endsWith('-')) {
      const { key, effect } = parseTaint(spec.slice(0, -1))
      remove.push({ key, effect })
      continue
    }
    const { key, value, effect } = parseTaint(spec)
    if (effect === undefined) throw new SyntaxError(`invalid taint spec: ${spec}`)
    if (add.some((other) => other.key === key && other.effect === effect))
      throw new SyntaxError(`duplicated taints with the same key and effect: {${key} ${value ?? ''} ${effect} <nil>}`)
    add.push({ key, ...(value !== undefined && { value }), effect })
  }
  return { add, remove }
}

function parseTaint(spec: string): { key: string; value?: string | undefined; effect?: Taint['effect'] | undefined } {
  const fail = (reasons: readonly string[] = []) =>
    new SyntaxError(`invalid taint spec: ${spec}${reasons.length > 0 ? `, ${reasons.join('; ')}` : ''}`)
  const [pair = '', effect, ...more] = spec.split(':')
  if (more.length > 0) throw fail()
  if (effect !== undefined && !isEffect(effect))
    throw new SyntaxError(`invalid taint effect: ${effect}, unsupported taint effect`)
  // Without an effect the whole word is the key.
  const [key = '', value = '', ...rest] = effect === undefined ? [pair] : pair.split('=')
  if (rest.length > 0) throw fail()
  const valueErrors = labelValueErrors(value)
  if (valueErrors.length > 0) throw fail(valueErrors)
  const keyErrors = labelKeyErrors(key)
  if (keyErrors.length > 0) throw fail(keyErrors)
  return { key, value: value === '' ? undefined : value, effect }
}

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute']

const isEffect = (word: string): word is Taint['effect'] => EFFECTS.includes(word)

/** The taint whose effect there is not, and what may have been meant. */
export function wrongEffect(specs: readonly string[]): WrongWord | undefined {
  for (const word of specs) {
    const [pair = '', effect, ...more] = word.replace(/-$/, '').split(':')
    if (effect === undefined || more.length > 0 || isEffect(effect)) continue
    const end = word.endsWith('-') ? '-' : ''
    return { word, candidates: EFFECTS.map((candidate) => `${pair}:${candidate}${end}`) }
  }
  return undefined
}

/** Refuses to set and remove the same taint. Throws `KubectlError`. */
export function refuseConflicts({ add, remove }: TaintChange): void {
  const conflicts = add.flatMap((taint) =>
    remove
      .filter(({ key, effect }) => key === taint.key && (effect === undefined || effect === taint.effect))
      .map(({ key, effect = '' }) => `${key}=${effect}`),
  )
  if (conflicts.length > 0)
    throw new KubectlError(
      `can not both modify and remove the following taint(s) in the same command: ${conflicts.join(', ')}`,
    )
}

const isSame = (left: Removal, right: Taint): boolean => left.key === right.key && left.effect === right.effect

/**
 * The taints of a node after a change, and the word for what happened. Throws `KubectlError` where a taint would be replaced
 * without `overwrite`. `missing` are the errors for those that shall be removed and are not there.
 */
export function changeTaints(
  { name, taints }: { name: string; taints: readonly Taint[] },
  { add, remove }: TaintChange,
  overwrite: boolean,
): { taints: Taint[]; done: 'tainted' | 'untainted' | 'modified'; missing: KubectlError[] } {
  const replaced = add.filter((taint) => taints.some((old) => isSame(taint, old)))
  if (replaced.length > 0 && !overwrite)
    throw new KubectlError(
      `node ${name} already has ${replaced.map(({ key }) => key).join(',')} taint(s) with same effect(s) and --overwrite is false`,
    )
  const together = [...add, ...taints.filter((old) => !add.some((taint) => isSame(taint, old)))]
  const added = together.length !== taints.length
  const { kept, removed, missing } = removeTaints(together, remove)
  const done = (added && removed) || overwrite ? 'modified' : added ? 'tainted' : 'untainted'
  return { taints: kept, done, missing }
}

/** `removed` tells of the last of the removals alone, as upstream has it. */
function removeTaints(
  taints: Taint[],
  removals: readonly Removal[],
): { kept: Taint[]; removed: boolean; missing: KubectlError[] } {
  let kept = taints
  let removed = false
  const missing: KubectlError[] = []
  for (const removal of removals) {
    const before = kept
    kept = before.filter((taint) => (removal.effect ? !isSame(removal, taint) : removal.key !== taint.key))
    removed = kept.length !== before.length
    if (!removed) missing.push(notFound(removal))
  }
  return { kept, removed, missing }
}

const notFound = ({ key, effect }: Removal): KubectlError =>
  new KubectlError(`taint ${quote(effect ? `${key}:${effect}` : key)} not found`)
