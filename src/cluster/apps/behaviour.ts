import type { Protocol } from '../kinds/pod.ts'

/** A port on which a process accepts traffic. */
export interface Listener {
  port: number
  protocol: Protocol
  /** `loopback`: only the pod's own containers reach it. */
  address: 'any' | 'loopback'
}

/** An HTTP request as the process receives it. */
export interface HttpRequest {
  method: string
  scheme: 'http' | 'https'
  host: string
  path: string
  headers: Record<string, string>
}

export interface HttpResponse {
  status: number
  headers: Record<string, string>
  body: string
  /** How long the process takes to answer. */
  delaySeconds?: number
}

/** A line that a process writes, so many seconds after its start. */
export interface OutputLine {
  at: number
  text: string
}

/** What a process knows of its surroundings when it answers. */
export interface Surroundings {
  port: number
  pod: string
  namespace: string
  podIP: string
  node: string
  environment: Readonly<Record<string, string>>
  /** Calls a URL from this pod; absent where nobody can carry the call. */
  call?: (url: string) => HttpResponse | undefined
}

/** What a container's process does from its start on. */
export interface Behaviour {
  listeners: readonly Listener[]
  /** Answers HTTP on one of its ports; absent if it speaks something else. */
  respond?: (request: HttpRequest, surroundings: Surroundings) => HttpResponse | undefined
  /** When it ends by itself; absent if it runs for ever. */
  exit?: { after: number; code: number; message?: string }
  /** Why it cannot be started at all. */
  startError?: string
  /** False for processes that SIGTERM does not end, such as a shell as process 1. */
  obeysTermination: boolean
  /** What it has written by the given second of its life. */
  output?: (seconds: number, surroundings: Omit<Surroundings, 'port'>) => OutputLine[]
  /** Whether a file exists at the given second of its life; undefined if nothing is known of it. */
  hasFile?: (path: string, seconds: number) => boolean | undefined
  /** True if what it does depends on what the network answers it. */
  asksNetwork?: true
}

export const listen = (port: number, protocol: Protocol = 'TCP', address: Listener['address'] = 'any'): Listener => ({
  port,
  protocol,
  address,
})
