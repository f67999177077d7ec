import { z } from 'zod'
import { defineVerb } from '../../src/chat/command.ts'
import type { CommandContext } from '../../src/chat/context.ts'
import { code, type Part, text } from '../../src/chat/reply.ts'
import { UserError } from '../../src/chat/user-error.ts'
import { listBuilding, renderBuilding, surveyBuilding } from '../../src/picture/building.ts'
import { renderTally, traceParts } from '../../src/picture/trace-text.ts'
import { rush } from '../../src/tutor/rush.ts'
import { reading, SHOW, targets } from './answer.ts'

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
    names.length === 0
      ? SHOW
      : {
          type: 'buttons',
          buttons: names.slice(0, 4).map((each) => ({ label: `Read ${each}`, action: `/cluster files ${each}` })),
        },
  ]
}

/** Verbs that look at the building, send traffic through it, or read its files. */
export const look = {
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
    run: (context, { show, remove }) => reading(context, files(context, show, remove)),
  }),
}
