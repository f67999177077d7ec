import { defineItems } from '../../src/quiz/item.ts'
import { pod, service } from '../../src/quiz/manifest.ts'

const brew = (version: string, pods: number) => [
  service(`coffee-${version}`),
  ...Array.from({ length: pods }, (_, index) =>
    pod(`coffee-${version}-${index + 1}`, { labels: { app: `coffee-${version}` } }),
  ),
]

export const items = defineItems([
  {
    id: 'q075',
    lesson: 'L13',
    type: 'match',
    difficulty: 2,
    concepts: ['S37'],
    targets: ['M42'],
    prompt: 'The kinds of the Gateway API and the new lobby: what is what?',
    left: ['GatewayClass', 'Gateway', 'HTTPRoute', 'ReferenceGrant'],
    right: [
      'A sign that an app team puts up',
      'An entrance that is built, with its doors (listeners)',
      "A department's consent to signs from elsewhere",
      'A model of lobby that a vendor offers',
    ],
    answer: [3, 1, 0, 2],
    explanation:
      'One Ingress held everything. Here each role has its part: vendor, house manager, app team. Routes that cross namespaces need a grant as well.',
    distractors: [
      { pair: [0, 1], m: 'M42', note: 'A class is only a model; a Gateway is the entrance.' },
      { pair: [3, 0], m: 'M42', note: 'A grant gives consent; it directs nobody.' },
    ],
    needs: ['gateway'],
  },
  {
    id: 'q076',
    lesson: 'L13',
    type: 'mc',
    difficulty: 3,
    concepts: ['S37', 'S21'],
    targets: ['M42'],
    prompt:
      'A route in `shop` names a Gateway in `lobby`. Its status says Accepted=False, reason NotAllowedByListeners. What has to be done?',
    choices: {
      A: 'Write a ReferenceGrant in `shop`',
      B: 'Let a listener take routes from there',
      C: 'Add an IngressClass',
      D: 'Add a LoadBalancer Service in `shop`',
    },
    answer: 'B',
    explanation:
      'A listener takes routes of its own namespace, unless allowedRoutes says more. A ReferenceGrant is for the other crossing, from a route to its backend.',
    distractors: {
      A: { m: 'M42', note: 'A grant is about backends, not about Gateways.' },
      C: { m: 'M13', note: 'That belongs to Ingress.' },
      D: { m: 'M23', note: "The entrance is the Gateway's part." },
    },
    needs: ['gateway'],
  },
  {
    id: 'q077',
    lesson: 'L13',
    type: 'predict_endpoint',
    difficulty: 2,
    concepts: ['S37', 'S18'],
    targets: ['M37'],
    prompt: 'These are the two backends of an HTTPRoute. Out of 1000 requests, how many go to v2?',
    code: ['BACKEND    WEIGHT  PODS', 'coffee-v1  90      2', 'coffee-v2  10      8'],
    choices: {
      A: 'Near 800: most Pods are there',
      B: '100, each tenth one',
      C: 'Near 100',
      D: '0, as long as v1 can cope',
    },
    answer: 'C',
    explanation: 'The weights on the route decide, not the number of Pods. And they are shares, not a fixed pattern.',
    distractors: {
      A: { m: 'M37', note: 'So it would be with one Service for all ten Pods.' },
      B: { m: 'M37', note: 'Weights make no fixed turns.' },
      D: { m: 'M37', note: 'v2 is no overflow for v1.' },
    },
    needs: ['gateway'],
    world: {
      objects: [
        ...brew('v1', 2),
        ...brew('v2', 8),
        {
          apiVersion: 'gateway.networking.k8s.io/v1',
          kind: 'Gateway',
          metadata: { name: 'lobby' },
          spec: { gatewayClassName: 'lobby', listeners: [{ name: 'http', port: 80, protocol: 'HTTP' }] },
        },
        {
          apiVersion: 'gateway.networking.k8s.io/v1',
          kind: 'HTTPRoute',
          metadata: { name: 'coffee' },
          spec: {
            parentRefs: [{ name: 'lobby' }],
            hostnames: ['coffee.com'],
            rules: [
              {
                backendRefs: [
                  { name: 'coffee-v1', port: 80, weight: 90 },
                  { name: 'coffee-v2', port: 80, weight: 10 },
                ],
              },
            ],
          },
        },
      ],
      publicDns: { 'coffee.com': '203.0.113.10' },
      ask: { curl: 'http://coffee.com/', from: 'internet', repeat: 1000 },
      claims: {
        A: { is: { share: { of: 'coffee-v2', least: 0.7, most: 0.9 } } },
        B: { is: { share: { of: 'coffee-v2', least: 0.1, most: 0.1 }, inTurn: true } },
        C: { is: { share: { of: 'coffee-v2', least: 0.06, most: 0.14 }, inTurn: false } },
        D: { is: { share: { of: 'coffee-v2', least: 0, most: 0 } } },
      },
    },
  },
])
