import { notModelled } from '../../errors.ts'
import type { Verb } from '../../verb.ts'

/** What the real client can make up as well, and what it would be. */
const others: readonly (readonly [name: string, aliases: readonly string[], instead: string])[] = [
  ['clusterrole', [], 'It says who may do what in the whole cluster; here everybody in the channel may do everything.'],
  ['clusterrolebinding', [], 'It gives a cluster role to somebody; here everybody in the channel may do everything.'],
  ['cronjob', ['cj'], 'It starts Jobs at set times.'],
  ['job', [], 'It runs pods until they have finished their work; `kubectl run --restart=Never` shows a pod that does.'],
  ['poddisruptionbudget', ['pdb'], 'It limits how many pods a drain may take away at once.'],
  ['priorityclass', ['pc'], 'It says which pods go first when there is not enough room.'],
  ['quota', ['resourcequota'], 'It limits what a namespace may hold.'],
  ['role', [], 'It says who may do what in a namespace; here everybody in the channel may do everything.'],
  ['rolebinding', [], 'It gives a role to somebody; here everybody in the channel may do everything.'],
  ['token', [], 'It asks for a token of a service account; there is nothing here to show it to.'],
]

export const otherCreateVerbs: readonly Verb[] = others.map(([name, aliases, instead]) => ({
  name,
  aliases,
  summary: `Not modelled here. ${instead}`,
  usage: 'NAME',
  flags: {},
  instead,
  run() {
    throw notModelled(`create ${name}`, instead)
  },
}))
