import type { CommandContext } from '../../src/chat/context.ts'
import type { Part, Reply } from '../../src/chat/reply.ts'
import { UserError } from '../../src/chat/user-error.ts'
import { ChaosError } from '../../src/cluster/chaos.ts'

/** The next step after a look. */
export const SHOW = { type: 'buttons', buttons: [{ label: 'Show the cluster', action: '/cluster show' }] } as const
/** The next steps after a change. */
export const CHANGED = {
  type: 'buttons',
  buttons: [
    { label: 'Show the cluster', action: '/cluster show' },
    { label: 'Undo', action: '/cluster undo' },
  ],
} as const

/** Runs a change, lets the cluster settle, and answers with the clock and whether anything is different. */
export function changing(context: CommandContext, change: () => readonly Part[]): Reply {
  const { cluster } = context.channel
  const before = cluster.version
  const parts = change()
  const { cluster: after } = context.channel
  after.settle()
  return { ok: true, parts, data: { clock: after.now, changed: after !== cluster || after.version !== before } }
}

/** Answers without a change. */
export const reading = ({ channel: { cluster } }: CommandContext, parts: readonly Part[]): Reply => ({
  ok: true,
  parts,
  data: { clock: cluster.now, changed: false },
})

/** Tells the caller what cannot be done. */
export const told = <T>(work: () => T): T => {
  try {
    return work()
  } catch (error) {
    if (error instanceof ChaosError) throw new UserError(error.message)
    throw error
  }
}

/** Names that something can be done to. */
export const targets = ({ channel: { cluster, namespace } }: CommandContext) =>
  [
    ...cluster.store.list('Deployment', { namespace }),
    ...cluster.store.list('Pod', { namespace }),
    ...cluster.store.list('Node'),
  ].map(({ kind, metadata }) => ({ value: metadata.name, label: `${kind} ${metadata.name}` }))
