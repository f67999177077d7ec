import type { Random } from '../../cluster/random.ts'
import { ingress, pod, service } from '../manifest.ts'
import type { Manifest } from '../world.ts'
import { APPS, appPod, between, DEPARTMENTS, imageOf, oneOf, sometimes } from './scenery.ts'

export const HOSTS = ['coffee.com', 'tea.com', 'cake.com', 'bread.com', 'soup.com', 'juice.com']
export const CALLER = 'customer'

/** A line that can be blamed: what correcting it means, and which belief blames it although it is right. */
export interface Line {
  line: number
  corrected: readonly Manifest[]
  m: string
  note: string
}

/** A manifest with one fault, the lines that can be blamed, and the call that fails. */
export interface Sheet {
  code: readonly string[]
  objects: readonly Manifest[]
  lines: readonly Line[]
  from: string
  url: string
  /** What there is to know beside the manifest. */
  facts: string
}

interface Numbers {
  name: string
  pod: string
  app: string
  selector: string
  port: number
  targetPort: number
  containerPort: number
  bind: boolean
  home: string
}

const objectsOf = ({
  name,
  pod: podName,
  app,
  selector,
  port,
  targetPort,
  containerPort,
  bind,
  home,
}: Numbers): Manifest[] => [
  pod(podName, {
    labels: { app },
    image: imageOf(app),
    containerPort,
    ...(bind && { env: { BIND_ADDRESS: '127.0.0.1' } }),
  }),
  service(name, { namespace: home, selector: { app: selector }, port, targetPort }),
]

/** A Pod and its Service. */
export function serviceSheet(random: Random): Sheet {
  const app = oneOf(APPS, random)
  const name = sometimes(5, random) ? app : `${app.split('-')[0]}-desk`
  const good: Numbers = {
    name,
    pod: `room-${between(101, 399, random)}`,
    app,
    selector: app,
    port: oneOf([80, 81, 8000, 8888], random),
    targetPort: 8080,
    containerPort: oneOf([80, 8080, 9000], random),
    bind: false,
    home: 'default',
  }
  const wrong = oneOf([80, 8000, 8081, 9000], random)
  const typo = oneOf([app.replace('-', ''), `${app}s`, `${app}-app`], random)
  const faults: Partial<Numbers>[] = [
    { selector: typo },
    { targetPort: wrong },
    { bind: true },
    { home: oneOf(DEPARTMENTS, random) },
  ]
  const fault = faults[random.below(typo === app ? 3 : 4)]!
  const broken = { ...good, ...(typo === app && fault.selector ? { targetPort: wrong } : fault) }
  const corrected = (numbers: Partial<Numbers>) => objectsOf({ ...broken, ...numbers })
  const place = broken.home === 'default' ? '' : `, namespace: ${broken.home}`
  const line = (number: number, numbers: Partial<Numbers>, m: string, note: string): Line => ({
    line: number,
    corrected: corrected(numbers),
    m,
    note,
  })
  return {
    facts: 'The app listens on 8080.',
    code: [
      'kind: Pod',
      `metadata: {name: ${broken.pod}, labels: {app: ${app}}}`,
      'spec:',
      '  containers:',
      `  - image: ${imageOf(app)}`,
      `    ports: [{containerPort: ${broken.containerPort}}]`,
      ...(broken.bind ? ['    env: [{name: BIND_ADDRESS, value: 127.0.0.1}]'] : []),
      '---',
      'kind: Service',
      `metadata: {name: ${name}${place}}`,
      'spec:',
      `  selector: {app: ${broken.selector}}`,
      '  ports:',
      ...(broken.bind
        ? [`  - {port: ${broken.port}, targetPort: ${broken.targetPort}}`]
        : [`  - port: ${broken.port}`, `    targetPort: ${broken.targetPort}`]),
    ].slice(0, 14),
    objects: objectsOf(broken),
    lines: broken.bind
      ? [
          line(7, { bind: false }, 'M07', 'What listens on 127.0.0.1 hears its own Pod only.'),
          line(6, { containerPort: broken.targetPort }, 'M02', 'containerPort opens nothing.'),
          line(12, {}, 'M03', 'The labels fit; the list is not empty.'),
          line(14, { port: broken.targetPort }, 'M01', 'Port and targetPort are as they should be.'),
        ]
      : [
          line(9, { home: 'default', name: place === '' ? app : name }, 'M03', 'A Service may have any name.'),
          line(6, { containerPort: broken.targetPort }, 'M02', 'containerPort opens nothing.'),
          line(11, { selector: app }, 'M03', 'The labels fit; the list is not empty.'),
          line(13, { port: 8080 }, 'M01', 'What callers dial is offered.'),
          line(14, { targetPort: 8080 }, 'M01', 'The Service knocks at the right door.'),
        ],
    from: CALLER,
    url: `http://${name}${broken.port === 80 ? '' : `:${broken.port}`}`,
  }
}

interface Rule {
  className: string
  host: string
  path: string
  pathType: 'Prefix' | 'Exact'
  backend: string
  port: number
}

const ingressOf = ({ className, host, path, pathType, backend, port }: Rule): Manifest => {
  const base = ingress('sheet', [[`${host}${path}`, backend, pathType]])
  const rules = [
    { host, http: { paths: [{ path, pathType, backend: { service: { name: backend, port: { number: port } } } }] } },
  ]
  return { ...base, spec: { ingressClassName: className, rules } }
}

/** An Ingress for a Service that is fine. */
export function ingressSheet(random: Random): Sheet {
  const app = oneOf(APPS, random)
  const path = oneOf(['/menu', '/order', '/shop', '/today', '/cups', '/beans', '/club', '/news'], random)
  const host = oneOf(HOSTS, random)
  const good: Rule = { className: 'lobby', host, path, pathType: 'Prefix', backend: app, port: 80 }
  const fault = oneOf<Partial<Rule>>(
    [
      { className: oneOf(['street', 'lobby-2', 'traefik'], random) },
      { host: oneOf([host.replace('e', ''), `www.${host}`, host.replace('.com', '.org')], random) },
      { pathType: 'Exact' },
      { backend: `${app}-svc` },
      { port: 8080 },
    ],
    random,
  )
  const broken = { ...good, ...fault }
  const line = (number: number, rule: Partial<Rule>, m: string, note: string): Line => ({
    line: number,
    corrected: [ingressOf({ ...broken, ...rule })],
    m,
    note,
  })
  return {
    facts: `Service \`${app}\` offers port 80, and the controller serves class \`lobby\`.`,
    code: [
      'spec:',
      `  ingressClassName: ${broken.className}`,
      '  rules:',
      `  - host: ${broken.host}`,
      '    http:',
      '      paths:',
      `      - path: ${path}`,
      `        pathType: ${broken.pathType}`,
      '        backend:',
      '          service:',
      `            name: ${broken.backend}`,
      `            port: {number: ${broken.port}}`,
    ],
    objects: [appPod(`${app}-1`, app), service(app), ingressOf(broken)],
    lines: [
      line(2, { className: 'lobby' }, 'M13', 'The controller serves this class.'),
      line(4, { host }, 'M17', 'This is the host that the visitor asked for.'),
      line(8, { pathType: 'Prefix' }, 'M14', 'The path fits, and so does its type.'),
      line(11, { backend: app }, 'M19', 'This Service exists in the namespace of the Ingress.'),
      line(12, { port: 80 }, 'M18', 'This is the number that the Service offers.'),
    ],
    from: 'internet',
    url: `http://${host}${path}/today`,
  }
}
