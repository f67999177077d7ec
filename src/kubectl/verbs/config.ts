import { quote } from '../../cluster/quote.ts'
import { apiServerUrl, CONTEXT } from '../api-server.ts'
import { KubectlError, notModelled, usageError } from '../errors.ts'
import { bool, text } from '../flags.ts'
import { outputFlag } from '../global-flags.ts'
import { createPrinter, OBJECT_FORMATS } from '../output/printer.ts'
import { TabWriter } from '../output/tab-writer.ts'
import { defineVerb, defineVerbGroup } from '../verb.ts'

const ONE_CONTEXT =
  'A channel has one cluster and one context. A real kubeconfig may hold several, one for each cluster and person.'

const currentContext = defineVerb({
  name: 'current-context',
  summary: 'Display the current-context',
  usage: '[flags] [options]',
  flags: {},
  run: ({ streams }) => streams.print(CONTEXT),
})

const getContexts = defineVerb({
  name: 'get-contexts',
  summary: 'Describe one or many contexts',
  usage: '[(-o|--output=)name)]',
  flags: {
    'no-headers': bool("When using the default or custom-column output format, don't print headers."),
    output: text('Output format. One of: (name).', { shorthand: 'o' }),
  },
  run({ args, flags, streams, environment, fail }) {
    if (flags.output !== '' && flags.output !== 'name')
      throw new KubectlError(
        `--output ${flags.output} is not available in kubectl config get-contexts; resetting to default output format`,
      )
    for (const name of args) if (name !== CONTEXT) fail(new KubectlError(`context ${name} not found`))
    const shown = args.length === 0 || args.includes(CONTEXT)
    if (flags.output === 'name') {
      if (shown) streams.print(CONTEXT)
      return
    }
    const lines = flags['no-headers'] ? [] : ['CURRENT\tNAME\tCLUSTER\tAUTHINFO\tNAMESPACE']
    if (shown) lines.push(`*\t${CONTEXT}\t${CONTEXT}\t${environment.user}\t${environment.namespace}`)
    for (const line of new TabWriter({ minWidth: 6, padding: 3 }).format(lines)) streams.print(line)
  },
})

const useContext = defineVerb({
  name: 'use-context',
  aliases: ['use'],
  summary: 'Set the current-context in a kubeconfig file',
  usage: 'CONTEXT_NAME',
  flags: {},
  run({ args, streams, path }) {
    if (args.length !== 1) throw usageError(path, `Unexpected args: [${args.join(' ')}]`)
    if (args[0] !== CONTEXT)
      throw new KubectlError(`no context exists with the name: ${quote(args[0]!)}`, {
        wrong: { word: args[0]!, candidates: [CONTEXT] },
      })
    streams.print(`Switched to context ${quote(CONTEXT)}.`)
  },
})

const setContext = defineVerb({
  name: 'set-context',
  summary: 'Set a context entry in kubeconfig',
  usage: '[NAME | --current] [--cluster=cluster_nickname] [--user=user_nickname] [--namespace=namespace]',
  flags: { current: bool('Modify the current context') },
  run({ args, flags, streams, path, namespace, namespaceTyped, useNamespace }) {
    const [name] = args
    if (args.length > 1) throw usageError(path, `Unexpected args: [${args.join(' ')}]`)
    if (name === undefined && !flags.current)
      throw new KubectlError('you must specify a non-empty context name or --current')
    if (name !== undefined && flags.current)
      throw new KubectlError('you cannot specify both a context name and --current')
    if (name !== undefined && name !== CONTEXT) throw notModelled('Another context', ONE_CONTEXT)
    if (namespaceTyped) useNamespace(namespace)
    streams.print(`Context ${quote(CONTEXT)} modified.`)
  },
})

const view = defineVerb({
  name: 'view',
  summary: 'Display merged kubeconfig settings or a specified kubeconfig file',
  usage: '[flags] [options]',
  flags: {
    flatten: bool('Flatten the resulting kubeconfig file into self-contained output'),
    minify: bool('Remove all information not used by current-context from the output'),
    output: outputFlag,
    raw: bool('Display raw byte data and sensitive data'),
    template: text('Template string to use when -o=go-template.'),
  },
  run({ args, flags, streams, environment, cluster, path }) {
    if (args.length > 0) throw usageError(path, `unexpected arguments: [${args.join(' ')}]`)
    const format = flags.output === '' && flags.template === '' ? 'yaml' : flags.output
    const print = createPrinter({ format, template: flags.template, formats: OBJECT_FORMATS, files: environment.files })
    streams.write(
      print({
        apiVersion: 'v1',
        clusters: [{ cluster: { server: apiServerUrl(cluster) }, name: CONTEXT }],
        contexts: [
          {
            context: { cluster: CONTEXT, namespace: environment.namespace, user: environment.user },
            name: CONTEXT,
          },
        ],
        'current-context': CONTEXT,
        kind: 'Config',
        users: [{ name: environment.user, user: {} }],
      }),
    )
  },
})

/** The parts of a kubeconfig that a channel has: one context, whose namespace can be changed. */
export const config = defineVerbGroup({
  name: 'config',
  summary: 'Modify kubeconfig files using subcommands like "kubectl config set current-context my-context".',
  verbs: [currentContext, getContexts, setContext, useContext, view],
})
