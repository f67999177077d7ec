import { quote } from '../../cluster/quote.ts'
import { KubectlError, notModelled } from '../errors.ts'
import type { Invocation } from '../verb.ts'

/** A text that was named with `-f`. */
export interface SourceText {
  /** Name of the file, or `STDIN`. */
  source: string
  text: string
}

/** Longest manifest in characters. */
const LONGEST_MANIFEST = 1_000_000

/**
 * The texts that `-f` names: channel files, patterns of their names, `.` for all manifests among them, `-` for what was
 * given with the command. Throws `KubectlError` for a name that is no file, a URL, and a text that is too long.
 */
export function openFiles({ environment, fail }: Invocation, filenames: readonly string[]): SourceText[] {
  const { files, stdin = '' } = environment
  const missing = filenames.filter((name) => name !== '-' && !isUrl(name) && matches(name, files).length === 0)
  const errors = missing.map(
    (name) =>
      new KubectlError(`the path ${quote(name)} does not exist`, {
        wrong: { word: name, candidates: Object.keys(files) },
      }),
  )
  for (const error of errors.slice(0, -1)) fail(error)
  if (errors.length > 0) throw errors.at(-1)
  if (filenames.filter((name) => name === '-').length > 1)
    throw new KubectlError('standard input cannot be used for multiple arguments')
  const texts = filenames.flatMap((name): SourceText[] => {
    if (name === '-') return [{ source: 'STDIN', text: stdin }]
    if (isUrl(name))
      throw notModelled(
        '-f with a URL',
        'A real client downloads the manifest; there is no network here. Paste it instead.',
      )
    return matches(name, files).map((source) => ({ source, text: files[source]! }))
  })
  for (const { source, text } of texts)
    if (text.length > LONGEST_MANIFEST)
      throw new KubectlError(`${source} has ${text.length} characters; the limit here is ${LONGEST_MANIFEST}`)
  return texts
}

const isUrl = (name: string): boolean => /^https?:\/\//.test(name)

/** The files that a name or a pattern with `*` and `?` means; `.` means all manifests of the folder. */
function matches(name: string, files: Readonly<Record<string, string>>): string[] {
  const own = name.replace(/^(\.\/)+/, '')
  if (Object.hasOwn(files, own)) return [own]
  const names = Object.keys(files).sort()
  if (own === '' || own === '.') return names.filter((file) => /\.(json|ya?ml)$/.test(file))
  return /[*?]/.test(own) ? names.filter((file) => fits(own, file)) : []
}

/** True if `*` and `?` of a pattern can stand for letters of a name. Takes time that grows with their lengths alone. */
function fits(pattern: string, name: string): boolean {
  let [at, star, from] = [0, -1, 0]
  for (let letter = 0; letter < name.length; ) {
    if (pattern[at] === '*') {
      star = at
      from = letter
      at += 1
    } else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === name[letter])) {
      at += 1
      letter += 1
    } else if (star >= 0) {
      from += 1
      letter = from
      at = star + 1
    } else return false
  }
  return /^\**$/.test(pattern.slice(at))
}
