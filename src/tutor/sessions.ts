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
 * Starts a lesson from its first step, on the cluster of its world. A cluster that somebody has worked on is parked;
 * returns whether one was.
 */
export async function startLesson(context: CommandContext, lesson: Lesson): Promise<boolean> {
  const { channel } = context
  const certificates = await certificateFiles(context, lesson)
  const worth = courseOf(context) === undefined && park(channel)
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

/** Puts the present cluster aside where somebody has worked on it; tells whether that was so. */
export function park(channel: Channel): boolean {
  if (channel.cluster.history.length === 0) return false
  channel.parked = aside(channel.cluster)
  return true
}

/** A cluster as it is put aside. Of its history the newest step is enough: it tells that somebody has worked on it. */
export function aside(cluster: Cluster): Snapshot {
  const snapshot = cluster.snapshot()
  return { ...snapshot, undo: snapshot.undo.slice(-1) }
}

/** A cluster that was put aside; time has gone on meanwhile. */
const back = (snapshot: Snapshot, now: Milliseconds): Cluster =>
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
  channel.cluster = channel.parked ? back(channel.parked, now) : createCluster({ seed: hash(channel.key), clock: now })
  channel.parked = null
  channel.lesson = null
  channel.namespace = 'default'
  return course
}

/** The lesson that was left before its end in this channel, if any. */
export function pausedLesson({ channel, lessons }: CommandContext): Lesson | undefined {
  return lessons.find(({ id }) => id === channel.paused?.lesson.lesson)
}

/** Goes on with the lesson that was left, at its step and in its cluster; tells whether another cluster was parked. */
export function resumeLesson(context: CommandContext): boolean {
  const { channel } = context
  const { paused } = channel
  if (!paused) throw new UserError('No lesson was left in this channel.')
  const parked = park(channel)
  channel.cluster = back(paused.cluster, channel.cluster.now)
  channel.lesson = paused.lesson
  channel.paused = null
  channel.namespace = 'default'
  participate(context, participantOf(context))
  return parked
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
