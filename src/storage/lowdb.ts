import { dirname, join, resolve } from 'node:path'
import type { Counters, Disk } from './durable-file.ts'
import { fileNameOf, keyOf, shardOf, shards } from './file-name.ts'
import { type FileSystem, hasCode, nodeFileSystem, removeIfThere } from './file-system.ts'
import { lockFolder } from './lock.ts'
import { OpenDocument } from './open-document.ts'
import type { Store, Versioned } from './store.ts'
import { decodeStored } from './stored-document.ts'

export interface LowdbOptions {
  files?: FileSystem
  /** Of how many documents that nobody uses the version is remembered, which saves reading the file before a save. */
  rememberedVersions?: number
}

/**
 * Opens the embedded store in a folder, which is made if it does not exist:
 *
 *     documents/0 … f/  one file of compact JSON for each key
 *     unfinished/       files that are being written
 *     lock-1            which process works on the folder
 *
 * Throws `FolderInUseError` if another process has it open, `FolderUnusableError` if it cannot be made or written.
 */
export async function openLowdbStore(folder: string, options: LowdbOptions = {}): Promise<LowdbStore> {
  const root = resolve(folder)
  const files = options.files ?? nodeFileSystem
  const unfinished = join(root, 'unfinished')
  const documents = join(root, 'documents')
  try {
    await makeFolder(root, files)
    await files.makeFolder(unfinished)
    for (const shard of shards) await files.makeFolder(join(documents, shard))
    await files.syncFolder(documents)
    await files.syncFolder(root)
  } catch (error) {
    if (UNUSABLE.some((code) => hasCode(error, code))) throw new FolderUnusableError(root, (error as Error).message)
    throw error
  }
  const lock = await lockFolder(root, unfinished, files)
  try {
    for (const name of await files.list(unfinished)) await removeIfThere(join(unfinished, name), files)
  } catch (error) {
    await lock.release()
    throw error
  }
  return new LowdbStore(documents, unfinished, lock, { files, rememberedVersions: 2_000, ...options })
}

/** What the system says of a place where nothing can be kept. */
const UNUSABLE = ['EACCES', 'EEXIST', 'ENAMETOOLONG', 'ENOENT', 'ENOTDIR', 'EPERM', 'EROFS']

/** The data folder cannot be made, or nothing can be written there. */
export class FolderUnusableError extends Error {
  override readonly name = 'FolderUnusableError'

  constructor(folder: string, reason: string) {
    super(`The data folder ${folder} cannot be used (${reason}). Choose another folder with DATA_DIR or --data.`)
  }
}

/** Makes a folder with those above it, such that a power cut does not take them away again. */
async function makeFolder(path: string, files: FileSystem): Promise<void> {
  const topmost = await files.makeFolder(path)
  if (topmost === undefined) return
  for (let made = path; made.length >= topmost.length; made = dirname(made)) await files.syncFolder(dirname(made))
}

/** Documents in the files of a folder, through lowdb. What nobody uses takes no memory but its remembered version. */
export class LowdbStore implements Store {
  /** What has been done since the store was opened. */
  readonly counters: Counters = { writes: 0, syncs: 0, bytes: 0 }
  readonly #documents: string
  readonly #disk: Disk
  readonly #lock: { release(): Promise<void> }
  readonly #inUse = new Map<string, OpenDocument>()
  readonly #operations = new Set<Promise<unknown>>()
  /** By path, the one used last at the end. True because nobody else writes in the folder. */
  readonly #versions = new Map<string, number>()
  readonly #rememberedVersions: number
  #closed: Promise<void> | undefined

  /** Use `openLowdbStore`. */
  constructor(
    documents: string,
    unfinished: string,
    lock: { release(): Promise<void> },
    { files, rememberedVersions }: Required<LowdbOptions>,
  ) {
    this.#documents = documents
    this.#disk = { files, unfinished, counters: this.counters }
    this.#lock = lock
    this.#rememberedVersions = rememberedVersions
  }

  /** How many keys are being loaded or saved at this moment. */
  get keysInUse(): number {
    return this.#inUse.size
  }

  load<T = unknown>(key: string, understand?: (document: unknown) => T): Promise<Versioned<T> | null> {
    return this.#use(key, (document) => document.load(understand))
  }

  async save(key: string, document: unknown, expected: number): Promise<'saved' | 'conflict'> {
    const body = JSON.stringify(document)
    if (body === undefined) throw new TypeError('A document must be a JSON value')
    return this.#use(key, (open) => open.save(body, expected))
  }

  remove(key: string): Promise<void> {
    return this.#use(key, (document) => document.remove())
  }

  async *list(prefix = ''): AsyncIterable<string> {
    for (const shard of shards) {
      this.#refuseIfClosed()
      for (const name of await this.#disk.files.list(join(this.#documents, shard))) {
        const known = keyOf(name)
        const key = known === 'long' ? await this.#keyInside(join(this.#documents, shard, name)) : known?.key
        if (key?.startsWith(prefix)) yield key
      }
    }
  }

  close(): Promise<void> {
    this.#closed ??= Promise.allSettled(this.#operations).then(() => this.#lock.release())
    return this.#closed
  }

  async #use<T>(key: string, work: (document: OpenDocument) => Promise<T>): Promise<T> {
    this.#refuseIfClosed()
    const document = this.#open(key)
    const operation = work(document)
    this.#operations.add(operation)
    try {
      return await operation
    } finally {
      this.#operations.delete(operation)
      this.#leave(document)
    }
  }

  #open(key: string): OpenDocument {
    const path = join(this.#documents, shardOf(key), fileNameOf(key))
    let document = this.#inUse.get(path)
    if (!document) {
      document = new OpenDocument(key, path, this.#disk, this.#versions.get(path))
      this.#inUse.set(path, document)
      this.#versions.delete(path)
    }
    document.users += 1
    return document
  }

  #leave(document: OpenDocument): void {
    document.users -= 1
    if (document.users > 0) return
    this.#inUse.delete(document.path)
    if (document.version === undefined) return
    this.#versions.set(document.path, document.version)
    if (this.#versions.size > this.#rememberedVersions) this.#versions.delete(this.#versions.keys().next().value!)
  }

  #refuseIfClosed(): void {
    if (this.#closed) throw new Error('The store is closed')
  }

  async #keyInside(path: string): Promise<string | undefined> {
    const { files } = this.#disk
    try {
      return (await decodeStored(await files.read(path), { path, files })).key
    } catch (error) {
      if (hasCode(error, 'ENOENT')) return undefined
      throw error
    }
  }
}
