import type { Person } from '../channel.ts'
import { type Part, type Reply, reply } from '../chat/reply.ts'
import type { Lesson } from './lesson.ts'

/** One person's way: what is done, what comes next. Shown on the Slack Home tab and by `/progress`. */
export function progressReply(person: Person, lessons: readonly Lesson[]): Reply {
  const done = lessons.filter(({ id }) => person.lessons[id])
  const next = lessons.find(({ id }) => !person.lessons[id])
  return reply([
    { type: 'title', text: 'Your lessons' },
    { type: 'progress', label: 'Finished', done: done.length, of: lessons.length },
    { type: 'list', items: lessons.map((lesson) => `${lesson.code} ${lesson.title}: ${standing(person, lesson)}`) },
    ...nextParts(next),
  ])
}

function standing(person: Person, { id, minutes }: Lesson): string {
  const finished = person.lessons[id]
  if (!finished) return `open, about ${minutes} minutes`
  return finished.helped === 0 ? 'done' : `done, ${finished.helped} step${finished.helped === 1 ? '' : 's'} with help`
}

const nextParts = (next: Lesson | undefined): Part[] =>
  next
    ? [
        { type: 'text', text: `Next: ${next.title}. ${next.goal}` },
        {
          type: 'buttons',
          buttons: [{ label: `Start ${next.title}`, action: `/lesson start ${next.id}`, style: 'primary' }],
        },
      ]
    : [
        { type: 'text', text: 'All lessons are done.' },
        { type: 'buttons', buttons: [{ label: 'The map', action: '/lesson map' }] },
      ]
