import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decode, lookupKind } from '../../src/cluster/decode.ts'
import { ApiError, NoMatchError, NotModelledError } from '../../src/cluster/errors.ts'
import { type FieldType, messageOf } from '../../src/cluster/fields.ts'
import { type Kind, kinds } from '../../src/cluster/kinds/index.ts'
import { apiVersionOf, type KindDefinition, type KubeObject } from '../../src/cluster/object.ts'
import { otherKinds } from '../../src/cluster/other-kinds.ts'

const isAnswer = (error: unknown): error is Error =>
  error instanceof ApiError || error instanceof NoMatchError || error instanceof NotModelledError

const messageFor = (input: unknown): string => {
  try {
    decode(input)
  } catch (error) {
    if (isAnswer(error)) return error.message
    throw error
  }
  return 'accepted'
}

const service = (spec: unknown, metadata: unknown = { name: 'web' }) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata,
  spec,
})
const pod = (spec: unknown) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec })
const container = (fields: object) => pod({ containers: [{ name: 'c', image: 'nginx', ...fields }] })
const deployment = (spec: unknown) => ({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec })
const ingress = (spec: unknown) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'v' },
  spec,
})
const secret = (fields: object) => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, ...fields })

const SERVICE = 'Service in version "v1" cannot be handled as a Service: '
const POD = 'Pod in version "v1" cannot be handled as a Pod: '
const DEPLOYMENT = 'Deployment in version "v1" cannot be handled as a Deployment: '
const INGRESS = 'Ingress in version "v1" cannot be handled as a Ingress: '
const SECRET = 'Secret in version "v1" cannot be handled as a Secret: '

describe('strict decoding (R-ERR-4)', () => {
  test.each<[what: string, input: unknown, message: string]>([
    ['unknown field', service({ port: 80 }), `${SERVICE}strict decoding error: unknown field "spec.port"`],
    [
      'several unknown fields',
      service({ port: 80, ports: [{ port: 80, foo: 1 }], Selector: {} }),
      `${SERVICE}strict decoding error: unknown field "spec.Selector", unknown field "spec.port", unknown field "spec.ports[0].foo"`,
    ],
    [
      'unknown field of a container',
      deployment({ template: { spec: { containers: [{ name: 'a' }, { foo: 1 }] } } }),
      `${DEPLOYMENT}strict decoding error: unknown field "spec.template.spec.containers[1].foo"`,
    ],
    ['unknown field at the top', { ...service({}), data: {} }, `${SERVICE}strict decoding error: unknown field "data"`],
    [
      'a member named __proto__',
      service(JSON.parse('{"__proto__":{"ports":[]}}')),
      `${SERVICE}strict decoding error: unknown field "spec.__proto__"`,
    ],
    [
      'R-SLO-4 matchLabels in a Service',
      service({ selector: { matchLabels: { app: 'web' } } }),
      `${SERVICE}json: cannot unmarshal object into Go struct field ServiceSpec.spec.selector of type string`,
    ],
    [
      'port as a text',
      service({ ports: [{ port: '80' }] }),
      `${SERVICE}json: cannot unmarshal string into Go struct field ServicePort.spec.ports.port of type int32`,
    ],
    [
      'R-LBL-7 number as label',
      service({}, { name: 'web', labels: { app: 1 } }),
      `${SERVICE}json: cannot unmarshal number into Go struct field ObjectMeta.metadata.labels of type string`,
    ],
    [
      'bool as selector value',
      service({ selector: { app: true } }),
      `${SERVICE}json: cannot unmarshal bool into Go struct field ServiceSpec.spec.selector of type string`,
    ],
    [
      'a part of a number',
      deployment({ replicas: 1.5 }),
      `${DEPLOYMENT}json: cannot unmarshal number 1.5 into Go struct field DeploymentSpec.spec.replicas of type int32`,
    ],
    [
      'a number beyond int32',
      deployment({ replicas: 3_000_000_000 }),
      `${DEPLOYMENT}json: cannot unmarshal number 3000000000 into Go struct field DeploymentSpec.spec.replicas of type int32`,
    ],
    [
      'a map in place of a list',
      service({ ports: { port: 80 } }),
      `${SERVICE}json: cannot unmarshal object into Go struct field ServiceSpec.spec.ports of type []v1.ServicePort`,
    ],
    [
      'a text in place of an object',
      pod({ containers: ['nginx'] }),
      `${POD}json: cannot unmarshal string into Go struct field PodSpec.spec.containers of type v1.Container`,
    ],
    [
      'a number in an embedded struct',
      container({ env: [{ name: 'A', valueFrom: { configMapKeyRef: { name: 1, key: 'k' } } }] }),
      `${POD}json: cannot unmarshal number into Go struct field ConfigMapKeySelector.spec.containers.env.valueFrom.configMapKeyRef.LocalObjectReference.name of type string`,
    ],
    [
      'IntOrString',
      service({ ports: [{ port: 80, targetPort: true }] }),
      `${SERVICE}json: cannot unmarshal bool into Go struct field ServicePort.spec.ports.targetPort of type int32`,
    ],
    [
      'Quantity',
      container({ resources: { requests: { cpu: 'much' } } }),
      `${POD}quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'`,
    ],
    ['base64', secret({ data: { password: 'p!ss' } }), `${SECRET}illegal base64 data at input byte 1`],
    [
      'Time',
      service({}, { name: 'web', creationTimestamp: 'today' }),
      `${SERVICE}parsing time "today" as "2006-01-02T15:04:05Z07:00": cannot parse "today" as "2006"`,
    ],
    [
      'edge §6 row 11: serviceName',
      ingress({ rules: [{ http: { paths: [{ path: '/', backend: { serviceName: 'v', servicePort: 80 } }] } }] }),
      `${INGRESS}strict decoding error: unknown field "spec.rules[0].http.paths[0].backend.serviceName", unknown field "spec.rules[0].http.paths[0].backend.servicePort"`,
    ],
    [
      'edge §6 row 13: number as a text',
      ingress({ defaultBackend: { service: { name: 'v', port: { number: '80' } } } }),
      `${INGRESS}json: cannot unmarshal string into Go struct field ServiceBackendPort.spec.defaultBackend.service.port.number of type int32`,
    ],
    [
      'edge §6 row 12: extensions/v1beta1',
      { apiVersion: 'extensions/v1beta1', kind: 'Ingress', metadata: { name: 'v' } },
      'no matches for kind "Ingress" in version "extensions/v1beta1"',
    ],
    ['R-ERR-5 unknown kind', { apiVersion: 'v1', kind: 'Serivce' }, 'no matches for kind "Serivce" in version "v1"'],
    [
      'R-ERR-5 wrong group',
      { apiVersion: 'v1', kind: 'Deployment' },
      'no matches for kind "Deployment" in version "v1"',
    ],
    [
      'a kind that every object has',
      { apiVersion: 'v1', kind: 'constructor' },
      'no matches for kind "constructor" in version "v1"',
    ],
    ['no kind', { apiVersion: 'v1' }, `Object 'Kind' is missing in '{"apiVersion":"v1"}'`],
    ['no apiVersion', { kind: 'Pod' }, `Object 'apiVersion' is missing in '{"kind":"Pod"}'`],
    [
      'kind of another type',
      { apiVersion: 'v1', kind: 1 },
      "couldn't get version/kind; json parse error: json: cannot unmarshal number into Go struct field .kind of type string",
    ],
    [
      'no object',
      ['Pod'],
      'couldn\'t get version/kind; json parse error: json: cannot unmarshal array into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }',
    ],
  ])('%s', (_, input, message) => {
    expect(messageFor(input)).toBe(message)
  })

  test('a wrong type is told in place of unknown fields', () => {
    expect(messageFor(service({ port: 80, clusterIP: 1 }))).toBe(
      `${SERVICE}json: cannot unmarshal number into Go struct field ServiceSpec.spec.clusterIP of type string`,
    )
  })
})

describe('what is accepted', () => {
  const objectOf = (input: unknown): unknown => decode(input).object

  test('null is the same as absent, zero only where the API has no pointer', () => {
    expect(objectOf(service({ type: null, externalName: '', ports: [], publishNotReadyAddresses: false }))).toEqual(
      service(undefined),
    )
    expect(objectOf(deployment({ replicas: 0, paused: false, minReadySeconds: 0 }))).toEqual(
      deployment({ replicas: 0 }),
    )
  })

  test('numbers and names are both a port', () => {
    const ports = [
      { port: 80, targetPort: 8080 },
      { port: 81, targetPort: 'http' },
      { port: 82, targetPort: '8080' },
    ]
    expect(objectOf(service({ ports }))).toEqual(service({ ports }))
  })

  test('quantities are stored in the API server’s spelling, numbers too', () => {
    const resources = { requests: { cpu: 0.5, memory: '1024Ki' }, limits: { cpu: 2, memory: '1.5Gi' } }
    const stored = { requests: { cpu: '500m', memory: '1Mi' }, limits: { cpu: '2', memory: '1536Mi' } }
    expect(objectOf(container({ resources }))).toEqual(container({ resources: stored }))
  })

  test('times are turned to UTC, line breaks leave base64', () => {
    const meta = { name: 's', creationTimestamp: '2026-11-23T09:00:00.5+01:00' }
    expect(objectOf({ ...secret({ data: { a: 'QUJ\nD' } }), metadata: meta })).toEqual({
      ...secret({ data: { a: 'QUJD' } }),
      metadata: { name: 's', creationTimestamp: '2026-11-23T08:00:00Z' },
    })
  })

  test('a key named __proto__ is data like any other', () => {
    const configMap = JSON.parse(
      '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c"},"data":{"__proto__":"x","constructor":"y"}}',
    )
    expect(JSON.stringify(objectOf(configMap))).toBe(JSON.stringify(configMap))
  })
})

describe('fields without effect here', () => {
  test.each<[input: unknown, ignored: string[]]>([
    [service({ type: 'NodePort', ports: [{ port: 80, appProtocol: 'http' }] }), ['spec.ports[].appProtocol']],
    [
      deployment({
        template: {
          spec: {
            affinity: { nodeAffinity: {} },
            containers: [
              { name: 'a', tty: true },
              { name: 'b', tty: true },
            ],
          },
        },
      }),
      ['spec.template.spec.affinity', 'spec.template.spec.containers[].tty'],
    ],
    [service({}, { name: 'web', annotations: { a: 'b' }, managedFields: [] }), []],
    [{ ...service({}), status: { loadBalancer: {} } }, []],
  ])('%j: %j', (input, ignored) => {
    expect(decode(input).ignored).toEqual(ignored)
  })
})

/** True if the names lead from field to field; what is below a map or a scalar is anything. */
function isField(message: string, [name = '', ...rest]: string[]): boolean {
  const field = messageOf(message)?.get(name)
  if (!field) return false
  const type = elementOf(field.type)
  return rest.length === 0 || type.form !== 'message' || isField(type.message, rest)
}

const elementOf = (type: FieldType): FieldType => ('of' in type ? elementOf(type.of) : type)

describe('kinds', () => {
  test('every kind has its message in the field table, and every modelled path is a field', () => {
    for (const definition of Object.values(kinds) as KindDefinition[]) {
      expect(messageOf(definition.message), definition.kind).toBeDefined()
      for (const path of definition.modelled.filter((each) => each !== '')) {
        expect(isField(definition.message, path.replaceAll('[]', '').split('.')), `${definition.kind} ${path}`).toBe(
          true,
        )
      }
    }
  })

  test('a kind is found under its own version only', () => {
    for (const definition of Object.values(kinds) as KindDefinition[]) {
      expect(lookupKind(apiVersionOf(definition), definition.kind)).toBe(definition)
      expect(lookupKind('example.com/v1', definition.kind)).toBeUndefined()
    }
  })

  test.each([
    'NetworkPolicy',
    'HorizontalPodAutoscaler',
    'StatefulSet',
    'DaemonSet',
    'Job',
    'CronJob',
    'Gateway',
    'HTTPRoute',
    'Role',
    'PodDisruptionBudget',
    'PersistentVolumeClaim',
  ])('%s says what a real cluster would do', (kind) => {
    const other = otherKinds.find((candidate) => candidate.kind === kind)!
    const input = { apiVersion: apiVersionOf(other), kind, metadata: { name: 'x' } }
    expect(() => decode(input)).toThrow(NotModelledError)
    expect(messageFor(input)).toBe(`${kind} is not modelled here. ${other.instead}`)
  })

  test('a mistake in a known kind that is not modelled is told first', () => {
    expect(
      messageFor({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', spec: { podSelector: { app: 'web' } } }),
    ).toBe(
      'NetworkPolicy in version "v1" cannot be handled as a NetworkPolicy: strict decoding error: unknown field "spec.podSelector.app"',
    )
  })
})

describe('any document', () => {
  const samples: KubeObject[] = JSON.parse(
    readFileSync(new URL('../fixtures/api-server/creates.json', import.meta.url), 'utf8'),
  ).map(({ object }: { object: KubeObject }) => object)
  const json = fc.jsonValue({ maxDepth: 3 })

  /** The document with what stands at one of its places replaced. */
  function replaced(value: unknown, at: number, by: unknown): unknown {
    let left = at
    const walk = (part: unknown): unknown => {
      if (left-- === 0) return by
      if (Array.isArray(part)) return part.map(walk)
      if (typeof part !== 'object' || part === null) return part
      return Object.fromEntries(Object.entries(part).map(([key, member]) => [key, walk(member)]))
    }
    return walk(value)
  }

  const documents = fc.oneof(
    json,
    fc.record({
      apiVersion: fc.constantFrom('v1', 'apps/v1', '', 'x'),
      kind: fc.constantFrom(...(Object.keys(kinds) as Kind[])),
      spec: json,
    }),
    fc.tuple(fc.constantFrom(...samples), fc.nat(60), json).map(([sample, at, by]) => replaced(sample, at, by)),
  )

  test('is accepted or answered, and what was accepted decodes to itself', () => {
    fc.assert(
      fc.property(documents, (input) => {
        const before = JSON.stringify(input)
        if (messageFor(input) !== 'accepted') return
        const { object, ignored } = decode(input)
        expect(JSON.stringify(input)).toBe(before)
        const again = decode(object)
        expect(again.object).toEqual(object)
        expect(ignored).toEqual(expect.arrayContaining(again.ignored))
      }),
      { numRuns: 1500 },
    )
  })
})
