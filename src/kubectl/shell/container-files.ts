import { decodeBase64 } from '../../cluster/apps/environment.ts'
import { hostnameOf } from '../../cluster/apps.ts'
import type { Pod, Volume } from '../../cluster/kinds/pod.ts'
import { kubernetes } from '../../cluster/network/laws.ts'
import { resolvConf, resolverOf } from '../../cluster/network/resolver.ts'
import type { ContainerWorld } from './container-world.ts'
import type { Shell } from './shell.ts'

const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount'

/** What a file of the container holds; undefined if there is no such file, as far as files are known here. */
export function contentOf({ world, files }: Pick<Shell, 'world' | 'files'>, path: string): string | undefined {
  const written = files.get(path)
  if (written !== undefined) return written
  switch (path) {
    case '/etc/resolv.conf':
      return resolvConf(resolver(world))
    case '/etc/hosts':
      return hosts(world.pod)
    case '/etc/hostname':
      return `${hostnameOf(world.pod)}\n`
    case `${SERVICE_ACCOUNT}/namespace`:
      return world.pod.metadata.namespace ?? ''
    default:
      return mounted(world, path)
  }
}

/** Names of the files in a folder; undefined if nothing is known of it. */
export function entriesOf({ world, files }: Pick<Shell, 'world' | 'files'>, path: string): string[] | undefined {
  const folder = path.replace(/\/+$/, '')
  if (folder === '') return ROOT
  if (folder === SERVICE_ACCOUNT) return ['ca.crt', 'namespace', 'token']
  const mount = world.container.volumeMounts?.find(({ mountPath }) => mountPath.replace(/\/+$/, '') === folder)
  const own = [...files.keys()]
    .filter((name) => name.startsWith(`${folder}/`))
    .map((name) => name.slice(folder.length + 1))
  if (!mount) return own.length > 0 ? own : undefined
  return [...Object.keys(dataOf(world, mount.name) ?? {}), ...own].sort()
}

const ROOT = 'bin dev etc home lib media mnt opt proc root run sbin srv sys tmp usr var'.split(' ')

const resolver = ({ cluster, origin }: ContainerWorld) =>
  resolverOf(origin, kubernetes, () => cluster.store.list('Namespace').map(({ metadata }) => metadata.name))

const HOSTS = `# Kubernetes-managed hosts file.
127.0.0.1\tlocalhost
::1\tlocalhost ip6-localhost ip6-loopback
fe00::\tip6-localnet
fe00::\tip6-mcastprefix
fe00::1\tip6-allnodes
fe00::2\tip6-allrouters
`

const hosts = (pod: Pod): string => `${HOSTS}${pod.status.podIP ?? ''}\t${hostnameOf(pod)}\n`

/** A key of a ConfigMap or Secret that is mounted as a file. */
function mounted(world: ContainerWorld, path: string): string | undefined {
  for (const { name, mountPath, subPath } of world.container.volumeMounts ?? []) {
    const folder = mountPath.replace(/\/+$/, '')
    const key =
      subPath !== undefined && path === folder
        ? subPath
        : path.startsWith(`${folder}/`)
          ? path.slice(folder.length + 1)
          : undefined
    const data = key === undefined ? undefined : dataOf(world, name)
    if (key !== undefined && data && Object.hasOwn(data, key)) return data[key]
  }
  return undefined
}

function dataOf({ cluster, pod }: ContainerWorld, name: string): Record<string, string> | undefined {
  const volume: Volume | undefined = pod.spec.volumes?.find((each) => each.name === name)
  const namespace = pod.metadata.namespace
  if (volume?.configMap) return cluster.get('ConfigMap', namespace, volume.configMap.name)?.data
  if (!volume?.secret) return undefined
  const data = cluster.get('Secret', namespace, volume.secret.secretName)?.data ?? {}
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, decodeBase64(value)]))
}
