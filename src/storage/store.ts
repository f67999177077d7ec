/** A document with the number of the save that made it: 1, 2, 3 … */
export interface Versioned<T> {
  document: T
  version: number
}

/**
 * Where channels (`channel/…`), persons (`person/…`) and open timers (`timers`) are kept. A key is any text; a document
 * is any JSON value. `test/contracts/store.ts` says the same as a test that every store has to pass.
 */
export interface Store {
  /**
   * The document as it was last saved, as `understand` reads it, or null. Sees every save that was accepted before.
   * Throws `DamagedDocumentError` if what is stored cannot be understood: whatever `understand` throws means that, but
   * for `NewerDocumentError`, which is passed on and leaves the document where it is.
   */
  load<T = unknown>(key: string, understand?: (document: unknown) => T): Promise<Versioned<T> | null>

  /**
   * Stores the document as it is at the moment of the call, as version `expected + 1`. Resolves to `saved` when it is
   * durable, and to `conflict`, with nothing changed, if the stored version is not `expected` (0: there is none).
   *
   * A caller need not wait for one save before it builds the next on top of it. If a save throws, those that were
   * built on top of it throw as well or are a conflict; whether it was stored is found out by loading.
   */
  save(key: string, document: unknown, expected: number): Promise<'saved' | 'conflict'>

  /** Resolves when the document is durably gone; it need not exist. */
  remove(key: string): Promise<void>

  /** The keys that begin with `prefix`, in no particular order. */
  list(prefix?: string): AsyncIterable<string>

  /** Waits for everything that has been accepted; afterwards the store refuses to work. */
  close(): Promise<void>
}

/** What is stored under a key was saved by a newer version of the program. */
export class NewerDocumentError extends Error {
  override readonly name = 'NewerDocumentError'
}

/** What is stored under a key cannot be understood. It has been set aside and is not overwritten; the key is free. */
export class DamagedDocumentError extends Error {
  override readonly name = 'DamagedDocumentError'
  readonly key: string
  /** Where the damaged data is kept now. */
  readonly setAside: string

  constructor(key: string, setAside: string, reason: string) {
    const shown = JSON.stringify(key.length > 100 ? `${key.slice(0, 100)}…` : key)
    super(`What was stored for ${shown} is damaged (${reason}). It has been set aside as ${setAside}`)
    this.key = key
    this.setAside = setAside
  }
}
