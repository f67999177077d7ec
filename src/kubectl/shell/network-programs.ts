import { parseImage } from '../../cluster/apps/image.ts'
import { RECORD_TYPES, type RecordType } from '../../cluster/network/attempt.ts'
import { ncText, pingText } from '../../cluster/network/client-text.ts'
import { lookup } from '../../cluster/network/dns.ts'
import { type NslookupFlavour, nslookupText } from '../../cluster/network/nslookup-text.ts'
import { notModelled } from '../errors.ts'
import type { ContainerWorld } from './container-world.ts'
import { openConnection } from './open-connection.ts'
import { readOptions, type ShellProgram } from './shell-program.ts'

/** Images whose nslookup comes from BIND. */
const BIND = /dnsutils|netshoot|agnhost/

const flavourOf = ({ container }: ContainerWorld): NslookupFlavour =>
  BIND.test(parseImage(container.image)?.repository ?? '') ? 'bind' : 'busybox'

/** `nslookup [-type=TYPE] NAME [SERVER]` */
export const nslookup: ShellProgram = (args, shell) => {
  const { world } = shell
  const option = args.find((word) => word.startsWith('-'))
  const typed = /^-(?:q|query|querytype|type)=(.+)$/i.exec(option ?? '-type=A')?.[1]?.toUpperCase()
  const [name, server, ...more] = args.filter((word) => !word.startsWith('-'))
  if (name === undefined || more.length > 0 || typed === undefined)
    throw notModelled('nslookup without a name', 'Give a name: nslookup NAME.')
  if (!RECORD_TYPES.includes(typed as RecordType))
    throw notModelled(`nslookup for records of type ${typed}`, `Known types are ${RECORD_TYPES.join(', ')}.`)
  const found = lookup(world.cluster, { origin: world.origin, name, type: typed as RecordType })
  if (server !== undefined && server !== found.server)
    throw notModelled('nslookup with another name server', 'Leave the server out to ask the one of /etc/resolv.conf.')
  world.lookups.push({ origin: world.origin, lookup: found })
  const { exitCode, stdout } = nslookupText(found, flavourOf(world))
  shell.out(stdout)
  return exitCode
}

/** `nc [-z] [-v] [-u] [-w SECONDS] HOST PORT` */
export const nc: ShellProgram = (args, shell) => {
  const { given, operands, unknown } = readOptions(args, ['w', 'i'], ['z', 'v', 'u', 'n'])
  const [host, port] = operands
  if (unknown !== undefined || given.has('l'))
    throw notModelled(`nc ${unknown}`, 'The nc here opens a connection: nc -zv HOST PORT.')
  const number = Number(port)
  if (host === undefined || !Number.isInteger(number) || number < 1 || number > 65535) {
    shell.err('Usage: nc [OPTIONS] HOST PORT  - connect\n')
    return 1
  }
  const scheme = given.has('u') ? ('udp' as const) : ('tcp' as const)
  const { attempt, address } = openConnection(shell.world, { scheme, host, port: number })
  const { exitCode, text } = ncText(attempt, { scheme: 'http', host, port: number }, address)
  if (given.has('v') || exitCode !== 0) shell.err(text)
  return exitCode
}

const MOST_PINGS = 20

/** `ping [-c COUNT] [-W SECONDS] HOST`; without a count a real one goes on until it is stopped. */
export const ping: ShellProgram = (args, shell) => {
  const { given, operands, unknown } = readOptions(args, ['c', 'W', 'w', 'i', 's'], ['4', 'q'])
  const [host] = operands
  if (unknown !== undefined || host === undefined)
    throw notModelled(`ping ${unknown ?? 'without a host'}`, 'Give a host: ping -c 3 HOST.')
  const count = Math.min(Math.max(1, Math.floor(Number(given.get('c') ?? 3)) || 1), MOST_PINGS)
  const tries = Array.from({ length: count }, () => openConnection(shell.world, { scheme: 'icmp', host, port: 0 }))
  const { exitCode, stdout, stderr } = pingText(
    tries.map(({ attempt }) => attempt),
    host,
    tries[0]?.address,
  )
  shell.out(stdout)
  shell.err(stderr)
  return exitCode
}
