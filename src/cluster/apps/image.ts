/** The parts of an image reference. */
export interface Image {
  /** Name without the registry and namespace that Docker Hub implies: `nginx`, `cafe/tea`, `registry.k8s.io/pause`. */
  repository: string
  tag: string
  digest?: string
}

const REFERENCE =
  /^(?<repository>(?:[A-Za-z0-9][-A-Za-z0-9.]*(?::\d+)?\/)?[a-z0-9]+(?:[._-]+[a-z0-9]+)*(?:\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*)(?::(?<tag>\w[\w.-]{0,127}))?(?:@(?<digest>[a-z0-9]+:[0-9a-f]{32,}))?$/

const IMPLIED = /^(?:(?:docker\.io|index\.docker\.io|registry-1\.docker\.io)\/)?(?:library\/)?/

/** Reads an image reference; undefined if it is none. A missing tag is `latest`. */
export function parseImage(reference: string): Image | undefined {
  const { repository, tag = 'latest', digest } = REFERENCE.exec(reference)?.groups ?? {}
  if (repository === undefined) return undefined
  return { repository: repository.replace(IMPLIED, ''), tag, ...(digest !== undefined && { digest }) }
}

/** The reference as a container runtime writes it: registry, namespace and tag spelled out. */
export function fullReference(reference: string): string {
  const image = parseImage(reference)
  if (!image) return reference
  const { repository, tag, digest } = image
  const first = repository.split('/')[0] ?? ''
  const hasRegistry = repository.includes('/') && (/[.:]/.test(first) || first === 'localhost')
  const hub = repository.includes('/') ? 'docker.io/' : 'docker.io/library/'
  return `${hasRegistry ? '' : hub}${repository}${digest === undefined ? `:${tag}` : `@${digest}`}`
}
