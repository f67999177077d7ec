import { knownImage } from '../../cluster/apps/catalogue.ts'
import { parseImage } from '../../cluster/apps/image.ts'
import { behaviourOf } from '../../cluster/apps/process.ts'
import { endProcess } from '../../cluster/end-process.ts'
import type { Container } from '../../cluster/kinds/pod.ts'
import { notModelled } from '../errors.ts'
import type { ShellProgram } from './shell-program.ts'

/** `kill [-SIGNAL] PID`: there is one process, and it is process 1. */
const kill: ShellProgram = (args, shell) => {
  const pids = args.filter((word) => !word.startsWith('-'))
  const others = pids.filter((word) => word !== '1')
  for (const pid of others) shell.err(`sh: can't kill pid ${pid}: No such process\n`)
  if (pids.includes('1') && !args.includes('-0')) signal(shell)
  return others.length > 0 || pids.length === 0 ? 1 : 0
}

/**
 * Process 1 of a container gets only the signals that it handles: a server ends by SIGTERM, a shell or sleep goes on as if
 * nothing had happened.
 */
function signal({ world }: Parameters<ShellProgram>[1]): void {
  const { cluster, container, pod } = world
  const current = cluster.get('Pod', pod.metadata.namespace, pod.metadata.name)
  if (current && behaviourOf(container).obeysTermination) endProcess(cluster, current, container.name, 0)
}

const ps: ShellProgram = (_, shell) => {
  shell.out(`PID   USER     TIME  COMMAND\n    1 root      0:00 ${commandOf(shell.world.container)}\n`)
  return 0
}

/** Command line of process 1: that of the pod, else that of the image. */
function commandOf({ command = [], args = [], image }: Container): string {
  const repository = parseImage(image)?.repository ?? image
  const own = knownImage(repository)?.command ?? [repository.slice(repository.lastIndexOf('/') + 1)]
  return [...(command.length > 0 ? command : own.slice(0, args.length > 0 ? 1 : undefined)), ...args].join(' ')
}

const nginx: ShellProgram = ([flag, what], shell) => {
  if (flag === '-s' && (what === 'stop' || what === 'quit')) {
    signal(shell)
    return 0
  }
  if (flag === '-s' && what === 'reload') {
    shell.err('[notice] 1#1: signal process started\n')
    return 0
  }
  if (flag === '-t') {
    shell.err('nginx: the configuration file /etc/nginx/nginx.conf syntax is ok\n')
    shell.err('nginx: configuration file /etc/nginx/nginx.conf test is successful\n')
    return 0
  }
  throw notModelled(`nginx ${flag ?? ''}`.trim(), 'The nginx here knows -t, -s reload, -s stop and -s quit.')
}

/** Programs about the processes of a container. */
export const processes: Readonly<Record<string, ShellProgram>> = { kill, nginx, ps }
