import { type Check, defineLesson } from '../../src/tutor/lesson.ts'

const desk = { service: 'default/coffee-shop' }
const shopPods = { owner: 'deploy/coffee-shop' }
const fromPod = { vantage: 'pod' }
const fromOffice = { vantage: ['office', 'laptop'] }
const fromStreet = { vantage: ['home', 'internet', 'browser'] }

const SIDE_DOOR = '{{svc/coffee-shop nodePort}}'
const CONTAINER_PORT = 'spec.template.spec.containers[].ports[].containerPort'
/** The call entered through a node, on which a shop runs or not. */
const throughNode = (from: typeof fromOffice) => ({
  any: [true, false].map((nodeHasEndpoint) => ({
    saw: { from, to: { ...desk, nodeHasEndpoint }, outcome: 'ok' as const },
  })),
})
const hasSideDoor = { field: { obj: 'svc/coffee-shop', path: 'spec.type', in: ['NodePort', 'LoadBalancer'] } }

/** Nothing can be called where the Service is no more. */
const deskGone = {
  id: 'desk-gone',
  when: { absent: 'svc/coffee-shop' } satisfies Check,
  say: 'The desk itself is gone, and its number with it. Undo, so that the same desk is back.',
}
const closeDesk = { feedback: 'desk-gone', lines: ['/kubectl delete service coffee-shop'] }

/** The Deployment of the coffee shop without the line that names its port. */
const WITHOUT_PORTS = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: coffee-shop
  labels:
    app: coffee-shop
spec:
  replicas: 1
  selector:
    matchLabels:
      app: coffee-shop
  template:
    metadata:
      labels:
        app: coffee-shop
    spec:
      containers:
      - name: coffee
        image: cafe/coffee-shop:1
`

/** The Service with a side door; without a number for it the API server chooses one. */
const sideDoor = (nodePort?: number) => `apiVersion: v1
kind: Service
metadata:
  name: coffee-shop
spec:
  type: NodePort
  selector:
    app: coffee-shop
  ports:
  - port: 8088
    targetPort: 8080
${nodePort === undefined ? '' : `    nodePort: ${nodePort}\n`}`

export const serviceTypes = defineLesson({
  id: 'service-types',
  code: 'L06',
  title: 'Extensions and side doors',
  goal: 'Choose between ClusterIP and NodePort, tell the port numbers apart, and say who can reach what from where.',
  story:
    'The office next door smells coffee. Soon people at home do, too. So far the shop has an internal extension and nothing else.',
  minutes: 15,
  requires: ['L04'],
  challenges: [3],
  concepts: ['S02', 'S25', 'S26', 'S27', 'S28', 'S38', 'S40'],
  misconceptions: ['M01', 'M02', 'M05', 'M21', 'M22', 'M30', 'M40', 'M41'],
  world: 'cafe-side-doors',
  files: { 'shop-without-ports.yaml': WITHOUT_PORTS, 'side-door.yaml': sideDoor() },
  steps: [
    {
      id: 'L06.1',
      title: 'An internal extension',
      say: "The Service coffee-shop has type ClusterIP, the one you get if you ask for none. Its number is {{svc/coffee-shop clusterIP}}, its extension {{svc/coffee-shop port}}. Call it from the customer's room, then from the office, a machine right beside the nodes. Guess first what the office gets.",
      predict: {
        id: 'office-calls',
        question: 'The office calls the ClusterIP and gets …',
        before: 'traffic',
        options: [
          { id: 'A', label: 'coffee: it is very near', m: 'M40' },
          { id: 'B', label: 'a refusal', m: 'M39' },
          { id: 'C', label: 'no answer until it gives up', key: true },
          { id: 'D', label: 'unknown name', m: 'M10' },
        ],
        comment: {
          A: 'Near is not inside. Only the nodes know what that number stands for.',
          B: 'To refuse, somebody has to own the number. In the office network nobody does.',
          D: 'No name was used. It is the number itself that means nothing out there.',
        },
      },
      check: {
        all: [
          { predicted: 'office-calls' },
          { saw: { from: fromPod, to: desk, outcome: 'ok' } },
          { saw: { from: fromOffice, to: { ...desk, typed: 'ip' }, outcome: 'timeout' } },
        ],
      },
      hints: [
        'Two calls to the same number, from two places.',
        'In the office the name is unknown, so dial the ClusterIP there, with the extension behind a colon.',
        'Commit with a button, then type: /curl http://coffee-shop:{{svc/coffee-shop port}} --from customer and then: /curl {{svc/coffee-shop clusterIP}}:{{svc/coffee-shop port}} --from office',
      ],
      hintCommands: [
        '/lesson predict C',
        '/curl http://coffee-shop:{{svc/coffee-shop port}} --from customer',
        '/curl {{svc/coffee-shop clusterIP}}:{{svc/coffee-shop port}} --from office',
      ],
      wrong: [
        {
          id: 'guess-first',
          when: { all: [{ not: { predicted: 'office-calls' } }, { saw: { from: fromOffice, to: desk } }] },
          say: 'The office has called, but you had not committed. Choose a letter, then make both calls.',
        },
        {
          id: 'other-extension',
          when: { last: { from: fromPod, to: desk, outcome: 'timeout' } },
          say: 'The desk has one extension, {{svc/coffee-shop port}}. Without a number behind the colon, http means 80.',
          m: 'M01',
        },
        {
          id: 'name-outside',
          when: { last: { from: fromOffice, outcome: 'nxdomain' } },
          say: 'The office has another phone book. Dial the number there: {{svc/coffee-shop clusterIP}}:{{svc/coffee-shop port}}',
          m: 'M10',
        },
        {
          id: 'room-number',
          when: { last: { from: fromOffice, to: { typed: 'ip', pod: { labels: { app: 'coffee-shop' } } } } },
          say: "That was the room's number; it is internal, too. Dial the number of the desk, {{svc/coffee-shop clusterIP}}.",
          m: 'M40',
        },
        {
          id: 'too-far',
          when: { last: { from: fromStreet } },
          say: 'Let us not go that far yet. The nearest neighbour is the office: --from office.',
        },
        {
          id: 'now-outside',
          when: { saw: { from: fromPod, to: desk, outcome: 'ok' } },
          say: 'Inside it works. Now dial the same number from the office.',
        },
        {
          id: 'now-inside',
          when: { saw: { from: fromOffice, to: desk } },
          say: "Silence in the office. Now the same call from the customer's room, to compare.",
        },
      ],
      reveal:
        'Observed: coffee inside, silence outside. A ClusterIP is a number that the nodes understand; no road leads to it. For apps that call apps this is all you need.',
      solutions: [
        [
          '/lesson predict C',
          '/curl http://coffee-shop:{{svc/coffee-shop port}} --from customer',
          '/curl {{svc/coffee-shop clusterIP}}:{{svc/coffee-shop port}} --from office',
        ],
        [
          '/lesson predict A',
          '/kubectl exec deploy/regulars -- curl -s {{deploy/regulars env COFFEE_URL}}',
          '/curl http://{{svc/coffee-shop clusterIP}}:{{svc/coffee-shop port}}/ --from laptop',
        ],
      ],
      attempts: [
        { feedback: 'guess-first', lines: ['/curl {{svc/coffee-shop clusterIP}}:8088 --from office'] },
        { feedback: 'other-extension', lines: ['/lesson predict C', '/curl http://coffee-shop --from customer'] },
        { feedback: 'name-outside', lines: ['/lesson predict C', '/curl http://coffee-shop:8088 --from office'] },
        { feedback: 'room-number', lines: ['/lesson predict C', '/curl {{deploy/coffee-shop ip}}:8080 --from office'] },
        { feedback: 'too-far', lines: ['/lesson predict C', '/curl {{svc/coffee-shop clusterIP}}:8088 --from home'] },
        { feedback: 'now-outside', lines: ['/lesson predict C', '/curl http://coffee-shop:8088 --from customer'] },
        {
          feedback: 'now-inside',
          lines: ['/lesson predict C', '/curl {{svc/coffee-shop clusterIP}}:8088 --from office'],
        },
      ],
      concepts: ['S25', 'S26', 'S40'],
    },
    {
      id: 'L06.2',
      title: 'Ping proves nothing',
      say: "Somebody says: the desk is down, I pinged it. Test that from the customer's room. Ping coffee-shop, then order at the same address with curl. Guess first how the two go.",
      predict: {
        id: 'ping-or-curl',
        question: 'At the number of the desk …',
        before: 'traffic',
        options: [
          { id: 'A', label: 'ping and curl are both answered', m: 'M05' },
          { id: 'B', label: 'ping is silent, curl gets coffee', key: true },
          { id: 'C', label: 'ping is answered, curl is not', m: 'M05' },
          { id: 'D', label: 'both are silent', m: 'M05' },
        ],
        comment: {
          A: 'Only a machine answers ping, and behind this number there is none.',
          C: 'Only a machine answers ping, and behind this number there is none.',
          D: 'The silence of ping says nothing about the extension.',
        },
      },
      check: {
        all: [
          { predicted: 'ping-or-curl' },
          { saw: { from: fromPod, to: { ...desk, scheme: 'icmp' }, outcome: 'timeout' } },
          { saw: { from: fromPod, to: { ...desk, scheme: 'http' }, outcome: 'ok' } },
        ],
      },
      hints: [
        'One address, two ways to try it.',
        'Ping takes a name without a port. The order needs the extension as well.',
        'Commit with a button, then type: /ping coffee-shop --from customer and then: /curl http://coffee-shop:{{svc/coffee-shop port}} --from customer',
      ],
      hintCommands: [
        '/lesson predict B',
        '/ping coffee-shop --from customer',
        '/curl http://coffee-shop:{{svc/coffee-shop port}} --from customer',
      ],
      wrong: [
        deskGone,
        {
          id: 'guess-first',
          when: { all: [{ not: { predicted: 'ping-or-curl' } }, { saw: { to: { ...desk, scheme: 'icmp' } } }] },
          say: 'You have pinged, but not committed. Choose a letter, then try both.',
        },
        {
          id: 'ping-from-a-floor',
          when: { last: { from: { vantage: 'node' }, to: { scheme: 'icmp' } } },
          say: "Floors know the desk as well, and hear the same silence. Try it from the customer's room, as asked.",
        },
        {
          id: 'ping-outside',
          when: { last: { from: { notVantage: 'pod' }, to: { scheme: 'icmp' } } },
          say: 'Out there no call to that number arrives, so this silence means something else. Ping from a room.',
        },
        {
          id: 'ping-a-room',
          when: { last: { to: { scheme: 'icmp', pod: { namespace: 'default' } }, outcome: 'ok' } },
          say: 'That is a room, and rooms answer ping. Ping the desk: coffee-shop.',
        },
        {
          id: 'other-extension',
          when: { last: { from: fromPod, to: { ...desk, scheme: 'http' }, outcome: 'timeout' } },
          say: 'Now curl is silent too, but because of the extension: this desk has {{svc/coffee-shop port}}.',
          m: 'M01',
        },
        {
          id: 'now-curl',
          when: { saw: { from: fromPod, to: { ...desk, scheme: 'icmp' } } },
          say: 'Silence. Is the desk down? Order at the same address with curl and see.',
          m: 'M05',
        },
        {
          id: 'now-ping',
          when: { saw: { from: fromPod, to: { ...desk, scheme: 'http' }, outcome: 'ok' } },
          say: 'Coffee. Now ping the same address.',
        },
      ],
      reveal:
        'Observed: no reply to ping, and coffee at the same address. The desk is no machine; the nodes swap its number for that of a room, and only for its extension. To test a Service, use the Service.',
      solutions: [
        [
          '/lesson predict B',
          '/ping coffee-shop --from customer',
          '/curl http://coffee-shop:{{svc/coffee-shop port}} --from customer',
        ],
        [
          '/lesson predict A',
          '/curl {{svc/coffee-shop clusterIP}}:{{svc/coffee-shop port}}',
          '/ping {{svc/coffee-shop clusterIP}}',
        ],
      ],
      attempts: [
        closeDesk,
        { feedback: 'guess-first', lines: ['/ping coffee-shop --from customer'] },
        {
          feedback: 'ping-from-a-floor',
          lines: ['/lesson predict B', '/ping {{svc/coffee-shop clusterIP}} --from node/floor-1'],
        },
        { feedback: 'ping-outside', lines: ['/lesson predict B', '/ping {{svc/coffee-shop clusterIP}} --from office'] },
        { feedback: 'ping-a-room', lines: ['/lesson predict B', '/ping {{deploy/coffee-shop ip}} --from customer'] },
        { feedback: 'other-extension', lines: ['/lesson predict B', '/curl http://coffee-shop --from customer'] },
        { feedback: 'now-curl', lines: ['/lesson predict B', '/ping coffee-shop --from customer'] },
        { feedback: 'now-ping', lines: ['/lesson predict B', '/curl http://coffee-shop:8088 --from customer'] },
      ],
      concepts: ['S25'],
    },
    {
      id: 'L06.3',
      title: 'Two numbers on the way',
      say: "Two port numbers are at work in one order: the extension that the customer dials, and the door at which the room listens. Order from the customer's room and read both in the trace. Then write them down in that order.",
      answer: { id: 'chain', question: 'First the number dialled, then the door of the room' },
      check: {
        all: [
          { saw: { from: fromPod, to: desk, outcome: 'ok' } },
          { said: { id: 'chain', chain: ['{{svc/coffee-shop port}}', '{{svc/coffee-shop targetPort}}'] } },
        ],
      },
      hints: [
        'One line of the trace has an arrow in it. Which numbers stand behind the colons?',
        'The Service calls them port and targetPort.',
        'Type: /curl http://coffee-shop:{{svc/coffee-shop port}} --from customer and then: /lesson answer {{svc/coffee-shop port}} {{svc/coffee-shop targetPort}}',
      ],
      hintCommands: [
        '/curl http://coffee-shop:{{svc/coffee-shop port}} --from customer',
        '/lesson answer {{svc/coffee-shop port}} {{svc/coffee-shop targetPort}}',
      ],
      wrong: [
        deskGone,
        {
          id: 'turned-round',
          when: { said: { id: 'chain', chain: ['{{svc/coffee-shop targetPort}}', '{{svc/coffee-shop port}}'] } },
          say: 'The right numbers, turned round. First comes the one that the caller uses.',
          m: 'M01',
        },
        {
          id: 'one-number',
          when: { said: { id: 'chain', accept: ['{{svc/coffee-shop port}}', '{{svc/coffee-shop targetPort}}'] } },
          say: 'That is one of the two. Write both, with a blank between them.',
        },
        {
          id: 'dialled-the-door',
          when: { last: { to: { ...desk, port: 8080 }, outcome: 'timeout' } },
          say: '{{svc/coffee-shop targetPort}} is the door of the room. Whoever calls the desk dials its extension.',
          m: 'M01',
        },
        {
          id: 'look-first',
          when: {
            all: [
              { said: { id: 'chain', chain: ['{{svc/coffee-shop port}}', '{{svc/coffee-shop targetPort}}'] } },
              { not: { saw: { from: fromPod, to: desk, outcome: 'ok' } } },
            ],
          },
          say: 'Those are the two. Order once as well, and find them in the trace.',
        },
        {
          id: 'write-them',
          when: {
            all: [
              { saw: { from: fromPod, to: desk, outcome: 'ok' } },
              { not: { said: { id: 'chain', accept: ['*'] } } },
            ],
          },
          say: 'There it is, in the trace: one number before the arrow and one behind it. Write both down with the Answer button.',
        },
      ],
      reveal:
        'port is {{svc/coffee-shop port}}: it belongs to the Service, and callers use it. targetPort is {{svc/coffee-shop targetPort}}: it belongs to the Pods, and only the desk needs to know it. They may be equal; they need not be.',
      solutions: [
        [
          '/curl http://coffee-shop:{{svc/coffee-shop port}} --from customer',
          '/lesson answer {{svc/coffee-shop port}} {{svc/coffee-shop targetPort}}',
        ],
        [
          '/kubectl describe service coffee-shop',
          '/lesson answer {{svc/coffee-shop port}} -> {{svc/coffee-shop targetPort}}',
          '/kubectl exec customer -- curl -s {{svc/coffee-shop clusterIP}}:{{svc/coffee-shop port}}',
        ],
      ],
      attempts: [
        closeDesk,
        { feedback: 'dialled-the-door', lines: ['/curl http://coffee-shop:8080 --from customer'] },
        {
          feedback: 'turned-round',
          lines: [
            '/curl http://coffee-shop:8088 --from customer',
            '/lesson answer {{svc/coffee-shop targetPort}} {{svc/coffee-shop port}}',
          ],
        },
        { feedback: 'one-number', lines: ['/lesson answer {{svc/coffee-shop targetPort}}'] },
        {
          feedback: 'look-first',
          lines: ['/lesson answer {{svc/coffee-shop port}}→{{svc/coffee-shop targetPort}}'],
        },
        { feedback: 'write-them', lines: ['/curl http://coffee-shop:8088 --from customer'] },
      ],
      concepts: ['S02'],
    },
    {
      id: 'L06.4',
      title: 'A line that opens nothing',
      say: 'The Deployment names containerPort 8080. Does that line open the door? Guess, then take the line away and order again. One way is a patch that sets ports of the container coffee to null; the file shop-without-ports.yaml is another.',
      predict: {
        id: 'without-line',
        question: 'Without containerPort an order is …',
        before: 'change',
        options: [
          { id: 'A', label: 'refused: the door is shut', m: 'M02' },
          { id: 'B', label: 'answered as before', key: true },
          { id: 'C', label: 'answered on the same floor only', m: 'M30' },
          { id: 'D', label: 'lost: the desk finds no room', m: 'M02' },
        ],
        comment: {
          A: 'The program opens the door by listening. The line is a note for readers.',
          C: 'Floors play no part in it.',
          D: 'The desk finds rooms by their labels, and knocks where targetPort says.',
        },
      },
      check: {
        all: [
          { predicted: 'without-line' },
          { field: { obj: 'deploy/coffee-shop', path: CONTAINER_PORT, present: false } },
          { count: { of: { ready: shopPods }, op: 'ge', n: 1 } },
          { count: { of: { ready: { ...shopPods, kept: true } }, op: 'eq', n: 0 } },
          {
            any: [
              { saw: { from: fromPod, to: { ...desk, port: 8088 }, outcome: 'ok', afterChange: true } },
              { saw: { from: fromPod, to: { host: '{{deploy/coffee-shop ip}}', port: 8080 }, outcome: 'ok' } },
            ],
          },
        ],
      },
      hints: [
        "The line stands in the Deployment's template, in the list of ports of its container.",
        'A patch deletes what it sets to null. A new Pod follows; order from it through the desk.',
        'Commit with a button, then type: /kubectl patch deployment coffee-shop -p \'{"spec":{"template":{"spec":{"containers":[{"name":"coffee","ports":null}]}}}}\' and then: /curl http://coffee-shop:{{svc/coffee-shop port}} --from customer',
      ],
      hintCommands: [
        '/lesson predict B',
        '/kubectl patch deployment coffee-shop -p \'{"spec":{"template":{"spec":{"containers":[{"name":"coffee","ports":null}]}}}}\'',
        '/curl http://coffee-shop:{{svc/coffee-shop port}} --from customer',
      ],
      wrong: [
        deskGone,
        {
          id: 'shop-gone',
          when: { absent: 'deploy/coffee-shop' },
          say: 'You closed the shop. Undo, and take away only the line with containerPort.',
        },
        {
          id: 'guess-first',
          when: {
            all: [
              { not: { predicted: 'without-line' } },
              { field: { obj: 'deploy/coffee-shop', path: CONTAINER_PORT, present: false } },
            ],
          },
          say: 'The line is gone, but the guess is missing. Undo, choose a letter, and do it again.',
        },
        {
          id: 'other-number',
          when: {
            all: [
              { field: { obj: 'deploy/coffee-shop', path: CONTAINER_PORT, present: true } },
              { field: { obj: 'deploy/coffee-shop', path: CONTAINER_PORT, ne: 8080 } },
            ],
          },
          say: 'Now the line names another number, and the shop still listens on 8080: nobody reads it. Take it away altogether.',
          m: 'M02',
        },
        {
          id: 'apply-keeps',
          when: {
            all: [
              { field: { obj: 'deploy/coffee-shop', path: CONTAINER_PORT, present: true } },
              {
                field: {
                  obj: 'deploy/coffee-shop',
                  path: 'metadata.annotations.kubectl\\.kubernetes\\.io/last-applied-configuration',
                  present: true,
                },
              },
            ],
          },
          say: 'apply takes away only lines that an earlier apply has written, and this one it never wrote. Use replace with the same file, or a patch.',
        },
        {
          id: 'desk-changed',
          when: { not: { field: { obj: 'svc/coffee-shop', path: 'spec.ports[].targetPort', eq: 8080 } } },
          say: "You changed the desk's targetPort, so it knocks on the wrong door. Undo, and change the Deployment.",
          m: 'M01',
        },
        {
          id: 'order-again',
          when: { field: { obj: 'deploy/coffee-shop', path: CONTAINER_PORT, present: false } },
          say: 'The line is gone and a new Pod runs. Now order once more.',
        },
      ],
      reveal:
        'Observed: coffee, as before. containerPort is a note for people and tools. What opens a door is the program that listens behind it.',
      solutions: [
        [
          '/lesson predict B',
          '/kubectl patch deployment coffee-shop -p \'{"spec":{"template":{"spec":{"containers":[{"name":"coffee","ports":null}]}}}}\'',
          '/curl http://coffee-shop:{{svc/coffee-shop port}} --from customer',
        ],
        [
          '/lesson predict A',
          '/kubectl replace -f shop-without-ports.yaml',
          '/curl {{deploy/coffee-shop ip}}:8080 --from customer',
        ],
        [
          '/lesson predict D',
          '/kubectl patch deploy coffee-shop --type=json -p \'[{"op":"remove","path":"/spec/template/spec/containers/0/ports"}]\'',
          '/cluster rush regulars 3',
        ],
      ],
      attempts: [
        closeDesk,
        { feedback: 'shop-gone', lines: ['/lesson predict B', '/kubectl delete deployment coffee-shop'] },
        { feedback: 'guess-first', lines: ['/kubectl replace -f shop-without-ports.yaml'] },
        {
          feedback: 'other-number',
          lines: [
            '/lesson predict B',
            '/kubectl patch deploy coffee-shop --type=json -p \'[{"op":"replace","path":"/spec/template/spec/containers/0/ports/0/containerPort","value":9090}]\'',
          ],
        },
        { feedback: 'apply-keeps', lines: ['/lesson predict B', '/kubectl apply -f shop-without-ports.yaml'] },
        {
          feedback: 'desk-changed',
          lines: [
            '/lesson predict B',
            '/kubectl patch service coffee-shop -p \'{"spec":{"ports":[{"port":8088,"targetPort":80}]}}\'',
          ],
        },
        { feedback: 'order-again', lines: ['/lesson predict B', '/kubectl replace -f shop-without-ports.yaml'] },
      ],
      concepts: ['S02'],
    },
    {
      id: 'L06.5',
      title: 'A side door for the office',
      say: 'The office wants coffee. Cut a side door: make the Service a NodePort. Every node then opens one high port for it. Guess first what happens to somebody who asks for nodePort 80. Then cut the door, and order from the office: the name of a node, a colon, the number of the side door.',
      predict: {
        id: 'port-80',
        question: 'Who asks for nodePort: 80 gets …',
        before: 'change',
        options: [
          { id: 'A', label: 'a side door 80 on every node', m: 'M21' },
          { id: 'B', label: 'a refusal that names the range', key: true },
          { id: 'C', label: 'another number, without a word', m: 'M21' },
          { id: 'D', label: 'a side door that stays shut', m: 'M21' },
        ],
        comment: {
          A: 'Low ports belong to the node and its own programs.',
          C: 'The API server chooses a number only for those who ask for none.',
          D: 'What is not allowed is not stored.',
        },
      },
      check: { all: [{ predicted: 'port-80' }, hasSideDoor, throughNode(fromOffice)] },
      hints: [
        'The type of a Service can be changed while it runs.',
        'Set spec.type to NodePort and leave the number to Kubernetes; the PORT(S) column shows it behind the colon.',
        'Commit with a button, then type: /kubectl patch service coffee-shop -p \'{"spec":{"type":"NodePort"}}\' and then: /curl floor-1:NUMBER --from office (the number of the side door)',
      ],
      hintCommands: [
        '/lesson predict B',
        '/kubectl patch service coffee-shop -p \'{"spec":{"type":"NodePort"}}\'',
        `/curl floor-1:${SIDE_DOOR} --from office`,
      ],
      wrong: [
        deskGone,
        {
          id: 'low-number',
          when: { refused: { kind: 'Service', path: 'spec.ports[0].nodePort' } },
          say: 'There is your answer: side doors have numbers of 30000 and above. Ask for one of those, or for none and take what you get.',
          m: 'M21',
        },
        {
          id: 'extension-changed',
          when: { not: { field: { obj: 'svc/coffee-shop', path: 'spec.ports[].port', eq: 8088 } } },
          say: 'You changed the extension, and the regulars still dial {{deploy/regulars env COFFEE_URL}}. The side door is a number of its own: nodePort.',
          m: 'M01',
        },
        {
          id: 'another-desk',
          when: {
            all: [
              { not: hasSideDoor },
              {
                count: {
                  of: { objects: 'services', namespace: 'default', where: { path: 'spec.type', eq: 'NodePort' } },
                  op: 'ge',
                  n: 1,
                },
              },
            ],
          },
          say: 'That is a second desk with a side door of its own. It works; but give the side door to coffee-shop itself.',
        },
        {
          id: 'guess-first',
          when: { all: [{ not: { predicted: 'port-80' } }, hasSideDoor] },
          say: 'The side door is cut, but the guess is missing. Undo, choose a letter, and do it again.',
        },
        {
          id: 'still-the-extension',
          when: { last: { from: fromOffice, to: { ...desk, typed: 'ip' }, outcome: 'timeout' } },
          say: 'The ClusterIP stays internal, with or without a side door. Call a node: floor-1 and the number of the door.',
          m: 'M40',
        },
        {
          id: 'wrong-number',
          when: { all: [hasSideDoor, { last: { from: fromOffice, outcome: 'refused' } }] },
          say: `For this Service the nodes open ${SIDE_DOOR} and no other port.`,
          m: 'M01',
        },
        {
          id: 'try-it',
          when: hasSideDoor,
          say: `The side door is ${SIDE_DOOR}, on every node. Now let the office order through it.`,
        },
      ],
      notes: [
        {
          when: { field: { obj: 'svc/coffee-shop', path: 'spec.type', eq: 'LoadBalancer' } },
          say: 'Type LoadBalancer opens a side door too, and asks the cloud for a street address on top. That is lesson L12.',
        },
      ],
      reveal: `Three numbers by now: side door ${SIDE_DOOR} at the nodes, extension {{svc/coffee-shop port}} at the desk, door {{svc/coffee-shop targetPort}} at the rooms. And nodePort 80? The API server refuses it and names the range.`,
      solutions: [
        [
          '/lesson predict B',
          '/kubectl patch service coffee-shop -p \'{"spec":{"type":"NodePort"}}\'',
          `/curl floor-1:${SIDE_DOOR} --from office`,
        ],
        [
          '/lesson predict A',
          { line: '/kubectl apply -f -', stdin: sideDoor(30080) },
          `/curl http://{{node/floor-2 ip}}:${SIDE_DOOR} --from laptop`,
        ],
        ['/lesson predict C', '/kubectl apply -f side-door.yaml', `/curl http://floor-3:${SIDE_DOOR}/ --from office`],
      ],
      attempts: [
        closeDesk,
        {
          feedback: 'low-number',
          lines: ['/lesson predict A', { line: '/kubectl apply -f -', stdin: sideDoor(80) }],
        },
        {
          feedback: 'extension-changed',
          lines: [
            '/lesson predict B',
            '/kubectl patch service coffee-shop --type=json -p \'[{"op":"replace","path":"/spec/ports/0/port","value":80}]\'',
          ],
        },
        {
          feedback: 'another-desk',
          lines: ['/lesson predict B', '/kubectl create service nodeport side-door --tcp=8088:8080'],
        },
        { feedback: 'guess-first', lines: ['/kubectl apply -f side-door.yaml'] },
        {
          feedback: 'still-the-extension',
          lines: [
            '/lesson predict B',
            '/kubectl apply -f side-door.yaml',
            '/curl {{svc/coffee-shop clusterIP}}:8088 --from office',
          ],
        },
        {
          feedback: 'wrong-number',
          lines: ['/lesson predict B', '/kubectl apply -f side-door.yaml', '/curl floor-1:8088 --from office'],
        },
        { feedback: 'try-it', lines: ['/lesson predict B', '/kubectl apply -f side-door.yaml'] },
      ],
      concepts: ['S27'],
    },
    {
      id: 'L06.6',
      title: 'Any floor will do',
      say: 'The one coffee shop is on {{deploy/coffee-shop node}}. Does the side door work on a floor without a shop? Guess, then let the office order through such a floor, for example {{deploy/coffee-shop otherNode}}.',
      predict: {
        id: 'other-floor',
        question: 'Through a floor without a shop the office gets …',
        before: 'traffic',
        options: [
          { id: 'A', label: 'a refusal: no shop is there', m: 'M30' },
          { id: 'B', label: 'coffee', key: true },
          { id: 'C', label: 'the name of the right floor', m: 'M30' },
          { id: 'D', label: 'no answer until it gives up', m: 'M30' },
        ],
        comment: {
          A: 'Every node opens the door, with or without a shop behind it.',
          C: 'Nobody sends the caller elsewhere; the node passes the call on by itself.',
          D: 'That happens only under externalTrafficPolicy: Local.',
        },
      },
      check: {
        all: [
          { predicted: 'other-floor' },
          { saw: { from: fromOffice, to: { ...desk, nodeHasEndpoint: false }, outcome: 'ok' } },
        ],
      },
      hints: [
        'The wide list of Pods shows the floor of the shop. Take another one.',
        `The side door has the same number on every floor: ${SIDE_DOOR}.`,
        `Commit with a button, then type: /curl {{deploy/coffee-shop otherNode}}:${SIDE_DOOR} --from office`,
      ],
      hintCommands: ['/lesson predict B', `/curl {{deploy/coffee-shop otherNode}}:${SIDE_DOOR} --from office`],
      wrong: [
        deskGone,
        {
          id: 'door-gone',
          when: { field: { obj: 'svc/coffee-shop', path: 'spec.type', eq: 'ClusterIP' } },
          say: 'There is no side door: the Service has type ClusterIP. It should be a NodePort.',
        },
        {
          id: 'local-only',
          when: { field: { obj: 'svc/coffee-shop', path: 'spec.externalTrafficPolicy', eq: 'Local' } },
          say: 'Under the policy Local a floor serves its own rooms only. That is the exception; undo, and see the rule first.',
          m: 'M30',
        },
        {
          id: 'guess-first',
          when: { all: [{ not: { predicted: 'other-floor' } }, { saw: { to: { ...desk, nodeHasEndpoint: false } } }] },
          say: 'You have tried it, but not committed. Choose a letter, then try once more.',
        },
        {
          id: 'shop-on-every-floor',
          when: { count: { of: { ready: shopPods }, op: 'ge', n: 3 } },
          say: 'Now every floor has a shop. Scale back to one, so that there is a floor without.',
        },
        {
          id: 'floor-with-shop',
          when: { last: { to: { ...desk, nodeHasEndpoint: true } } },
          say: 'A shop is on that floor, so it proves little. Go through {{deploy/coffee-shop otherNode}}.',
        },
        {
          id: 'wrong-number',
          when: { last: { from: fromOffice, outcome: 'refused' } },
          say: `That port is shut on every floor. The side door is ${SIDE_DOOR}.`,
          m: 'M01',
        },
      ],
      reveal:
        'Observed: coffee. The node that you called had no shop and passed the call on. An outside caller may use any floor. A floor that is down is another matter: then callers must know a second one.',
      solutions: [
        ['/lesson predict B', `/curl {{deploy/coffee-shop otherNode}}:${SIDE_DOOR} --from office`],
        [
          '/lesson predict A',
          '/kubectl get pods -o wide',
          `/curl http://{{deploy/coffee-shop otherNode}}:${SIDE_DOOR}/ --from laptop --repeat 3`,
        ],
      ],
      attempts: [
        closeDesk,
        {
          feedback: 'door-gone',
          lines: ['/lesson predict B', '/kubectl patch service coffee-shop -p \'{"spec":{"type":"ClusterIP"}}\''],
        },
        {
          feedback: 'local-only',
          lines: [
            '/lesson predict B',
            '/kubectl patch service coffee-shop -p \'{"spec":{"externalTrafficPolicy":"Local"}}\'',
            `/curl {{deploy/coffee-shop otherNode}}:${SIDE_DOOR} --from office`,
          ],
        },
        { feedback: 'guess-first', lines: [`/curl {{deploy/coffee-shop otherNode}}:${SIDE_DOOR} --from office`] },
        {
          feedback: 'shop-on-every-floor',
          lines: [
            '/lesson predict B',
            '/kubectl scale deploy coffee-shop --replicas=3',
            `/curl floor-1:${SIDE_DOOR} --from office`,
          ],
        },
        {
          feedback: 'floor-with-shop',
          lines: ['/lesson predict B', `/curl {{deploy/coffee-shop node}}:${SIDE_DOOR} --from office`],
        },
        {
          feedback: 'wrong-number',
          lines: ['/lesson predict B', '/curl {{deploy/coffee-shop otherNode}}:8088 --from office'],
        },
      ],
      concepts: ['S27'],
    },
    {
      id: 'L06.7',
      title: 'From home',
      say: `At home somebody tries the same: http://{{node/floor-1 ip}}:${SIDE_DOOR}. Try it from home and read where the call stops. Then open the gate, the cloud firewall, so that home gets coffee through the side door. Open that one port and nothing else.`,
      check: {
        all: [
          { setting: { openPorts: [SIDE_DOOR] } },
          { probe: { from: 'home', url: `http://{{node/floor-1 ip}}:${SIDE_DOOR}`, expect: { outcome: 'ok' } } },
          { probe: { from: 'home', url: 'http://{{node/floor-1 ip}}:10250', expect: { outcome: 'timeout' } } },
        ],
      },
      hints: [
        'Between the street and the nodes stands a firewall. It is a setting of the cloud and no object of Kubernetes.',
        'There is a word of /cluster for the firewall; it takes a port.',
        `Type: /cluster firewall allow ${SIDE_DOOR}`,
      ],
      hintCommands: [`/cluster firewall allow ${SIDE_DOOR}`],
      wrong: [
        deskGone,
        {
          id: 'door-gone',
          when: { field: { obj: 'svc/coffee-shop', path: 'spec.type', eq: 'ClusterIP' } },
          say: 'There is no side door: the Service has type ClusterIP. It should be a NodePort.',
        },
        {
          id: 'all-open',
          when: {
            all: [
              { not: { setting: { openPorts: [SIDE_DOOR] } } },
              { probe: { from: 'home', url: `http://{{node/floor-1 ip}}:${SIDE_DOOR}`, expect: { outcome: 'ok' } } },
            ],
          },
          say: `It works, but other ports stand open, too, for everybody on the street. Undo, and allow ${SIDE_DOOR} alone.`,
          m: 'M22',
        },
        {
          id: 'wrong-port',
          when: { not: { setting: { openPorts: [] } } },
          say: `The gate is open for another port. The side door is ${SIDE_DOOR}.`,
          m: 'M01',
        },
        {
          id: 'name-at-home',
          when: { last: { from: fromStreet, outcome: 'nxdomain' } },
          say: 'At home nobody knows the names of our floors. Use an address: {{node/floor-1 ip}}.',
          m: 'M10',
        },
        {
          id: 'inside-number',
          when: { last: { from: fromStreet, to: { ...desk, host: '{{svc/coffee-shop clusterIP}}' } } },
          say: 'That is the internal extension; no gate in the world makes it public. Use the side door of a node.',
          m: 'M40',
        },
        {
          id: 'gate-shut',
          when: { last: { from: fromStreet, outcome: 'timeout' } },
          say: 'The trace ends at the firewall: it drops what is not on its list, without a word. The side door is fine. Open the gate.',
          m: 'M22',
        },
      ],
      reveal:
        'Home gets coffee, and the other ports of the nodes stay shut. A NodePort cuts a door into the building. Whether the street leads to that door is decided elsewhere.',
      solutions: [
        [`/cluster firewall allow ${SIDE_DOOR}`, `/curl http://{{node/floor-1 ip}}:${SIDE_DOOR} --from home`],
        [
          `/curl http://{{node/floor-3 ip}}:${SIDE_DOOR} --from home`,
          '/kubectl patch service coffee-shop --type=json -p \'[{"op":"replace","path":"/spec/ports/0/nodePort","value":30100}]\'',
          '/cluster firewall allow 30100/TCP',
        ],
      ],
      attempts: [
        closeDesk,
        { feedback: 'door-gone', lines: ['/kubectl patch service coffee-shop -p \'{"spec":{"type":"ClusterIP"}}\''] },
        { feedback: 'all-open', lines: ['/cluster firewall allow 30000-32767'] },
        { feedback: 'wrong-port', lines: ['/cluster firewall allow 8088'] },
        { feedback: 'name-at-home', lines: [`/curl http://floor-1:${SIDE_DOOR} --from home`] },
        { feedback: 'inside-number', lines: ['/curl {{svc/coffee-shop clusterIP}}:8088 --from home'] },
        { feedback: 'gate-shut', lines: [`/curl http://{{node/floor-1 ip}}:${SIDE_DOOR} --from home`] },
      ],
      concepts: ['S28'],
    },
    {
      id: 'L06.8',
      title: 'Three ways in',
      say: 'Time to compare. Give each of the three its line: who gets in, and what it is for. Ingress is the way that the next lesson takes: one lobby for all visitors, and somebody there who sends them on. /lesson compare shows what your own cluster offers at this moment.',
      answer: {
        id: 'ways',
        question: 'Which line belongs to which?',
        options: [
          { id: 'A', label: 'Inside only. One app calls another.' },
          { id: 'B', label: "A node's address and a high port. Tests, quick visits." },
          { id: 'C', label: 'One entrance, sorted by host and path. Many web apps.' },
          { id: 'D', label: "The whole street, by the desk's own number." },
        ],
        rows: ['ClusterIP', 'NodePort', 'Ingress'],
      },
      check: {
        all: [
          { said: { id: 'ways.ClusterIP', equals: 'A' } },
          { said: { id: 'ways.NodePort', equals: 'B' } },
          { said: { id: 'ways.Ingress', equals: 'C' } },
        ],
      },
      hints: [
        'One line is left over: nothing in the cluster works like that.',
        'Step 1 was about the first, steps 5 to 7 about the second.',
        'Type: /lesson answer ClusterIP=A NodePort=B Ingress=C',
      ],
      hintCommands: ['/lesson answer ClusterIP=A NodePort=B Ingress=C'],
      wrong: [
        {
          id: 'extension-outside',
          when: { said: { id: 'ways.ClusterIP', accept: ['B', 'C', 'D'] } },
          say: 'Think of step 1: the office dialled the ClusterIP and heard nothing.',
          m: 'M40',
        },
        {
          id: 'door-for-all',
          when: { said: { id: 'ways.NodePort', accept: ['A', 'C', 'D'] } },
          say: 'Think of steps 5 to 7: the office called a node, at a number of 30000 or more.',
          m: 'M22',
        },
        {
          id: 'one-more-type',
          when: { said: { id: 'ways.Ingress', accept: ['A', 'B', 'D'] } },
          say: 'Ingress is no type of Service. It stands in the lobby, reads what visitors ask for, and sends them on.',
          m: 'T12',
        },
        {
          id: 'rows-open',
          when: {
            any: [
              { said: { id: 'ways.ClusterIP', equals: 'A' } },
              { said: { id: 'ways.NodePort', equals: 'B' } },
              { said: { id: 'ways.Ingress', equals: 'C' } },
            ],
          },
          say: 'Right so far. There are rows left to fill.',
        },
      ],
      reveal:
        'Each way includes the one before: a NodePort Service still has its ClusterIP, and an Ingress sends visitors on to Services. The line left over is the one that does not exist.',
      solutions: [
        ['/lesson answer ClusterIP=A NodePort=B Ingress=C'],
        ['/lesson compare', '/lesson answer Ingress C', '/lesson answer NodePort B', '/lesson answer ClusterIP A'],
      ],
      attempts: [
        { feedback: 'extension-outside', lines: ['/lesson answer ClusterIP=D NodePort=B Ingress=C'] },
        { feedback: 'door-for-all', lines: ['/lesson answer ClusterIP=A NodePort=D Ingress=C'] },
        { feedback: 'one-more-type', lines: ['/lesson answer ClusterIP=A NodePort=B Ingress=D'] },
        { feedback: 'rows-open', lines: ['/lesson answer NodePort B'] },
      ],
      concepts: ['S38'],
    },
  ],
  recap:
    'ClusterIP: an extension for those inside, which answers at its port and never to ping. NodePort: the same, plus a side door with a high number on every node. port is for callers, targetPort for the Pods, nodePort for the nodes; containerPort is a note. Whether the street gets in is up to the firewall.',
  exit: ['q037', 'q038', 'q036'],
  finePrint: [
    {
      label: 'A private tunnel',
      m: 'M41',
      say: 'kubectl port-forward makes a tunnel from your machine to ONE Pod, even if you name a Service: it picks a Pod at the start and stays with it. Nothing is shared out, and the tunnel ends with the command. Good for a look, not for visitors.',
      commands: ['/kubectl port-forward service/coffee-shop 8080:8088'],
    },
    {
      label: 'Local or Cluster',
      m: 'M30',
      say: 'With externalTrafficPolicy Local a node serves only Pods of its own, and floors without one stay silent. In return the Pod sees the address of the visitor. With Cluster, the default, it sees the address of the node that passed the call on.',
      commands: [
        '/kubectl patch service coffee-shop -p \'{"spec":{"externalTrafficPolicy":"Local"}}\'',
        `/curl {{deploy/coffee-shop otherNode}}:${SIDE_DOOR} --from office`,
        `/curl {{deploy/coffee-shop node}}:${SIDE_DOOR} --from office`,
      ],
    },
    {
      label: 'Addresses of nodes',
      m: 'M22',
      say: 'Here the street calls the nodes by the addresses that you see in the list of nodes. In a real cloud these are private, and a node has a public address besides, or none at all. The firewall asks about the port in either case.',
    },
  ],
})
