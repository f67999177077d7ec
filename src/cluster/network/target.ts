/** What a client wants to reach and how. */
export interface Target {
  scheme: 'http' | 'https' | 'tcp' | 'udp' | 'sctp' | 'icmp'
  /** Name or address, as in a URL. */
  host: string
  /** Ignored for icmp. */
  port: number
  /** Path and query; `/` if absent. */
  path?: string
  /** `GET` if absent. */
  method?: string
  /** Headers of the client; a `Host` header replaces the one of the URL. */
  headers?: Readonly<Record<string, string>>
  /** The client accepts any certificate. */
  insecure?: boolean
  /** Addresses that the client uses without asking DNS, as `--resolve host:port:address`. */
  resolve?: readonly { host: string; port: number; address: string }[]
}

const USUAL_PORTS: Readonly<Record<string, number>> = { http: 80, https: 443 }

/** The Host header for a target: with the port only where it is not the usual one of the scheme, and no final dot. */
export function hostHeader({ scheme, host, port }: Pick<Target, 'scheme' | 'host' | 'port'>): string {
  const name = host.replace(/\.$/, '')
  return USUAL_PORTS[scheme] === port ? name : `${name}:${port}`
}

/** A target from a URL with scheme http or https; undefined for anything else. */
export function targetFrom(url: string): (Target & { scheme: 'http' | 'https' }) | undefined {
  const parts = /^(?:(https?):\/\/)?(\[[0-9a-f:.]+\]|[^/:?#\s[\]]+)(?::(\d{1,5}))?([/?][^\s#]*)?(?:#.*)?$/i.exec(url)
  const [, scheme = 'http', host, port, rest = '/'] = parts ?? []
  if (host === undefined) return undefined
  const lower = scheme.toLowerCase() as 'http' | 'https'
  const number = port === undefined ? USUAL_PORTS[lower]! : Number(port)
  if (number < 1 || number > 65535) return undefined
  return { scheme: lower, host, port: number, path: rest.startsWith('?') ? `/${rest}` : rest }
}
