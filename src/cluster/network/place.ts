/**
 * Machines outside the cluster that traffic can start from. `lan`: in the nodes' own network. `street`: behind the
 * firewall in front of the nodes; `source` is the address that the cluster sees, since private ones are translated on
 * their way out.
 */
export interface Place {
  name: 'office' | 'laptop' | 'internet' | 'home' | 'browser'
  zone: 'lan' | 'street'
  ip: string
  source: string
  /** Name server that the machine asks. */
  nameServer: string
}

/** Resolver of the nodes' network: the nodes' own names and public DNS. */
export const NODES_NAME_SERVER = '192.168.49.1'

/** A resolver on the Internet: public DNS. */
const PUBLIC_NAME_SERVER = '198.51.100.53'

/** Resolvers that everybody on the Internet can ask. */
export const PUBLIC_NAME_SERVERS: ReadonlySet<string> = new Set([
  PUBLIC_NAME_SERVER,
  '1.0.0.1',
  '1.1.1.1',
  '8.8.4.4',
  '8.8.8.8',
  '9.9.9.9',
])

/** True for name servers that know nothing of the cluster's own names. */
export const isOutsideNameServer = (address: string): boolean =>
  address === NODES_NAME_SERVER || PUBLIC_NAME_SERVERS.has(address)

export const PLACES: readonly Place[] = [
  { name: 'office', zone: 'lan', ip: '192.168.49.100', source: '192.168.49.100', nameServer: NODES_NAME_SERVER },
  { name: 'laptop', zone: 'lan', ip: '192.168.49.101', source: '192.168.49.101', nameServer: NODES_NAME_SERVER },
  { name: 'internet', zone: 'street', ip: '198.51.100.7', source: '198.51.100.7', nameServer: PUBLIC_NAME_SERVER },
  { name: 'home', zone: 'street', ip: '192.168.1.20', source: '198.51.100.20', nameServer: PUBLIC_NAME_SERVER },
  { name: 'browser', zone: 'street', ip: '192.168.1.30', source: '198.51.100.30', nameServer: PUBLIC_NAME_SERVER },
]
