import { describe, expect, test } from 'vitest'
import {
  DNS_LABEL,
  DNS_SUBDOMAIN,
  type Input,
  LABEL_VALUE,
  NO_IP,
  NODE_PORT_RANGE,
  one,
  PORT,
  printed,
  refused,
  S,
  service,
} from './mistakes.ts'

describe('mistakes with Services', () => {
  test.each<[rule: string, input: Input, output: string]>([
    [
      '1 R-SVC-3',
      service({ ports: [{ port: 80 }, { port: 81 }] }),
      S('spec.ports[0].name: Required value', 'spec.ports[1].name: Required value'),
    ],
    [
      '2 R-SVC-3',
      service({
        ports: [
          { name: 'http', port: 80 },
          { name: 'http', port: 81 },
        ],
      }),
      S('spec.ports[1].name: Duplicate value: "http"'),
    ],
    [
      '3 R-SVC-3',
      service({
        ports: [
          { name: 'a', port: 80 },
          { name: 'b', port: 80 },
        ],
      }),
      S(
        'spec.ports[1]: Duplicate value: {"Name":"","Protocol":"TCP","AppProtocol":null,"Port":80,"TargetPort":0,"NodePort":0}',
      ),
    ],
    ['4 R-SVC-2', service({}), S('spec.ports: Required value')],
    [
      '5 R-NAM-5',
      service({ ports: [{ port: 70000, targetPort: 80 }] }),
      S('spec.ports[0].port: Invalid value: 70000: must be between 1 and 65535, inclusive'),
    ],
    [
      '6 R-SVC-11',
      service({ type: 'NodePort', ports: [{ port: 80, nodePort: 80 }] }),
      S(`spec.ports[0].nodePort: Invalid value: 80: ${NODE_PORT_RANGE}`),
    ],
    [
      '7 R-SVC-11',
      service({ type: 'NodePort', ports: [{ port: 80, nodePort: 30080 }] }),
      S('spec.ports[0].nodePort: Invalid value: 30080: provided port is already allocated'),
    ],
    [
      '8 R-SVC-11',
      service({ ports: [{ port: 80, nodePort: 30081 }] }),
      S("spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'"),
    ],
    [
      '9 R-SVC-4',
      service({ ports: [{ port: 80, protocol: 'tcp' }] }),
      S('spec.ports[0].protocol: Unsupported value: "tcp": supported values: "SCTP", "TCP", "UDP"'),
    ],
    [
      '10',
      service({ type: 'Foo', ports: [PORT] }),
      S(
        'spec.type: Unsupported value: "Foo": supported values: "ClusterIP", "ExternalName", "LoadBalancer", "NodePort"',
      ),
    ],
    [
      '11 R-SVC-9',
      service({ clusterIP: '10.96.0.9', ports: [PORT] }, 'there'),
      one('Service', 'there', 'spec.clusterIPs[0]: Invalid value: ["10.96.0.9"]: may not change once set'),
    ],
    [
      '11 R-SVC-9 None',
      service({ clusterIP: 'None', ports: [PORT] }, 'there'),
      one('Service', 'there', 'spec.clusterIPs[0]: Invalid value: ["None"]: may not change once set'),
    ],
    [
      '12 R-SVC-8',
      service({ clusterIP: '10.96.0.10', ports: [PORT] }),
      S(
        'spec.clusterIPs: Invalid value: ["10.96.0.10"]: failed to allocate IP 10.96.0.10: provided IP is already allocated',
      ),
    ],
    [
      '13 R-SVC-8',
      service({ clusterIP: '1.2.3.4', ports: [PORT] }),
      S(
        'spec.clusterIPs: Invalid value: ["1.2.3.4"]: failed to allocate IP 1.2.3.4: the provided network does not match the current range',
      ),
    ],
    [
      '14 R-SVC-8, R-SVC-10',
      service({ clusterIP: 'none', ports: [PORT] }),
      S(`spec.clusterIPs[0]: Invalid value: "none": ${NO_IP}`),
    ],
    [
      '15 R-SVC-10',
      service({ type: 'NodePort', clusterIP: 'None', ports: [PORT] }),
      S('spec.clusterIPs[0]: Invalid value: "None": may not be set to \'None\' for NodePort services'),
    ],
    [
      '15 R-SVC-10',
      service({ type: 'LoadBalancer', clusterIP: 'None', ports: [PORT] }),
      S('spec.clusterIPs[0]: Invalid value: "None": may not be set to \'None\' for LoadBalancer services'),
    ],
    ['16 R-SVC-14', service({ type: 'ExternalName' }), S('spec.externalName: Required value')],
    [
      '16 R-SVC-14',
      service({ type: 'ExternalName', externalName: 'https://a.test' }),
      S(`spec.externalName: Invalid value: "https://a.test": ${DNS_SUBDOMAIN}`),
    ],
    [
      '17 R-SVC-14',
      service({ type: 'ExternalName', externalName: 'a.test', clusterIP: '10.96.0.9' }),
      S('spec.clusterIPs: Forbidden: may not be set for ExternalName services'),
    ],
    [
      '18 R-SVC-16, edge 24',
      service({ externalTrafficPolicy: 'Local', ports: [PORT] }),
      S('spec.externalTrafficPolicy: Invalid value: "Local": may only be set for externally-accessible services'),
    ],
    [
      '19 R-SVC-15',
      service({ sessionAffinity: 'X', ports: [PORT] }),
      S('spec.sessionAffinity: Unsupported value: "X": supported values: "ClientIP", "None"'),
    ],
    [
      'R-SVC-15',
      service({
        sessionAffinity: 'ClientIP',
        sessionAffinityConfig: { clientIP: { timeoutSeconds: 86401 } },
        ports: [PORT],
      }),
      S(
        'spec.sessionAffinityConfig.clientIP.timeoutSeconds: Invalid value: 86401: must be greater than 0 and less than 86400',
      ),
    ],
    [
      '20 R-NAM-3',
      service({ ports: [PORT] }, 'Web'),
      one('Service', 'Web', `metadata.name: Invalid value: "Web": ${DNS_LABEL}`),
    ],
    [
      '21 R-NAM-3',
      service({ ports: [PORT] }, 'a.b'),
      one('Service', 'a.b', 'metadata.name: Invalid value: "a.b": must not contain dots'),
    ],
    [
      '21 R-NAM-3',
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'a.b' } },
      one('Namespace', 'a.b', 'metadata.name: Invalid value: "a.b": must not contain dots'),
    ],
    [
      'R-LBL-5',
      service({ selector: { app: 'a b' }, ports: [PORT] }),
      S(`spec.selector: Invalid value: "a b": ${LABEL_VALUE}`),
    ],
    [
      'R-NAM-4 targetPort',
      service({ ports: [{ port: 80, targetPort: 'HTTP!' }] }),
      S(
        'spec.ports[0].targetPort: Invalid value: "HTTP!": must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)',
        'spec.ports[0].targetPort: Invalid value: "HTTP!": must contain at least one letter (a-z)',
      ),
    ],
    [
      '24 R-ERR-4',
      service({ port: 80 }),
      refused(
        'BadRequest',
        'Service in version "v1" cannot be handled as a Service: strict decoding error: unknown field "spec.port"',
      ),
    ],
    [
      '25 R-ERR-4',
      service({ ports: [{ port: '80' }] }),
      refused(
        'BadRequest',
        'Service in version "v1" cannot be handled as a Service: json: cannot unmarshal string into Go struct field ServicePort.spec.ports.port of type int32',
      ),
    ],
    ['38 R-ERR-3', service({ ports: [PORT] }, 'taken'), refused('AlreadyExists', 'services "taken" already exists')],
    [
      '39 R-NSP-4',
      service({ ports: [PORT] }, 'web', { namespace: 'x' }),
      refused('NotFound', 'namespaces "x" not found'),
    ],
    [
      'edge 23',
      service({ type: 'NodePort', ports: [{ port: 80, nodePort: 8080 }] }),
      S(`spec.ports[0].nodePort: Invalid value: 8080: ${NODE_PORT_RANGE}`),
    ],
    [
      'edge 25',
      service({ ports: [{ port: 80 }, { port: 81 }, { port: 82, name: 'c' }] }),
      S('spec.ports[0].name: Required value', 'spec.ports[1].name: Required value'),
    ],
    [
      'R-SVC-4',
      service({
        ports: [
          { name: 'a', port: 53, protocol: 'TCP' },
          { name: 'b', port: 53, protocol: 'UDP' },
        ],
      }),
      'accepted\n',
    ],
    ['R-ERR-02', service({ ports: [PORT] }, '1web'), 'accepted\n'],
  ])('%s', (_, input, output) => {
    expect(printed(input)).toBe(output)
  })
})
