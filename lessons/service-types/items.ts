import { defineItems } from '../../src/quiz/item.ts'
import { pod, service } from '../../src/quiz/manifest.ts'

export const items = defineItems([
  {
    id: 'q034',
    lesson: 'L06',
    type: 'match',
    difficulty: 1,
    concepts: ['S25', 'S26', 'S27', 'S28', 'S29', 'S33', 'S38'],
    targets: ['M40', 'T12'],
    prompt: 'Which picture and use fit each way in?',
    left: ['ClusterIP', 'NodePort', 'Ingress', 'LoadBalancer'],
    right: [
      'A side door on each floor, handy for a test',
      'A street address that the cloud gives',
      'An extension inside the building, for app to app',
      'A cop in the lobby, the one entrance of many web apps',
    ],
    answer: [2, 0, 3, 1],
    explanation:
      'Ingress is the odd one out. The other three are types of a Service; this one is a list of rules for web visitors.',
    distractors: [
      { pair: [0, 1], m: 'M40', note: 'A ClusterIP is worth nothing on the street.' },
      { pair: [2, 0], m: 'T12', note: 'Ingress is no type of Service and opens no side door.' },
    ],
  },
  {
    id: 'q035',
    lesson: 'L06',
    type: 'mc',
    difficulty: 1,
    concepts: ['S26', 'S40'],
    targets: ['T07', 'M40'],
    prompt:
      'A web app calls an orders API; both are Pods of one cluster. From outside, the API must stay out of reach. Which type suits its Service?',
    choices: {
      A: 'NodePort: the two may stand on different floors',
      B: 'LoadBalancer: the calls shall be spread',
      C: 'ClusterIP',
      D: 'ExternalName: for the API the web app is outside',
    },
    answer: 'C',
    explanation:
      'From app to app the internal extension is enough. Every type spreads calls, and no type is needed to cross floors.',
    distractors: {
      A: { m: 'T07', note: 'Crossing floors needs no NodePort.' },
      B: { m: 'M37', note: 'All types spread calls over their Pods.' },
      D: { m: 'M34', note: 'ExternalName is only an alias in DNS for some other name.' },
    },
  },
  {
    id: 'q036',
    lesson: 'L06',
    type: 'mc',
    difficulty: 3,
    concepts: ['S27', 'S28', 'S03'],
    targets: ['M22'],
    prompt:
      "A machine in the nodes' own network gets an answer from port 30080 of node-1. You try the public IP of that node from home and get a time-out. What do you suspect first?",
    choices: {
      A: 'A cloud firewall that keeps this port shut',
      B: 'A wrong selector in the Service',
      C: "A NodePort that answers on its Pod's node only",
      D: 'A missing containerPort 30080',
    },
    answer: 'A',
    explanation:
      'A NodePort opens a door on each floor. The gate to the street is another matter: a cloud firewall lets nothing in until someone opens that port.',
    distractors: {
      B: { m: 'M03', note: 'Then the near machine would fail as well.' },
      C: { m: 'M30', note: 'That needs externalTrafficPolicy: Local.' },
      D: { m: 'M02', note: 'containerPort opens nothing, and the Pod does not use 30080.' },
    },
  },
  {
    id: 'q037',
    lesson: 'L06',
    type: 'predict_endpoint',
    difficulty: 2,
    concepts: ['S02', 'S25', 'S27'],
    targets: ['M01'],
    prompt:
      'Service `coffee-shop` has port 80, targetPort 8080 and nodePort 30080; its app is at 8080. A customer Pod runs `curl http://coffee-shop:8080`. What follows?',
    choices: {
      A: 'Coffee: that is where the app listens',
      B: 'Coffee, by way of the side door',
      C: 'Coffee: a Service passes on any port',
      D: 'No coffee: callers have to dial 80',
    },
    answer: 'D',
    explanation:
      "Callers dial the Service's `port`. The Service then knocks at the `targetPort`. The nodePort is for callers from outside, on the address of a node.",
    distractors: {
      A: { m: 'M01', note: "That is the Pod's port, not the Service's." },
      B: { m: 'M01', note: 'The nodePort counts on the address of a node only.' },
      C: { m: 'M01', note: 'A Service knows the ports it lists, no more.' },
    },
    world: {
      objects: [
        service('coffee-shop', { type: 'NodePort', nodePort: 30080 }),
        pod('room-101', { labels: { app: 'coffee-shop' } }),
        pod('customer'),
      ],
      ask: { curl: 'http://coffee-shop:8080', from: 'customer' },
      claims: {
        A: { is: { outcome: 'ok' } },
        B: { is: { outcome: 'ok' } },
        C: { is: { outcome: 'ok' } },
        D: { is: { connected: false } },
      },
    },
  },
  {
    id: 'q038',
    lesson: 'L06',
    type: 'predict_endpoint',
    difficulty: 2,
    concepts: ['S27', 'S11'],
    targets: ['M30'],
    prompt:
      'node-2 has the one and only coffee Pod. Its Service has NodePort 30080 and the default traffic policy. Somebody in the office calls port 30080 of node-3. What comes back?',
    choices: {
      A: 'A refusal: that floor has no such Pod',
      B: 'What the Pod serves, as on every floor',
      C: 'A redirect to the right floor',
      D: 'Nothing, before a Pod moves to that floor',
    },
    answer: 'B',
    explanation: 'By default a side door leads to any Ready Pod, on whatever floor that is.',
    distractors: {
      A: { m: 'M30', note: 'Each node takes the call and may pass it on.' },
      C: { m: 'T09', note: 'Packets are rewritten; nobody sends the caller elsewhere.' },
      D: { m: 'M30', note: 'The Pod may be on any node.' },
    },
    world: {
      objects: [
        service('coffee-shop', { type: 'NodePort', nodePort: 30080 }),
        pod('room-205', { node: 'node-2', labels: { app: 'coffee-shop' } }),
      ],
      ask: { curl: 'http://192.168.49.13:30080', from: 'office' },
      claims: {
        A: { is: { outcome: 'refused' } },
        B: { is: { outcome: 'ok', answeredBy: 'room-205' } },
        C: { is: { status: 302 } },
        D: { is: { connected: false } },
      },
    },
  },
  {
    id: 'q039',
    lesson: 'L06',
    type: 'mc',
    difficulty: 1,
    concepts: ['S27'],
    targets: ['M21'],
    prompt: 'A Service of type NodePort asks for `nodePort: 80`. The cluster has default settings. What now?',
    choices: {
      A: 'Every node opens that port',
      B: 'The control plane alone opens that port',
      C: 'An error: the value is out of range',
      D: 'It is stored, with 30080 instead',
    },
    answer: 'C',
    explanation:
      "Node ports come from 30000 to 32767, out of the way of the node's own programs. Visitors of port 80 come by way of a load balancer or an Ingress.",
    distractors: {
      A: { m: 'M21', note: '80 is not in the range of node ports.' },
      B: { m: 'M21', note: 'No node is an exception.' },
      D: { m: 'M21', note: 'The API reports a bad value; it does not repair it.' },
    },
  },
  {
    id: 'q040',
    lesson: 'L06',
    type: 'spot_broken',
    difficulty: 2,
    concepts: ['S02', 'S25'],
    targets: ['M01', 'M02'],
    prompt:
      'The Service has endpoints, but callers get nothing but refusals. The app is at 8080. Which line do you change?',
    code: [
      'kind: Pod',
      'spec:',
      '  containers:',
      '  - name: coffee',
      '    ports: [{containerPort: 80}]',
      '---',
      'kind: Service',
      'spec:',
      '  selector: {app: coffee-shop}',
      '  ports:',
      '  - port: 80',
      '    targetPort: 80',
    ],
    choices: { A: 'Line 12', B: 'Line 5', C: 'Line 11', D: 'Line 9' },
    answer: 'A',
    explanation:
      'The Service knocks at 80, but the shop is behind door 8080. Line 5 tells something untrue, yet it opens and shuts nothing.',
    distractors: {
      B: { m: 'M02', note: 'containerPort is a note, not a door.' },
      C: { m: 'M01', note: 'The Service may offer 80; that is its own number.' },
      D: { m: 'M03', note: 'With a wrong selector there would be no endpoints.' },
    },
  },
  {
    id: 'q041',
    lesson: 'L06',
    type: 'mc',
    difficulty: 2,
    concepts: ['S17', 'S25'],
    targets: ['M05'],
    prompt: 'A ClusterIP does not react to `ping`. With `curl` to its port you get an answer. What does that tell you?',
    choices: {
      A: 'The Service is damaged and has to be made anew',
      B: 'A policy stands in front of the Service',
      C: 'Nothing is wrong',
      D: 'No Pod behind it is Ready',
    },
    answer: 'C',
    explanation:
      'A ClusterIP is no machine. There are only rules for the ports that the Service lists. So test it in its own protocol.',
    distractors: {
      A: { m: 'M05', note: 'Silence on ping is normal here.' },
      B: { m: 'M05', note: 'It takes no policy to explain this silence.' },
      D: { m: 'M04', note: 'Then curl would get no answer.' },
    },
  },
])
