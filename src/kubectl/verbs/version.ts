import { KUBERNETES_VERSION } from '../../cluster/version.ts'
import { KubectlError } from '../errors.ts'
import { bool, text } from '../flags.ts'
import { renderYaml } from '../output/yaml.ts'
import { defineVerb } from '../verb.ts'

const [, major = '', minor = ''] = /^v(\d+)\.(\d+)/.exec(KUBERNETES_VERSION) ?? []
const RELEASE = { major, minor, gitVersion: KUBERNETES_VERSION }
const KUSTOMIZE = 'v5.8.1'

/** Print the versions of client and server, which are the same here. */
export const version = defineVerb({
  name: 'version',
  summary: 'Print the client and server version information for the current context.',
  usage: '[flags] [options]',
  flags: {
    client: bool('If true, shows client version only (no server required).'),
    output: text("One of 'yaml' or 'json'.", { shorthand: 'o' }),
  },
  run({ args, flags, streams }) {
    if (args.length > 0 && !flags.client) throw new KubectlError(`extra arguments: [${args.join(' ')}]`)
    if (!['', 'yaml', 'json'].includes(flags.output)) throw new KubectlError("--output must be 'yaml' or 'json'")
    const information = {
      clientVersion: RELEASE,
      kustomizeVersion: KUSTOMIZE,
      ...(!flags.client && { serverVersion: RELEASE }),
    }
    if (flags.output === 'yaml') streams.print(renderYaml(information))
    else if (flags.output === 'json') streams.print(JSON.stringify(information, null, 2))
    else {
      streams.print(`Client Version: ${RELEASE.gitVersion}`)
      streams.print(`Kustomize Version: ${KUSTOMIZE}`)
      if (!flags.client) streams.print(`Server Version: ${RELEASE.gitVersion}`)
    }
  },
})
