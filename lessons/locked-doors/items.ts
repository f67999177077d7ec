import { defineItems } from '../../src/quiz/item.ts'
import { namespace, networkPolicy, pod, service } from '../../src/quiz/manifest.ts'

const order = [service('order'), pod('order', { labels: { app: 'order' } }), pod('web', { labels: { app: 'web' } })]

const guard = (from: unknown[]) =>
  networkPolicy('guard', {
    podSelector: { matchLabels: { app: 'order' } },
    ingress: [{ from, ports: [{ port: 8080 }] }],
  })

const front = { namespaceSelector: { matchLabels: { team: 'front' } } }
const cashier = { podSelector: { matchLabels: { role: 'cashier' } } }

export const items = defineItems([
  {
    id: 'q065',
    lesson: 'L11',
    type: 'predict_endpoint',
    difficulty: 3,
    concepts: ['S13', 'S19'],
    targets: ['M24'],
    prompt:
      'One egress policy covers all Pods of a namespace. It lets them call Pods with app=order on TCP 8080, and that is all. `web`, a Pod there, runs `curl http://order` (port 80 to 8080). Result?',
    choices: {
      A: 'An answer: this call is on the list',
      B: 'No number: the lookup gets no reply',
      C: 'A refusal by the order Pod',
      D: 'An answer by name, none by IP',
    },
    answer: 'B',
    explanation:
      'A lookup is traffic as well. It goes to kube-dns on port 53, UDP and TCP. A policy that forgets it takes all names away.',
    distractors: {
      A: { m: 'M24', note: 'That forgets the question to the phone book.' },
      C: { m: 'M39', note: 'No packet gets as far as order.' },
      D: { m: 'M24', note: "It is the other way round: the Pod's IP works." },
    },
    needs: ['policy'],
    world: {
      objects: [
        ...order,
        networkPolicy('egress', {
          podSelector: {},
          policyTypes: ['Egress'],
          egress: [
            { to: [{ podSelector: { matchLabels: { app: 'order' } } }], ports: [{ protocol: 'TCP', port: 8080 }] },
          ],
        }),
      ],
      ask: { curl: 'http://order', from: 'web' },
      claims: {
        A: { is: { outcome: 'ok' } },
        B: { ask: { nslookup: 'order', from: 'web' }, is: { rcode: 'TIMEOUT' } },
        C: { is: { outcome: 'refused' } },
        D: { is: { outcome: 'ok' } },
      },
    },
  },
  {
    id: 'q066',
    lesson: 'L11',
    type: 'spot_broken',
    difficulty: 3,
    concepts: ['S13', 'S21', 'S23'],
    targets: ['M25'],
    prompt:
      'Cashiers (role=cashier) of namespaces with team=front shall come in, and nobody else. But others come in, too. Which line do you change?',
    code: [
      'ingress:',
      '- from:',
      '  - namespaceSelector:',
      '      matchLabels: {team: front}',
      '  - podSelector:',
      '      matchLabels: {role: cashier}',
      '  ports:',
      '  - port: 8080',
    ],
    choices: {
      A: 'Line 3: it belongs below the podSelector',
      B: 'Line 6: it takes matchExpressions',
      C: 'Line 8: no protocol is given',
      D: 'Line 5: its dash opens one more entry',
    },
    answer: 'D',
    explanation:
      'Two dashes are two entries, and either is enough. Take that dash away, and both selectors are one entry: both must fit.',
    distractors: {
      A: { m: 'M25', note: 'Which one comes first makes no difference.' },
      B: { m: 'M25', note: 'matchLabels is right here.' },
      C: { m: 'M28', note: 'Without a protocol it is TCP.' },
    },
    needs: ['policy'],
    world: {
      objects: [
        ...order,
        namespace('hall', { team: 'front' }),
        pod('guest', { namespace: 'hall' }),
        pod('cashier', { namespace: 'hall', labels: { role: 'cashier' } }),
        guard([front, cashier]),
      ],
      ask: { curl: 'http://order.default', from: 'hall/guest' },
      claims: {
        A: { change: [guard([cashier, front])], is: { outcome: 'timeout' } },
        B: {
          change: [
            guard([
              front,
              { podSelector: { matchExpressions: [{ key: 'role', operator: 'In', values: ['cashier'] }] } },
            ]),
          ],
          is: { outcome: 'timeout' },
        },
        C: { is: { outcome: 'timeout' } },
        D: { change: [guard([{ ...front, ...cashier }])], is: { outcome: 'timeout' } },
      },
    },
  },
  {
    id: 'q067',
    lesson: 'L11',
    type: 'mc',
    difficulty: 2,
    concepts: ['S13'],
    targets: ['M26'],
    prompt: 'Two policies cover one Pod. The older lets app=web in, the newer lets app=admin in. Who may call?',
    choices: {
      A: 'Both of them',
      B: 'admin: the newer one counts',
      C: 'Nobody: no caller fits both',
      D: 'web: the older one counts',
    },
    answer: 'A',
    explanation:
      'Policies only add. What one of them allows is allowed. They have no order, and no rule among them denies.',
    distractors: {
      B: { m: 'M26', note: 'No policy overrides another.' },
      C: { m: 'M26', note: 'One policy that fits is enough.' },
      D: { m: 'M26', note: 'Being first gives no priority.' },
    },
    needs: ['policy'],
  },
  {
    id: 'q068',
    lesson: 'L11',
    type: 'mc',
    difficulty: 2,
    concepts: ['S13'],
    targets: ['M27'],
    prompt:
      'A policy that denies everything is stored, and it has no fault. Still all Pods get through. Why, most likely?',
    choices: {
      A: 'Nobody restarted the Pods',
      B: 'Services go round policies',
      C: 'This network plugin does not act on it',
      D: 'It counts between namespaces only',
    },
    answer: 'C',
    explanation:
      'The API does no more than store a policy. The network plugin has to act on it, and some plugins do not. Then the sheet hangs there unread.',
    distractors: {
      A: { m: 'M27', note: 'Policies cover running Pods as well.' },
      B: { m: 'M28', note: 'A Service changes where a packet goes; the policy still sees who sent it.' },
      D: { m: 'M38', note: 'They count inside one namespace, too.' },
    },
    needs: ['policy'],
  },
  {
    id: 'q069',
    lesson: 'L11',
    type: 'predict_endpoint',
    difficulty: 3,
    concepts: ['S13', 'S02'],
    targets: ['M28'],
    prompt:
      'Service `order` turns port 80 into 8080. A policy for its Pods lets app=web in on TCP 80. The Pod `web` wears app=web and runs `curl http://order`. Result?',
    choices: {
      A: 'It works: this port is allowed',
      B: 'Silence: the knock is at 8080',
      C: 'A 404, said by the policy',
      D: 'It works by ClusterIP, not by name',
    },
    answer: 'B',
    explanation:
      'A policy stands at the door of the Pod. A packet that gets there has 8080 on it: the Service saw to that. So allow 8080.',
    distractors: {
      A: { m: 'M28', note: 'That is the port of the Service, not of the Pod.' },
      C: { m: 'M39', note: 'Policies drop packets and say nothing.' },
      D: { m: 'T03', note: 'By name or by number, the packet is the same.' },
    },
    needs: ['policy'],
    world: {
      objects: [
        ...order,
        networkPolicy('guard', {
          podSelector: { matchLabels: { app: 'order' } },
          ingress: [
            { from: [{ podSelector: { matchLabels: { app: 'web' } } }], ports: [{ protocol: 'TCP', port: 80 }] },
          ],
        }),
      ],
      ask: { curl: 'http://order', from: 'web' },
      claims: {
        A: { is: { outcome: 'ok' } },
        B: { is: { outcome: 'timeout' } },
        C: { is: { status: 404 } },
        D: { is: { outcome: 'nxdomain' } },
      },
    },
  },
  {
    id: 'q070',
    lesson: 'L11',
    type: 'match',
    difficulty: 3,
    concepts: ['S13', 'S21', 'S23'],
    targets: ['M26'],
    prompt: 'What does each piece of a policy say?',
    left: [
      'spec.podSelector: {}',
      'policyTypes: [Ingress], no ingress rules',
      'ingress: [{}]',
      'from: [{namespaceSelector: {}}]',
      'from: [{podSelector: {matchLabels: {role: cashier}}}]',
    ],
    right: [
      'Pods of all namespaces may come in',
      'It covers every Pod of its namespace',
      'Anybody may come in',
      'Cashiers of its own namespace may come in',
      'Nobody may come in',
    ],
    answer: [1, 4, 2, 0, 3],
    explanation:
      'An empty selector takes all. An empty list of rules allows none. One empty rule allows all. A podSelector without company stays at home.',
    distractors: [
      { pair: [1, 2], m: 'M26', note: 'No rules does not mean no limit.' },
      { pair: [4, 0], m: 'M25', note: 'A podSelector alone does not leave its namespace.' },
    ],
    needs: ['policy'],
  },
])
