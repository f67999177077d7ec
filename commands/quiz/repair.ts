import { type Command, hasVerbs } from '../../src/chat/command.ts'
import type { CommandContext } from '../../src/chat/context.ts'
import { nearest } from '../../src/chat/nearest.ts'
import { type Invocation, parseLine } from '../../src/chat/options.ts'
import type { Button, Part, Reply } from '../../src/chat/reply.ts'
import { UserError } from '../../src/chat/user-error.ts'
import type { Cluster } from '../../src/cluster/cluster.ts'
import { restoreCluster } from '../../src/cluster/create.ts'
import { buildCluster } from '../../src/quiz/build-cluster.ts'
import { type Repair, repairs } from '../../src/quiz/repairs.ts'
import { positionOf } from '../../src/quiz/state.ts'
import { renderNotice } from '../../src/quiz/views/notice.ts'
import { checkSchema, type Verdict } from '../../src/tutor/check.ts'
import { consequences } from '../../src/tutor/consequences.ts'
import { evaluate } from '../../src/tutor/evaluate.ts'
import { takeFacts } from '../../src/tutor/facts.ts'
import { act, sessionOf } from './act.ts'

/** Commands that make sense in a copy; the others are about the channel. */
const USEFUL = new Set(['kubectl', 'curl', 'nslookup', 'nc', 'ping', 'cluster'])
/** Longest command line that a button can carry. */
const LONGEST_ACTION = 97

/** Whether a copy is as the ticket wants it: a lesson's check, judged on the cluster alone. */
export function isFixed(cluster: Cluster, { goal }: Repair): Verdict {
  const none = { sightings: [], askings: [], newest: 0, refusals: [], predicted: [], said: {} }
  return evaluate(checkSchema.parse(goal), { cluster, start: takeFacts(cluster), ...none })
}

/** Opens a break-fix round with one of the faults, or any; `stop` ends it. */
export function fix(
  context: CommandContext,
  { fault, minutes }: { fault?: string | undefined; minutes: number },
): Reply {
  sessionOf(context)
  if (fault === 'stop') return act(context, { type: 'stop-repair' })
  const repair = fault === undefined ? context.dice.pick(repairs)! : repairNamed(fault)
  const snapshot = buildCluster(repair.scenery, context.dice.below(2 ** 31), context.at).snapshot()
  const until = context.at + minutes * 60_000
  return act(context, { type: 'repair', repair: repair.id, snapshot: { ...snapshot, undo: [] }, until })
}

function repairNamed(word: string): Repair {
  const found = repairs.find(({ id }) => id === word.toLowerCase())
  if (found) return found
  const ids = repairs.map(({ id }) => id)
  const guess = nearest(word, ids)
  throw new UserError(
    `There is no fault "${word}".${guess ? ` Did you mean ${guess}?` : ''} There are: ${ids.join(', ')}.`,
    [
      {
        type: 'buttons',
        buttons: [
          guess
            ? { label: `Break ${guess}`, action: `/quiz fix ${guess}` }
            : { label: 'Any fault', action: '/quiz fix' },
        ],
      },
    ],
  )
}

/** Runs a command line in the copy of the caller's team, and tells whether the goal is reached. */
export async function workOn(context: CommandContext, line: string): Promise<Reply> {
  const { user } = context
  const session = sessionOf(context)
  const { phase, players } = session
  const position = positionOf(session, user)
  const player = position === undefined ? undefined : players[position]
  if (phase.is !== 'repair') return renderNotice(session, user, { say: 'refused', why: 'not-now' })
  if (!player || player.left) return renderNotice(session, user, { say: 'refused', why: 'not-joined' })
  const invocation = understood(context.commands, line)
  const bench = phase.benches[player.team]!
  const repair = repairs.find(({ id }) => id === phase.repair)!
  const cluster = restoreCluster(bench.cluster)
  const { reply, namespace, changed } = await inside(context, cluster, bench.namespace, invocation)
  const verdict = isFixed(cluster, repair)
  const fixed = verdict.passed
  act(context, { type: 'worked', snapshot: cluster.snapshot(), namespace, changed, fixed })
  const buttons = reply.parts.flatMap((part) => (part.type === 'buttons' ? part.buttons.flatMap(inCopy) : []))
  const said = reply.parts.filter(({ type }) => type !== 'buttons' && type !== 'select')
  return {
    ...reply,
    private: true,
    parts: [...said, ...verdictParts(verdict), { type: 'buttons', buttons: [...buttons, LOOK] }],
    data: { ...reply.data, fixed },
  }
}

const LOOK: Button = { label: 'Look around', action: '/quiz do kubectl get pods,services' }

/** What the channel has is put aside while a command runs on the copy, and nothing of the run is left in it. */
async function inside(context: CommandContext, cluster: Cluster, namespace: string, invocation: Invocation) {
  const { channel, at, userName } = context
  const own = { cluster: channel.cluster, namespace: channel.namespace }
  channel.cluster = cluster
  channel.namespace = namespace
  try {
    cluster.advance(at)
    cluster.begin({ author: userName, line: invocation.command.name })
    const { version } = cluster
    const shadow: CommandContext = { ...context, connections: [], lookups: [], refusals: [], effects: [] }
    const said =
      'verb' in invocation
        ? await invocation.command.verbs[invocation.verb]!.run(shadow, invocation.options as never)
        : await invocation.command.run(shadow, invocation.words)
    cluster.settle()
    cluster.commit()
    const changed = cluster.version !== version
    return { reply: changed ? consequences(said, cluster) : said, namespace: channel.namespace, changed }
  } finally {
    channel.cluster = own.cluster
    channel.namespace = own.namespace
  }
}

function understood(commands: readonly Command[], line: string): Invocation {
  const invocation = parseLine(commands, `/${line.trim().replace(/^\//, '')}`)
  const { command } = invocation
  const isReset = hasVerbs(command) && 'verb' in invocation && invocation.verb === 'reset'
  if (USEFUL.has(command.name) && !isReset) return invocation
  throw new UserError(
    `/${command.name}${isReset ? ' reset' : ''} is not for a team's copy. There are: ${[...USEFUL].join(', ')}.`,
    [{ type: 'buttons', buttons: [LOOK] }],
  )
}

function verdictParts(verdict: Verdict): Part[] {
  if (verdict.passed) return [{ type: 'text', text: 'Fixed! Your team was first.' }]
  const { expected, found } = verdict.failure
  return [{ type: 'note', text: `Not yet. Wanted: ${expected}. Found: ${found}.` }]
}

/** The same button for the copy, where its line is short enough. */
const inCopy = (button: Button): Button[] => {
  const action = `/quiz do ${button.action.replace(/^\//, '')}`
  return action.length <= LONGEST_ACTION ? [{ ...button, action }] : []
}
