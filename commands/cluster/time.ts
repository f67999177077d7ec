import { z } from 'zod'
import { defineVerb } from '../../src/chat/command.ts'
import type { CommandContext } from '../../src/chat/context.ts'
import { code, type Reply, text } from '../../src/chat/reply.ts'
import { UserError } from '../../src/chat/user-error.ts'
import { crash, killPod, nodeDown, nodeUp, reuseAddress } from '../../src/cluster/chaos.ts'
import { CHANGED, changing, reading, SHOW, targets, told } from './answer.ts'

/** `90s`, `5m`, `1h30m` or plain seconds, in ms. Throws `UserError` for anything else and for more than a day. */
function durationOf(word: string): number {
  const parts = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?$/.exec(word.trim())
  const ms = parts ? (Number(parts[1] ?? 0) * 3600 + Number(parts[2] ?? 0) * 60 + Number(parts[3] ?? 0)) * 1000 : 0
  if (ms <= 0) throw new UserError(`"${word}" is no length of time. Write 90s, 5m or 1h30m.`)
  if (ms > 86_400_000) throw new UserError('At most 24h at a time.')
  return ms
}

function undo(context: CommandContext, steps: number): Reply {
  const { cluster } = context.channel
  return changing(context, () => {
    const undone = Array.from({ length: steps }, () => cluster.undo()).filter((step) => step !== undefined)
    if (undone.length === 0)
      throw new UserError('There is nothing to undo here.', [
        { type: 'buttons', buttons: [{ label: 'Show the cluster', action: '/cluster show' }] },
      ])
    return [
      { type: 'text', text: undone.length === 1 ? 'Undone:' : `Undone, ${undone.length} steps:` },
      { type: 'list', items: undone.map(({ author, line }) => [code(line), text(` by ${author}`)]) },
      SHOW,
    ]
  })
}

function history(context: CommandContext, name: string | undefined): Reply {
  const { cluster } = context.channel
  if (name !== undefined) return retired(context, name)
  const steps = [...cluster.history].reverse()
  if (steps.length === 0) return reading(context, [{ type: 'text', text: 'Nothing has been changed here yet.' }, SHOW])
  return reading(context, [
    { type: 'title', text: 'What was done here, newest first' },
    {
      type: 'list',
      ordered: true,
      items: steps.map(({ author, line, at }) => [code(line), text(` by ${author}, `), { when: at, style: 'time' }]),
    },
    {
      type: 'buttons',
      buttons: [
        { label: 'Undo the newest', action: '/cluster undo' },
        { label: 'Why?', action: '/why' },
      ],
    },
  ])
}

/** Names and numbers that a workload or pod has given up. */
function retired(context: CommandContext, name: string): Reply {
  const { cluster } = context.channel
  const found = cluster.retired.filter(({ workload, pod }) => workload === name || pod === name).reverse()
  return reading(context, [
    ...(found.length === 0
      ? [{ type: 'text', text: `${name} has given up no number so far.` } as const]
      : [
          { type: 'title', text: `Retired numbers of ${name}, newest first` } as const,
          {
            type: 'table',
            header: ['NUMBER', 'POD', 'GONE FOR'],
            rows: found.map(({ ip, pod, at }) => [ip, pod, `${Math.round((cluster.now - at) / 1000)} s`]),
          } as const,
        ]),
    SHOW,
  ])
}

const CHAOS = {
  crash,
  'kill-pod': killPod,
  'node-down': nodeDown,
  'node-up': nodeUp,
  'reuse-ip': reuseAddress,
} as const

/** Verbs about what happens, happened, and is taken back. */
export const time = {
  wait: defineVerb({
    summary: "Let the cluster's clock run on",
    options: z.object({ time: z.string().describe('How long: 90s, 5m, 1h30m') }),
    positional: ['time'],
    run: (context, { time }) =>
      changing(context, () => {
        const ms = durationOf(time)
        context.channel.cluster.advance(context.channel.cluster.now + ms)
        return [
          { type: 'text', text: `${time.trim()}${/\d$/.test(time.trim()) ? 's' : ''} of cluster time passed.` },
          SHOW,
        ]
      }),
  }),
  pace: defineVerb({
    summary: 'fast: consequences are worked out at once; real: watch them happen',
    options: z.object({ pace: z.enum(['fast', 'real']).describe('How time passes') }),
    positional: ['pace'],
    run: (context, { pace }) =>
      changing(context, () => {
        context.channel.cluster.configure({ pace })
        return [
          {
            type: 'text',
            text:
              pace === 'fast'
                ? 'Consequences are worked out at once again.'
                : 'The cluster keeps pace with the clock on the wall: look twice to see a rollout in the middle.',
          },
          SHOW,
        ]
      }),
  }),
  chaos: defineVerb({
    summary: 'Break something on purpose',
    options: z.object({
      what: z.enum(Object.keys(CHAOS) as [keyof typeof CHAOS, ...(keyof typeof CHAOS)[]]).describe('What happens'),
      target: z.string().describe('Pod, workload or node that it happens to'),
    }),
    positional: ['what', 'target'],
    complete: { target: targets },
    run: (context, { what, target }) =>
      changing(context, () => {
        const { cluster, namespace } = context.channel
        return [{ type: 'text', text: told(() => CHAOS[what](cluster, target, namespace)) }, CHANGED]
      }),
  }),
  undo: defineVerb({
    summary: 'Take back the newest steps',
    options: z.object({ steps: z.number().int().min(1).max(20).describe('How many').default(1) }),
    positional: ['steps'],
    run: (context, { steps }) => undo(context, steps),
  }),
  history: defineVerb({
    summary: 'Who did what here; with a name: its retired numbers',
    options: z.object({ name: z.string().describe('Workload or Pod').optional() }),
    positional: ['name'],
    complete: { name: targets },
    run: (context, { name }) => history(context, name),
  }),
}
