import type { Service } from './service.ts'

/** What the API server warns of although it accepts the Service. */
export function serviceWarnings({ spec }: Service): string[] {
  const { type, externalIPs = [], externalName, loadBalancerIP, sessionAffinity, trafficDistribution } = spec
  const isHeadless = type === 'ClusterIP' && spec.clusterIP === 'None'
  const warnings: string[] = []
  if (isHeadless && loadBalancerIP) warnings.push('spec.loadBalancerIP is ignored for headless services')
  if (isHeadless && externalIPs.length > 0) warnings.push('spec.externalIPs is ignored for headless services')
  if (isHeadless && sessionAffinity !== 'None') warnings.push('spec.SessionAffinity is ignored for headless services')
  if (externalIPs.length > 0 && !isHeadless && type !== 'ExternalName')
    warnings.push('spec.externalIPs is deprecated and may no longer be implemented in some clusters')
  if (externalIPs.length > 0 && type === 'ExternalName')
    warnings.push('spec.externalIPs is ignored when spec.type is "ExternalName"')
  if (externalName && type !== 'ExternalName')
    warnings.push('spec.externalName is ignored when spec.type is not "ExternalName"')
  if (trafficDistribution === 'PreferClose')
    warnings.push('spec.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone"')
  return warnings
}
