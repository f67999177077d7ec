import { defineItems } from '../../src/quiz/item.ts'
import { namespace, pod, service } from '../../src/quiz/manifest.ts'

const printers = [
  namespace('engineering'),
  namespace('marketing'),
  service('printer', { namespace: 'marketing' }),
  service('printer', { namespace: 'engineering' }),
  pod('printer-m', { namespace: 'marketing', labels: { app: 'printer' } }),
  pod('printer-e', { namespace: 'engineering', labels: { app: 'printer' } }),
]

export const items = defineItems([
  {
    id: 'q026',
    lesson: 'L05',
    type: 'match',
    difficulty: 1,
    concepts: ['S19', 'S20', 'S21'],
    targets: ['M09'],
    prompt: 'Take `coffee-shop.default.svc.cluster.local` apart. What does each piece stand for?',
    left: ['coffee-shop', 'default', 'svc', 'cluster.local'],
    right: ['The domain of this cluster', 'Which Service it is', 'Which namespace it is in', 'A record of a Service'],
    answer: [1, 2, 3, 0],
    explanation: 'Service, department, sort of record, building: from the narrow to the wide, as on an envelope.',
    distractors: [
      { pair: [0, 2], m: 'M09', note: 'The Service stands in front, its namespace behind it.' },
      { pair: [2, 1], m: 'M09', note: 'svc only tells that the record is one of a Service.' },
    ],
  },
  {
    id: 'q027',
    lesson: 'L05',
    type: 'predict_endpoint',
    difficulty: 2,
    concepts: ['S19', 'S21'],
    targets: ['M09'],
    prompt:
      '`default` holds the Service `coffee-shop`. The Pod `intern` sits in `marketing` and runs `curl http://coffee-shop`. Result?',
    choices: {
      A: 'Coffee: short names count in the whole building',
      B: 'Unknown host',
      C: 'Found, but the border between the two swallows the call',
      D: 'An answer from a copy in marketing',
    },
    answer: 'B',
    explanation:
      "The lookup begins in the caller's department. There is no coffee-shop in marketing, and the wider endings bring nothing either. `coffee-shop.default` is the name to use.",
    distractors: {
      A: { m: 'M09', note: 'A short name counts in one namespace only.' },
      C: { m: 'M38', note: 'It fails, but nothing blocks it: the lookup finds no name.' },
      D: { m: 'M09', note: 'Kubernetes makes no copies of Services.' },
    },
    world: {
      objects: [
        namespace('marketing'),
        service('coffee-shop'),
        pod('room-101', { labels: { app: 'coffee-shop' } }),
        pod('intern', { namespace: 'marketing' }),
      ],
      ask: { curl: 'http://coffee-shop', from: 'marketing/intern' },
      claims: {
        A: { is: { outcome: 'ok', answeredBy: 'room-101' } },
        B: { is: { outcome: 'nxdomain' } },
        C: { is: { outcome: 'timeout' } },
        D: { is: { outcome: 'ok' } },
      },
    },
  },
  {
    id: 'q028',
    lesson: 'L05',
    type: 'predict_endpoint',
    difficulty: 2,
    concepts: ['S21', 'S19'],
    targets: ['M09'],
    prompt:
      '`marketing` has a Service named `printer`. Later `engineering` made one of that name, too. `dev`, a Pod in `engineering`, runs `curl http://printer`. Who replies?',
    choices: {
      A: 'Now the one, now the other',
      B: 'The older of the two',
      C: "The one in dev's own namespace",
      D: 'Nobody: the second could not be made',
    },
    answer: 'C',
    explanation:
      'A short name means: the one in my department. Equal names in two namespaces are two different Services.',
    distractors: {
      A: { m: 'M09', note: 'They are two Services, not one with two Pods.' },
      B: { m: 'M09', note: 'Age plays no part in a lookup.' },
      D: { m: 'T11', note: 'A name has to be unique within its namespace, no further.' },
    },
    world: {
      objects: [...printers, pod('dev', { namespace: 'engineering' })],
      ask: { curl: 'http://printer', from: 'engineering/dev' },
      claims: {
        A: { ask: { curl: 'http://printer', from: 'engineering/dev', repeat: 20 }, is: { answerers: 2 } },
        B: { is: { answeredBy: 'printer-m' } },
        C: { is: { answeredBy: 'printer-e' } },
        D: { is: { connected: false } },
      },
    },
  },
  {
    id: 'q029',
    lesson: 'L05',
    type: 'mc',
    difficulty: 2,
    concepts: ['S20', 'S21'],
    targets: ['M09', 'M11'],
    prompt: 'You sit in `marketing`; the Service `printer` belongs to `engineering`. What do you dial?',
    choices: {
      A: 'engineering.printer',
      B: 'printer.svc.engineering',
      C: 'printer-e.engineering',
      D: 'printer.engineering',
    },
    answer: 'D',
    explanation: 'The Service comes first, its namespace second. The resolver adds svc.cluster.local by itself.',
    distractors: {
      A: { m: 'M09', note: 'That turns the two parts round.' },
      B: { m: 'M09', note: 'svc would come after the namespace.' },
      C: { m: 'M11', note: "A Pod's name is no host name, as a rule." },
    },
    world: {
      objects: [...printers, pod('intern', { namespace: 'marketing' })],
      ask: { nslookup: 'printer.engineering', from: 'marketing/intern' },
      claims: {
        A: { ask: { nslookup: 'engineering.printer', from: 'marketing/intern' }, is: { rcode: 'NOERROR' } },
        B: { ask: { nslookup: 'printer.svc.engineering', from: 'marketing/intern' }, is: { rcode: 'NOERROR' } },
        C: { ask: { nslookup: 'printer-e.engineering', from: 'marketing/intern' }, is: { rcode: 'NOERROR' } },
        D: { is: { rcode: 'NOERROR' } },
      },
    },
  },
  {
    id: 'q030',
    lesson: 'L05',
    type: 'mc',
    difficulty: 2,
    concepts: ['S22', 'S03'],
    targets: ['M10'],
    prompt:
      'The Service works well. At your laptop you type `nslookup coffee-shop.default.svc.cluster.local`. What is the reply?',
    choices: {
      A: 'The ClusterIP, which the laptop cannot reach',
      B: 'Unknown: this DNS never heard of it',
      C: 'A public IP that leads into the building',
      D: 'The IPs of its Pods',
    },
    answer: 'B',
    explanation:
      "Pods ask the cluster's DNS. A laptop has another one, at home or in the office, and that one has no such entry.",
    distractors: {
      A: { m: 'M10', note: 'Even the lookup works only inside.' },
      C: { m: 'M10', note: 'Nobody publishes the names of a cluster.' },
      D: { m: 'M29', note: 'A headless Service answers so, and only inside.' },
    },
  },
  {
    id: 'q031',
    lesson: 'L05',
    type: 'mc',
    difficulty: 2,
    concepts: ['S21', 'S10'],
    targets: ['M38'],
    prompt:
      'There is no policy in the building. A Pod in `marketing` dials the IP of a printer Pod in `engineering`. What happens?',
    choices: {
      A: 'It gets through',
      B: 'It stops at the border of the department',
      C: 'It gets through, but only on one and the same floor',
      D: 'It gets through, but only with the full name',
    },
    answer: 'A',
    explanation: 'All departments use one corridor. Whoever wants locked doors needs a NetworkPolicy.',
    distractors: {
      B: { m: 'M38', note: 'A namespace is no firewall.' },
      C: { m: 'T07', note: 'A node is no border.' },
      D: { m: 'M38', note: 'A name finds a Pod; it gives no right of entry.' },
    },
  },
  {
    id: 'q032',
    lesson: 'L05',
    type: 'mc',
    difficulty: 3,
    concepts: ['S05', 'S22'],
    targets: ['M12'],
    prompt:
      'A Pod in `default` looks up `tea.com`. It has ndots:5 and the usual three search endings: default.svc.cluster.local, svc.cluster.local, cluster.local. At which try does it get the address?',
    choices: { A: '1', B: '2', C: '5', D: '4' },
    answer: 'D',
    explanation:
      'tea.com holds one dot, and five are wanted. So all the endings come first, in vain, and tea.com as such is the fourth try. With a dot at the end, `tea.com.`, one try is enough.',
    distractors: {
      A: { m: 'M12', note: 'The search endings come first.' },
      B: { m: 'M12', note: 'There are three endings, not one.' },
      C: { m: 'M12', note: 'ndots counts dots in the name, not tries.' },
    },
    world: {
      objects: [pod('customer')],
      publicDns: { 'tea.com': '203.0.113.10' },
      ask: { nslookup: 'tea.com', from: 'customer' },
      claims: {
        A: { is: { tried: 1 } },
        B: { is: { tried: 2 } },
        C: { is: { tried: 5 } },
        D: { is: { tried: 4, rcode: 'NOERROR' } },
      },
    },
  },
  {
    id: 'q033',
    lesson: 'L05',
    type: 'spot_broken',
    difficulty: 2,
    concepts: ['S19', 'S21'],
    targets: ['M09'],
    prompt:
      '`default` has a Service `order`, but this app does not find it. The app has to stay in its department. Which line do you change?',
    code: [
      'kind: Deployment',
      'metadata:',
      '  name: promo',
      '  namespace: marketing',
      'spec:',
      '  template:',
      '    spec:',
      '      containers:',
      '      - name: promo',
      '        env:',
      '        - {name: ORDER_API, value: "http://order"}',
    ],
    choices: { A: 'Line 3', B: 'Line 11', C: 'Line 9', D: 'Line 4' },
    answer: 'B',
    explanation:
      'In marketing, order is short for order.marketing. With http://order.default the app finds it. Moving the app would help as well, but it has to stay.',
    distractors: {
      A: { m: 'M03', note: "A Deployment's name is no host name." },
      C: { m: 'T05', note: "A container's name is no host name." },
      D: { m: 'M09', note: 'That moves the app, where only the address is wrong.' },
    },
    world: {
      objects: [
        namespace('marketing'),
        service('order'),
        pod('order-1', { labels: { app: 'order' } }),
        pod('promo', { namespace: 'marketing' }),
      ],
      ask: { curl: 'http://order', from: 'marketing/promo' },
      claims: {
        A: { change: [pod('order', { namespace: 'marketing' })], is: { outcome: 'ok' } },
        B: { ask: { curl: 'http://order.default', from: 'marketing/promo' }, is: { outcome: 'ok' } },
        C: { change: [pod('promo-order', { namespace: 'marketing' })], is: { outcome: 'ok' } },
        D: { is: { outcome: 'ok' } },
      },
    },
  },
])
