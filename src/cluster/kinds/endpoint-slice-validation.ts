import { equal } from '../delta.ts'
import type { FieldError } from '../errors.ts'
import { canonicalIPErrors, endpointIPErrors, ipErrors, isIPv6Text } from '../ip-validation.ts'
import { dnsLabelErrors, dnsSubdomainErrors, labelKeyErrors } from '../names.ts'
import type { Admission } from '../object.ts'
import { duplicate, IMMUTABLE, invalidValue, invalidValues, required, tooMany, unsupported } from '../validation.ts'
import type { Endpoint, EndpointPort, EndpointSlice } from './endpoint-slice.ts'

const ADDRESS_TYPES = ['FQDN', 'IPv4', 'IPv6']
const PROTOCOLS = ['SCTP', 'TCP', 'UDP']
const MOST_ENDPOINTS = 1000
const MOST_ADDRESSES = 100
const MOST_PORTS = 20_000

/** All problems of an EndpointSlice together (R-EPS-9). */
export function validateEndpointSlice(slice: EndpointSlice, { previous }: Admission<EndpointSlice>): FieldError[] {
  const { addressType, ports = [], endpoints } = slice
  const unchanged = previous !== undefined && equal(previous.endpoints, endpoints)
  return [
    ...validateAddressType(addressType),
    ...(ports.length > MOST_PORTS ? [tooMany('ports', ports.length, MOST_PORTS)] : ports.flatMap(validatePort)),
    ...(unchanged ? [] : validateEndpoints(endpoints, addressType)),
    ...(previous && previous.addressType !== addressType
      ? [invalidValue('addressType', addressType ?? '', IMMUTABLE)]
      : []),
  ]
}

function validateAddressType(addressType: string | undefined): FieldError[] {
  if (!addressType) return [required('addressType')]
  return ADDRESS_TYPES.includes(addressType) ? [] : [unsupported('addressType', addressType, ADDRESS_TYPES)]
}

function validatePort(
  { name = '', protocol = 'TCP', appProtocol }: EndpointPort,
  index: number,
  ports: EndpointPort[],
): FieldError[] {
  const path = `ports[${index}]`
  return [
    ...(name === '' ? [] : invalidValues(`${path}.name`, name, dnsLabelErrors(name))),
    ...(ports.findIndex((other) => (other.name ?? '') === name) < index ? [duplicate(`${path}.name`, name)] : []),
    ...(PROTOCOLS.includes(protocol) ? [] : [unsupported(`${path}.protocol`, protocol, PROTOCOLS)]),
    ...(appProtocol === undefined
      ? []
      : invalidValues(`${path}.appProtocol`, appProtocol, labelKeyErrors(appProtocol))),
  ]
}

function validateEndpoints(endpoints: Endpoint[], addressType: string): FieldError[] {
  if (endpoints.length > MOST_ENDPOINTS) return [tooMany('endpoints', endpoints.length, MOST_ENDPOINTS)]
  return endpoints.flatMap((endpoint, index) => {
    const path = `endpoints[${index}]`
    const { addresses = [], nodeName, hostname } = endpoint
    return [
      ...(addresses.length === 0 ? [required(`${path}.addresses`, 'must contain at least 1 address')] : []),
      ...(addresses.length > MOST_ADDRESSES ? [tooMany(`${path}.addresses`, addresses.length, MOST_ADDRESSES)] : []),
      ...addresses.flatMap((address, at) => validateAddress(`${path}.addresses`, at, address, addressType)),
      ...(nodeName === undefined ? [] : invalidValues(`${path}.nodeName`, nodeName, dnsSubdomainErrors(nodeName))),
      ...(hostname === undefined ? [] : invalidValues(`${path}.hostname`, hostname, dnsLabelErrors(hostname))),
    ]
  })
}

function validateAddress(list: string, index: number, address: string, addressType: string): FieldError[] {
  const path = `${list}[${index}]`
  if (addressType === 'FQDN') return domainErrors(path, address)
  if (addressType !== 'IPv4' && addressType !== 'IPv6') return []
  const errors = addressType === 'IPv4' ? ipErrors(path, address) : canonicalIPErrors(path, address)
  if (errors.length > 0) return errors
  const article = addressType === 'IPv4' ? 'an IPv4' : 'an IPv6'
  return [
    ...(isIPv6Text(address) === (addressType === 'IPv6')
      ? []
      : [invalidValue(list, address, `must be ${article} address`)]),
    ...endpointIPErrors(path, address),
  ]
}

function domainErrors(path: string, given: string): FieldError[] {
  if (given === '') return [required(path)]
  const name = given.replace(/\.$/, '')
  const errors = dnsSubdomainErrors(name)
  if (errors.length > 0) return [invalidValue(path, name, errors.join(','))]
  const labels = name.split('.')
  if (labels.length < 2)
    return [invalidValue(path, name, 'should be a domain with at least two segments separated by dots')]
  const bad = labels.find((label) => dnsLabelErrors(label).length > 0)
  return bad === undefined ? [] : [invalidValue(path, bad, dnsLabelErrors(bad).join(','))]
}

/** What the API server warns of although it accepts the slice. */
export const endpointSliceWarnings = (
  { addressType }: EndpointSlice,
  { previous }: Admission<EndpointSlice>,
): string[] => (addressType === 'FQDN' && !previous ? ['spec.addressType: FQDN endpoints are deprecated'] : [])
