import { KubectlError, notModelled } from '../errors.ts'
import { bool } from '../flags.ts'
import { TabWriter } from '../output/tab-writer.ts'
import { defineVerb, defineVerbGroup } from '../verb.ts'

const canI = defineVerb({
  name: 'can-i',
  summary: 'Check whether an action is allowed',
  usage: 'VERB [TYPE | TYPE/NAME | NONRESOURCEURL]',
  flags: {
    'all-namespaces': bool('If true, check the specified action in all namespaces.', { shorthand: 'A' }),
    list: bool('If true, prints all allowed actions.'),
    quiet: bool('If true, suppress output and just return the exit code.', { shorthand: 'q' }),
  },
  run({ args, flags, streams }) {
    if (flags.list) throw notModelled('--list', 'Everybody in the channel may do everything.')
    if (args.length < 2 || args.length > 3)
      throw new KubectlError('you must specify two arguments: verb resource or verb resource/resourceName')
    if (!flags.quiet) streams.print('yes')
  },
})

const whoami = defineVerb({
  name: 'whoami',
  summary: 'Experimental: Check self subject attributes',
  usage: '[flags] [options]',
  flags: {},
  run({ environment, streams }) {
    const lines = ['ATTRIBUTE\tVALUE', `Username\t${environment.user}`, 'Groups\t[system:masters system:authenticated]']
    for (const line of new TabWriter({ minWidth: 6, padding: 3 }).format(lines)) streams.print(line)
  },
})

/** Who one is and what one may do: everybody in a channel may do everything. */
export const auth = defineVerbGroup({ name: 'auth', summary: 'Inspect authorization.', verbs: [canI, whoami] })
