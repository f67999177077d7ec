import type { Cluster } from '../../cluster/cluster.ts'
import { isReady, type Pod } from '../../cluster/kinds/pod.ts'
import type { Service } from '../../cluster/kinds/service.ts'
import type { Random } from '../../cluster/random.ts'
import { matchesLabels } from '../../cluster/selector.ts'
import { namespace, pod, service } from '../manifest.ts'
import { podsBehind } from '../simulate.ts'
import type { Manifest, Scenery } from '../world.ts'
import { fits, tagsOf } from './cast.ts'
import { defineChoice, type Question } from './question.ts'
import { APPS, between, DEPARTMENTS, imageOf, oneOf, some, sometimes } from './scenery.ts'
import { labelsOf, listed, readyWord, table } from './words.ts'

const TIERS = ['gold', 'silver'] as const
const MOST_PODS = 8
const NOBODY = 'No Pod at all'

/** Some Pods fit, some fit in part, one bears the name of the Service, one stands in another namespace. */
function world(random: Random): Scenery {
  const [app, other] = some(APPS, 2, random) as [string, string]
  const tier = oneOf(TIERS, random)
  const selector = sometimes(6, random) ? { app, tier } : { app }
  const department = oneOf(DEPARTMENTS, random)
  const rooms = some([101, 102, 103, 201, 202, 205, 207, 301, 302, 304], between(3, 5, random), random).sort()
  const inside = rooms.map((room): Manifest => {
    const labels = {
      app: sometimes(7, random) ? app : other,
      ...(sometimes(7, random) && { tier: oneOf(TIERS, random) }),
    }
    return pod(`room-${room}`, { image: imageOf(labels.app), labels, ready: !sometimes(3, random) })
  })
  const namesake = pod(`${app}-1`, { image: imageOf(other), labels: { app: other } })
  const outside = pod('room-401', { namespace: department, image: imageOf(app), labels: { app, tier } })
  return {
    objects: [
      namespace(department),
      service(app, { selector }),
      ...inside,
      ...(sometimes(5, random) ? [namesake] : []),
      ...(sometimes(5, random) ? [outside] : []),
    ],
  }
}

/** "Which Pods are behind Service S?" */
function ask(cluster: Cluster, random: Random): Question | undefined {
  const candidates = cluster.store.list('Service').filter(({ metadata, spec }) => {
    return Object.keys(spec.selector ?? {}).length > 0 && !metadata.namespace?.endsWith('-system')
  })
  const chosen = random.pick(candidates)
  if (!chosen) return undefined
  const home = chosen.metadata.namespace!
  const pods = [...cluster.store.list('Pod')].filter(
    ({ metadata }) => metadata.namespace === home || matchesLabels(chosen.spec.selector ?? {}, metadata.labels),
  )
  if (pods.length < 3 || pods.length > MOST_PODS) return undefined
  const several = pods.some(({ metadata }) => metadata.namespace !== home)
  const code = podTable(pods, several)
  if (!fits(code)) return undefined
  const tag = tagsOf(pods)
  const names = (list: readonly string[]) => listed(list.map(tag), NOBODY)
  return {
    type: 'predict_endpoint',
    prompt: `Service \`${chosen.metadata.name}\` of namespace \`${home}\` selects \`${selectorWords(chosen)}\`. Which of these Pods get its calls?`,
    code,
    answer: (laws) => names(podsBehind(cluster, `${home}/${chosen.metadata.name}`, laws)),
    beliefs: several
      ? [
          {
            answer: names(everywhere(chosen, pods)),
            m: 'M09',
            note: 'A selector looks for Pods in its own namespace only.',
          },
        ]
      : [],
    pads: pads(pods, random).map(names),
    explain: () => explanation(cluster, chosen, pods),
    namespaces: several ? 2 : 1,
  }
}

const selectorWords = ({ spec }: Service): string =>
  Object.entries(spec.selector ?? {})
    .map(([key, value]) => `${key}=${value}`)
    .join(',')

function podTable(pods: readonly Pod[], several: boolean): string[] {
  const tag = tagsOf(pods)
  const rows = pods.map((each) => [
    tag(each.metadata.name),
    ...(several ? [each.metadata.namespace!] : []),
    readyWord(each),
    labelsOf(each),
  ])
  return table(['POD', ...(several ? ['NAMESPACE'] : []), 'READY', 'LABELS'], rows)
}

const everywhere = ({ spec }: Service, pods: readonly Pod[]): string[] =>
  pods
    .filter((each) => isReady(each) && matchesLabels(spec.selector ?? {}, each.metadata.labels))
    .map(({ metadata }) => metadata.name)
    .sort()

/** Other sets of the same Pods. */
const pads = (pods: readonly Pod[], random: Random): string[][] =>
  [1, 2, 3].map((count) =>
    some(pods, count, random)
      .map(({ metadata }) => metadata.name)
      .sort(),
  )

function explanation(cluster: Cluster, { metadata, spec }: Service, pods: readonly Pod[]): string {
  const fitting = pods.filter(
    (each) =>
      each.metadata.namespace === metadata.namespace && matchesLabels(spec.selector ?? {}, each.metadata.labels),
  )
  const waiting = fitting.filter((each) => !isReady(each)).map((each) => each.metadata.name)
  const behind = podsBehind(cluster, `${metadata.namespace}/${metadata.name}`)
  return [
    `On the list: ${listed(behind, 'nobody')}.`,
    waiting.length > 0 && `Left out until Ready: ${listed(waiting, '')}.`,
  ]
    .filter(Boolean)
    .join(' ')
}

export const endpoints = defineChoice({
  id: 'G01',
  lesson: 'L04',
  concepts: ['S23', 'S24'],
  rules: ['R1', 'R2', 'R3'],
  world,
  ask,
})
