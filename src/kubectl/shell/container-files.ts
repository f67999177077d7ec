import { decodeBase64 } from '../../cluster/apps/environment.ts'
import { behaviourOf } from '../../cluster/apps/process.ts'
import { hostnameOf } from '../../cluster/apps.ts'
import type { Pod, Volume } from '../../cluster/kinds/pod.ts'
import { kubernetes } from '../../cluster/network/laws.ts'
import { resolvConf, resolverOf } from '../../cluster/network/resolver.ts'
import { instant } from '../../cluster/object.ts'
import { notModelled } from '../errors.ts'
import type { ContainerWorld } from './container-world.ts'
import type { Shell } from './shell.ts'

const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount'

/** Folders whose files come with the image, and nobody knows them here. */
const OF_IMAGE =
  /^\/(?:bin|dev|docker-entrypoint\.d|etc|home|lib|lib64|media|mnt|opt|proc|root|run|sbin|srv|sys|usr|var)(?:\/|$)/

type Place = Pick<Shell, 'world' | 'files' | 'directory'>

/** What a file of the container holds; undefined if there is none. */
export function contentOf({ world, files, directory }: Place, typed: string): string | undefined {
  const path = absolute(directory, typed)
  const written = files.get(path)
  if (written !== undefined) return written
  switch (path) {
    case '/etc/resolv.conf':
      return resolvConf(resolver(world))
    case '/etc/hosts':
      return hosts(world.pod)
    case '/etc/hostname':
      return `${hostnameOf(world.pod)}\n`
    case '/dev/null':
      return ''
    case `${SERVICE_ACCOUNT}/namespace`:
      return world.pod.metadata.namespace ?? ''
  }
  return mounted(world, path) ?? ofProcess(world, path) ?? ofImage(world, path)
}

/** Names of the files in a folder; undefined if there is no such folder. */
export function entriesOf({ world, files, directory }: Place, typed: string): string[] | undefined {
  const folder = absolute(directory, typed)
  if (folder === '/') return ROOT
  if (folder === SERVICE_ACCOUNT) return ['ca.crt', 'namespace', 'token']
  const mount = mountAt(world, folder)
  const own = [...files.keys()].filter((name) => name.startsWith(`${folder}/`))
  const names = own.map((name) => name.slice(folder.length + 1))
  if (mount) return [...Object.keys(dataOf(world, mount.name) ?? {}), ...names].sort()
  if (names.length > 0 || folder === '/tmp') return names.sort()
  ofImage(world, folder)
  return undefined
}

/** True where a command may write: what it writes lasts as long as the command. */
export const isScratch = ({ directory }: Place, path: string): boolean => !OF_IMAGE.test(absolute(directory, path))

/** The path from the root, without `.` and `..`. */
export function absolute(directory: string, path: string): string {
  const parts: string[] = []
  for (const part of (path.startsWith('/') ? path : `${directory}/${path}`).split('/'))
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  return `/${parts.join('/')}`
}

const ROOT = 'bin dev etc home lib media mnt opt proc root run sbin srv sys tmp usr var'.split(' ')

const mountAt = ({ container }: ContainerWorld, folder: string) =>
  container.volumeMounts?.find(({ mountPath }) => absolute('/', mountPath) === folder)

/** A file that the container's own script has made is there, and nothing is known of what it holds. */
function ofProcess({ cluster, pod, container }: ContainerWorld, path: string): string | undefined {
  const running = pod.status.containerStatuses?.find(({ name }) => name === container.name)?.state.running
  const seconds = running ? (cluster.now - instant(running.startedAt)) / 1000 : 0
  return behaviourOf(container).hasFile?.(path, seconds) === true ? '' : undefined
}

/** Files of an image are not known, and so is what a volume holds that is no ConfigMap or Secret. */
function ofImage(world: ContainerWorld, path: string): undefined {
  const isInVolume = world.container.volumeMounts?.some(
    ({ name, mountPath }) => path.startsWith(`${absolute('/', mountPath)}/`) && !dataOf(world, name),
  )
  if (OF_IMAGE.test(path) && !isInVolume)
    throw notModelled(
      `The path ${path} inside containers`,
      'Known are /etc/resolv.conf, /etc/hosts, /etc/hostname, ConfigMaps and Secrets where they are mounted.',
    )
  return undefined
}

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
