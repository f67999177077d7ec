import { basename, dirname } from 'node:path'
import type { FileSystem, NewFile } from '../../src/storage/file-system.ts'

export type Operation = keyof FileSystem | keyof NewFile

/** What a power cut leaves of what no sync has made durable. */
export type Leftover = { names: boolean; contents: boolean }

interface File {
  now: Uint8Array
  durable: Uint8Array
}

interface Folder {
  now: Map<string, File | Folder>
  durable: Map<string, File | Folder>
}

/** A disk that can run full, break and lose power. Only what has been synced is sure to be there afterwards. */
export class MemoryFileSystem implements FileSystem {
  /** Every operation so far, as `name path`. */
  readonly log: string[] = []
  openFiles = 0
  /** Called before each operation; what it throws is the operation's error. */
  interfere: (operation: Operation, path: string) => void = () => undefined
  /** Operations that claim to have worked and do nothing: disks and programs that lie about durability. */
  readonly #ignored: readonly Operation[]
  readonly #root: Folder

  constructor({ root = newFolder(), ignored = [] }: { root?: Folder; ignored?: readonly Operation[] } = {}) {
    this.#root = root
    this.#ignored = ignored
  }

  /** The disk as the next start finds it. Locks are left out: in truth they name processes of an earlier boot. */
  afterPowerCut(leftover: Leftover): MemoryFileSystem {
    return new MemoryFileSystem({ root: survivors(this.#root, leftover), ignored: this.#ignored })
  }

  /** Puts a file there, durably. */
  put(path: string, text: string): void {
    const file = keep(Buffer.from(text))
    const folder = this.#folder(dirname(path))
    folder.now.set(basename(path), file)
    folder.durable.set(basename(path), file)
  }

  /** What a file holds durably. */
  peek(path: string): string {
    return Buffer.from(this.#file(path).durable).toString()
  }

  async create(path: string): Promise<NewFile> {
    await this.#begin('create', path)
    const folder = this.#folder(dirname(path))
    if (folder.now.has(basename(path))) throw systemError('EEXIST', path)
    const file: File = { now: new Uint8Array(), durable: new Uint8Array() }
    folder.now.set(basename(path), file)
    this.openFiles += 1
    return {
      writeFile: async (bytes) => {
        await this.#begin('writeFile', path)
        file.now = Buffer.from(bytes)
      },
      datasync: async () => {
        await this.#begin('datasync', path)
        if (!this.#ignored.includes('datasync')) file.durable = file.now
      },
      close: async () => {
        this.openFiles -= 1
        await this.#begin('close', path)
      },
    }
  }

  async read(path: string): Promise<Uint8Array> {
    await this.#begin('read', path)
    return this.#file(path).now
  }

  async rename(from: string, to: string): Promise<void> {
    await this.#begin('rename', to)
    const file = this.#file(from)
    this.#folder(dirname(to)).now.set(basename(to), file)
    this.#folder(dirname(from)).now.delete(basename(from))
  }

  async link(from: string, to: string): Promise<void> {
    await this.#begin('link', to)
    const file = this.#file(from)
    const folder = this.#folder(dirname(to))
    if (folder.now.has(basename(to))) throw systemError('EEXIST', to)
    folder.now.set(basename(to), file)
  }

  async remove(path: string): Promise<void> {
    await this.#begin('remove', path)
    this.#file(path)
    this.#folder(dirname(path)).now.delete(basename(path))
  }

  async list(folder: string): Promise<string[]> {
    await this.#begin('list', folder)
    return [...this.#folder(folder).now.keys()]
  }

  async makeFolder(path: string): Promise<string | undefined> {
    await this.#begin('makeFolder', path)
    let folder = this.#root
    let topmost: string | undefined
    let walked = ''
    for (const name of namesOf(path)) {
      walked += `/${name}`
      if (!folder.now.has(name)) {
        folder.now.set(name, newFolder())
        topmost ??= walked
      }
      folder = folder.now.get(name) as Folder
    }
    return topmost
  }

  async syncFolder(path: string): Promise<void> {
    await this.#begin('syncFolder', path)
    const folder = this.#folder(path)
    if (!this.#ignored.includes('syncFolder')) folder.durable = new Map(folder.now)
  }

  async #begin(operation: Operation, path: string): Promise<void> {
    this.log.push(`${operation} ${path}`)
    await new Promise(setImmediate)
    this.interfere(operation, path)
  }

  #folder(path: string): Folder {
    let folder = this.#root
    for (const name of namesOf(path)) {
      const next = folder.now.get(name)
      if (!next || !isFolder(next)) throw systemError('ENOENT', path)
      folder = next
    }
    return folder
  }

  #file(path: string): File {
    const file = this.#folder(dirname(path)).now.get(basename(path))
    if (!file || isFolder(file)) throw systemError('ENOENT', path)
    return file
  }
}

export const systemError = (code: string, path = ''): Error => Object.assign(new Error(`${code}: ${path}`), { code })

const newFolder = (): Folder => ({ now: new Map(), durable: new Map() })
const isFolder = (entry: File | Folder): entry is Folder => entry.now instanceof Map
const namesOf = (path: string): string[] => path.split('/').filter((name) => name !== '')

const keep = (contents: Uint8Array): File => ({ now: contents, durable: contents })

function survivors(folder: Folder, leftover: Leftover): Folder {
  const entries = new Map<string, File | Folder>()
  for (const [name, entry] of leftover.names ? folder.now : folder.durable) {
    if (name.startsWith('lock-')) continue
    entries.set(
      name,
      isFolder(entry) ? survivors(entry, leftover) : keep(leftover.contents ? entry.now : entry.durable),
    )
  }
  return { now: entries, durable: new Map(entries) }
}
