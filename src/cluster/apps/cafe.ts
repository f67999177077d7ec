import type { Behaviour } from './behaviour.ts'
import { listen } from './behaviour.ts'
import { pathOf, text } from './pages.ts'
import type { Program } from './program.ts'

const PORT = 8080

/** What each app of the café answers. */
const ANSWERS: Readonly<Record<string, string>> = {
  'coffee-shop': 'coffee-shop: espresso',
  bakery: 'bakery: croissant',
  menu: 'menu: espresso, croissant, green tea',
  order: 'order: thank you, your order is on its way',
  tea: 'tea: a pot of green tea',
  printer: 'printer: ready',
  payroll: 'payroll: salaries are paid on the 25th',
  library: 'library: silence, please',
  greeter: 'greeter: good morning',
}

/** Apps that only call others and listen on nothing. */
const CALLERS = new Set(['customer', 'regulars', 'intern', 'dev', 'hr-app', 'auditor'])

/** Health is told under `/healthz`; these usual names do not exist, everything else is the app's one answer. */
const MISSING = new Set(['/health', '/ready', '/readyz', '/livez', '/status'])

/**
 * An app of the café. It listens on 8080 whatever its containerPort says; `BIND_ADDRESS=127.0.0.1` makes it listen to
 * its own pod alone.
 */
export const cafe =
  (name: string): Program =>
  ({ environment }): Behaviour => {
    if (CALLERS.has(name)) return { listeners: [], obeysTermination: true }
    const address = environment.BIND_ADDRESS === '127.0.0.1' ? 'loopback' : 'any'
    return {
      listeners: [listen(PORT, 'TCP', address)],
      obeysTermination: true,
      respond: ({ scheme, path }) => {
        if (scheme === 'https') return undefined
        if (pathOf(path) === '/healthz') return text('ok\n')
        if (MISSING.has(pathOf(path))) return text(`${name}: no such page\n`, 404)
        return text(`${ANSWERS[name] ?? `${name}: at your service`}\n`)
      },
      output: () => [{ at: 0, text: `${name}: listening on ${address === 'any' ? '' : '127.0.0.1'}:${PORT}` }],
    }
  }
