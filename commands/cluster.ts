import { defineVerbCommand } from '../src/chat/command.ts'
import { ground } from './cluster/ground.ts'
import { look } from './cluster/look.ts'
import { street } from './cluster/street.ts'
import { time } from './cluster/time.ts'

export const cluster = defineVerbCommand({
  name: 'cluster',
  summary: "The channel's cluster as a whole: look, reset, break, undo, let time pass",
  usage: '[show | reset | wait 90s | chaos crash NAME | undo | history | addon ingress on | …]',
  examples: ['/cluster show', '/cluster chaos crash web', '/cluster wait 5m', '/cluster reset --nodes 3'],
  fallback: 'show',
  verbs: { ...look, ...time, ...ground, ...street },
})
