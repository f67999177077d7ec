import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** The text of a file, by its path from the root. */
export const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8')

/** The TypeScript files of a folder and those in it, by their paths from the root. */
export const filesIn = (folder: string): string[] =>
  existsSync(join(ROOT, folder))
    ? readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
        .map((name) => join(folder, name).replaceAll('\\', '/'))
        .filter((path) => path.endsWith('.ts'))
        .sort()
    : []

export const withoutComments = (source: string): string =>
  source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(?<![:'"`\\/])\/\/.*$/gm, '')

export interface Import {
  /** A path from the root, or the name of a package. */
  target: string
  typeOnly: boolean
}

const STATEMENT = /^(?:import|export)\s+(type\s+)?(?:([\w$*\s,{}]+?)\s+from\s+)?'([^']+)'/gm
const EXPRESSION = /\bimport\(\s*'([^']+)'\s*\)|\bnew URL\(\s*'(\.[^']+\.[jt]s)',\s*import\.meta\.url\s*\)/g

/** What a file imports: by statements, by `import()`, and as programs of workers that it names relative to itself. */
export function importsOf(path: string): Import[] {
  const source = withoutComments(read(path))
  const statements = [...source.matchAll(STATEMENT)].map(([, type, names, target]) => ({
    target: resolve(path, target!),
    typeOnly: type !== undefined || onlyTypes(names),
  }))
  const expressions = [...source.matchAll(EXPRESSION)].map(([, module, url]) => ({
    target: resolve(path, (module ?? url)!),
    typeOnly: false,
  }))
  return [...statements, ...expressions]
}

/** `{ type A, type B }` */
const onlyTypes = (names: string | undefined): boolean =>
  names !== undefined && /^\{\s*type\s[^,]*(,\s*type\s[^,]*)*,?\s*\}$/.test(names)

function resolve(from: string, target: string): string {
  if (!target.startsWith('.')) return target
  return join(dirname(from), target).replaceAll('\\', '/').replace(/\.js$/, '.ts')
}
