import { kinds } from '../../cluster/kinds/index.ts'
import type { Service } from '../../cluster/kinds/service.ts'
import { apiServerUrl } from '../api-server.ts'
import { notModelled } from '../errors.ts'
import { listOf } from '../find-objects.ts'
import { defineVerb } from '../verb.ts'

/** Show where the control plane and the services of the cluster itself answer. */
export const clusterInfo = defineVerb({
  name: 'cluster-info',
  summary: 'Display addresses of the control plane and services with label kubernetes.io/cluster-service=true.',
  usage: '[flags] [options]',
  flags: {},
  run(invocation) {
    const { args, cluster, streams, namespaceTyped, namespace } = invocation
    if (args[0] === 'dump')
      throw notModelled(
        "'kubectl cluster-info dump'",
        'It prints every object and log of the cluster for a bug report.',
      )
    const url = apiServerUrl(cluster)
    streams.print(`Kubernetes control plane is running at ${url}`)
    const where = { ...invocation, namespace: namespaceTyped ? namespace : 'kube-system' }
    for (const { object } of listOf(where, kinds.Service, { selector: 'kubernetes.io/cluster-service=true' })) {
      const { metadata, spec } = object as Service
      const port = spec.ports?.[0]?.name
      const name = port === undefined ? metadata.name : `${metadata.name}:${port}`
      const label = metadata.labels?.['kubernetes.io/name'] ?? metadata.name
      streams.print(`${label} is running at ${url}/api/v1/namespaces/${metadata.namespace}/services/${name}/proxy`)
    }
    streams.print()
    streams.print("To further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.")
  },
})
