import { z } from 'zod'
import { defineVerb, defineVerbCommand } from '../src/chat/command.ts'
import type { CommandContext } from '../src/chat/context.ts'
import { code, type Part, type Reply, text } from '../src/chat/reply.ts'
import { UserError } from '../src/chat/user-error.ts'
import { ADDONS, setAddon } from '../src/cluster/addons.ts'
import { ChaosError, crash, killPod, nodeDown, nodeUp, reuseAddress } from '../src/cluster/chaos.ts'
import { createCluster, restoreCluster } from '../src/cluster/create.ts'
import { hash } from '../src/cluster/random.ts'
import { worlds } from '../src/cluster/worlds/index.ts'
import { listBuilding, renderBuilding, surveyBuilding } from '../src/picture/building.ts'
import { renderTally, traceParts } from '../src/picture/trace-text.ts'
import { wholeStory } from '../src/tutor/consequences.ts'
import { courseOf } from '../src/tutor/guide.ts'
import { rush } from '../src/tutor/rush.ts'

const SHOW = { type: 'buttons', buttons: [{ label: 'Show the cluster', action: '/cluster show' }] } as const
const CHANGED = {
  type: 'buttons',
  buttons: [
    { label: 'Show the cluster', action: '/cluster show' },
    { label: 'Undo', action: '/cluster undo' },
  ],
} as const

/** Runs a change and answers with the clock and whether anything is different. */
function changing(context: CommandContext, change: () => readonly Part[]): Reply {
  const { cluster } = context.channel
  const before = cluster.version
  const parts = change()
  const { cluster: after } = context.channel
  return { ok: true, parts, data: { clock: after.now, changed: after !== cluster || after.version !== before } }
}

const reading = (context: CommandContext, parts: readonly Part[]): Reply => changing(context, () => parts)

/** `90s`, `5m`, `1h30m` or plain seconds, in ms. Throws `UserError` for anything else and for more than a day. */
function durationOf(word: string): number {
  const parts = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?$/.exec(word.trim())
  const ms = parts ? (Number(parts[1] ?? 0) * 3600 + Number(parts[2] ?? 0) * 60 + Number(parts[3] ?? 0)) * 1000 : 0
  if (ms <= 0) throw new UserError(`"${word}" is no length of time. Write 90s, 5m or 1h30m.`)
  if (ms > 86_400_000) throw new UserError('At most 24h at a time.')
  return ms
}

const told = <T>(work: () => T): T => {
  try {
    return work()
  } catch (error) {
    if (error instanceof ChaosError) throw new UserError(error.message)
    throw error
  }
}

function reset(
  context: CommandContext,
  options: {
    nodes?: number | undefined
    world?: string | undefined
    cloud?: boolean | undefined
    'on-prem'?: boolean | undefined
  },
): Reply {
  const { channel } = context
  const course = courseOf(context)
  if (course)
    throw new UserError(`${course.lesson.title} is under way; it has its own cluster.`, [
      {
        type: 'buttons',
        buttons: [
          { label: 'Begin the lesson anew', action: `/lesson start ${course.lesson.id}` },
          { label: 'Leave the lesson', action: '/lesson stop' },
        ],
      },
    ])
  if (options.cloud && options['on-prem']) throw new UserError('A building is either --cloud or --on-prem.')
  return changing(context, () => {
    const worked = channel.cluster.history.length > 0
    if (worked) channel.parked = { ...channel.cluster.snapshot(), undo: [] }
    channel.cluster = createCluster({
      seed: hash(`${channel.key} ${channel.cluster.random.state}`),
      clock: channel.cluster.now,
      ...(options.world !== undefined && { world: options.world }),
      ...(options.nodes !== undefined && { nodes: options.nodes }),
      ...(options.cloud && { provider: 'cloud' as const }),
      ...(options['on-prem'] && { provider: 'none' as const }),
    })
    channel.namespace = 'default'
    const nodes = channel.cluster.store.count('Node')
    return [
      {
        type: 'text',
        text: `A fresh ${options.cloud ? 'cloud ' : ''}building with ${nodes} floor${nodes === 1 ? '' : 's'} (world ${channel.cluster.settings.world}).`,
      },
      ...(worked
        ? [
            {
              type: 'note',
              text: [text('The old one is kept: '), code('/cluster restore'), text(' brings it back.')],
            } as const,
          ]
        : []),
      SHOW,
    ]
  })
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
        { label: 'Its story', action: '/cluster story' },
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

const targets = ({ channel: { cluster, namespace } }: CommandContext) =>
  [
    ...cluster.store.list('Deployment', { namespace }),
    ...cluster.store.list('Pod', { namespace }),
    ...cluster.store.list('Node'),
  ].map(({ kind, metadata }) => ({ value: metadata.name, label: `${kind} ${metadata.name}` }))

export const cluster = defineVerbCommand({
  name: 'cluster',
  summary: "The channel's cluster as a whole: look, reset, break, undo, let time pass",
  usage: '[show | reset | wait 90s | chaos crash NAME | undo | history | addon ingress on | …]',
  examples: ['/cluster show', '/cluster chaos crash web', '/cluster wait 5m', '/cluster reset --nodes 3'],
  fallback: 'show',
  verbs: {
    show: defineVerb({
      summary: 'Draw the building: floors, rooms, front desks; --list for a plain list',
      options: z.object({
        list: z.boolean().describe('A numbered list instead of the drawing').optional(),
        all: z.boolean().describe('Also the namespaces of the system').optional(),
      }),
      run: (context, { list, all }) => {
        const building = surveyBuilding(context.channel.cluster, all)
        const name = context.channel.key.split(':').at(-1) ?? ''
        return reading(context, [
          list
            ? { type: 'list', ordered: true, items: listBuilding(building) }
            : { type: 'code', code: renderBuilding(building, name) },
          {
            type: 'buttons',
            buttons: [
              list
                ? { label: 'As a drawing', action: '/cluster show' }
                : { label: 'As a list', action: '/cluster show --list' },
              { label: 'Kubernetes names', action: '/kubectl get pods,services -o wide' },
            ],
          },
        ])
      },
    }),
    reset: defineVerb({
      summary: 'Begin with a fresh cluster; the old one is kept for /cluster restore',
      options: z.object({
        nodes: z.number().int().min(1).max(20).describe('Number of nodes').optional(),
        world: z
          .enum(Object.keys(worlds) as [string, ...string[]])
          .describe('What stands in it')
          .optional(),
        cloud: z.boolean().describe('Services of type LoadBalancer get an address').optional(),
        'on-prem': z.boolean().describe('Nobody gives out addresses').optional(),
      }),
      run: reset,
    }),
    restore: defineVerb({
      summary: 'Bring back the cluster from before the last reset',
      options: z.object({}),
      run: (context) => {
        const { channel } = context
        const { parked } = channel
        if (!parked || courseOf(context)) throw new UserError('No older cluster is kept here.', [SHOW])
        return changing(context, () => {
          channel.parked = { ...channel.cluster.snapshot(), undo: [] }
          channel.cluster = restoreCluster({ ...parked, clock: Math.max(parked.clock, channel.cluster.now) })
          return [
            { type: 'text', text: 'The older cluster is back; the one that was here is kept in its place.' },
            SHOW,
          ]
        })
      },
    }),
    wait: defineVerb({
      summary: "Let the cluster's clock run on",
      options: z.object({ time: z.string().describe('How long: 90s, 5m, 1h30m') }),
      positional: ['time'],
      run: (context, { time }) =>
        changing(context, () => {
          const ms = durationOf(time)
          context.channel.cluster.advance(context.channel.cluster.now + ms)
          return [{ type: 'text', text: `${ms / 1000} s of cluster time have passed.` }, SHOW]
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
    addon: defineVerb({
      summary: 'Switch a part of the cluster on or off',
      options: z.object({
        name: z.enum(ADDONS).describe('Which part'),
        state: z.enum(['on', 'off']).describe('on or off'),
      }),
      positional: ['name', 'state'],
      run: (context, { name, state }) =>
        changing(context, () => [
          { type: 'text', text: told(() => setAddon(context.channel.cluster, name, state === 'on')) },
          CHANGED,
        ]),
    }),
    dns: defineVerb({
      summary: 'Set a public DNS record; - as address removes it',
      options: z.object({
        host: z.string().describe('Host name, such as coffee.com'),
        address: z.string().describe('IPv4 address, or - to remove the record'),
      }),
      positional: ['host', 'address'],
      run: (context, { host, address }) =>
        changing(context, () => [{ type: 'text', text: setRecord(context, host, address) }, CHANGED]),
    }),
    firewall: defineVerb({
      summary: 'Open or close a port of the cloud firewall in front of the nodes',
      options: z.object({
        action: z.enum(['allow', 'deny']).describe('allow or deny'),
        port: z.string().describe('Port, or PORT/PROTOCOL'),
      }),
      positional: ['action', 'port'],
      run: (context, { action, port }) =>
        changing(context, () => [{ type: 'text', text: setFirewall(context, action, port) }, CHANGED]),
    }),
    rush: defineVerb({
      summary: 'Let a workload place many orders by its own note',
      options: z.object({
        from: z.string().describe('Pod or workload that calls'),
        times: z.number().int().min(1).max(1000).describe('How many calls').default(10),
        url: z.string().describe('Address to use instead of the note').optional(),
      }),
      positional: ['from', 'times'],
      complete: { from: targets },
      run: (context, { from, times, url }) => {
        const { note, attempts } = rush(context, from, times, url)
        return reading(context, [
          { type: 'text', text: [text(`${times} orders from ${from} by its note `), code(note)] },
          { type: 'code', code: renderTally(attempts) },
          ...traceParts(attempts, false),
          SHOW,
        ])
      },
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
    story: defineVerb({
      summary: 'All that followed the newest change',
      options: z.object({}),
      run: (context) => {
        const { story } = context.channel.cluster
        return reading(context, [
          ...(story.length === 0 ? [{ type: 'text', text: 'Nothing to tell.' } as const] : wholeStory(story)),
          SHOW,
        ])
      },
    }),
    files: defineVerb({
      summary: "The channel's folder of files for kubectl -f",
      options: z.object({
        show: z.string().describe('Name of a file to read').optional(),
        remove: z.string().describe('Name of a file to remove').optional(),
      }),
      positional: ['show'],
      complete: {
        show: ({ channel }) => Object.keys(channel.files).map((value) => ({ value })),
        remove: ({ channel }) => Object.keys(channel.files).map((value) => ({ value })),
      },
      run: (context, { show, remove }) => changing(context, () => files(context, show, remove)),
    }),
  },
})

function files({ channel }: CommandContext, show: string | undefined, remove: string | undefined): Part[] {
  const name = show ?? remove
  if (name !== undefined && !Object.hasOwn(channel.files, name))
    throw new UserError(`There is no file ${name}. There are: ${Object.keys(channel.files).join(', ') || 'none'}.`)
  if (show !== undefined) return [{ type: 'code', code: channel.files[show]!, language: 'yaml' }]
  if (remove !== undefined)
    channel.files = Object.fromEntries(Object.entries(channel.files).filter(([each]) => each !== remove))
  const names = Object.keys(channel.files)
  return [
    { type: 'text', text: names.length === 0 ? 'The folder is empty.' : 'Files for kubectl -f NAME:' },
    { type: 'list', items: names.map((each) => [code(each), text(` ${channel.files[each]!.length} characters`)]) },
    {
      type: 'buttons',
      buttons: names.slice(0, 4).map((each) => ({ label: `Read ${each}`, action: `/cluster files ${each}` })),
    },
  ]
}

const HOST = /^(?=.{1,253}\.?$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.?$/
const ADDRESS = /^(25[0-5]|2[0-4]\d|1?\d?\d)(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}$/

function setRecord({ channel: { cluster } }: CommandContext, host: string, address: string): string {
  const name = host.toLowerCase().replace(/\.$/, '')
  if (!HOST.test(name)) throw new UserError(`"${host}" is no public host name, such as coffee.com.`)
  const others = Object.fromEntries(Object.entries(cluster.settings.publicDns).filter(([each]) => each !== name))
  if (address === '-') {
    cluster.configure({ publicDns: others })
    return `${name} has no public record any more.`
  }
  if (!ADDRESS.test(address)) throw new UserError(`"${address}" is no IPv4 address. Write - to remove the record.`)
  cluster.configure({ publicDns: { ...others, [name]: address } })
  return `${name} leads to ${address} for everybody. A name is not a way: whether the address can be reached is another matter.`
}

function setFirewall({ channel: { cluster } }: CommandContext, action: 'allow' | 'deny', word: string): string {
  const [port = '', protocol = 'TCP'] = word.toUpperCase().split('/')
  if (!/^\d+$/.test(port) || Number(port) < 1 || Number(port) > 65535 || !['TCP', 'UDP', 'SCTP'].includes(protocol))
    throw new UserError(`"${word}" is no port. Write 30080 or 30080/UDP.`)
  const entry = `${Number(port)}/${protocol}`
  const others = cluster.settings.firewall.filter((each) => each !== entry)
  cluster.configure({ firewall: action === 'allow' ? [...others, entry] : others })
  return action === 'allow'
    ? `The cloud firewall lets in ${entry} to every node.`
    : `The cloud firewall drops ${entry}.`
}
