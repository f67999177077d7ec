import type { ContainerPort, Protocol } from '../kinds/pod.ts'
import type { Behaviour } from './behaviour.ts'
import { listen } from './behaviour.ts'

/** How a container's main program is started. */
export interface Invocation {
  /** Arguments after the program's name. */
  args: readonly string[]
  /** Variables that the pod's spec gives by value. */
  environment: Readonly<Record<string, string>>
  ports: readonly ContainerPort[]
  tag: string
}

/** What a program does when it is started like this. */
export type Program = (invocation: Invocation) => Behaviour

/** A server of HTTP on these ports; it does not speak TLS. */
export const serves = (respond: NonNullable<Behaviour['respond']>, ...ports: number[]): Behaviour => ({
  listeners: ports.map((port) => listen(port)),
  obeysTermination: true,
  respond: (request, surroundings) => (request.scheme === 'https' ? undefined : respond(request, surroundings)),
})

/** A server that speaks something other than HTTP. */
export const speaks = (port: number, protocol: Protocol = 'TCP'): Behaviour => ({
  listeners: [listen(port, protocol)],
  obeysTermination: true,
})

/** The value of `--name=value` or `--name value`. */
export function flag({ args }: Invocation, ...names: string[]): string | undefined {
  for (const name of names) {
    const index = args.findIndex((word) => word === name || word.startsWith(`${name}=`))
    if (index >= 0) return args[index]!.includes('=') ? args[index]!.slice(name.length + 1) : args[index + 1]
  }
  return undefined
}

/** A port number as flags and variables give it: `8080`, `:8080`, `127.0.0.1:8080`. */
export function portOf(value: string | undefined, otherwise: number): number {
  const port = Number(value?.slice(value.lastIndexOf(':') + 1))
  return Number.isInteger(port) && port > 0 && port < 65_536 ? port : otherwise
}

export const bindsLoopback = (value: string | undefined): boolean => /^(?:127\.|localhost)/.test(value ?? '')

/** The version in a tag, or the newest one that is known. */
export const versionOf = (tag: string, newest: string): string => /^\d+\.\d+\.\d+/.exec(tag)?.[0] ?? newest

/** A program that ends at once, as a shell or an interpreter without a terminal does. */
export const ends = (code: number): Behaviour => ({ listeners: [], obeysTermination: true, exit: { after: 0, code } })
