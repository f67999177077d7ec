/** One path of a sheet: `/menu` to Service menu. */
interface SheetPath {
  path: string
  service: string
  pathType?: 'Prefix' | 'Exact'
  port?: number
}

/** A rule sheet (an Ingress) as people write it; hosts are the keys of `rules`, `*` for a rule without a host. */
export function sheet(
  name: string,
  rules: Readonly<Record<string, readonly SheetPath[]>>,
  options: { namespace?: string; class?: string; tls?: { hosts: readonly string[]; secretName: string } } = {},
): string {
  const lines = [
    'apiVersion: networking.k8s.io/v1',
    'kind: Ingress',
    'metadata:',
    `  name: ${name}`,
    ...(options.namespace === undefined ? [] : [`  namespace: ${options.namespace}`]),
    'spec:',
    `  ingressClassName: ${options.class ?? 'lobby'}`,
    ...(options.tls
      ? ['  tls:', `  - hosts: [${options.tls.hosts.join(', ')}]`, `    secretName: ${options.tls.secretName}`]
      : []),
    '  rules:',
    ...Object.entries(rules).flatMap(([host, paths]) => [
      ...(host === '*' ? ['  - http:'] : [`  - host: ${host}`, '    http:']),
      '      paths:',
      ...paths.flatMap(renderPath),
    ]),
  ]
  return `${lines.join('\n')}\n`
}

const renderPath = ({ path, service, pathType = 'Prefix', port = 80 }: SheetPath): string[] => [
  `      - path: ${path}`,
  `        pathType: ${pathType}`,
  '        backend:',
  '          service:',
  `            name: ${service}`,
  '            port:',
  `              number: ${port}`,
]
