import type { Cluster } from '../cluster.ts'
import { internalIP } from '../kinds/node.ts'
import type { DnsRecord, Rcode, RecordType } from './attempt.ts'

type Answer = { rcode: Rcode; answers: DnsRecord[] }

/** What public DNS answers: the address records that the lessons and `/cluster dns` have set. */
export function answerInPublic(cluster: Cluster, name: string, type: RecordType): Answer {
  const host = name.replace(/\.$/, '')
  const { publicDns } = cluster.settings
  return Object.hasOwn(publicDns, host) ? address(name, publicDns[host]!, type) : { rcode: 'NXDOMAIN', answers: [] }
}

/** What the resolver of the nodes' network answers: the nodes' own names, else public DNS. */
export function answerInNodesNetwork(cluster: Cluster, name: string, type: RecordType): Answer {
  const node = cluster.get('Node', undefined, name.replace(/\.$/, ''))
  return node ? address(name, internalIP(node), type) : answerInPublic(cluster, name, type)
}

const address = (name: string, value: string, type: RecordType): Answer => ({
  rcode: 'NOERROR',
  answers: type === 'A' ? [{ name, type, value }] : [],
})
