import { dirname } from 'node:path'
import type { FileSystem } from './file-system.ts'
import { DamagedDocumentError, type Versioned } from './store.ts'

/** What the file of a document holds. */
export interface Stored extends Versioned<unknown> {
  key: string
}

/** The contents of a document's file; `body` is the document as JSON. */
export const encodeStored = (key: string, version: number, body: string): Uint8Array =>
  Buffer.from(`{"key":${JSON.stringify(key)},"version":${version},"document":${body}}`)

/**
 * Understands the contents of the file `path`. A file that is damaged, or that holds another key than `key`, gets another
 * name, so that nothing overwrites it, and `DamagedDocumentError` is thrown.
 */
export async function decodeStored(
  contents: Uint8Array,
  { path, key, files }: { path: string; key?: string; files: FileSystem },
): Promise<Stored> {
  try {
    return parse(contents, key)
  } catch (error) {
    const setAside = `${path}.damaged-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`
    await files.rename(path, setAside)
    await files.syncFolder(dirname(path))
    throw new DamagedDocumentError(key ?? path, setAside, (error as Error).message)
  }
}

function parse(contents: Uint8Array, key: string | undefined): Stored {
  if (contents.length === 0) throw new Error('the file is empty')
  const stored: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(contents))
  if (!isStored(stored)) throw new Error('the file does not hold a key, a version and a document')
  if (key !== undefined && stored.key !== key) throw new Error('the file belongs to another key')
  return stored
}

const isStored = (value: unknown): value is Stored =>
  typeof value === 'object' &&
  value !== null &&
  'document' in value &&
  'key' in value &&
  typeof value.key === 'string' &&
  'version' in value &&
  typeof value.version === 'number' &&
  Number.isSafeInteger(value.version) &&
  value.version > 0
