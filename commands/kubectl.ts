import { defineLineCommand } from '../src/chat/command.ts'
import type { CommandContext } from '../src/chat/context.ts'
import { nearest } from '../src/chat/nearest.ts'
import { type Button, code, type Part, text } from '../src/chat/reply.ts'
import { UserError } from '../src/chat/user-error.ts'
import { quoteWord } from '../src/chat/words.ts'
import { completeKubectl } from '../src/kubectl/complete.ts'
import type { KubectlResult } from '../src/kubectl/environment.ts'
import { runKubectl } from '../src/kubectl/run.ts'
import { lookButton, traceParts } from '../src/picture/trace-text.ts'

/** What a shell would take for itself. Behind `--` it belongs to the program in the container, which sees it as it is. */
const SHELL = ['|', '||', '&&', '>', '>>', '<', '&', ';']

/** There is no shell around kubectl here, and its words must not be taken for names. */
function refuseShell(words: readonly string[]): void {
  const own = words.includes('--') ? words.slice(0, words.indexOf('--')) : words
  const word = own.find((each) => SHELL.includes(each))
  if (word === undefined) return
  throw new UserError(
    `There is no shell here that could do ${word}. kubectl filters by itself: -l for labels, --field-selector, -o name or -o jsonpath=….`,
    [{ type: 'buttons', buttons: [{ label: 'Without it', action: lineOf(own.slice(0, own.indexOf(word))) }] }],
  )
}

const lineOf = (words: readonly string[]): string => ['/kubectl', ...words.map(quoteWord)].join(' ')

/** The nearest valid word, with the whole line corrected on a button. */
function correction({ mistake }: KubectlResult): { parts: Part[]; buttons: Button[] } {
  const guess = mistake && nearest(mistake.word, mistake.candidates)
  if (!mistake || guess === undefined) return { parts: [], buttons: [] }
  return {
    parts: [{ type: 'text', text: `Did you mean ${guess}?` }],
    buttons: [{ label: `Run it with ${guess}`.slice(0, 75), action: lineOf(mistake.line(guess)) }],
  }
}

/** What the tutor adds below kubectl's own bytes. */
function remarks(context: CommandContext, result: KubectlResult): Part[] {
  const { ignored, connections } = result
  return [
    ...(ignored.length > 0
      ? [
          {
            type: 'note',
            text: [text('Accepted and kept, but without effect here: '), code(ignored.join(', ')), text('.')],
          } as const,
        ]
      : []),
    ...(result.remark ? [{ type: 'text', text: result.remark } as const] : []),
    ...places(result),
    ...traceParts(
      connections.map(({ attempt }) => attempt),
      false,
    ),
    ...elsewhere(context, result),
  ]
}

/** Most places in manifests that are named at once. */
const PLACES = 5

/** Where in the manifests it stands what kubectl complains of, which counts lines from the start of a document. */
function places({ remarks = [] }: KubectlResult): Part[] {
  const lines = remarks.slice(0, PLACES).map(({ source, document, line, text: about }) => {
    const place = `${source}, document ${document}, line ${line}`
    return about === undefined ? `Look at ${place}.` : `${place}: ${about}.`
  })
  const more = remarks.length - lines.length
  const all = more > 0 ? [...lines, `And ${more} more.`] : lines
  return all.length > 0 ? [{ type: 'text', text: all.join('\n') }] : []
}

/** Where nothing was found, the namespaces in which there is something of the kind. */
function elsewhere({ channel: { cluster } }: CommandContext, { empty }: KubectlResult): Part[] {
  if (!empty) return []
  const others = new Set(cluster.store.list(empty.kind).map(({ metadata }) => metadata.namespace))
  others.delete(empty.namespace)
  const [first] = [...others].filter((namespace) => namespace !== undefined && !namespace.startsWith('kube-'))
  if (first === undefined) return []
  return [
    { type: 'text', text: `There is a ${empty.kind} in namespace ${first}. Look there with -n ${first}.` },
    {
      type: 'buttons',
      buttons: [{ label: 'Look there', action: `/kubectl get ${empty.kind.toLowerCase()} -n ${first}` }],
    },
  ]
}

export const kubectl = defineLineCommand({
  name: 'kubectl',
  summary: "kubectl 1.36 against the channel's cluster",
  usage: 'get|describe|apply|create|expose|scale|delete|label|rollout|logs|exec … (kubectl --help)',
  examples: [
    '/kubectl get pods -o wide',
    '/kubectl create deployment web --image=nginx --replicas=3',
    '/kubectl expose deployment web --port=80',
  ],
  files: true,
  run: (context, words) => {
    refuseShell(words)
    const { certificates, channel, dice, stdin, userName } = context
    const { cluster } = channel
    const before = cluster.version
    const result = runKubectl(words, {
      cluster,
      namespace: channel.namespace,
      files: channel.files,
      dice,
      user: userName,
      certificates,
      ...(stdin !== undefined && { stdin }),
    })
    if (result.namespace !== undefined) channel.namespace = result.namespace
    context.connections.push(...result.connections)
    context.lookups.push(...result.lookups)
    context.refusals.push(...result.refusals)
    const changed = cluster.version !== before
    const { parts, buttons } = correction(result)
    const printed = (result.stdout + result.stderr).trimEnd()
    const pressable: Button[] = [
      ...buttons,
      ...lookButton(result.connections.map(({ attempt }) => attempt)),
      ...(changed ? [{ label: 'Undo', action: '/cluster undo' }] : []),
      ...(changed || result.exitCode === 0 ? [{ label: 'Show the cluster', action: '/cluster show' }] : []),
      ...(result.exitCode !== 0 && buttons.length === 0 ? [{ label: 'Help', action: '/tutor help kubectl' }] : []),
    ]
    return {
      ok: result.exitCode === 0,
      parts: [
        ...(printed === '' ? [] : [{ type: 'code', code: printed } as const]),
        ...parts,
        ...remarks(context, result),
        ...(pressable.length > 0 ? [{ type: 'buttons', buttons: pressable } as const] : []),
      ],
      data: { exitCode: result.exitCode, stdout: result.stdout, stderr: result.stderr },
    }
  },
  complete: ({ channel }, words) =>
    completeKubectl(words, channel.cluster, channel.namespace, Object.keys(channel.files)),
})
