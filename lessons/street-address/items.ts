import { defineItems } from '../../src/quiz/item.ts'
import { pod, service } from '../../src/quiz/manifest.ts'

export const items = defineItems([
  {
    id: 'q071',
    lesson: 'L12',
    type: 'mc',
    difficulty: 2,
    concepts: ['S33', 'S36'],
    targets: ['M23'],
    prompt:
      'You run Kubernetes on machines of your own. A LoadBalancer Service keeps saying <pending> under EXTERNAL-IP. Why?',
    choices: {
      A: 'Its Pods are not Ready',
      B: 'An image is still on its way',
      C: 'Only an ExternalName gets an outside address',
      D: 'No one here gives such addresses out',
    },
    answer: 'D',
    explanation:
      'A cloud has a controller that orders a balancer with an address. On your own ground you run one yourself, MetalLB for example, or take a NodePort. Inside, the Service works all the while.',
    distractors: {
      A: { m: 'M04', note: 'Readiness has no say in this address.' },
      B: { m: 'M04', note: 'Images and outside addresses are separate things.' },
      C: { m: 'M34', note: 'ExternalName is an alias in DNS, no entrance.' },
    },
  },
  {
    id: 'q072',
    lesson: 'L12',
    type: 'order_hops',
    difficulty: 2,
    concepts: ['S33', 'S35', 'S27', 'S11'],
    targets: ['M23'],
    prompt: 'Out on the street a browser opens http://coffee.com, which is a LoadBalancer Service. Sort the hops.',
    choices: {
      A: 'The balancer hands over to a healthy node',
      B: 'A coffee Pod replies',
      C: "Public DNS tells the balancer's address",
      D: 'The node picks a Ready Pod, here or on another floor',
      E: 'The browser dials the balancer',
    },
    answer: ['C', 'E', 'A', 'D', 'B'],
    explanation:
      'Somebody has to enter coffee.com in DNS; Kubernetes alone does not. From there on: street, balancer, floor, room.',
    distractors: [
      { before: ['A', 'C'], m: 'T03', note: 'That connects before the lookup.' },
      { before: ['D', 'A'], m: 'M23', note: 'The balancer stands outside, in front of the nodes.' },
    ],
  },
  {
    id: 'q073',
    lesson: 'L12',
    type: 'predict_endpoint',
    difficulty: 3,
    concepts: ['S27', 'S33'],
    targets: ['M30'],
    prompt:
      'A Service has NodePort 30080 and externalTrafficPolicy: Local. Its one Pod is on node-2. Somebody in the office calls port 30080 of node-3. Result?',
    choices: {
      A: 'Coffee: each floor passes calls on',
      B: 'The caller is sent on to node-2',
      C: 'No reply: nobody is home on that floor',
      D: "Coffee, but the caller's address is hidden",
    },
    answer: 'C',
    explanation:
      'With Local the Pod sees who really called, and a hop is saved. What it costs: no such Pod on a floor, no answer there. Balancers learn that from health checks.',
    distractors: {
      A: { m: 'M30', note: 'So it is with Cluster, the default.' },
      B: { m: 'T09', note: 'Nobody redirects at this level.' },
      D: { m: 'M30', note: 'That swaps Local and Cluster.' },
    },
    world: {
      objects: [
        service('coffee-shop', { type: 'NodePort', nodePort: 30080, externalTrafficPolicy: 'Local' }),
        pod('room-205', { node: 'node-2', labels: { app: 'coffee-shop' } }),
      ],
      ask: { curl: 'http://192.168.49.13:30080', from: 'office' },
      claims: {
        A: { is: { outcome: 'ok', answeredBy: 'room-205' } },
        B: { is: { status: 302 } },
        C: { is: { connected: false } },
        D: { is: { outcome: 'ok' } },
      },
    },
  },
  {
    id: 'q074',
    lesson: 'L12',
    type: 'match',
    difficulty: 2,
    concepts: ['S33', 'S35', 'S36', 'S39'],
    targets: ['M23'],
    prompt: 'Who or what brings each of these?',
    left: [
      'An external IP from a managed cloud',
      'An external IP on machines of your own',
      'The DNS record of coffee.com',
      'A way from your laptop to a Service on minikube',
    ],
    right: [
      'Whoever runs DNS for that domain',
      '`minikube service` or `minikube tunnel`',
      'A controller of the cloud provider',
      'A controller you add yourself, MetalLB for example',
    ],
    answer: [2, 3, 0, 1],
    explanation:
      "The YAML is the same everywhere, the helpers differ. Without a cloud your own team does the cloud's part.",
    distractors: [
      { pair: [2, 2], m: 'M23', note: 'Kubernetes enters no domains in DNS.' },
      { pair: [1, 2], m: 'M23', note: 'On your own ground there is no cloud provider.' },
    ],
  },
])
