import { defineItems } from '../../src/quiz/item.ts'
import { pod, service } from '../../src/quiz/manifest.ts'

export const items = defineItems([
  {
    id: 'q050',
    lesson: 'L08',
    type: 'mc',
    difficulty: 2,
    concepts: ['S16', 'S23'],
    targets: ['M03', 'M45'],
    prompt: 'All Pods are Running, yet a Service refuses its callers. Where does a single look tell you most?',
    choices: {
      A: 'At a ping to its ClusterIP',
      B: 'At the Pods, after a restart of all',
      C: 'At its EndpointSlice',
      D: 'At a new Service in place of the old',
    },
    answer: 'C',
    explanation:
      'It shows whom the Service knows. Empty: look at labels and readiness. Filled: look at ports and app. Try `kubectl get endpointslices -l kubernetes.io/service-name=NAME`.',
    distractors: {
      A: { m: 'M05', note: 'A ClusterIP does not answer ping anyway.' },
      B: { m: 'M04', note: 'That acts before it looks; wrong labels stay wrong.' },
      D: { m: 'M44', note: 'The same spec has the same fault, perhaps under another number.' },
    },
  },
  {
    id: 'q051',
    lesson: 'L08',
    type: 'predict_endpoint',
    difficulty: 2,
    concepts: ['S16', 'S23'],
    targets: ['M04'],
    prompt:
      'Both Pods wear what Service `coffee-shop` asks for. A customer Pod runs `curl http://coffee-shop`. What follows?',
    code: ['NAME      READY  STATUS', 'coffee-a  0/1    Running', 'coffee-b  0/1    Running'],
    choices: {
      A: 'The name is unknown',
      B: 'A refusal, at once',
      C: 'Coffee: both are Running',
      D: 'A 404 that the Service sends',
    },
    answer: 'B',
    explanation:
      "Running: the program was started. Ready: it passed its check. Only Ready Pods get calls. Where there is none, the caller's own node refuses.",
    distractors: {
      A: { m: 'T03', note: 'The name is that of the Service, and it is still known.' },
      C: { m: 'M04', note: 'Running is not Ready.' },
      D: { m: 'T09', note: 'A Service speaks no HTTP.' },
    },
    world: {
      objects: [
        service('coffee-shop'),
        pod('coffee-a', { labels: { app: 'coffee-shop' }, ready: false }),
        pod('coffee-b', { labels: { app: 'coffee-shop' }, ready: false }),
        pod('customer'),
      ],
      ask: { curl: 'http://coffee-shop', from: 'customer' },
      claims: {
        A: { is: { outcome: 'nxdomain' } },
        B: { is: { outcome: 'refused' } },
        C: { is: { outcome: 'ok' } },
        D: { is: { status: 404 } },
      },
    },
  },
  {
    id: 'q052',
    lesson: 'L08',
    type: 'spot_broken',
    difficulty: 3,
    concepts: ['S04', 'S02'],
    targets: ['M07'],
    prompt: '`curl localhost:8080` works in this Pod. All other Pods are refused. Which line is at fault?',
    code: [
      'containers:',
      '- name: coffee',
      '  image: cafe/coffee:1',
      '  env: [{name: BIND_ADDRESS, value: 127.0.0.1}]',
      '  ports:',
      '  - containerPort: 8080',
      '  readinessProbe:',
      '    exec: {command: ["true"]}',
    ],
    choices: { A: 'Line 6', B: 'Line 3', C: 'Line 8', D: 'Line 4' },
    answer: 'D',
    explanation:
      'An app bound to 127.0.0.1 hears its own room only. Bind it to 0.0.0.0. Nobody notices, because the check in line 8 never touches the network.',
    distractors: {
      A: { m: 'M02', note: 'containerPort publishes nothing.' },
      B: { m: 'T05', note: 'Nothing speaks against the image.' },
      C: { m: 'M04', note: 'A weak check, but no check refuses a call.' },
    },
  },
  {
    id: 'q053',
    lesson: 'L08',
    type: 'mc',
    difficulty: 3,
    concepts: ['S10', 'S13'],
    targets: ['M39'],
    prompt: "You dial a Pod's IP. Nothing comes back, until curl gives up. Which cause fits?",
    choices: {
      A: 'The app listens on a different port',
      B: 'A Service has run out of endpoints',
      C: 'Something on the way drops the packets',
      D: 'A slip in the host name',
    },
    answer: 'C',
    explanation:
      'Silence means lost packets: a firewall or a policy drops them, or nobody has that number. A refusal is an answer. A wrong name does not even lead to a packet.',
    distractors: {
      A: { m: 'M39', note: 'A closed door answers: refused.' },
      B: { m: 'M39', note: 'That is a refusal, too, and no Service is in play.' },
      D: { m: 'T03', note: 'That shows as an unknown host.' },
    },
  },
  {
    id: 'q054',
    lesson: 'L08',
    type: 'match',
    difficulty: 3,
    concepts: ['S16', 'S19', 'S13', 'S29'],
    targets: ['M39'],
    prompt: 'Where do you look first for each of these?',
    left: [
      'Unknown host',
      'Refused, and the list is empty',
      'Refused, and the list is filled',
      'Time-out',
      '503, said by the lobby',
    ],
    right: [
      'targetPort, or an app bound to 127.0.0.1',
      'A policy, a firewall, an address without owner',
      'The name or its namespace',
      'A rule that fits, but no Ready Pod',
      'Labels or readiness',
    ],
    answer: [2, 4, 0, 1, 3],
    explanation: 'How a call fails tells which hop is guilty. So read that first and change things later.',
    distractors: [
      { pair: [1, 0], m: 'M01', note: 'Ports matter only once somebody is on the list.' },
      { pair: [3, 2], m: 'M39', note: 'Silence is no wrong name; that fails before any packet leaves.' },
    ],
  },
  {
    id: 'q055',
    lesson: 'L08',
    type: 'mc',
    difficulty: 3,
    concepts: ['S23'],
    targets: ['M33'],
    prompt:
      'A Service finds no Pods of a Deployment. You edit `spec.selector` of the Deployment, and the API says: field is immutable. What is the best next move?',
    choices: {
      A: 'Let the Service ask for what the Pods wear',
      B: 'Put the missing label on the Deployment object itself',
      C: 'Edit that field of its ReplicaSet',
      D: 'Give both the same name',
    },
    answer: 'A',
    explanation:
      "A Service's selector may be edited at any time. The other way is one more label in the Pod template, not in the selector. That starts a rollout.",
    distractors: {
      B: { m: 'M03', note: "Services look at Pods; the manager's badge does not matter." },
      C: { m: 'M33', note: 'That one cannot be edited either.' },
      D: { m: 'M03', note: 'Equal names connect nothing.' },
    },
  },
])
