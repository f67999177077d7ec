import { hasProgram } from '../../cluster/apps/process.ts'
import { quote } from '../../cluster/quote.ts'
import { hash } from '../../cluster/random.ts'
import { KubectlError } from '../errors.ts'
import type { ContainerWorld, Finished } from './container-world.ts'
import { refuseChange } from './file-programs.ts'
import { isOfImages } from './programs.ts'
import { programNotModelled, Shell } from './shell.ts'

/**
 * Runs a command in a container as `kubectl exec` does: without a shell around it. Throws `KubectlError` where the image
 * has no such program, and `NotModelledError` for what the small shell here does not know.
 */
export function runInContainer(world: ContainerWorld, words: readonly string[], stdin = ''): Finished {
  const [program = ''] = words
  if (!hasProgram(world.container, program)) {
    if (hasProgram(world.container, 'sh') && isOfImages(program)) throw programNotModelled(program)
    throw cannotStart(world, program)
  }
  if (['touch', 'rm', 'mkdir'].includes(program)) refuseChange(`${program} inside containers`)
  const shell = new Shell(world)
  shell.stdin = stdin
  const exitCode = shell.execute(words)
  return { exitCode, stdout: shell.stdout, stderr: shell.stderr, log: shell.log }
}

/** What the container runtime says of a program that is not there. */
function cannotStart({ pod, container }: ContainerWorld, program: string): KubectlError {
  const id = [...'01234567'].map((salt) => hash(`${salt} ${pod.metadata.uid} ${container.name} ${program}`))
  const task = id.map((part) => part.toString(16).padStart(8, '0')).join('')
  const why = program.startsWith('/')
    ? `stat ${program}: no such file or directory`
    : 'executable file not found in $PATH'
  return new KubectlError(
    `Internal error occurred: error executing command in container: failed to exec in container: failed to start exec "${task}": OCI runtime exec failed: exec failed: unable to start container process: exec: ${quote(program)}: ${why}: unknown`,
  )
}
