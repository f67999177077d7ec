import { equal } from '../delta.ts'
import { hash } from '../random.ts'
import type { Container, PodSpec, Toleration, Volume } from './pod.ts'

/**
 * What admission puts into every pod: the token of its ServiceAccount as a volume, tolerations for nodes that have just
 * been lost, a priority. All of it follows from the rest, so it is shown and not stored.
 */
const TOLERATIONS: readonly Toleration[] = ['not-ready', 'unreachable'].map((trouble) => ({
  key: `node.kubernetes.io/${trouble}`,
  operator: 'Exists',
  effect: 'NoExecute',
  tolerationSeconds: 300,
}))

const PRIORITY = { priority: 0, preemptionPolicy: 'PreemptLowerPriority' } as const
const ACCOUNT = 'default'
const TOKEN_PATH = '/var/run/secrets/kubernetes.io/serviceaccount'
const TOKEN_VOLUME = 'kube-api-access-'
const SUFFIX_ALPHABET = 'bcdfghjklmnpqrstvwxz2456789'

type Account = { serviceAccount?: string; automountServiceAccountToken?: boolean }
type Injected = PodSpec & Account & Partial<Record<keyof typeof PRIORITY, unknown>>

const isTokenVolume = ({ name, projected }: Volume): boolean =>
  name?.startsWith(TOKEN_VOLUME) === true &&
  (projected?.sources ?? []).some((source) => Object.hasOwn(source, 'serviceAccountToken'))

/** The spec without what admission would put in again. */
export function withoutInjected(spec: PodSpec): PodSpec {
  const { serviceAccountName, tolerations, volumes, priority, preemptionPolicy, ...rest } = spec as Injected
  const tokens = new Set((volumes ?? []).filter(isTokenVolume).map(({ name }) => name))
  const own = tolerations?.filter((toleration) => !TOLERATIONS.some((usual) => equal(usual, toleration)))
  const kept = volumes?.filter(({ name }) => !tokens.has(name))
  const clean = (list: Container[] | undefined): Container[] | undefined =>
    list?.map((each) => withoutRequests(withoutMounts(each, tokens)))
  const initContainers = clean(rest.initContainers)
  return {
    ...rest,
    containers: clean(rest.containers) ?? [],
    ...(initContainers && { initContainers }),
    ...(serviceAccountName !== undefined && serviceAccountName !== ACCOUNT && { serviceAccountName }),
    ...(own && own.length > 0 && { tolerations: own }),
    ...(kept && kept.length > 0 && { volumes: kept }),
    ...(priority !== undefined && priority !== PRIORITY.priority && { priority }),
    ...(preemptionPolicy !== undefined && preemptionPolicy !== PRIORITY.preemptionPolicy && { preemptionPolicy }),
  } as PodSpec
}

function withoutMounts(container: Container, volumes: ReadonlySet<string>): Container {
  const { volumeMounts, ...rest } = container
  const mounts = volumeMounts?.filter(({ name }) => !volumes.has(name)) ?? []
  return mounts.length > 0 ? { ...rest, volumeMounts: mounts } : rest
}

/** The spec with what admission puts in; `seed` tells the names of two pods' volumes apart. */
export function withInjected(spec: PodSpec, seed: string): PodSpec {
  const { automountServiceAccountToken: mounts = true } = spec as Account
  const account = spec.serviceAccountName ?? ACCOUNT
  const name = `${TOKEN_VOLUME}${suffix(seed)}`
  const add = (container: Container): Container => withRequests(mounts ? withMount(container, name) : container)
  const missing = TOLERATIONS.filter(({ key }) => !(spec.tolerations ?? []).some((own) => covers(own, key)))
  return {
    ...PRIORITY,
    ...spec,
    serviceAccountName: account,
    serviceAccount: account,
    containers: spec.containers.map(add),
    ...(spec.initContainers && { initContainers: spec.initContainers.map(add) }),
    tolerations: [...(spec.tolerations ?? []), ...missing],
    ...(mounts && { volumes: [...(spec.volumes ?? []), tokenVolume(name)] }),
  } as PodSpec
}

const covers = ({ key, effect }: Toleration, wanted: string | undefined): boolean =>
  (key === undefined || key === wanted) && (effect === undefined || effect === 'NoExecute')

/** A limit without request is a request of the same amount. */
function withRequests(container: Container): Container {
  const { requests, limits } = container.resources ?? {}
  if (!limits) return container
  return { ...container, resources: { limits, requests: { ...limits, ...requests } } }
}

function withoutRequests(container: Container): Container {
  const { requests, limits } = container.resources ?? {}
  if (!requests || !limits) return container
  const own = Object.entries(requests).filter(([name, amount]) => limits[name] !== amount)
  return { ...container, resources: { limits, ...(own.length > 0 && { requests: Object.fromEntries(own) }) } }
}

const withMount = (container: Container, name: string): Container =>
  container.volumeMounts?.some(({ mountPath }) => mountPath === TOKEN_PATH)
    ? container
    : {
        ...container,
        volumeMounts: [...(container.volumeMounts ?? []), { mountPath: TOKEN_PATH, name, readOnly: true }],
      }

function suffix(seed: string): string {
  let value = hash(seed)
  let text = ''
  for (let i = 0; i < 5; i++) {
    text += SUFFIX_ALPHABET[value % SUFFIX_ALPHABET.length]
    value = Math.floor(value / SUFFIX_ALPHABET.length)
  }
  return text
}

const tokenVolume = (name: string): Volume =>
  ({
    name,
    projected: {
      defaultMode: 420,
      sources: [
        { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
        { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
        {
          downwardAPI: {
            items: [{ path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } }],
          },
        },
      ],
    },
  }) as Volume
