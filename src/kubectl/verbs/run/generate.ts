import { parseRunVariables } from '../../change/environment-variables.ts'
import type { Generated } from '../../change/generate.ts'
import { parseLabelSpec, parseNumber } from '../../change/label-spec.ts'
import { withOverrides } from '../../change/overrides.ts'
import { parsePairs } from '../../change/pairs.ts'
import { isObject } from '../../patch/json.ts'
import type { RunInvocation } from './flags.ts'

/** The pod that `kubectl run` makes up. Throws `KubectlError`. */
export function runPod({ args, flags }: RunInvocation): Generated {
  const [name = '', ...words] = args
  const env = parseRunVariables(flags.env)
  const annotations = Object.fromEntries(parsePairs(flags.annotations, 'annotations', false).set)
  const labels = flags.labels === '' ? { run: name } : parseLabelSpec(flags.labels)
  const container = {
    ...(words.length > 0 && { [flags.command ? 'command' : 'args']: words }),
    ...(env.length > 0 && { env }),
    image: flags.image,
    ...(flags['image-pull-policy'] !== '' && { imagePullPolicy: flags['image-pull-policy'] }),
    name,
    ...(flags.port !== '' && { ports: [{ containerPort: parseNumber(flags.port) }] }),
    resources: {},
    ...(flags.privileged && { securityContext: { privileged: true } }),
    ...(flags.stdin && { stdin: true, ...(!flags['leave-stdin-open'] && { stdinOnce: true }) }),
    ...(flags.tty && { tty: true }),
  }
  const pod: Generated = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...(flags.annotations.length > 0 && { annotations }), labels, name },
    spec: {
      containers: [container],
      dnsPolicy: 'ClusterFirst',
      restartPolicy: flags.restart === '' ? 'Always' : flags.restart,
    },
    status: {},
  }
  return withResources(withOverrides(pod, flags))
}

/** The printer shows the empty resources of every container, also of those that `--overrides` has put there. */
function withResources(pod: Generated): Generated {
  const { spec } = pod
  if (!isObject(spec) || !Array.isArray(spec.containers)) return pod
  const containers = spec.containers.map((container: object) => ({ resources: {}, ...container }))
  return { ...pod, spec: { ...spec, containers } }
}

/** The Service of `--expose`. Throws `KubectlError`. */
export function runService({ args, flags }: RunInvocation): Generated {
  const [name = ''] = args
  const labels = flags.labels === '' ? undefined : parseLabelSpec(flags.labels)
  const port = parseNumber(flags.port)
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { ...(labels && { labels }), name },
    spec: { ports: [{ port, protocol: 'TCP', targetPort: port }], selector: labels ?? { run: name } },
    status: { loadBalancer: {} },
  }
}
