import { DamagedDocumentError, NewerDocumentError, type Store, type Versioned } from '../src/storage/store.ts'

/** A store for tests of everything above it: documents as JSON text, nothing on disk. */
export class MemoryStore implements Store {
  /** Physical writes, as the counters of a real store tell them. */
  writes = 0
  /** While true, every save throws, as on a full disk. */
  failing = false
  /** Documents that could not be understood. */
  readonly setAside: string[] = []
  readonly #documents: Map<string, { text: string; version: number }>

  constructor(other?: MemoryStore) {
    this.#documents = new Map(other ? other.#documents : [])
  }

  async load<T = unknown>(
    key: string,
    understand: (document: unknown) => T = (document) => document as T,
  ): Promise<Versioned<T> | null> {
    const found = this.#documents.get(key)
    if (!found) return null
    try {
      return { document: understand(JSON.parse(found.text)), version: found.version }
    } catch (error) {
      if (error instanceof NewerDocumentError) throw error
      this.#documents.delete(key)
      this.setAside.push(found.text)
      throw new DamagedDocumentError(key, `number ${this.setAside.length}`, (error as Error).message)
    }
  }

  async save(key: string, document: unknown, expected: number): Promise<'saved' | 'conflict'> {
    if (this.failing) throw new Error('the disk is full')
    if ((this.#documents.get(key)?.version ?? 0) !== expected) return 'conflict'
    this.writes += 1
    this.#documents.set(key, { text: JSON.stringify(document), version: expected + 1 })
    return 'saved'
  }

  async remove(key: string): Promise<void> {
    this.#documents.delete(key)
  }

  async *list(prefix = ''): AsyncIterable<string> {
    for (const key of this.#documents.keys()) if (key.startsWith(prefix)) yield key
  }

  async close(): Promise<void> {}
}
