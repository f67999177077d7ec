import { defineItems } from '../../src/quiz/item.ts'

export const items = defineItems([
  {
    id: 'q061',
    lesson: 'L10',
    type: 'order_hops',
    difficulty: 2,
    concepts: ['S12', 'S16', 'S19'],
    targets: ['M39'],
    prompt: 'In the cluster `curl http://order` fails. Sort the steps of a search without haste.',
    choices: {
      A: 'See whom the Service has on its list',
      B: 'Call again and note the sort of error',
      C: 'Correct one thing, then call as before',
      D: 'Look the name up from that Pod',
      E: 'Dial one Pod of the list by its IP',
    },
    answer: ['B', 'D', 'A', 'E', 'C'],
    explanation:
      "Go the packet's way: error, name, list, Pod. Change nothing before one hop stands out. The same call is then the proof.",
    distractors: [
      { first: 'C', m: 'M04', note: 'That edits before it looks.' },
      { before: ['E', 'D'], m: 'M09', note: 'That skips the name, and with it a wrong namespace.' },
    ],
  },
  {
    id: 'q062',
    lesson: 'L10',
    type: 'mc',
    difficulty: 3,
    concepts: ['S22', 'S40'],
    targets: ['M08'],
    prompt:
      "The JavaScript of a page calls http://order-api. In the web Pod curl gets an answer; in a customer's browser the call fails. Why?",
    choices: {
      A: 'A ClusterIP turns JavaScript away',
      B: 'A policy lets nothing but curl pass',
      C: 'The script runs out on the street',
      D: 'No Pod of the API is Ready',
    },
    answer: 'C',
    explanation:
      'The Pod hands the page out, but the browser runs it. So it needs an address that works from the street, such as a path of coffee.com that leads through the lobby.',
    distractors: {
      A: { m: 'M08', note: 'A Service cannot tell which program calls.' },
      B: { m: 'M26', note: 'Policies know Pods and ports, not programs.' },
      D: { m: 'M04', note: 'Then curl in the Pod would get no answer.' },
    },
  },
  {
    id: 'q063',
    lesson: 'L10',
    type: 'predict_endpoint',
    difficulty: 2,
    concepts: ['S04', 'S40'],
    targets: ['M06'],
    prompt:
      'Pod `web` has the setting API_URL=http://localhost:9000. On its node there is also Pod `api`, which listens on 9000. `web` calls its API_URL. Result?',
    choices: {
      A: 'api replies: one node, one localhost',
      B: 'A time-out',
      C: 'An unknown name',
      D: 'A refusal from its own room',
    },
    answer: 'D',
    explanation:
      "localhost is web's own room, and nobody in there listens on 9000. The name of api's Service is what it needs. Only containers of one Pod meet on localhost.",
    distractors: {
      A: { m: 'M06', note: 'Two Pods share a floor, not a room.' },
      B: { m: 'M39', note: 'A closed door in your own room refuses at once.' },
      C: { m: 'T03', note: 'localhost is always known: it means yourself.' },
    },
  },
  {
    id: 'q064',
    lesson: 'L10',
    type: 'mc',
    difficulty: 2,
    concepts: ['S18', 'S39'],
    targets: ['M41'],
    prompt:
      'Three Pods are Ready. You run `kubectl port-forward service/coffee-shop 8080:80` and send 20 requests into it. How many Pods get some?',
    choices: {
      A: 'One',
      B: 'All three, about alike',
      C: 'Two: one in use, one in reserve',
      D: 'That hangs on the NodePort',
    },
    answer: 'A',
    explanation:
      'The tunnel uses the Service once, to pick a Pod. From then on it stays with this one. It is made for debugging and proves nothing about balancing.',
    distractors: {
      B: { m: 'M41', note: 'The tunnel goes round the balancing.' },
      C: { m: 'M41', note: 'The tunnel has no reserve.' },
      D: { m: 'M01', note: 'A NodePort has no part in it.' },
    },
  },
])
