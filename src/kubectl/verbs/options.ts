import { globalFlags } from '../global-flags.ts'
import { renderFlags } from '../help.ts'
import { defineVerb } from '../verb.ts'

/** Print the flags that every verb takes. */
export const options = defineVerb({
  name: 'options',
  summary: 'Print the list of flags inherited by all commands',
  usage: '',
  flags: {},
  run: ({ streams }) =>
    streams.print(`The following options can be passed to any command:\n\n${renderFlags(globalFlags)}\n`),
})
