import { notModelled } from '../errors.ts'
import { absolute, contentOf, entriesOf, isScratch } from './container-files.ts'
import type { Shell } from './shell.ts'
import type { ShellProgram } from './shell-program.ts'

const isOption = (word: string): boolean => word.startsWith('-') && word !== '-'

const cat: ShellProgram = (args, shell) => {
  const paths = args.filter((word) => !isOption(word))
  if (paths.length === 0 || paths[0] === '-') {
    shell.out(shell.stdin)
    return 0
  }
  let code = 0
  for (const path of paths) {
    const content = contentOf(shell, path)
    if (content === undefined && entriesOf(shell, path)) {
      shell.err('cat: read error: Is a directory\n')
      code = 1
    } else if (content === undefined) {
      shell.err(`cat: can't open '${path}': No such file or directory\n`)
      code = 1
    } else shell.out(content)
  }
  return code
}

const ls: ShellProgram = (args, shell) => {
  const paths = args.filter((word) => !isOption(word))
  let code = 0
  for (const path of paths.length === 0 ? ['.'] : paths) {
    const entries = contentOf(shell, path) === undefined ? entriesOf(shell, path) : [path]
    if (entries === undefined) {
      shell.err(`ls: ${path}: No such file or directory\n`)
      code = 1
    } else shell.out(entries.map((entry) => `${entry}\n`).join(''))
  }
  return code
}

const touch: ShellProgram = (args, shell) => {
  for (const path of args.filter((word) => !isOption(word))) {
    refuseUnlessScratch(shell, path)
    const file = absolute(shell.directory, path)
    if (!shell.files.has(file)) shell.files.set(file, contentOf(shell, path) ?? '')
  }
  return 0
}

const rm: ShellProgram = (args, shell) => {
  let code = 0
  for (const path of args.filter((word) => !isOption(word))) {
    if (shell.files.delete(absolute(shell.directory, path))) continue
    if (contentOf(shell, path) !== undefined) refuseChange(`Removing ${path}`)
    if (args.some((word) => /^-\w*f/.test(word))) continue
    shell.err(`rm: can't remove '${path}': No such file or directory\n`)
    code = 1
  }
  return code
}

function refuseUnlessScratch(shell: Shell, path: string): void {
  if (!isScratch(shell, path)) refuseChange(`Writing to ${path}`)
}

/** Files of a running container stay as they are. */
export function refuseChange(what: string): never {
  throw notModelled(what, 'What a command writes lasts here only until the command ends.')
}

/** Programs that read and write files. What a command writes is gone with the command. */
export const files: Readonly<Record<string, ShellProgram>> = { cat, ls, touch, rm, mkdir: () => 0 }
