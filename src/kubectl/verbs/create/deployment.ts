import { Random } from '../../../cluster/random.ts'
import { createFlags } from '../../change/flags.ts'
import { createGenerated, type Generated, nameOf } from '../../change/generate.ts'
import { KubectlError } from '../../errors.ts'
import { int, list } from '../../flags.ts'
import { defineVerb } from '../../verb.ts'

/** Create a deployment with the specified name. */
export const createDeployment = defineVerb({
  name: 'deployment',
  aliases: ['deploy'],
  summary: 'Create a deployment with the specified name.',
  usage: 'NAME --image=image -- [COMMAND] [args...]',
  flags: {
    ...createFlags,
    image: list('Image names to run. A deployment can have multiple images set for multi-container pod.', {
      required: true,
    }),
    port: int('The containerPort that this deployment exposes.', { initial: -1 }),
    replicas: int('Number of replicas to create. Default is 1.', { initial: 1, shorthand: 'r' }),
  },
  run(invocation) {
    const { flags, args, cluster } = invocation
    const name = nameOf(invocation)
    const command = args.slice(1)
    if (flags.image.length > 1 && command.length > 0)
      throw new KubectlError('cannot specify multiple --image options and command')
    // Names that are made up follow from the state, but making them up does not change it.
    const random = new Random(cluster.random.state)
    const generated = deployment(name, {
      containers: flags.image.map((image) => ({
        image,
        name: containerName(image, random),
        resources: {},
        ...(command.length > 0 && { command }),
      })),
      replicas: flags.replicas,
      port: flags.port,
    })
    createGenerated(invocation, generated, { failed: 'failed to create deployment:' })
  },
})

interface Options {
  containers: readonly object[]
  replicas: number
  /** Negative: none. */
  port: number
}

function deployment(name: string, { containers: [first, ...others], replicas, port }: Options): Generated {
  const labels = { app: name }
  const exposed = port >= 0 && first ? { ...first, ports: [{ containerPort: port }] } : first
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { labels, name },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      strategy: {},
      template: { metadata: { labels }, spec: { containers: [exposed, ...others] } },
    },
    status: {},
  }
}

/** The last part of an image's name, without tag and digest; a name that is none gets a suffix. */
function containerName(image: string, random: Random): string {
  const base = image
    .slice(image.lastIndexOf('/') + 1)
    .split(':')[0]!
    .split('@')[0]!
  return /[_.]/.test(base) ? `${base.replace(/[_.]/g, '-')}-${random.suffix()}` : base
}
