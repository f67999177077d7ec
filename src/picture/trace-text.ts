import { fold, PHONE_COLUMNS } from '../chat/fold.ts'
import type { Button, Part } from '../chat/reply.ts'
import { kinds } from '../cluster/kinds/index.ts'
import type { Attempt } from '../cluster/network/attempt.ts'

/**
 * One connection as numbered hops. Short: what each hop decided, in one line; complete: the whole reason of each, with
 * the law behind it.
 */
function renderTrace({ hops }: Pick<Attempt, 'hops'>, complete: boolean): string {
  const width = Math.min(16, Math.max(...hops.map(({ at }) => at.length)))
  return hops
    .flatMap(({ at, what, law, detail }, index) => {
      const head = `${String(index + 1).padStart(2)} ${at.padEnd(width)} `
      return complete ? [...fold(head, what), ...fold(' '.repeat(4), `${detail} [${law}]`)] : fold(head, what)
    })
    .join('\n')
}

/** What the connections came to, most frequent first: `200 ×12 · web-x2kqp 5 · web-m4vzt 7`, no wider than a phone. */
export function renderTally(attempts: readonly Attempt[]): string {
  const outcomes = tally(attempts.map(wordOf))
  const answers = tally(attempts.flatMap(({ answeredBy }) => answeredBy ?? []))
  const counts = [
    ...outcomes.map(([word, times]) => `${word} ×${times}`),
    ...answers.map(([pod, times]) => `${pod.split('/')[1]} ${times}`),
  ]
  const lines: string[] = []
  for (const count of counts) {
    const longer = lines.length > 0 ? `${lines.at(-1)} · ${count}` : undefined
    if (longer !== undefined && longer.length <= PHONE_COLUMNS) lines[lines.length - 1] = longer
    else lines.push(...fold('', count))
  }
  return lines.join('\n')
}

/** `200`, `404 from the ingress controller`, `refused`. */
export const wordOf = ({ outcome, status, speaker }: Attempt): string =>
  outcome === 'ok' && status !== null
    ? `${status}${speaker === 'ingress-controller' ? ' from the ingress controller' : ''}`
    : outcome

function tally(words: readonly string[]): [string, number][] {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
}

/** The trace of the most telling attempt (the first that failed, else the first), with where to look. */
export function traceParts(attempts: readonly Attempt[], complete: boolean): Part[] {
  const failed = attempts.find(({ outcome, status }) => outcome !== 'ok' || (status ?? 0) >= 400)
  const shown = failed ?? attempts[0]
  if (!shown) return []
  return [
    ...(failed && failed.outcome !== 'ok'
      ? [
          {
            type: 'text',
            text: `✗ ${failed.outcome}: stopped at hop ${failed.hops.length} of ${failed.hops.length}`,
          } as const,
        ]
      : []),
    { type: 'code', code: renderTrace(shown, complete) },
    ...(shown.blame ? [{ type: 'text', text: blameText(shown.blame) } as const] : []),
  ]
}

function blameText({ kind, name, namespace, field, why }: NonNullable<Attempt['blame']>): string {
  const where = [
    `${kind} ${name}`,
    ...(namespace && namespace !== 'default' ? [`in namespace ${namespace}`] : []),
  ].join(' ')
  return `Look at: ${where}${field ? `, ${field}` : ''}. ${why.charAt(0).toUpperCase()}${why.slice(1)}.`.replace(
    /\.\.$/,
    '.',
  )
}

/** A look at the object that a failure is blamed on. */
export function lookButton(attempts: readonly Attempt[]): Button[] {
  const blame = attempts.find((attempt) => attempt.blame)?.blame
  if (!blame || !Object.hasOwn(kinds, blame.kind)) return []
  const namespace = blame.namespace && blame.namespace !== 'default' ? ` -n ${blame.namespace}` : ''
  return [
    {
      label: `Look at ${blame.name}`.slice(0, 75),
      action: `/kubectl describe ${blame.kind.toLowerCase()} ${blame.name}${namespace}`,
    },
  ]
}
