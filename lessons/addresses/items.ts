import { defineItems } from '../../src/quiz/item.ts'

export const items = defineItems([
  {
    id: 'q001',
    lesson: 'L01',
    type: 'mc',
    difficulty: 1,
    concepts: ['S01'],
    targets: ['T01'],
    prompt: 'Data travels with a destination IP address on it. What is that address good for?',
    choices: {
      A: 'It selects the program that reads the data',
      B: 'It leads to one particular machine',
      C: 'It proves that the sender has permission',
      D: 'It tells how people call the machine',
    },
    answer: 'B',
    explanation:
      'An IP address is like a street with its house number: it leads to one machine or Pod. Which program there gets the data is settled by the port, the door.',
    distractors: {
      A: { m: 'T01', note: 'Picking the program is what the port does.' },
      C: { m: 'T02', note: 'An address opens no lock; firewalls and policies grant access.' },
      D: { m: 'T03', note: 'Names live in DNS, the phone book.' },
    },
  },
  {
    id: 'q002',
    lesson: 'L01',
    type: 'mc',
    difficulty: 1,
    concepts: ['S02'],
    targets: ['T01', 'M39'],
    prompt:
      '`curl 10.244.1.5:8080` brings coffee. `curl 10.244.1.5:9090` ends with connection refused. How do you read this?',
    choices: {
      A: 'Door 9090 belongs to some other room on a different floor',
      B: 'The room went dark; the coffee came from a cache',
      C: 'The room is there, but no program waits at door 9090',
      D: 'The phone book lacks a line for 9090',
    },
    answer: 'C',
    explanation:
      'One number leads to one room with many doors. A refusal comes from the room itself: it heard the knock and has no program at that door.',
    distractors: {
      A: { m: 'T01', note: 'A port is a door of this room, not a room of its own.' },
      B: { m: 'M39', note: 'A dark room would not even refuse; it would say nothing.' },
      D: { m: 'T03', note: 'The call used an address, so DNS was never asked.' },
    },
  },
  {
    id: 'q003',
    lesson: 'L01',
    type: 'match',
    difficulty: 1,
    concepts: ['S01', 'S02', 'S03', 'S04', 'S05'],
    targets: ['M06', 'T03'],
    prompt: 'Which picture belongs to which word?',
    left: ['IP address', 'Port', 'DNS', 'localhost', 'Private IP'],
    right: [
      'A phone book',
      'A street with its house number',
      'A room that rings its own phone',
      'One door of a house',
      'A number that is good only inside the building',
    ],
    answer: [1, 3, 0, 2, 4],
    explanation:
      'Address: the place. Port: the door there. DNS turns names into addresses. localhost is you. A private address is worth nothing on the street.',
    distractors: [
      { pair: [3, 1], m: 'M06', note: 'Nobody else can visit your localhost; it is no address for others.' },
      { pair: [2, 3], m: 'T03', note: 'DNS tells a number. It opens no door.' },
    ],
  },
  {
    id: 'q004',
    lesson: 'L01',
    type: 'mc',
    difficulty: 1,
    concepts: ['S03'],
    targets: ['T04'],
    prompt: 'Three of these addresses stay inside private networks. Which one does NOT?',
    choices: { A: '203.0.113.10', B: '192.168.1.20', C: '10.244.1.5', D: '172.20.0.4' },
    answer: 'A',
    explanation:
      'Private ranges begin with 10., with 172.16. to 172.31., or with 192.168. The internet does not route them. In this building 203.0.113.x stands for the public street.',
    distractors: {
      B: { m: 'T04', note: 'You meet it at home every day, which makes it look public.' },
      C: { m: 'M40', note: "A Pod's address is of no use on the street." },
      D: { m: 'T04', note: 'The range from 172.16 to 172.31 slips the mind, but it is private.' },
    },
  },
  {
    id: 'q005',
    lesson: 'L01',
    type: 'mc',
    difficulty: 2,
    concepts: ['S04'],
    targets: ['M06'],
    prompt: 'A shell in the `menu` Pod runs `curl localhost:8080`. Where does the call end?',
    choices: {
      A: 'At the node, the floor of this Pod',
      B: 'At the laptop with the keyboard',
      C: 'At some Pod behind the `menu` Service',
      D: 'Right here: it stays in this room',
    },
    answer: 'D',
    explanation:
      'localhost means: me. In a Pod that is the Pod, and all of its containers share it. Nothing goes out to the corridor.',
    distractors: {
      A: { m: 'M06', note: 'A Pod has a network of its own and does not borrow localhost from its node.' },
      B: { m: 'M06', note: 'What counts is where the process runs, not where the keyboard stands.' },
      C: { m: 'M06', note: 'Only a Service spreads calls; localhost knows a single room.' },
    },
  },
  {
    id: 'q006',
    lesson: 'L01',
    type: 'order_hops',
    difficulty: 1,
    concepts: ['S05', 'S02'],
    targets: ['T03'],
    prompt: 'Somebody types https://coffee.com into a browser. Sort what happens.',
    choices: {
      A: 'DNS gives back 203.0.113.10',
      B: 'The page arrives from the web server',
      C: 'The browser looks up coffee.com',
      D: 'A connection opens to 203.0.113.10 on port 443',
    },
    answer: ['C', 'A', 'D', 'B'],
    explanation: 'Lookup first, connection second. DNS only tells the number. The page itself comes from the server.',
    distractors: [
      { before: ['D', 'A'], m: 'T03', note: 'That dials before the number is known.' },
      { before: ['B', 'D'], m: 'T03', note: 'That makes the phone book deliver the page.' },
    ],
  },
])
