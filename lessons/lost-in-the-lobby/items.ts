import { defineItems } from '../../src/quiz/item.ts'
import { ingress, pod, service } from '../../src/quiz/manifest.ts'

const menu = [service('menu'), pod('menu', { labels: { app: 'menu' }, image: 'cafe/menu:1' })]

export const items = defineItems([
  {
    id: 'q056',
    lesson: 'L09',
    type: 'mc',
    difficulty: 2,
    concepts: ['S30', 'S35'],
    targets: ['M17'],
    prompt: "`curl http://203.0.113.10/menu` brings 404. With `-H 'Host: coffee.com'` added it brings the menu. Why?",
    choices: {
      A: 'The address is wrong',
      B: 'The rule counts for one host only',
      C: 'The first answer came from a cache',
      D: 'The Pod was restarted meanwhile',
    },
    answer: 'B',
    explanation:
      'The controller looks at the Host header first. A bare IP is not the host of any rule here, so no rule fits.',
    distractors: {
      A: { m: 'M17', note: 'The second call used the same address.' },
      C: { m: 'T03', note: 'Nothing was cached.' },
      D: { m: 'M16', note: 'Without a Ready Pod it would be 503.' },
    },
    world: {
      objects: [...menu, ingress('lobby', [['coffee.com/menu', 'menu']])],
      addons: ['ingress'],
      provider: 'cloud',
      ask: { curl: 'http://203.0.113.10/menu', from: 'internet' },
      claims: {
        A: {
          ask: { curl: 'http://203.0.113.10/menu', from: 'internet', headers: { Host: 'coffee.com' } },
          is: { connected: false },
        },
        B: { change: [ingress('lobby', [['/menu', 'menu']])], is: { status: 200, answeredBy: 'menu' } },
        C: { is: { status: 200 } },
        D: { is: { status: 503 } },
      },
    },
  },
  {
    id: 'q057',
    lesson: 'L09',
    type: 'spot_broken',
    difficulty: 3,
    concepts: ['S31'],
    targets: ['M20'],
    prompt: 'Whoever visits https://coffee.com is shown a default certificate. Which line causes it?',
    code: [
      'kind: Secret',
      'type: kubernetes.io/tls',
      'metadata: {name: coffee-tls, namespace: certs}',
      '---',
      'kind: Ingress',
      'metadata: {name: lobby, namespace: default}',
      'spec:',
      '  tls:',
      '  - hosts: [coffee.com]',
      '    secretName: coffee-tls',
    ],
    choices: { A: 'Line 2', B: 'Line 9', C: 'Line 3', D: 'Line 10' },
    answer: 'C',
    explanation:
      'The controller looks for the Secret in the namespace of the Ingress. So it has to be in default. Line 10 takes a bare name; certs/coffee-tls is no way out.',
    distractors: {
      A: { m: 'T11', note: 'For certificates this type is right.' },
      B: { m: 'M17', note: 'This is the host that visitors use.' },
      D: { m: 'M20', note: 'The name fits, but that Secret is elsewhere.' },
    },
  },
  {
    id: 'q058',
    lesson: 'L09',
    type: 'mc',
    difficulty: 2,
    concepts: ['S21', 'S29'],
    targets: ['M19'],
    prompt:
      'Namespace `lobby` has an Ingress, namespace `shop` has the Service `order`. Visitors who ask for /order shall get there. What is the plain way?',
    choices: {
      A: 'Name the backend `order.shop`',
      B: 'Wait: an Ingress looks everywhere',
      C: 'Make a twin of the Service in `lobby`',
      D: 'Give `shop` an Ingress of its own',
    },
    answer: 'D',
    explanation:
      'Backends come from the namespace of the Ingress. A host may have rules in many Ingresses, so shop can bring some of its own. The Gateway API can cross namespaces, with a ReferenceGrant.',
    distractors: {
      A: { m: 'M19', note: 'This field allows no dot.' },
      B: { m: 'M19', note: 'Then anybody could publish the Services of others.' },
      C: { m: 'M09', note: 'Its selector would look for Pods in lobby and find none.' },
    },
  },
  {
    id: 'q059',
    lesson: 'L09',
    type: 'predict_endpoint',
    difficulty: 3,
    concepts: ['S30'],
    targets: ['M15'],
    prompt:
      'An Ingress sends coffee.com, path /shop (Prefix), to Service `web` and rewrites nothing. The app behind it has a page at / and no other. Somebody types http://coffee.com/shop. Result?',
    choices: {
      A: '404, said by the app in the Pod',
      B: '200: the app is asked for its page',
      C: '404, said by the controller',
      D: '503, said by the controller',
    },
    answer: 'A',
    explanation:
      'The path goes on as it came, and the app has no /shop. Teach it that path, or set a rewrite in the way this controller knows. A trace that ends in the Pod proves that the rule fits.',
    distractors: {
      B: { m: 'M15', note: 'Nothing is cut off the path.' },
      C: { m: 'M16', note: 'A rule does fit.' },
      D: { m: 'M16', note: 'A Ready Pod was there and spoke.' },
    },
    world: {
      objects: [
        service('web', { targetPort: 80 }),
        pod('web', { labels: { app: 'web' }, image: 'nginx' }),
        ingress('lobby', [['coffee.com/shop', 'web']]),
      ],
      addons: ['ingress'],
      provider: 'cloud',
      publicDns: { 'coffee.com': '203.0.113.10' },
      ask: { curl: 'http://coffee.com/shop', from: 'internet' },
      claims: {
        A: { is: { status: 404, speaker: 'app' } },
        B: { is: { status: 200 } },
        C: { is: { status: 404, speaker: 'ingress-controller' } },
        D: { is: { status: 503 } },
      },
    },
  },
  {
    id: 'q060',
    lesson: 'L09',
    type: 'match',
    difficulty: 3,
    concepts: ['S30', 'S31', 'S32'],
    targets: ['M16'],
    prompt: 'What is behind each thing that visitors meet?',
    left: [
      '404, last hop: the controller',
      '404, last hop: a Pod',
      '503, last hop: the controller',
      'A certificate for some other name',
      'Time-out, and no controller was reached',
    ],
    right: [
      'The app has no such path',
      'The TLS Secret is missing or lives elsewhere',
      'No rule for this host and path',
      'A shut firewall, or an address without owner',
      'No Pod of that Service is Ready',
    ],
    answer: [2, 0, 4, 1, 3],
    explanation: 'Ask who spoke: it is the last hop of the trace.',
    distractors: [
      { pair: [0, 0], m: 'M16', note: 'Here the controller speaks; the app was never asked.' },
      { pair: [2, 2], m: 'M16', note: 'Without a rule it would be 404.' },
    ],
  },
])
