import { z } from 'zod'
import { type Command, defineVerb, defineVerbCommand, hasVerbs } from '../src/chat/command.ts'
import type { CommandContext } from '../src/chat/context.ts'
import { nearest } from '../src/chat/nearest.ts'
import { usageOf } from '../src/chat/options.ts'
import { type Button, bold, code, type Part, type Reply, reply, text } from '../src/chat/reply.ts'
import { UserError } from '../src/chat/user-error.ts'
import { courseOf } from '../src/tutor/guide.ts'

/** The menu depends on where the caller is: in a lesson, with a cluster at work, or new here. */
function menu(context: CommandContext): Reply {
  const course = courseOf(context)
  const worked = context.channel.cluster.history.length > 0
  const buttons: Button[] = [
    ...(course?.step
      ? [{ label: `Go on with ${course.lesson.title}`, action: '/lesson resume', style: 'primary' } as const]
      : []),
    ...(course?.step ? [] : [{ label: 'Start a lesson', action: '/lesson list', style: 'primary' } as const]),
    { label: 'Show the cluster', action: '/cluster show' },
    ...(worked ? [{ label: 'What happened', action: '/cluster history' }] : []),
    { label: 'All commands', action: '/tutor help' },
  ]
  return reply([
    { type: 'title', text: 'Room Service' },
    { type: 'text', text: greeting(context) },
    { type: 'buttons', buttons },
  ])
}

function greeting(context: CommandContext): string {
  const course = courseOf(context)
  if (course?.step)
    return `You are in ${course.lesson.code}, ${course.lesson.title}, step ${course.state.step + 1} of ${course.lesson.steps.length}: ${course.step.title}.`
  if (context.channel.cluster.history.length > 0)
    return 'This channel has a cluster at work. Change it with /kubectl, send traffic with /curl, or take a lesson.'
  return 'This channel owns a small Kubernetes cluster: a building whose floors are nodes, whose rooms are Pods, and whose front desk is a Service. Nothing here can be broken for good, so try things out.'
}

function commandLine({ name, summary }: Command): Part & { type: 'text' } {
  return { type: 'text', text: [code(`/${name}`), text(` ${summary}`)] }
}

function helpFor(context: CommandContext, name: string): Reply {
  const wanted = name.replace(/^\//, '').toLowerCase()
  const command = context.commands.find((candidate) => candidate.name === wanted)
  if (!command) {
    const guess = nearest(
      wanted,
      context.commands.map((candidate) => candidate.name),
    )
    throw new UserError(`There is no command /${wanted}.${guess ? ` Did you mean /${guess}?` : ''}`, [
      {
        type: 'buttons',
        buttons: [
          { label: guess ? `Help for /${guess}` : 'All commands', action: `/tutor help${guess ? ` ${guess}` : ''}` },
        ],
      },
    ])
  }
  return reply([
    { type: 'title', text: `/${command.name}` },
    { type: 'text', text: command.summary },
    {
      type: 'list',
      items: hasVerbs(command)
        ? Object.entries(command.verbs).map(([verb, { summary }]) => [
            code(usageOf(command, verb)),
            text(` ${summary}`),
          ])
        : [[code(`/${command.name} ${command.usage}`)]],
    },
    { type: 'text', text: [bold('For example')] },
    { type: 'code', code: command.examples.join('\n') },
    { type: 'buttons', buttons: [...examples(command), { label: 'Menu', action: '/tutor' }] },
  ])
}

/** The first example that can be tried without changing anything is a button. */
const examples = (command: Command): Button[] =>
  command.examples.slice(0, 1).map((line) => ({ label: `Try ${line}`.slice(0, 75), action: line }))

export const tutor = defineVerbCommand({
  name: 'tutor',
  summary: 'Menu and help, depending on where you are',
  usage: '[help COMMAND]',
  examples: ['/tutor', '/tutor help kubectl'],
  private: true,
  fallback: 'menu',
  verbs: {
    menu: defineVerb({ summary: 'What you can do here and now', options: z.object({}), run: menu }),
    help: defineVerb({
      summary: 'All commands, or one in detail',
      options: z.object({ command: z.string().describe('Name of a command').optional() }),
      positional: ['command'],
      complete: {
        command: ({ commands }) => commands.map(({ name, summary }) => ({ value: name, label: `/${name} ${summary}` })),
      },
      run: (context, { command }) =>
        command === undefined
          ? reply([
              { type: 'title', text: 'Commands' },
              ...context.commands.map(commandLine),
              {
                type: 'buttons',
                buttons: [
                  { label: 'Menu', action: '/tutor' },
                  { label: 'Lessons', action: '/lesson list' },
                ],
              },
            ])
          : helpFor(context, command),
    }),
  },
})
