import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { type FileSystem, hasCode, removeIfThere } from './file-system.ts'

/** Another process works on the folder, or may do so. */
export class FolderInUseError extends Error {
  override readonly name = 'FolderInUseError'
  readonly folder: string
  readonly pid: number

  constructor(folder: string, { pid, host, path }: Holder) {
    const doubt =
      host === hostname() ? 'If that is another program' : 'If it no longer runs, which cannot be seen from here'
    super(
      `The data folder ${folder} is in use by process ${pid} on ${host}. Stop that process first, or choose another ` +
        `folder with DATA_DIR. ${doubt}, delete ${path}.`,
    )
    this.folder = folder
    this.pid = pid
  }
}

interface Owner {
  pid: number
  host: string
  /** When the process started, as its system counts it: a process id alone may have been given to another one since. */
  started?: string
}

interface Holder extends Owner {
  path: string
  number: number
}

/**
 * Makes this process the only one that works on the folder, until `release`. Throws `FolderInUseError`.
 *
 * A lock is a file `lock-N` that names its process. Whoever finds only locks of dead processes takes the next number,
 * which only one can get, looks around once more, and steps back if another living process has a lock as well. So a
 * dead process blocks nobody, and of two living ones never both believe that they own the folder.
 */
export async function lockFolder(
  folder: string,
  unfinished: string,
  files: FileSystem,
): Promise<{ release(): Promise<void> }> {
  for (;;) {
    const before = await holders(folder, files)
    const living = before.find(isAlive)
    if (living) throw new FolderInUseError(folder, living)
    const mine = join(folder, `lock-${1 + Math.max(0, ...before.map(({ number }) => number))}`)
    if (!(await claim(mine, unfinished, files))) continue
    const others = (await holders(folder, files)).filter(({ path }) => path !== mine)
    const rival = others.find(isAlive)
    if (rival) {
      await files.remove(mine)
      throw new FolderInUseError(folder, rival)
    }
    for (const dead of others) await files.remove(dead.path)
    return { release: () => removeIfThere(mine, files) }
  }
}

/** The link makes the lock appear together with its contents. False if another process was faster. */
async function claim(path: string, unfinished: string, files: FileSystem): Promise<boolean> {
  const temporary = join(unfinished, `${randomUUID()}.tmp`)
  const file = await files.create(temporary)
  try {
    await file.writeFile(Buffer.from(JSON.stringify(thisProcess())))
  } finally {
    await file.close()
  }
  try {
    await files.link(temporary, path)
    return true
  } catch (error) {
    // ENOENT: the new owner has swept the temporary file.
    if (hasCode(error, 'EEXIST') || hasCode(error, 'ENOENT')) return false
    throw error
  } finally {
    await removeIfThere(temporary, files)
  }
}

async function holders(folder: string, files: FileSystem): Promise<Holder[]> {
  const found: Holder[] = []
  for (const name of await files.list(folder)) {
    const number = Number(/^lock-([1-9]\d{0,14})$/.exec(name)?.[1])
    if (Number.isNaN(number)) continue
    const path = join(folder, name)
    try {
      found.push({ ...parseOwner(await files.read(path)), path, number })
    } catch (error) {
      if (!hasCode(error, 'ENOENT')) throw error
    }
  }
  return found
}

function parseOwner(contents: Uint8Array): Owner {
  try {
    const { pid, host, started } = JSON.parse(Buffer.from(contents).toString()) as Owner
    if (Number.isSafeInteger(pid) && pid > 0 && typeof host === 'string')
      return { pid, host, ...(typeof started === 'string' && { started }) }
  } catch {
    // Not JSON: the answer below.
  }
  // The lock of a running process is whole; this one was cut off together with its machine's power.
  return NOBODY
}

const NOBODY: Owner = { pid: 0, host: hostname() }

function thisProcess(): Owner {
  const started = startOf(process.pid)
  return { pid: process.pid, host: hostname(), ...(started !== undefined && { started }) }
}

function isAlive({ pid, host, started }: Owner): boolean {
  if (pid === 0) return false
  if (host !== hostname()) return true
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (hasCode(error, 'ESRCH')) return false
  }
  const startedNow = startOf(pid)
  return started === undefined || startedNow === undefined || started === startedNow
}

/** When a process started: the boot and the clock ticks since then. Undefined where the system does not tell (only Linux does). */
function startOf(pid: number): string | undefined {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    const status = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name of the program, in brackets, may hold anything; the state follows it, the start is 19 fields further.
    const fields = status.slice(status.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' || fields[0] === 'X' ? 'ended' : `${boot} ${fields[19]}`
  } catch {
    return undefined
  }
}
