import type { Channel } from '../channel.ts'
import type { CommandContext } from '../chat/context.ts'
import { UserError } from '../chat/user-error.ts'
import type { Cluster, Snapshot } from '../cluster/cluster.ts'
import { createCluster, restoreCluster } from '../cluster/create.ts'
import type { Milliseconds } from '../cluster/object.ts'
import { hash } from '../cluster/random.ts'
import { type Course, courseOf, enterStep, openStep, participantOf, participate } from './guide.ts'
import type { Lesson } from './lesson.ts'

/**
 * Starts a lesson from its first step, on the cluster of its world. The cluster from before is put aside; tells whether
 * somebody has worked on it.
 */
export async function startLesson(context: CommandContext, lesson: Lesson): Promise<boolean> {
  const { channel } = context
  const certificates = await certificateFiles(context, lesson)
  const worked = courseOf(context) === undefined && stepAside(channel)
  if (channel.paused?.lesson.lesson === lesson.id) channel.paused = null
  channel.cluster = createCluster({
    seed: hash(`${channel.key} ${lesson.id}`),
    clock: channel.cluster.now,
    world: lesson.world,
  })
  channel.files = { ...channel.files, ...lesson.files, ...certificates }
  channel.namespace = 'default'
  enterStep(context, lesson, 0)
  participate(context, participantOf(context))
  return worked
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

/** Puts the present cluster aside for the time of a lesson; tells whether somebody has worked on it. */
function stepAside(channel: Channel): boolean {
  channel.before = aside(channel.cluster)
  return channel.cluster.history.length > 0
}

/** A cluster as it is put aside. Of its history the newest step is enough: it tells that somebody has worked on it. */
export function aside(cluster: Cluster): Snapshot {
  const snapshot = cluster.snapshot()
  return { ...snapshot, undo: snapshot.undo.slice(-1) }
}

/** A cluster that was put aside; time has gone on meanwhile. */
export const back = (snapshot: Snapshot, now: Milliseconds): Cluster =>
  restoreCluster({ ...snapshot, clock: Math.max(snapshot.clock, now) })

/**
 * Leaves the lesson under way; the cluster from before comes back, and a lesson that is not finished can be resumed.
 * Throws `UserError` where there is no lesson.
 */
export function leaveLesson(context: CommandContext): Course {
  const course = courseOf(context)
  if (!course) throw new UserError('No lesson is under way in this channel.')
  const { channel } = context
  const { now } = channel.cluster
  if (course.step) channel.paused = { lesson: course.state, cluster: aside(channel.cluster) }
  channel.cluster = channel.before ? back(channel.before, now) : createCluster({ seed: hash(channel.key), clock: now })
  channel.before = null
  channel.lesson = null
  channel.namespace = 'default'
  return course
}

/** The lesson that was left before its end in this channel, if any. */
export function pausedLesson({ channel, lessons }: CommandContext): Lesson | undefined {
  return lessons.find(({ id }) => id === channel.paused?.lesson.lesson)
}

/** Goes on with the lesson that was left, at its step and in its cluster; tells whether somebody has worked on the other. */
export function resumeLesson(context: CommandContext): boolean {
  const { channel } = context
  const { paused } = channel
  if (!paused) throw new UserError('No lesson was left in this channel.')
  const worked = stepAside(channel)
  channel.cluster = back(paused.cluster, channel.cluster.now)
  channel.lesson = paused.lesson
  channel.paused = null
  channel.namespace = 'default'
  participate(context, participantOf(context))
  return worked
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
