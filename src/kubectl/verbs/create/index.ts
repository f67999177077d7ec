import type { KubeObject } from '../../../cluster/object.ts'
import { dryRunOf } from '../../change/dry-run.ts'
import { createFlags, fileFlags } from '../../change/flags.ts'
import { withSavedConfiguration } from '../../change/last-applied.ts'
import { createResultPrinter } from '../../change/result-printer.ts'
import { validationOf } from '../../change/validation.ts'
import { createObject } from '../../change/write.ts'
import { KubectlError, notModelled, usageError, withSource } from '../../errors.ts'
import { bool, text } from '../../flags.ts'
import { selectorFlag } from '../../global-flags.ts'
import { eachManifest, readManifests } from '../../manifests.ts'
import { defineVerb, type Invocation, type Verb } from '../../verb.ts'
import { createConfigMap } from './config-map.ts'
import { createDeployment } from './deployment.ts'
import { createIngress } from './ingress.ts'
import { createNamespace } from './namespace.ts'
import { otherCreateVerbs } from './not-modelled.ts'
import { createSecret } from './secret.ts'
import { createService } from './service.ts'
import { createServiceAccount } from './service-account.ts'

const flags = {
  ...createFlags,
  ...fileFlags,
  edit: bool('Edit the API resource before creating'),
  raw: text('Raw URI to POST to the server.'),
  selector: selectorFlag,
} as const

/** Create a resource from a file or from stdin; the verbs below make one up from flags. */
export const create: Verb = {
  ...defineVerb({
    name: 'create',
    summary: 'Create a resource from a file or from stdin.',
    usage: '-f FILENAME',
    flags,
    run: createFromFiles,
  }),
  verbs: [
    createConfigMap,
    createDeployment,
    createIngress,
    createNamespace,
    createSecret,
    createService,
    createServiceAccount,
    ...otherCreateVerbs,
  ],
}

function createFromFiles(invocation: Invocation<typeof flags>): void {
  const { args, flags: given, path } = invocation
  if (args.length > 0) throw unexpected(path, args)
  const print = createResultPrinter(invocation)
  const validation = validationOf(given.validate)
  if (given.raw !== '') throw notModelled('--raw', 'It sends the manifest to a path of your own.')
  if (given.edit) throw notModelled('--edit', 'It opens an editor on your own machine.')
  requireFiles(given)
  const dryRun = dryRunOf(invocation)
  const entries = readManifests(invocation, {
    filenames: given.filename,
    kustomize: given.kustomize,
    selector: given.selector,
    validate: validation === 'strict',
  })
  if (entries.length === 0) throw new KubectlError('no objects passed to create')
  eachManifest(invocation, entries, ({ object, namespace, place }) => {
    const complete = withSavedConfiguration(object, given['save-config'])
    let created = complete as unknown as KubeObject
    if (dryRun !== 'client') {
      try {
        created = createObject(invocation, complete, { dryRun, namespace, validation })
      } catch (error) {
        throw withSource(error, 'creating', place.source)
      }
    }
    print(created, 'created')
  })
}

/** A word that is no verb below `create`, and which of those may have been meant. */
function unexpected(path: string, args: readonly string[]): KubectlError {
  const candidates = (create.verbs ?? []).flatMap(({ name, aliases = [] }) => [name, ...aliases])
  return usageError(path, `Unexpected args: [${args.join(' ')}]`, { word: args[0]!, candidates })
}

/** A verb that works on files needs some. Throws in kubectl's words. */
export function requireFiles({ filename, kustomize }: { filename: readonly string[]; kustomize: string }): void {
  if (filename.length === 0 && kustomize === '') throw new KubectlError('must specify one of -f and -k')
  if (filename.length > 0 && kustomize !== '') throw new KubectlError('only one of -f or -k can be specified')
}
