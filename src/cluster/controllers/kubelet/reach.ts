import type { Reach } from '../../apps/process.ts'
import { listenersOf, respond } from '../../apps.ts'
import type { Cluster } from '../../cluster.ts'
import type { Pod } from '../../kinds/pod.ts'
import type { Attempt } from '../../network/attempt.ts'
import { connectWith } from '../../network/connect.ts'
import { lookup } from '../../network/dns.ts'
import { podOrigin } from '../../network/origin.ts'
import { type Target, targetFrom } from '../../network/target.ts'
import { hash, Random } from '../../random.ts'

/** What a container's command gets from the network: the exit code of `wget`, `curl`, `nslookup`, `nc` and `ping`. */
export const reachFrom =
  (cluster: Cluster, pod: Pod): Reach =>
  ([program = '', ...args]) => {
    const operands = args.filter((word) => !word.startsWith('-'))
    if (['nslookup', 'host', 'dig'].includes(program)) {
      const name = operands[0] ?? ''
      return lookup(cluster, { origin: podOrigin(cluster, pod), name, type: 'A' }).rcode === 'NOERROR' ? 0 : 1
    }
    const target = targetOf(program, operands)
    if (!target) return 0
    // The same instant gives the same luck: looking twice changes nothing.
    const dice = new Random(hash(`${pod.metadata.uid} ${cluster.now}`))
    return exitCode(
      program,
      args,
      connectWith({ listenersOf, respond }, cluster, { origin: podOrigin(cluster, pod), target, dice }),
    )
  }

function targetOf(program: string, operands: readonly string[]): Target | undefined {
  const last = operands.at(-1)
  switch (program) {
    case 'wget':
    case 'curl': {
      const url = operands.find((word) => /^https?:\/\//i.test(word)) ?? last
      return url === undefined ? undefined : targetFrom(url)
    }
    case 'nc':
    case 'telnet': {
      const [host, port] = operands.slice(-2)
      return host === undefined ? undefined : { scheme: 'tcp', host, port: Number(port ?? 23) }
    }
    case 'ping':
      return last === undefined ? undefined : { scheme: 'icmp', host: last, port: 0 }
    default:
      return undefined
  }
}

const CURL_CODES: Partial<Record<Attempt['outcome'], number>> = { nxdomain: 6, refused: 7, timeout: 28, reset: 56 }

function exitCode(program: string, args: readonly string[], { outcome, status }: Attempt): number {
  const isError = (status ?? 200) >= 400
  if (outcome !== 'ok') return program === 'curl' ? (CURL_CODES[outcome] ?? 1) : 1
  if (program === 'wget') return isError ? 1 : 0
  return program === 'curl' && isError && args.some((word) => /^(?:-\w*f\w*|--fail)$/.test(word)) ? 22 : 0
}
