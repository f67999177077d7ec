import { z } from 'zod'
import { defineVerb } from '../../src/chat/command.ts'
import type { CommandContext } from '../../src/chat/context.ts'
import { code, type Reply, text } from '../../src/chat/reply.ts'
import { UserError } from '../../src/chat/user-error.ts'
import { ADDONS, setAddon } from '../../src/cluster/addons.ts'
import { createCluster } from '../../src/cluster/create.ts'
import { hash } from '../../src/cluster/random.ts'
import { worlds } from '../../src/cluster/worlds/index.ts'
import { courseOf } from '../../src/tutor/guide.ts'
import { aside, back } from '../../src/tutor/sessions.ts'
import { CHANGED, changing, SHOW, told } from './answer.ts'

/** Add-ons of real clusters that people may ask for. */
const UNMODELLED = ['gateway', 'metallb', 'mesh'] as const

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
    if (worked) channel.parked = aside(channel.cluster)
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

/** Verbs about the cluster as a whole and its add-ons. */
export const ground = {
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
        channel.parked = aside(channel.cluster)
        channel.cluster = back(parked, channel.cluster.now)
        return [{ type: 'text', text: 'The older cluster is back; the one that was here is kept in its place.' }, SHOW]
      })
    },
  }),
  addon: defineVerb({
    summary: 'Switch a part of the cluster on or off',
    options: z.object({
      name: z.enum([...ADDONS, ...UNMODELLED]).describe('Which part'),
      state: z.enum(['on', 'off']).describe('on or off'),
    }),
    positional: ['name', 'state'],
    run: (context, { name, state }) => {
      const addon = ADDONS.find((each) => each === name)
      if (!addon)
        throw new UserError(`Add-on ${name} is not modelled here yet. There are: ${ADDONS.join(', ')}.`, [SHOW])
      return changing(context, () => [
        { type: 'text', text: told(() => setAddon(context.channel.cluster, addon, state === 'on')) },
        CHANGED,
      ])
    },
  }),
}
