import { link, mkdir, open, readdir, readFile, rename, unlink } from 'node:fs/promises'

/** What storage asks of a file system, so that tests can put in one that runs full or loses power. */
export interface FileSystem {
  /** A new file to write; EEXIST if there is one. */
  create(path: string): Promise<NewFile>
  read(path: string): Promise<Uint8Array>
  rename(from: string, to: string): Promise<void>
  /** A second name for a file; EEXIST if the name is taken. */
  link(from: string, to: string): Promise<void>
  remove(path: string): Promise<void>
  list(folder: string): Promise<string[]>
  /** Makes a folder and those above it. Resolves to the topmost one that did not exist, if any. */
  makeFolder(path: string): Promise<string | undefined>
  /** Resolves when the names in a folder are durable. */
  syncFolder(path: string): Promise<void>
}

export interface NewFile {
  writeFile(bytes: Uint8Array): Promise<void>
  /** Resolves when the contents are durable. */
  datasync(): Promise<void>
  close(): Promise<void>
}

export const nodeFileSystem: FileSystem = {
  create: (path) => open(path, 'wx'),
  read: (path) => readFile(path),
  rename,
  link,
  remove: unlink,
  list: (folder) => readdir(folder),
  makeFolder: (path) => mkdir(path, { recursive: true }),
  async syncFolder(path) {
    // Windows cannot open a folder; NTFS keeps the order of renames in its own journal.
    if (process.platform === 'win32') return
    const folder = await open(path, 'r')
    try {
      await folder.sync()
    } finally {
      await folder.close()
    }
  },
}

/** Removes a file that need not exist. */
export async function removeIfThere(path: string, files: FileSystem): Promise<void> {
  try {
    await files.remove(path)
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error
  }
}

/** Whether an error is the system's answer with this code, such as `ENOENT`. */
export const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code
