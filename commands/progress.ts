import { z } from 'zod'
import { defineVerb, defineVerbCommand } from '../src/chat/command.ts'
import { progressReply } from '../src/tutor/home.ts'

export const progress = defineVerbCommand({
  name: 'progress',
  summary: 'What you have learnt so far, in whatever channel',
  usage: '[show]',
  examples: ['/progress'],
  private: true,
  fallback: 'show',
  verbs: {
    show: defineVerb({
      summary: 'Your finished lessons and the next one',
      options: z.object({}),
      run: ({ person, lessons }) => progressReply(person, lessons),
    }),
  },
})
