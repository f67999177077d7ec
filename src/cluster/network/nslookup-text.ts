import type { DnsRecord, Lookup } from './attempt.ts'
import { CLUSTER_DOMAIN, isInDomain } from './dns-name.ts'

/** Whose nslookup speaks: that of BIND, or that of BusyBox. */
export type NslookupFlavour = 'bind' | 'busybox'

/** What nslookup prints, all on stdout as the real ones do (R-DNS-13). */
export function nslookupText(lookup: Lookup, flavour: NslookupFlavour): { exitCode: number; stdout: string } {
  const { problem, rcode, server } = lookup
  if (problem !== null) return { exitCode: 1, stdout: `nslookup: ${problem}\n` }
  if (rcode === 'TIMEOUT') return { exitCode: 1, stdout: ';; connection timed out; no servers could be reached\n\n' }
  const port = flavour === 'bind' ? '#53' : ':53'
  const head = [`Server:\t\t${server}`, `Address:\t${server}${port}`, '']
  const body = rcode === 'NOERROR' ? found(lookup) : [`** server can't find ${notFound(lookup, flavour)}: ${rcode}`, '']
  return { exitCode: rcode === 'NOERROR' ? 0 : 1, stdout: [...head, ...body, ''].join('\n') }
}

/** BIND names what was typed, BusyBox the name that it asked for last. */
const notFound = ({ name, tried }: Lookup, flavour: NslookupFlavour): string =>
  flavour === 'bind' ? name : undotted(tried.at(-1) ?? name)

function found({ answers, name, tried }: Lookup): string[] {
  if (answers.length === 0) return [`*** Can't find ${name}: No answer`, '']
  const own = isInDomain(tried.at(-1) ?? '', CLUSTER_DOMAIN) || answers.every(({ type }) => type === 'PTR')
  return [...(own ? [] : ['Non-authoritative answer:']), ...answers.flatMap(recordLines), '']
}

function recordLines({ name, type, value }: DnsRecord): string[] {
  const owner = undotted(name)
  switch (type) {
    case 'A':
    case 'AAAA':
      return [`Name:\t${owner}`, `Address: ${value}`]
    case 'CNAME':
      return [`${owner}\tcanonical name = ${value}`]
    case 'SRV':
      return [`${owner}\tservice = ${value}`]
    case 'TXT':
      return [`${owner}\ttext = "${value}"`]
    case 'PTR':
      return [`${owner}\tname = ${value}`]
  }
}

const undotted = (name: string): string => name.replace(/\.$/, '')
