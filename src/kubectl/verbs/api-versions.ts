import { apiVersionOf } from '../../cluster/object.ts'
import { usageError } from '../errors.ts'
import { compareText } from '../output/json.ts'
import { servedKinds } from '../resources.ts'
import { defineVerb } from '../verb.ts'

/** Print the API groups and versions that the server knows. */
export const apiVersions = defineVerb({
  name: 'api-versions',
  summary: 'Print the supported API versions on the server, in the form of "group/version".',
  usage: '[flags] [options]',
  flags: {},
  run({ args, cluster, streams, path }) {
    if (args.length > 0) throw usageError(path, `unexpected arguments: [${args.join(' ')}]`)
    for (const version of [...new Set(servedKinds(cluster).map(apiVersionOf))].sort(compareText)) streams.print(version)
  },
})
