import { createHash } from 'node:crypto'

/** Longer names are cut, so that a name with everything that is ever added to it fits into any file system. */
const LONGEST = 100
const ENDING = '.json'

/** The folders that files are spread over. */
export const shards: readonly string[] = [...'0123456789abcdef']

/** The folder of a key's file. */
export const shardOf = (key: string): string => digest(key).charAt(0)

/**
 * The name of a key's file. No two keys share one, not even where a file system ignores case, and it is a plain name in
 * its folder whatever the key says. `channel/kitchen` is `channel+kitchen.json`; other characters are written as `%xx`
 * or `%uxxxx`, their UTF-16 code units. The name of a long key begins like the key and ends with its digest.
 */
export function fileNameOf(key: string): string {
  const name = key.slice(0, LONGEST + 1).replace(/[^a-z0-9_-]/g, encodeCharacter)
  return (name.length <= LONGEST ? name : `${name.slice(0, LONGEST - 70)}~${digest(key)}`) + ENDING
}

/** The key that a file name tells; `long` if only the file itself knows it; undefined if it is no name of ours. */
export function keyOf(fileName: string): { key: string } | 'long' | undefined {
  const name = fileName.slice(0, -ENDING.length)
  if (/^.{1,100}~[0-9a-f]{64}\.json$/.test(fileName)) return 'long'
  const key = name.replace(/\+|%u([0-9a-f]{4})|%([0-9a-f]{2})/g, (match, unit, byte) =>
    match === '+' ? '/' : String.fromCharCode(Number.parseInt(unit ?? byte, 16)),
  )
  return fileNameOf(key) === fileName ? { key } : undefined
}

function encodeCharacter(character: string): string {
  if (character === '/') return '+'
  const code = character.charCodeAt(0)
  return code < 256 ? `%${code.toString(16).padStart(2, '0')}` : `%u${code.toString(16).padStart(4, '0')}`
}

/** Of the UTF-16 code units: UTF-8 would give the same bytes for any half of a surrogate pair. */
const digest = (key: string): string => createHash('sha256').update(Buffer.from(key, 'utf16le')).digest('hex')
