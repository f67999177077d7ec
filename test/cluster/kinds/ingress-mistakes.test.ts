import { describe, expect, test } from 'vitest'
import {
  DNS_SUBDOMAIN,
  DNS_WILDCARD,
  host,
  I,
  type Input,
  ingress,
  ingressClass,
  one,
  path,
  printed,
  refused,
} from './mistakes.ts'

describe('mistakes with Ingresses', () => {
  const PATH = 'spec.rules[0].http.paths[0]'

  test.each<[rule: string, input: Input, output: string]>([
    ['edge 1', path({ pathType: undefined }), I(`${PATH}.pathType: Required value: pathType must be specified`)],
    [
      'edge 2',
      path({ pathType: 'prefix' }),
      I(`${PATH}.pathType: Unsupported value: "prefix": supported values: "Exact", "ImplementationSpecific", "Prefix"`),
    ],
    ['edge 3', path({ path: 'shop' }), I(`${PATH}.path: Invalid value: "shop": must be an absolute path`)],
    ['edge 4', path({ path: '/a//b' }), I(`${PATH}.path: Invalid value: "/a//b": must not contain '//'`)],
    ['edge 4', path({ path: '/a/../b' }), I(`${PATH}.path: Invalid value: "/a/../b": must not contain '/../'`)],
    ['edge 4', path({ path: '/a/./b' }), I(`${PATH}.path: Invalid value: "/a/./b": must not contain '/./'`)],
    ['edge 4', path({ path: '/a%2fb' }), I(`${PATH}.path: Invalid value: "/a%2fb": must not contain '%2f'`)],
    ['edge 4', path({ path: '/a/..' }), I(`${PATH}.path: Invalid value: "/a/..": cannot end with '/..'`)],
    [
      'edge 5',
      host('10.0.0.1'),
      I('spec.rules[0].host: Invalid value: "10.0.0.1": must be a DNS name, not an IP address'),
    ],
    ['edge 6', host('Shop.test'), I(`spec.rules[0].host: Invalid value: "Shop.test": ${DNS_SUBDOMAIN}`)],
    ['edge 6', host('shop.test:80'), I(`spec.rules[0].host: Invalid value: "shop.test:80": ${DNS_SUBDOMAIN}`)],
    [
      'edge 6',
      host('https://shop.test'),
      I(`spec.rules[0].host: Invalid value: "https://shop.test": ${DNS_SUBDOMAIN}`),
    ],
    ['edge 7', host('*'), I(`spec.rules[0].host: Invalid value: "*": ${DNS_WILDCARD}`)],
    ['edge 7', host('a.*.b'), I(`spec.rules[0].host: Invalid value: "a.*.b": ${DNS_WILDCARD}`)],
    [
      'edge 8',
      ingress({ ingressClassName: 'nginx' }),
      I('spec: Invalid value: null: either `defaultBackend` or `rules` must be specified'),
    ],
    ['edge 9', path({ backend: {} }), I(`${PATH}.backend: Invalid value: "": resource or service backend is required`)],
    [
      'edge 10',
      path({ backend: { service: { name: 'web' } } }),
      I(`${PATH}.backend: Required value: port name or number is required`),
    ],
    [
      'edge 10',
      path({ backend: { service: { name: 'web', port: { number: 80, name: 'http' } } } }),
      I(`${PATH}.backend: Invalid value: "": cannot set both port name & port number`),
    ],
    [
      'edge 11',
      path({ backend: { serviceName: 'web' } }),
      refused(
        'BadRequest',
        `Ingress in version "v1" cannot be handled as a Ingress: strict decoding error: unknown field "${PATH}.backend.serviceName"`,
      ),
    ],
    [
      'edge 12 R-ERR-5',
      { apiVersion: 'extensions/v1beta1', kind: 'Ingress', metadata: { name: 'v' } },
      'error: no matches for kind "Ingress" in version "extensions/v1beta1"\n',
    ],
    [
      'edge 13',
      path({ backend: { service: { name: 'web', port: { number: '80' } } } }),
      refused(
        'BadRequest',
        'Ingress in version "v1" cannot be handled as a Ingress: json: cannot unmarshal string into Go struct field ServiceBackendPort.spec.rules.IngressRuleValue.http.paths.backend.service.port.number of type int32',
      ),
    ],
    [
      'edge 14 R-ING-07',
      ingress(
        { ingressClassName: 'nginx', defaultBackend: { service: { name: 'web', port: { number: 80 } } } },
        { annotations: { 'kubernetes.io/ingress.class': 'other' } },
      ),
      I(
        'annotations.kubernetes.io/ingress.class: Invalid value: "other": must match `ingressClassName` when both are specified',
      ),
    ],
    [
      'edge 15 R-ING-04',
      ingressClass('example.com/two', 'there'),
      one('IngressClass', 'there', 'spec.controller: Invalid value: "example.com/two": field is immutable'),
    ],
    ['R-ERR-01 what is referred to is not checked', path({}), 'accepted\n'],
    [
      'R-ING-08 neither is the class',
      ingress({ ingressClassName: 'nope', defaultBackend: { service: { name: 'web', port: { name: 'http' } } } }),
      'accepted\n',
    ],
  ])('%s', (_, input, output) => {
    expect(printed(input)).toBe(output)
  })
})
