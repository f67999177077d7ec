import type { CommandContext } from '../chat/context.ts'
import { UserError } from '../chat/user-error.ts'
import { createCluster, restoreCluster } from '../cluster/create.ts'
import type { Milliseconds } from '../cluster/object.ts'
import { hash } from '../cluster/random.ts'
import { courseOf, enterStep, openStep, participantOf, participate } from './guide.ts'
import type { Lesson } from './lesson.ts'

/**
 * Starts a lesson from its first step, on the cluster of its world. A cluster that somebody has worked on is parked;
 * returns whether one was.
 */
export async function startLesson(context: CommandContext, lesson: Lesson): Promise<boolean> {
  const { channel } = context
  const certificates = await certificateFiles(context, lesson)
  const within = courseOf(context) !== undefined
  const worth = !within && channel.cluster.history.length > 0
  if (worth) channel.parked = { ...channel.cluster.snapshot(), undo: [] }
  channel.cluster = createCluster({
    seed: hash(`${channel.key} ${lesson.id}`),
    clock: channel.cluster.now,
    world: lesson.world,
  })
  channel.files = { ...channel.files, ...lesson.files, ...certificates }
  channel.namespace = 'default'
  enterStep(context, lesson, 0)
  participate(context, participantOf(context))
  return worth
}

const DAY: Milliseconds = 86_400_000

/** The lesson's certificates and keys, by file name. */
async function certificateFiles(
  { channel, certificates: { make } }: CommandContext,
  { id, certificates = [] }: Lesson,
): Promise<Record<string, string>> {
  const { now } = channel.cluster
  const files = certificates.map(async ({ crt, key, hosts }) => {
    const seed = `${channel.key} ${id} ${crt}`
    const pair = await make({ hosts, notBefore: now - DAY, notAfter: now + 365 * DAY, seed })
    return { [crt]: pair.certificate, [key]: pair.key }
  })
  return Object.assign({}, ...(await Promise.all(files)))
}

/** Ends the lesson under way; the parked cluster comes back. Throws `UserError` where there is no lesson. */
export function leaveLesson(context: CommandContext): { title: string; restored: boolean } {
  const course = courseOf(context)
  if (!course) throw new UserError('No lesson is under way in this channel.')
  const { channel } = context
  const { parked } = channel
  if (parked) channel.cluster = restoreCluster({ ...parked, clock: Math.max(parked.clock, channel.cluster.now) })
  channel.parked = null
  channel.lesson = null
  return { title: course.lesson.title, restored: parked !== null }
}

/** Leaves the open step undone and opens the next. */
export function skipStep(context: CommandContext): { lesson: Lesson; index: number } {
  const { lesson, state, step } = openStep(context)
  participate(context, participantOf(context))
  const { participants } = context.channel.lesson!
  enterStep(context, lesson, state.step + 1, {
    ...state,
    participants,
    skipped: [...state.skipped, step.id],
    outcome: { passed: false, feedback: null },
  })
  return { lesson, index: state.step + 1 }
}
