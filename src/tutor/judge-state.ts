import type { Cluster } from '../cluster/cluster.ts'
import type { Pod } from '../cluster/kinds/pod.ts'
import type { Service } from '../cluster/kinds/service.ts'
import type { Check, Facet, FieldQuery, RefusedQuery, SetQuery, SettingQuery } from './check.ts'
import { COMPARISON_WORDS, describeField, describeSet } from './describe-check.ts'
import type { Evidence, Finding } from './evidence.ts'
import type { Facts } from './facts.ts'
import { meetsCondition, valuesAt } from './object-values.ts'
import { membersOf } from './pod-query.ts'
import { fill, objectNamed, podsOf, referenceOf } from './value.ts'

const COMPARISONS = {
  eq: (a: number, b: number) => a === b,
  ne: (a: number, b: number) => a !== b,
  ge: (a: number, b: number) => a >= b,
  gt: (a: number, b: number) => a > b,
  le: (a: number, b: number) => a <= b,
  lt: (a: number, b: number) => a < b,
}

export function count(
  { of, op, n }: Extract<Check, { count: unknown }>['count'],
  { cluster, start }: Evidence,
): Finding {
  const members = membersOf(of, cluster, start)
  if (COMPARISONS[op](members.size, n)) return undefined
  return { expected: `${COMPARISON_WORDS[op]} ${n} × ${describeSet(of)}`, found: `${members.size}${nameList(members)}` }
}

const nameList = (members: ReadonlyMap<string, string>): string =>
  members.size === 0 ? '' : ` (${[...members.values()].slice(0, 4).join(', ')}${members.size > 4 ? ', …' : ''})`

export function equalSets([left, right]: [SetQuery, SetQuery], { cluster, start }: Evidence): Finding {
  const a = membersOf(left, cluster, start)
  const b = membersOf(right, cluster, start)
  if (a.size === b.size && [...a.keys()].every((member) => b.has(member))) return undefined
  return {
    expected: `${describeSet(left)} are the same as ${describeSet(right)}`,
    found: `${a.size}${nameList(a)} against ${b.size}${nameList(b)}`,
    ...('eps' in left && { object: left.eps.includes('/') ? left.eps : `svc/${left.eps}` }),
  }
}

export function field(query: FieldQuery, evidence: Evidence): Finding {
  const { obj, ...condition } = query
  const object = objectNamed(evidence.cluster, obj)
  if (!object) return { expected: `${obj} exists`, found: 'it does not', object: obj }
  if (meetsCondition(object, condition, evidence)) return undefined
  return {
    expected: describeField(query),
    found: valuesAt(object, condition.path).map(String).join(', ') || 'none',
    object: obj,
  }
}

export function facet(
  { obj, what }: { obj: string; what: Facet },
  { cluster, start }: Evidence,
  changed: boolean,
): Finding {
  const now = facetNow(cluster, obj, what)
  const then = facetThen(start, obj, what)
  if ((now !== then) === changed && now !== undefined) return undefined
  return {
    expected: `${what} of ${obj} has ${changed ? 'changed' : 'stayed the same'}`,
    found:
      now === undefined
        ? `${obj} does not exist`
        : changed
          ? `it is still ${now}`
          : `it was ${then ?? 'not there'} and is ${now}`,
    object: obj,
  }
}

function facetNow(cluster: Cluster, obj: string, what: Facet): string | undefined {
  const { kind } = referenceOf(obj)
  const object = objectNamed(cluster, obj)
  const subject = kind === 'Deployment' && what !== 'uid' ? podsOf(cluster, obj)[0] : object
  if (!subject) return undefined
  if (what === 'uid') return subject.metadata.uid
  if (what === 'name') return subject.metadata.name
  return what === 'ip' ? (subject as Pod).status.podIP : (subject as Service).spec.clusterIP
}

function facetThen(start: Facts, obj: string, what: Facet): string | undefined {
  const { kind, namespace, name } = referenceOf(obj)
  if (kind === 'Service') {
    const service = start.services[`${namespace}/${name}`]
    return what === 'uid' ? service?.uid : service?.clusterIP
  }
  if (kind === 'Deployment' && what === 'uid') return start.deployments[`${namespace}/${name}`]
  const pod = start.pods.find((fact) => fact.namespace === namespace && (fact.workload === name || fact.name === name))
  return { uid: pod?.uid, name: pod?.name, ip: pod?.ip, clusterIP: undefined }[what]
}

export function refused({ kind, path }: RefusedQuery, { refusals }: Evidence): Finding {
  if (refusals.some((refusal) => refusal.kind === kind && refusal.path === path)) return undefined
  return { expected: `a refusal because of ${path} of a ${kind}`, found: 'none in the newest command' }
}

export function setting({ addon, openPorts }: SettingQuery, evidence: Evidence): Finding {
  const { settings } = evidence.cluster
  if (addon && !settings.addons[addon]) return { expected: `the add-on ${addon} is on`, found: 'it is off' }
  if (!openPorts) return undefined
  const open = settings.firewall.map((entry) => entry.split('/')[0]!)
  const wanted = openPorts.map((port) => fill(String(port), evidence))
  if (open.toSorted().join() === wanted.toSorted().join()) return undefined
  return {
    expected: `the firewall lets in ${wanted.join(', ') || 'nothing'}`,
    found: `it lets in ${open.join(', ') || 'nothing'}`,
  }
}
