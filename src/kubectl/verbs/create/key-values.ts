import { quote } from '../../../cluster/quote.ts'
import { variableNameErrors } from '../../change/environment-variables.ts'
import { KubectlError } from '../../errors.ts'
import { array, list } from '../../flags.ts'

/** Where the data of a ConfigMap or a Secret comes from. */
export const sourceFlags = {
  'from-env-file': list('Specify the path to a file to read lines of key=val pairs to create the object.'),
  'from-file': list(
    'Key file can be specified using its file path, in which case file basename will be used as key, or optionally with a key and file path, in which case the given key will be used.',
  ),
  'from-literal': array('Specify a key and literal value to insert (i.e. mykey=somevalue)'),
} as const

export interface Sources {
  'from-env-file': readonly string[]
  'from-file': readonly string[]
  'from-literal': readonly string[]
}

type Files = Readonly<Record<string, string>>

/** A key and its text. */
export type KeyValue = readonly [key: string, value: string]

export function refuseMixedSources(sources: Sources): void {
  if (sources['from-env-file'].length > 0 && (sources['from-file'].length > 0 || sources['from-literal'].length > 0))
    throw new KubectlError('from-env-file cannot be combined with from-file or from-literal')
}

/** The pairs of `--from-literal`. */
export const literalValues = (sources: Sources): KeyValue[] =>
  sources['from-literal'].map((source) => {
    const at = source.indexOf('=')
    if (at <= 0) throw new KubectlError(`invalid literal source ${source}, expected key=value`)
    return [source.slice(0, at), source.slice(at + 1)]
  })

/** The files of `--from-file` by key; `.` means every file of the channel. */
export const fileValues = (sources: Sources, files: Files): KeyValue[] =>
  sources['from-file'].flatMap((source): KeyValue[] => {
    const [key, path] = fileSource(source)
    if (path === '.' || path === './') {
      if (source.includes('=')) throw new KubectlError('cannot give a key name for a directory path')
      return Object.keys(files)
        .sort()
        .map((name) => [name, files[name]!])
    }
    return [[key, readFile(path, files)]]
  })

function fileSource(source: string): [key: string, path: string] {
  const parts = source.split('=')
  if (parts.length === 1) return [source.slice(source.lastIndexOf('/') + 1), source]
  if (parts.length > 2) throw new KubectlError("key names or file paths cannot contain '='")
  const [key, path] = parts as [string, string]
  if (key === '') throw new KubectlError(`key name for file path ${path} missing`)
  if (path === '') throw new KubectlError(`file path for key name ${key} missing`)
  return [key, path]
}

function readFile(path: string, files: Files): string {
  const name = path.replace(/^(\.\/)+/, '')
  if (!Object.hasOwn(files, name)) throw new KubectlError(`error reading ${path}: no such file or directory`)
  return files[name]!
}

/** The lines of `--from-env-file`: `KEY=value`; blank lines and comments are left out. */
export const environmentValues = (sources: Sources, files: Files): KeyValue[] =>
  sources['from-env-file'].flatMap((path) =>
    readFile(path, files)
      .replace(/^\uFEFF/, '')
      .split(/\r?\n/)
      .flatMap((line): KeyValue[] => {
        const text = line.trimStart()
        if (text === '' || text.startsWith('#')) return []
        const [key, ...value] = text.split('=') as [string, ...string[]]
        const errors = variableNameErrors(key)
        if (errors.length > 0) throw new KubectlError(`${quote(key)} is not a valid key name: ${errors.join(';')}`)
        return [[key, value.join('=')]]
      }),
  )
