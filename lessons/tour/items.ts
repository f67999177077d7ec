import { defineItems } from '../../src/quiz/item.ts'

export const items = defineItems([
  {
    id: 'q007',
    lesson: 'L02',
    type: 'match',
    difficulty: 1,
    concepts: ['S06', 'S07', 'S08', 'S09'],
    targets: ['T05'],
    prompt: 'Kubernetes has its words, the building has others. Pair them.',
    left: ['Cluster', 'Node', 'Pod', 'Pod IP', 'Container'],
    right: ['A room', 'Whoever works in a room', 'The whole building', 'A floor', 'The phone number of a room'],
    answer: [2, 3, 0, 4, 1],
    explanation:
      'A cluster is the building, a node a floor, a Pod a room. The number hangs on the room, so all who work there use the same one.',
    distractors: [
      { pair: [2, 1], m: 'T05', note: 'A Pod is the room; containers are the ones who work in it.' },
      { pair: [1, 0], m: 'T05', note: 'A node is a machine that holds many Pods.' },
    ],
  },
  {
    id: 'q008',
    lesson: 'L02',
    type: 'mc',
    difficulty: 2,
    concepts: ['S08', 'S09'],
    targets: ['T05'],
    prompt: 'Inside a Pod there are two containers: an app and a log collector. How many IP addresses do they take?',
    choices: {
      A: 'Two: each container brings its own',
      B: "Zero: they use the node's",
      C: 'One, which both share',
      D: 'As many as there are Services in front',
    },
    answer: 'C',
    explanation:
      'The number hangs on the room, not on the people in it. So both containers meet on localhost, and they may not listen on the same port.',
    distractors: {
      A: { m: 'T05', note: 'Containers have no address of their own; their Pod has.' },
      B: { m: 'M06', note: 'A Pod is on the network in its own right, not through its node.' },
      D: { m: 'T06', note: 'A Service has an address of its own; it gives none to Pods.' },
    },
  },
  {
    id: 'q009',
    lesson: 'L02',
    type: 'predict_endpoint',
    difficulty: 2,
    concepts: ['S10', 'S11'],
    targets: ['T07', 'T06'],
    prompt:
      'This cluster has neither a Service nor a NetworkPolicy. `room-202` listens on 8080. `room-102` runs `curl 10.244.2.9:8080`. What comes of it?',
    code: ['POD       NODE    IP', 'room-102  node-1  10.244.1.7', 'room-202  node-2  10.244.2.9'],
    choices: {
      A: 'room-202 replies',
      B: 'Nothing: another floor takes a NodePort',
      C: 'Nothing: Pods talk through a Service only',
      D: 'A reply, once somebody has linked both floors',
    },
    answer: 'A',
    explanation:
      'Any Pod reaches any other Pod by its IP, on its own node or another one. Nobody has to set that up. A Service helps to find a Pod, not to reach it.',
    distractors: {
      B: { m: 'T07', note: 'Floors are no borders between Pods.' },
      C: { m: 'T06', note: 'Reaching a Pod works without a Service.' },
      D: { m: 'T07', note: 'The Pod network joins all floors from the start.' },
    },
  },
  {
    id: 'q010',
    lesson: 'L02',
    type: 'match',
    difficulty: 1,
    concepts: ['S12', 'S13', 'S16', 'S29'],
    targets: ['T06'],
    prompt: 'Four needs, four tools. Which tool goes with which need?',
    left: [
      'Room 101 wants to ring room 205',
      'The shop has moved; where is it now?',
      'People from the street want to come in',
      'Room 101 shall stay away from payroll',
    ],
    right: ['A Service', 'A NetworkPolicy', 'The plain Pod network', 'NodePort, LoadBalancer or Ingress'],
    answer: [2, 0, 3, 1],
    explanation:
      'To reach, to find, to come in from outside: these are the three challenges. Locking doors is a fourth thing, and it is optional.',
    distractors: [
      { pair: [0, 0], m: 'T06', note: 'For reaching, the bare Pod network is enough.' },
      { pair: [2, 0], m: 'M40', note: 'A plain Service has no number on the street.' },
    ],
  },
  {
    id: 'q011',
    lesson: 'L02',
    type: 'mc',
    difficulty: 2,
    concepts: ['S13', 'S21'],
    targets: ['M38'],
    prompt: 'Nobody has written a NetworkPolicy yet. The payroll Pod runs in namespace `hr`. Which Pods may call it?',
    choices: {
      A: 'Those of `hr`, and no others',
      B: 'Those on its own node, and no others',
      C: 'None, before some rule lets them in',
      D: 'All there are',
    },
    answer: 'D',
    explanation:
      'At first every phone can ring every other phone. A namespace is a department on the org chart. It locks nothing.',
    distractors: {
      A: { m: 'M38', note: 'A namespace sorts objects; it is no wall.' },
      B: { m: 'T07', note: 'A node is no border either.' },
      C: { m: 'M26', note: 'Kubernetes starts open, not closed.' },
    },
  },
])
