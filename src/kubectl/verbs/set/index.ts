import { notModelled } from '../../errors.ts'
import { defineVerbGroup, type Verb } from '../../verb.ts'
import { setEnv } from './env.ts'
import { setImage } from './image.ts'
import { setResources } from './resources.ts'
import { setSelector } from './selector.ts'

const other = (name: string, aliases: readonly string[], instead: string): Verb => ({
  name,
  aliases,
  summary: `Not modelled here. ${instead}`,
  usage: '(-f FILENAME | TYPE NAME)',
  flags: {},
  run() {
    throw notModelled(`set ${name}`, instead)
  },
})

/** Set specific features on objects. */
export const set = defineVerbGroup({
  name: 'set',
  summary: 'Set specific features on objects.',
  verbs: [
    setEnv,
    setImage,
    setResources,
    setSelector,
    other('serviceaccount', ['sa'], 'It says as whom the processes in the pods talk to the API server.'),
    other('subject', [], 'It says to whom a role is given; here everybody in the channel may do everything.'),
  ],
})
