import { randomUUID } from 'node:crypto'
import { dirname, join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Adapter } from 'lowdb'
import { type FileSystem, hasCode, removeIfThere } from './file-system.ts'

/** What a store has done since it was opened. */
export interface Counters {
  /** Files replaced or removed. */
  writes: number
  /** Calls that wait for the disk: fdatasync of a file, fsync of a folder. */
  syncs: number
  bytes: number
}

/** What the durable files of one store share. */
export interface Disk {
  readonly files: FileSystem
  /** The folder in which files are written before they get their name. On the same file system as the files. */
  readonly unfinished: string
  readonly counters: Counters
}

interface Batch {
  /** The whole new contents, or null if the file is to go. */
  contents: Uint8Array | null
  done: Promise<void>
}

/**
 * lowdb's adapter for one file whose contents are replaced as a whole.
 *
 * - A reader, and a start after a crash or a power cut, finds the old or the new contents, never a mixture.
 * - A write resolves when its contents, or later ones, are durable.
 * - Waiting writes are carried by one physical write. It begins as soon as the one under way has ended, and whoever
 *   asks after it has begun waits for the next: nobody waits longer than for the second write after his call.
 * - A write that fails refuses those behind it, since they were built on what was not stored. So it goes on until
 *   `read` has found out what the file holds.
 *
 * An adapter holds no timer and no open file while nothing is under way. There may be only one for a file.
 */
export class DurableFile implements Adapter<Uint8Array> {
  readonly #path: string
  readonly #disk: Disk
  /** The newest batch: under way, waiting or done. */
  #last: Promise<void> = Promise.resolve()
  /** The batch that has not begun and still takes newer contents. */
  #waiting: Batch | undefined

  constructor(path: string, disk: Disk) {
    this.#path = path
    this.#disk = disk
  }

  /** The contents after all writes so far, or null if there is no file. */
  async read(): Promise<Uint8Array | null> {
    const last = this.#last
    // A failure has been told to those who asked for the write.
    await last.catch(() => undefined)
    if (this.#last === last) {
      this.#last = Promise.resolve()
      this.#waiting = undefined
    }
    try {
      return await this.#disk.files.read(this.#path)
    } catch (error) {
      if (hasCode(error, 'ENOENT')) return null
      throw error
    }
  }

  write(contents: Uint8Array): Promise<void> {
    return this.#become(contents)
  }

  remove(): Promise<void> {
    return this.#become(null)
  }

  #become(contents: Uint8Array | null): Promise<void> {
    if (this.#waiting) {
      this.#waiting.contents = contents
      return this.#waiting.done
    }
    const batch: Batch = { contents, done: this.#last.then(() => this.#carryOut(batch)) }
    this.#waiting = batch
    this.#last = batch.done
    return batch.done
  }

  async #carryOut(batch: Batch): Promise<void> {
    // Those who were answered by the write before get the chance to share this one.
    await nextTurn()
    this.#waiting = undefined
    this.#disk.counters.writes += 1
    if (batch.contents) await this.#replace(batch.contents)
    else await removeIfThere(this.#path, this.#disk.files)
    this.#disk.counters.syncs += 1
    await this.#disk.files.syncFolder(dirname(this.#path))
  }

  async #replace(contents: Uint8Array): Promise<void> {
    const { files, unfinished, counters } = this.#disk
    const temporary = join(unfinished, `${randomUUID()}.tmp`)
    try {
      const file = await files.create(temporary)
      try {
        await file.writeFile(contents)
        counters.bytes += contents.length
        counters.syncs += 1
        await file.datasync()
      } finally {
        await file.close()
      }
      await files.rename(temporary, this.#path)
    } catch (error) {
      // The first error is the one to tell. What cannot be removed here is swept at the next start.
      await files.remove(temporary).catch(() => undefined)
      throw error
    }
  }
}
