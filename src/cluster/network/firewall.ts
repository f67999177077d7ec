/** Ports that the cloud firewall lets in, as one rule says it: `30080/TCP`, or a range, `30000-32767/TCP`. */
interface FirewallRule {
  low: number
  high: number
  protocol: string
}

const LAST_PORT = 65535

/** Reads a rule; without a protocol it is TCP. Undefined for what is none. */
export function parseFirewallRule(text: string): FirewallRule | undefined {
  const [, low = '', high = low, protocol = 'TCP'] = /^(\d{1,5})(?:-(\d{1,5}))?(?:\/(TCP|UDP|SCTP))?$/i.exec(text) ?? []
  const rule = { low: Number(low), high: Number(high), protocol: protocol.toUpperCase() }
  return low !== '' && rule.low >= 1 && rule.low <= rule.high && rule.high <= LAST_PORT ? rule : undefined
}

export const formatFirewallRule = ({ low, high, protocol }: FirewallRule): string =>
  `${low === high ? low : `${low}-${high}`}/${protocol}`

/** True if one of the rules lets a port in. */
export function admitsPort(rules: readonly string[], port: number, protocol: string): boolean {
  return rules.some((text) => {
    const rule = parseFirewallRule(text)
    return rule !== undefined && rule.protocol === protocol && rule.low <= port && port <= rule.high
  })
}

/** The first of the rules that shares a port with another rule. */
export function overlapping(rules: readonly string[], { low, high, protocol }: FirewallRule): string | undefined {
  return rules.find((text) => {
    const rule = parseFirewallRule(text)
    return rule !== undefined && rule.protocol === protocol && rule.low <= high && low <= rule.high
  })
}
