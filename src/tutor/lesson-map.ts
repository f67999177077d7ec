import type { CommandContext } from '../chat/context.ts'
import { bold, type Part, text } from '../chat/reply.ts'
import { type Course, courseOf } from './guide.ts'
import type { Lesson } from './lesson.ts'
import { pausedAt, resumeButtons } from './lesson-views.ts'

/** The article's three challenges. */
const CHALLENGES = [
  { number: 1, title: 'Reach', question: 'How does one room talk to another?' },
  { number: 2, title: 'Find', question: 'How do I find a shop that has moved?' },
  { number: 3, title: 'Enter', question: 'How do visitors from outside get in?' },
] as const

/** The seed's 40 concepts, S01 to S40, in the words of the subject. */
export const CONCEPTS: Readonly<Record<string, string>> = {
  S01: 'IP address',
  S02: 'port',
  S03: 'private and public addresses',
  S04: 'localhost',
  S05: 'DNS',
  S06: 'cluster',
  S07: 'node',
  S08: 'Pod',
  S09: 'an IP for every Pod',
  S10: 'Pod to Pod without set-up',
  S11: 'across nodes',
  S12: 'the three challenges',
  S13: 'open by default, NetworkPolicy',
  S14: 'Pods are replaced, with a new IP',
  S15: 'scaled to three',
  S16: 'Service as directory',
  S17: 'stable ClusterIP',
  S18: 'load balancing',
  S19: 'DNS name of a Service',
  S20: 'parts of the name',
  S21: 'namespace',
  S22: 'cluster names only inside',
  S23: 'labels and selectors',
  S24: 'a Pod that does not match',
  S25: 'Service types, ClusterIP',
  S26: 'when ClusterIP',
  S27: 'NodePort',
  S28: 'when NodePort',
  S29: 'Ingress is not a type',
  S30: 'routing by host and path',
  S31: 'one entrance, TLS',
  S32: 'ingress controller',
  S33: 'LoadBalancer',
  S34: 'service mesh',
  S35: 'from domain to cluster',
  S36: 'cloud and on-prem',
  S37: 'Gateway API',
  S38: 'comparison of the ways in',
  S39: 'hands-on on a real cluster',
  S40: 'front end calls back end',
}

/** What teaches and tests one concept. */
export interface Covered {
  concept: string
  name: string
  /** Ids of steps. */
  steps: string[]
  /** Ids of quiz items. */
  items: string[]
}

/** The coverage of every concept, from the tags of steps and items. Without steps it is missing, and shown as such. */
export function coverage(
  lessons: readonly Lesson[],
  items: readonly { id: string; concepts: readonly string[] }[],
): Covered[] {
  return Object.entries(CONCEPTS).map(([concept, name]) => ({
    concept,
    name,
    steps: lessons.flatMap(({ steps }) =>
      steps.filter(({ concepts }) => concepts.includes(concept)).map(({ id }) => id),
    ),
    items: items.filter(({ concepts }) => concepts.includes(concept)).map(({ id }) => id),
  }))
}

/** The map: each challenge with its lessons, how far the caller and the channel are, and what no lesson covers yet. */
export function lessonMap(context: CommandContext): Part[] {
  const { lessons, person, bank } = context
  const course = courseOf(context)
  const next = lessons.find(({ id }) => !person.lessons[id])
  return [
    { type: 'title', text: 'The map: three challenges' },
    ...CHALLENGES.flatMap(({ number, title, question }): Part[] => [
      { type: 'text', text: [bold(`${number}. ${title}:`), text(` ${question}`)] },
      {
        type: 'list',
        items: lessons
          .filter(({ challenges }) => challenges.includes(number))
          .map((lesson) => `${lesson.code} ${lesson.title}: ${standing(context, lesson)}`),
      },
    ]),
    { type: 'progress', label: 'You', done: lessons.filter(({ id }) => person.lessons[id]).length, of: lessons.length },
    ...(course ? channelParts(course) : []),
    { type: 'note', text: coverageNote(coverage(lessons, bank.items)) },
    {
      type: 'buttons',
      buttons: [
        ...resumeButtons(context),
        ...(!course?.step && next ? [{ label: `Start ${next.title}`, action: `/lesson start ${next.id}` }] : []),
        { label: 'All lessons', action: '/lesson list' },
      ],
    },
  ]
}

/** How far the channel is in its lesson, and who takes part. */
function channelParts({ lesson, state }: Course): Part[] {
  const people = Object.values(state.participants).map(({ name }) => name)
  return [
    { type: 'progress', label: `This channel, ${lesson.code}`, done: state.step, of: lesson.steps.length },
    ...(people.length > 1 ? [{ type: 'text', text: `Taking part: ${people.join(', ')}.` } as const] : []),
  ]
}

function coverageNote(covered: readonly Covered[]): string {
  const missing = covered.filter(({ steps }) => steps.length === 0)
  const told = `${covered.length - missing.length} of ${covered.length} concepts have a lesson.`
  return missing.length === 0 ? told : `${told} Without one so far: ${missing.map(({ name }) => name).join('; ')}.`
}

function standing(context: CommandContext, lesson: Lesson): string {
  if (context.person.lessons[lesson.id]) return 'done'
  const course = courseOf(context)
  if (course?.lesson.id === lesson.id) return `step ${course.state.step + 1} of ${lesson.steps.length}`
  return pausedAt(context, lesson) ?? 'open'
}
