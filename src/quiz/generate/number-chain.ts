import type { Cluster } from '../../cluster/cluster.ts'
import type { Random } from '../../cluster/random.ts'
import { namespace, pod, service } from '../manifest.ts'
import { curl } from '../simulate.ts'
import type { Scenery } from '../world.ts'
import { podsOf, servicesOf } from './cast.ts'
import { defineChoice, type Question } from './question.ts'
import { APPS, between, DEPARTMENTS, imageOf, NODES, oneOf, sometimes } from './scenery.ts'
import { traceLine } from './words.ts'

/** A side door whose three numbers differ, and a containerPort that tells yet another one. */
function world(random: Random): Scenery {
  const app = oneOf(APPS, random)
  const home = sometimes(3, random) ? oneOf(DEPARTMENTS, random) : 'default'
  return {
    objects: [
      ...(home === 'default' ? [] : [namespace(home)]),
      service(app, {
        namespace: home,
        type: 'NodePort',
        port: oneOf([80, 81, 443, 8000, 8888, 9090], random),
        nodePort: between(30_001, 30_085, random),
      }),
      pod(`${app}-a`, {
        namespace: home,
        labels: { app },
        image: imageOf(app),
        containerPort: oneOf([3000, 5000, 9000, 9376], random),
        node: oneOf(NODES, random),
      }),
    ],
  }
}

/** "Which numbers does the call pass?" */
function ask(cluster: Cluster, random: Random): Question | undefined {
  const target = random.pick(servicesOf(cluster).filter(({ spec }) => spec.ports?.[0]?.nodePort))
  const found = target && podsOf(cluster, target)[0]
  const { port = 0, nodePort = 0, targetPort } = target?.spec.ports?.[0] ?? {}
  const node = random.pick(cluster.store.list('Node'))
  if (!target || !found || !node || typeof targetPort !== 'number') return undefined
  const declared = found.spec.containers[0]?.ports?.[0]?.containerPort
  const seen = curl(cluster, `http://${node.metadata.name}:${nodePort}`, { from: 'office' })
  if (seen.answeredPort !== targetPort || new Set([port, targetPort, nodePort, declared]).size < 3) return undefined
  const chain = (...numbers: number[]) => numbers.join(' -> ')
  return {
    type: 'predict_endpoint',
    prompt: `Somebody in the office calls Service \`${target.metadata.name}\` through ${node.metadata.name}. Which numbers does the call pass: of the node, of the Service, of the Pod?`,
    code: [
      'kind: Service',
      'spec:',
      '  type: NodePort',
      '  ports:',
      `  - port: ${port}`,
      `    targetPort: ${targetPort}`,
      `    nodePort: ${nodePort}`,
      ...(declared === undefined ? [] : ['---', 'kind: Pod', `  containerPort: ${declared}`]),
    ],
    answer: () => chain(nodePort, port, targetPort),
    beliefs: [
      {
        answer: chain(nodePort, targetPort, port),
        m: 'M01',
        note: 'targetPort is the number of the Pod, port that of the Service.',
      },
      {
        answer: chain(port, nodePort, targetPort),
        m: 'M21',
        note: 'On a node the nodePort is open, not the port of the Service.',
      },
      ...(declared === undefined
        ? []
        : [
            {
              answer: chain(nodePort, port, declared),
              m: 'M02',
              note: 'containerPort opens nothing; targetPort decides.',
            },
          ]),
    ],
    pads: [chain(targetPort, port, nodePort)],
    explain: () => `${traceLine(seen)} Between them the Service's own number is ${port}.`,
    hops: seen.hops.length,
  }
}

export const numberChain = defineChoice({
  id: 'G07',
  lesson: 'L06',
  concepts: ['S02', 'S25', 'S27'],
  rules: [],
  world,
  ask,
})
