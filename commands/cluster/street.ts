import { z } from 'zod'
import { defineVerb } from '../../src/chat/command.ts'
import type { CommandContext } from '../../src/chat/context.ts'
import type { Part } from '../../src/chat/reply.ts'
import { UserError } from '../../src/chat/user-error.ts'
import { inAscii, plainName } from '../../src/cluster/network/dns.ts'
import { CLUSTER_DOMAIN, isInDomain } from '../../src/cluster/network/dns-name.ts'
import { formatFirewallRule, overlapping, parseFirewallRule } from '../../src/cluster/network/firewall.ts'
import { CHANGED, changing, reading, SHOW } from './answer.ts'

const HOST = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+(?=.*[a-z])[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/
const ADDRESS = /^(25[0-5]|2[0-4]\d|1?\d?\d)(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}$/

function setRecord({ channel: { cluster } }: CommandContext, host: string, address: string): string {
  const name = plainName(inAscii(host) ?? host)
  if (!HOST.test(name)) throw new UserError(`"${host}" is no public host name, such as coffee.com.`)
  if (isInDomain(name, CLUSTER_DOMAIN))
    throw new UserError(`${CLUSTER_DOMAIN} belongs to the cluster's own DNS, which fills it from Services.`)
  const others = Object.fromEntries(Object.entries(cluster.settings.publicDns).filter(([each]) => each !== name))
  if (address === '-') {
    cluster.configure({ publicDns: others })
    return `${name} has no public record any more.`
  }
  if (!ADDRESS.test(address)) throw new UserError(`"${address}" is no IPv4 address. Write - to remove the record.`)
  cluster.configure({ publicDns: { ...others, [name]: address } })
  return `${name} leads to ${address} for everybody. A name is not a way: whether the address can be reached is another matter.`
}

function setFirewall({ channel: { cluster } }: CommandContext, action: 'allow' | 'deny', word: string): string {
  const rule = parseFirewallRule(word)
  if (!rule) throw new UserError(`"${word}" is no port. Write 30080, 30080/UDP or a range, 30000-30010.`)
  const entry = formatFirewallRule(rule)
  const others = cluster.settings.firewall.filter((each) => each !== entry)
  cluster.configure({ firewall: action === 'allow' ? [...others, entry] : others })
  if (action === 'allow') return `The cloud firewall lets in ${entry} to every node.`
  const wider = overlapping(others, rule)
  return wider
    ? `The cloud firewall has no rule for ${entry}, but its rule for ${wider} still lets some of it in.`
    : `The cloud firewall drops ${entry}.`
}

function records({ channel: { cluster } }: CommandContext): Part[] {
  const all = Object.entries(cluster.settings.publicDns)
  if (all.length === 0)
    return [{ type: 'text', text: 'There are no public names yet: /cluster dns HOST ADDRESS.' }, SHOW]
  return [{ type: 'list', items: all.map(([host, address]) => `${host} → ${address}`) }, SHOW]
}

function rules({ channel: { cluster } }: CommandContext): Part[] {
  const open = cluster.settings.firewall.join(', ')
  const text = open === '' ? 'lets nothing in to the nodes yet: /cluster firewall allow PORT' : `lets in ${open}`
  return [{ type: 'text', text: `The cloud firewall ${text}.` }, SHOW]
}

/** Verbs about the street in front of the cluster. */
export const street = {
  dns: defineVerb({
    summary: 'Set a public DNS record; - as address removes it; alone: list them',
    options: z.object({
      host: z.string().describe('Host name, such as coffee.com').optional(),
      address: z.string().describe('IPv4 address, or - to remove the record').optional(),
    }),
    positional: ['host', 'address'],
    run: (context, { host, address }) => {
      if (host === undefined) return reading(context, records(context))
      if (address === undefined) throw new UserError(`Which address? /cluster dns ${host} ADDRESS, or - to remove it.`)
      return changing(context, () => [{ type: 'text', text: setRecord(context, host, address) }, CHANGED])
    },
  }),
  firewall: defineVerb({
    summary: 'Open or close a port of the cloud firewall in front of the nodes; alone: list them',
    options: z.object({
      action: z.enum(['allow', 'deny']).describe('allow or deny').optional(),
      port: z.string().describe('Port, PORT/PROTOCOL, or a range such as 30000-30010').optional(),
    }),
    positional: ['action', 'port'],
    run: (context, { action, port }) => {
      if (action === undefined) return reading(context, rules(context))
      if (port === undefined) throw new UserError(`Which port? /cluster firewall ${action} PORT, such as 30080.`)
      return changing(context, () => [{ type: 'text', text: setFirewall(context, action, port) }, CHANGED])
    },
  }),
}
