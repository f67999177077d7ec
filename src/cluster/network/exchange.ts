import type { Attempt, Blame, Received } from './attempt.ts'

/** What an exchange with a program came to: the parts of an attempt that are known at its end. */
export type Exchange = Partial<Omit<Attempt, 'ms' | 'hops'>> & Pick<Attempt, 'outcome'> & { blame: Blame | null }

/** A request of a client, or of a proxy on its behalf. */
export interface Request {
  method: string
  scheme: 'http' | 'https'
  /** Host header, with the port where it is not the usual one. */
  host: string
  /** Path and query. */
  path: string
  /** Names in lower case, without `host`. */
  headers: Record<string, string>
}

/** The request as the answering program received it. */
export const receivedOf = ({ method, scheme, host, path, headers }: Request): Received => ({
  method,
  scheme,
  host,
  path,
  headers: { host, ...headers },
})

/** Name of a host header without its port, in lower case (R-ING-10). */
export const hostOf = (header: string): string => header.toLowerCase().replace(/:\d*$/, '').replace(/\.$/, '')
