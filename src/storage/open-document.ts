import { Low } from 'lowdb'
import { type Disk, DurableFile } from './durable-file.ts'
import type { Versioned } from './store.ts'
import { decodeStored, encodeStored } from './stored-document.ts'

/**
 * One document while somebody uses it; there is at most one such object for a key. Callers take turns: the versions of
 * two saves are compared one after the other, although both may then be carried by the same physical write.
 */
export class OpenDocument {
  /** How many callers are using it. */
  users = 0
  readonly path: string
  readonly #key: string
  readonly #disk: Disk
  readonly #file: DurableFile
  /** Holds the contents accepted last. */
  readonly #low: Low<Uint8Array>
  #version: number | undefined
  #turn: Promise<unknown> = Promise.resolve()

  constructor(key: string, path: string, disk: Disk, version: number | undefined) {
    this.#key = key
    this.path = path
    this.#disk = disk
    this.#file = new DurableFile(path, disk)
    this.#low = new Low(this.#file, new Uint8Array())
    this.#version = version
  }

  /** The version accepted last, 0 if there is no document; undefined if only the file knows. */
  get version(): number | undefined {
    return this.#version
  }

  load<T>(understand?: (document: unknown) => T): Promise<Versioned<T> | null> {
    return this.#takeTurn(() => this.#read(understand))
  }

  /** `body` is the document as JSON. */
  async save(body: string, expected: number): Promise<'saved' | 'conflict'> {
    const accepted = await this.#takeTurn(async () => {
      if (this.#version === undefined) await this.#read()
      if (this.#version !== expected) return undefined
      this.#version = expected + 1
      this.#low.data = encodeStored(this.#key, this.#version, body)
      return { durable: this.#low.write() }
    })
    if (!accepted) return 'conflict'
    await this.#outcome(accepted.durable)
    return 'saved'
  }

  async remove(): Promise<void> {
    const accepted = await this.#takeTurn(async () => {
      if (this.#version === undefined) await this.#read()
      this.#version = 0
      return { durable: this.#file.remove() }
    })
    await this.#outcome(accepted.durable)
  }

  /** The turn ends when a save has been accepted, not when it is durable: the next one can share its write. */
  #takeTurn<T>(step: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(step)
    this.#turn = result.catch(() => undefined)
    return result
  }

  /** A write that failed may or may not have reached the disk. */
  async #outcome(durable: Promise<void>): Promise<void> {
    try {
      await durable
    } catch (error) {
      this.#version = undefined
      throw error
    }
  }

  async #read<T>(understand?: (document: unknown) => T): Promise<Versioned<T> | null> {
    this.#version = undefined
    const contents = await this.#file.read()
    const place = { path: this.path, key: this.#key, files: this.#disk.files }
    const stored = contents && (await decodeStored(contents, { ...place, understand }))
    this.#version = stored?.version ?? 0
    return stored && { document: stored.document, version: stored.version }
  }
}
