import { describe, expect, test } from 'vitest'
import { create } from '../../../src/cluster/api.ts'
import { nginxDenial } from '../../../src/cluster/network/nginx-webhook.ts'
import { controller, ingress, world } from './world.ts'

const DENIED = 'admission webhook "validate.nginx.ingress.kubernetes.io" denied the request: '
const nginx = (
  name: string,
  paths: Record<string, string>,
  annotations: Record<string, string> = {},
  host = 'a.test',
) => ingress(name, { [host]: paths }, { ingressClassName: 'nginx', annotations })

describe('the webhook of ingress-nginx', () => {
  const cluster = world([...controller(), nginx('name', { '/': 'menu', '=/x': 'menu' })])

  test('R-ING-14 a host and path that another Ingress has', () => {
    expect(nginxDenial(cluster, nginx('other', { '/': 'tea' }))).toBe(
      `${DENIED}host "a.test" and path "/" is already defined in ingress default/name`,
    )
  })

  test.each([
    ['another path', nginx('other', { '/tea': 'tea' })],
    ['another type', nginx('other', { '/x': 'tea' })],
    ['another host', nginx('other', { '/': 'tea' }, {}, 'b.test')],
    ['itself', nginx('name', { '/': 'tea' })],
    ['a canary', nginx('other', { '/': 'tea' }, { canary: 'true' })],
    ['another class', ingress('other', { 'a.test': { '/': 'tea' } })],
    ['a class that does not exist', ingress('other', { 'a.test': { '/': 'tea' } }, { ingressClassName: 'x' })],
  ])('R-ING-14 lets pass: %s', (_what, made) => expect(nginxDenial(cluster, made)).toBe(undefined))

  test('R-NGX-03 regular expressions with Prefix or Exact', () => {
    expect(nginxDenial(cluster, nginx('r', { '/x(/|$)(.*)': 'tea' }))).toBe(
      `${DENIED}ingress contains invalid paths: path /x(/|$)(.*) cannot be used with pathType Prefix`,
    )
    expect(nginxDenial(cluster, nginx('r', { '~/x(/|$)(.*)': 'tea' }))).toBe(undefined)
  })

  test('R-NGX-06 snippets', () => {
    expect(nginxDenial(cluster, nginx('s', { '/s': 'tea' }, { 'configuration-snippet': 'return 418;' }))).toBe(
      `${DENIED}nginx.ingress.kubernetes.io/configuration-snippet annotation cannot be used. Snippet directives are disabled by the Ingress administrator`,
    )
  })

  test('is asked by the API server, and only while that controller runs', () => {
    const { apiVersion, kind, spec } = nginx('other', { '/': 'tea' })
    const input = { apiVersion, kind, metadata: { name: 'other', namespace: 'default' }, spec }
    expect(() => create(cluster, input)).toThrow(`${DENIED}host "a.test" and path "/" is already defined`)
    expect(cluster.get('Ingress', 'default', 'other')).toBe(undefined)
    const without = world([...controller(false), nginx('name', { '/': 'menu' })])
    expect(create(without, input).object.metadata.name).toBe('other')
  })
})
