import { dirname } from 'node:path'
import type { FileSystem } from './file-system.ts'
import { DamagedDocumentError, NewerDocumentError, type Versioned } from './store.ts'

/** What the file of a document holds. */
interface Stored<T> extends Versioned<T> {
  key: string
}

export interface Decoding<T> {
  path: string
  key?: string
  files: FileSystem
  /** Reads the document; by default it is taken as it is. */
  understand?: ((document: unknown) => T) | undefined
}

/** The contents of a document's file; `body` is the document as JSON. */
export const encodeStored = (key: string, version: number, body: string): Uint8Array =>
  Buffer.from(`{"key":${JSON.stringify(key)},"version":${version},"document":${body}}`)

/**
 * Understands the contents of the file `path`. A file that is damaged, or that holds another key than `key`, gets another
 * name, so that nothing overwrites it, and `DamagedDocumentError` is thrown. `NewerDocumentError` is passed on.
 */
export async function decodeStored<T = unknown>(
  contents: Uint8Array,
  { path, key, files, understand = (document) => document as T }: Decoding<T>,
): Promise<Stored<T>> {
  try {
    const stored = parse(contents, key)
    return { ...stored, document: understand(stored.document) }
  } catch (error) {
    if (error instanceof NewerDocumentError) throw error
    const setAside = `${path}.damaged-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`
    await files.rename(path, setAside)
    await files.syncFolder(dirname(path))
    throw new DamagedDocumentError(key ?? path, setAside, (error as Error).message)
  }
}

function parse(contents: Uint8Array, key: string | undefined): Stored<unknown> {
  if (contents.length === 0) throw new Error('the file is empty')
  const stored: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(contents))
  if (!isStored(stored)) throw new Error('the file does not hold a key, a version and a document')
  if (key !== undefined && stored.key !== key) throw new Error('the file belongs to another key')
  return stored
}

const isStored = (value: unknown): value is Stored<unknown> =>
  typeof value === 'object' &&
  value !== null &&
  'document' in value &&
  'key' in value &&
  typeof value.key === 'string' &&
  'version' in value &&
  typeof value.version === 'number' &&
  Number.isSafeInteger(value.version) &&
  value.version > 0
