import { defineLesson } from '../../src/tutor/lesson.ts'

const shop = { app: 'coffee-shop' }
const fromRegulars = { owner: 'deploy/regulars' }

/** Another Deployment whose Pods wear the same label: a legitimate way to three shops. */
const SECOND_SHOP = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: second-shop
spec:
  replicas: 2
  selector:
    matchLabels: {app: coffee-shop, branch: second}
  template:
    metadata:
      labels: {app: coffee-shop, branch: second}
    spec:
      containers:
      - name: coffee
        image: cafe/coffee-shop
`

export const podIPChurn = defineLesson({
  id: 'pod-ip-churn',
  code: 'L03',
  title: 'Monday, Tuesday, Wednesday',
  goal: 'Tell what survives when a container restarts, a Pod is replaced, an app is scaled. See a written-down Pod IP fail.',
  story: 'Three days in the life of a coffee shop. It moves, it grows, and its regulars keep an old note.',
  minutes: 12,
  requires: ['L01', 'L02'],
  challenges: [1, 2],
  concepts: ['S14', 'S15'],
  misconceptions: ['M31', 'M32', 'T08'],
  world: 'cafe-monday',
  steps: [
    {
      id: 'L03.1',
      title: 'Monday: find the shop, place an order',
      say: "It is Monday and the coffee shop has opened in Room 101. In this building any room may ring any other; you only need the number. Look up the IP of the shop's Pod. Then order from the customer's room: call that IP on door 8080. The trace below the answer shows each hop. Which floors does the call touch?",
      check: { saw: { from: { vantage: 'pod' }, to: { pod: { labels: shop }, port: 8080 }, outcome: 'ok' } },
      hints: [
        'Pods are listed with their IPs in the wide list, or in the drawing of the building.',
        'A call needs two things: the address of the room and its door, written with a colon between them.',
        'Type: /curl {{deploy/coffee-shop ip}}:8080 --from customer',
      ],
      hintCommands: ['/curl {{deploy/coffee-shop ip}}:8080 --from customer'],
      wrong: [
        {
          id: 'own-room',
          when: { any: [{ last: { to: { host: 'localhost' } } }, { last: { to: { host: '127.0.0.1' } } }] },
          say: 'localhost is always the room that calls. The customer rang their own room, and no shop is in there.',
          m: 'M06',
        },
        {
          id: 'no-such-name',
          when: {
            any: [{ last: { to: { typed: 'name' }, outcome: 'nxdomain' } }, { lastAsked: { rcode: 'NXDOMAIN' } }],
          },
          say: 'Nobody has put that name into the phone book yet. Names come with a Service, in the next lesson. Use the number today.',
          m: 'M03',
        },
        {
          id: 'from-outside',
          when: { last: { from: { notVantage: 'pod' }, outcome: 'timeout' } },
          say: 'Pod numbers work inside the cluster only; out there nobody knows the way. Call from a room: --from customer.',
          m: 'M40',
        },
        {
          id: 'wrong-door',
          when: { last: { to: { pod: { labels: shop } }, outcome: 'refused' } },
          say: 'Right room, wrong door: the call reached it and nobody listens on that port. The shop serves at door 8080.',
          m: 'T01',
        },
      ],
      reveal:
        'One Pod called another by its number: no set-up, no translation on the way. The network carried it between floors.',
      solutions: [
        ['/curl {{deploy/coffee-shop ip}}:8080 --from customer'],
        ['/kubectl exec customer -- curl -s {{deploy/coffee-shop ip}}:8080'],
        ['/kubectl get pods -o wide', '/curl http://{{deploy/coffee-shop ip}}:8080/ --from regulars'],
      ],
      attempts: [
        { feedback: 'wrong-door', lines: ['/curl {{deploy/coffee-shop ip}} --from customer'] },
        { feedback: 'no-such-name', lines: ['/curl http://coffee-shop --from customer'] },
        { feedback: 'no-such-name', lines: ['/nslookup coffee-shop --from customer'] },
        { feedback: 'from-outside', lines: ['/curl {{deploy/coffee-shop ip}}:8080 --from office'] },
        { feedback: 'own-room', lines: ['/curl localhost:8080 --from customer'] },
      ],
      concepts: ['S09', 'S10', 'S11'],
    },
    {
      id: 'L03.2',
      title: 'The espresso machine trips',
      say: 'A fuse blows: the container in Room 101 crashes, and Kubernetes starts it again where it is. First commit to a guess. Then make it crash, and compare the list of Pods before and after: name, RESTARTS, IP.',
      predict: {
        id: 'after-restart',
        question: "After the container has restarted, the Pod's IP is …",
        before: 'change',
        options: [
          { id: 'A', label: 'the same as before', key: true },
          { id: 'B', label: 'a new one on the same floor', m: 'M31' },
          { id: 'C', label: 'a new one on another floor', m: 'M31' },
          { id: 'D', label: 'gone until somebody deletes the Pod', m: 'M31' },
        ],
        comment: {
          B: 'A frequent guess: "the Pod restarted" is said of two different things.',
          C: 'A frequent guess: "the Pod restarted" is said of two different things.',
          D: 'The Pod never went away; only what runs in it did.',
        },
      },
      check: {
        all: [
          { predicted: 'after-restart' },
          { count: { of: { ready: { labels: shop, kept: true, keptIP: true, restarted: true } }, op: 'ge', n: 1 } },
        ],
      },
      hints: [
        'The worker falls over, the room stays. Which of the two do you have to hit?',
        'Chaos is a word of /cluster; one of its forms crashes a container and nothing else.',
        'Commit with a button, then type: /cluster chaos crash coffee-shop',
      ],
      hintCommands: ['/lesson predict A', '/cluster chaos crash coffee-shop'],
      wrong: [
        {
          id: 'node-down',
          when: { field: { obj: 'node/floor-1', path: 'spec.taints[].key', eq: 'node.kubernetes.io/unreachable' } },
          say: 'The whole floor went dark, which is far more than a fuse. Undo, and hit only the container.',
        },
        {
          id: 'guess-first',
          when: {
            all: [
              { not: { predicted: 'after-restart' } },
              { count: { of: { ready: { labels: shop, kept: true, restarted: true } }, op: 'ge', n: 1 } },
            ],
          },
          say: 'It crashed and came back, but you had not committed. A wrong guess costs nothing and makes you look closer. Undo, choose a letter, crash it again.',
        },
        {
          id: 'replaced',
          when: { count: { of: { pods: { labels: shop, kept: true } }, op: 'eq', n: 0 } },
          say: "That replaced the room as a whole: new name, new number. It is Tuesday's story. Undo, and crash only the container.",
          m: 'M31',
        },
      ],
      reveal:
        'Observed: the same Pod, still {{deploy/coffee-shop ip}}, and RESTARTS has gone up. Restarting a container does not make a new Pod; the IP belongs to the Pod.',
      solutions: [
        ['/lesson predict A', '/cluster chaos crash coffee-shop'],
        ['/lesson predict B', '/kubectl exec {{deploy/coffee-shop pod}} -- kill 1'],
      ],
      attempts: [
        { feedback: 'guess-first', lines: ['/cluster chaos crash coffee-shop'] },
        { feedback: 'replaced', lines: ['/lesson predict A', '/kubectl delete pod {{deploy/coffee-shop pod}}'] },
        { feedback: 'node-down', lines: ['/lesson predict A', '/cluster chaos node-down floor-1'] },
      ],
      concepts: ['S14'],
    },
    {
      id: 'L03.3',
      title: 'Tuesday: the Pod is replaced',
      say: 'On Tuesday the room itself is lost. An eviction, an update, a broken floor: many things do that. The Deployment wants one shop, so it opens another. Guess what stays, then make it happen: remove the Pod and look at the one that follows it.',
      predict: {
        id: 'after-replacement',
        question: 'What does the new Pod have in common with the old one?',
        before: 'change',
        options: [
          { id: 'A', label: 'name and IP', m: 'M31' },
          { id: 'B', label: 'the IP, not the name', m: 'M32' },
          { id: 'C', label: 'the labels, neither name nor IP', key: true },
          { id: 'D', label: 'nothing at all' },
        ],
        comment: {
          A: 'That would be a restart. A replacement is another object.',
          B: 'An IP is handed out when a Pod starts and given up when it ends. Nobody forwards it.',
          D: 'One thing is the same: the labels, since both Pods came from one template.',
        },
      },
      check: {
        all: [
          { predicted: 'after-replacement' },
          { count: { of: { ready: { labels: shop } }, op: 'ge', n: 1 } },
          { count: { of: { ready: { labels: shop, kept: true } }, op: 'eq', n: 0 } },
          { count: { of: { ready: { labels: shop, keptIP: true } }, op: 'eq', n: 0 } },
        ],
      },
      hints: [
        'Somebody watches over the number of shops. What happens if one disappears?',
        'Delete the Pod and leave its Deployment alone.',
        'Commit with a button, then type: /kubectl delete pod -l app=coffee-shop',
      ],
      hintCommands: ['/lesson predict C', '/kubectl delete pod -l app=coffee-shop'],
      wrong: [
        {
          id: 'customer-gone',
          when: { any: [{ absent: 'pod/customer' }, { absent: 'deploy/regulars' }] },
          say: 'You sent a guest home, not the shop. Undo, and pick a Pod with the label app=coffee-shop.',
        },
        {
          id: 'deployment-gone',
          when: { absent: 'deploy/coffee-shop' },
          say: 'You closed the business, not one room: nobody is left to open another. Undo, and delete only the Pod.',
        },
        {
          id: 'scaled-to-zero',
          when: { field: { obj: 'deploy/coffee-shop', path: 'spec.replicas', eq: 0 } },
          say: 'Zero shops are wanted, so zero are open. Scale back to 1 and compare the numbers.',
        },
        {
          id: 'guess-first',
          when: {
            all: [
              { not: { predicted: 'after-replacement' } },
              { count: { of: { ready: { labels: shop, kept: false } }, op: 'ge', n: 1 } },
            ],
          },
          say: 'The Pod has been replaced, but without your guess. Undo, choose a letter, then do it again.',
        },
        {
          id: 'only-restarted',
          when: { count: { of: { ready: { labels: shop, kept: true, restarted: true } }, op: 'ge', n: 1 } },
          say: 'The UID is the same: only the container restarted. Remove the Pod object this time.',
          m: 'M31',
        },
      ],
      reveal:
        'Observed: another name, another UID, and {{deploy/coffee-shop ip}} instead of {{start deploy/coffee-shop ip}}. The labels are the same, because the template sets them. Keep that in mind for the front desk.',
      solutions: [
        ['/lesson predict C', '/kubectl delete pod {{deploy/coffee-shop pod}}'],
        ['/lesson predict A', '/kubectl drain floor-1 --ignore-daemonsets'],
        ['/lesson predict B', '/kubectl rollout restart deployment coffee-shop'],
        ['/lesson predict D', '/cluster chaos node-down floor-1', '/cluster wait 6m'],
      ],
      attempts: [
        { feedback: 'deployment-gone', lines: ['/lesson predict C', '/kubectl delete deployment coffee-shop'] },
        {
          feedback: 'scaled-to-zero',
          lines: ['/lesson predict C', '/kubectl scale deployment coffee-shop --replicas=0'],
        },
        { feedback: 'only-restarted', lines: ['/lesson predict C', '/cluster chaos crash coffee-shop'] },
        { feedback: 'customer-gone', lines: ['/lesson predict C', '/kubectl delete pod customer'] },
        { feedback: 'guess-first', lines: ['/kubectl delete pod -l app=coffee-shop'] },
      ],
      concepts: ['S14'],
    },
    {
      id: 'L03.4',
      title: 'The old number',
      say: "The regulars kept Monday's note: {{deploy/regulars env COFFEE_URL}}. What will they get today? Commit to a guess. Then call the OLD address from any room, and read what kind of failure it is, not only that it fails.",
      predict: {
        id: 'old-number',
        question: 'Who calls the old IP gets …',
        before: 'traffic',
        options: [
          { id: 'A', label: 'forwarded to the new room', m: 'M32' },
          { id: 'B', label: 'a message with the new address', m: 'M32' },
          { id: 'C', label: 'no answer until the caller gives up', key: true },
          { id: 'D', label: 'refused by the old room', m: 'M39' },
        ],
        comment: {
          A: 'Nothing keeps a forwarding order for Pod IPs.',
          B: 'Nobody is left there who could say anything.',
          D: 'To refuse a call, somebody has to own the address. Nobody does.',
        },
      },
      check: {
        all: [
          { predicted: 'old-number' },
          {
            any: [
              {
                saw: {
                  from: { vantage: 'pod' },
                  to: { retiredFrom: 'coffee-shop', port: 8080 },
                  outcome: 'timeout',
                },
              },
              // A node that is down still holds the old Pod object and its address.
              {
                saw: {
                  from: { vantage: 'pod' },
                  to: { typed: 'ip', pod: { labels: shop }, port: 8080 },
                  outcome: 'timeout',
                },
              },
            ],
          },
        ],
      },
      hints: [
        "The number that you called on Monday, not today's.",
        'Retired numbers of the shop are listed by /cluster history coffee-shop.',
        'Commit with a button, then type: /curl {{retired coffee-shop}}:8080 --from regulars',
      ],
      hintCommands: ['/lesson predict C', '/curl {{retired coffee-shop}}:8080 --from regulars'],
      wrong: [
        {
          id: 'new-number',
          when: { last: { to: { pod: { labels: shop } }, outcome: 'ok' } },
          say: 'That is the new room, and it works. We want to see what somebody with the OLD note gets.',
        },
        {
          id: 'other-door',
          when: { all: [{ last: { to: { retiredFrom: 'coffee-shop' } } }, { not: { last: { to: { port: 8080 } } } }] },
          say: 'The old address, but another door. Use 8080, so that only the address differs.',
        },
        {
          id: 'guess-first',
          when: { all: [{ not: { predicted: 'old-number' } }, { last: { outcome: 'timeout' } }] },
          say: 'You have seen it now, yet without a guess. Choose a letter, then call once more.',
        },
      ],
      reveal:
        'Observed: silence, then the caller gives up. Nobody owns that number. Some day another Pod may get it, and the regulars would order coffee from a stranger.',
      solutions: [
        ['/lesson predict C', '/curl {{retired coffee-shop}}:8080 --from regulars'],
        ['/lesson predict D', '/kubectl exec customer -- curl -m 2 http://{{retired coffee-shop}}:8080'],
        ['/lesson predict A', '/nc --from customer {{retired coffee-shop}} 8080'],
      ],
      attempts: [
        {
          feedback: 'new-number',
          lines: ['/lesson predict C', '/curl {{deploy/coffee-shop ip}}:8080 --from regulars'],
        },
        { feedback: 'other-door', lines: ['/lesson predict C', '/curl {{retired coffee-shop}}:80 --from regulars'] },
        { feedback: 'guess-first', lines: ['/curl {{retired coffee-shop}}:8080 --from regulars'] },
      ],
      concepts: ['S14'],
    },
    {
      id: 'L03.5',
      title: 'Write a new note',
      say: "Help the regulars the quick way: give them today's address. Change COFFEE_URL of the Deployment regulars, so that their next order succeeds. Any way will do. (If you feel that this cannot last: you are right.)",
      check: {
        probe: {
          from: 'deploy/regulars',
          url: '{{deploy/regulars env COFFEE_URL}}',
          expect: { outcome: 'ok', answeredBy: { labels: shop } },
        },
      },
      hints: [
        'The log of the regulars shows which URL they use.',
        "The environment is part of the Deployment's template; a running Pod's own cannot be changed.",
        'Type: /kubectl set env deploy/regulars COFFEE_URL=http://{{deploy/coffee-shop ip}}:8080',
      ],
      hintCommands: ['/kubectl set env deploy/regulars COFFEE_URL=http://{{deploy/coffee-shop ip}}:8080'],
      wrong: [
        {
          id: 'own-room',
          when: {
            field: {
              obj: 'deploy/regulars',
              path: 'spec.template.spec.containers[].env[].value',
              in: ['http://localhost:8080', 'http://localhost', 'localhost:8080', 'localhost', 'http://127.0.0.1:8080'],
            },
          },
          say: "With that note the regulars ring their own room. Write down the shop's address.",
          m: 'M06',
        },
        {
          id: 'bakery',
          when: {
            probe: {
              from: 'deploy/regulars',
              url: '{{deploy/regulars env COFFEE_URL}}',
              expect: { outcome: 'ok', answeredBy: { labels: { app: 'bakery' } } },
            },
          },
          say: 'They got a croissant. Look in the Pod list whose number that is.',
        },
        {
          id: 'door-missing',
          when: {
            probe: {
              from: 'deploy/regulars',
              url: '{{deploy/regulars env COFFEE_URL}}',
              expect: { outcome: 'refused' },
            },
          },
          say: 'The room is right, the door is not: without a port, http means 80. The shop serves at 8080.',
          m: 'T01',
        },
      ],
      notes: [
        {
          when: { exists: 'svc/coffee-shop' },
          say: 'You used a Service already: that is the next lesson, and the better note.',
        },
      ],
      reveal:
        'The regulars were rolled out again with the note {{deploy/regulars env COFFEE_URL}} and get their coffee. Until the next Tuesday.',
      solutions: [
        ['/kubectl set env deploy/regulars COFFEE_URL=http://{{deploy/coffee-shop ip}}:8080'],
        [
          '/kubectl patch deployment regulars -p \'{"spec":{"template":{"spec":{"containers":[{"name":"regulars","env":[{"name":"COFFEE_URL","value":"http://{{deploy/coffee-shop ip}}:8080"}]}]}}}}\'',
        ],
        [
          '/kubectl expose deployment coffee-shop --port=80 --target-port=8080',
          '/kubectl set env deployment regulars COFFEE_URL=http://coffee-shop',
        ],
      ],
      attempts: [
        {
          feedback: 'door-missing',
          lines: ['/kubectl set env deploy/regulars COFFEE_URL=http://{{deploy/coffee-shop ip}}'],
        },
        { feedback: 'own-room', lines: ['/kubectl set env deploy/regulars COFFEE_URL=http://localhost:8080'] },
        { feedback: 'bakery', lines: ['/kubectl set env deploy/regulars COFFEE_URL=http://{{deploy/bakery ip}}:8080'] },
      ],
      concepts: ['S14'],
    },
    {
      id: 'L03.6',
      title: 'Wednesday: three shops',
      say: 'On Wednesday one shop is not enough. Open three, spread over the building, and wait until all of them are Ready. /cluster show draws the floors, and lists them as text.',
      check: {
        all: [
          { count: { of: { ready: { labels: shop } }, op: 'eq', n: 3 } },
          { count: { of: { nodes: { labels: shop } }, op: 'ge', n: 2 } },
        ],
      },
      hints: [
        'How many shops there should be is written in the Deployment.',
        'The field is called replicas.',
        'Type: /kubectl scale deploy coffee-shop --replicas=3',
      ],
      hintCommands: ['/kubectl scale deploy coffee-shop --replicas=3'],
      wrong: [
        {
          id: 'without-label',
          when: {
            all: [
              { count: { of: { pods: { image: 'cafe/coffee-shop' } }, op: 'ge', n: 3 } },
              { count: { of: { pods: { labels: shop } }, op: 'lt', n: 3 } },
            ],
          },
          say: 'There are rooms with coffee, but too few wear the label app=coffee-shop. The image does not count.',
          m: 'M03',
        },
        {
          id: 'not-open',
          when: {
            all: [
              { field: { obj: 'deploy/coffee-shop', path: 'spec.replicas', eq: 3 } },
              { count: { of: { ready: { labels: shop } }, op: 'lt', n: 3 } },
            ],
          },
          say: 'Three are wanted, and not all are open: READY must be 1/1. Look at the Pods that lag behind, with describe.',
        },
        {
          id: 'one-floor',
          when: {
            all: [
              { count: { of: { ready: { labels: shop } }, op: 'eq', n: 3 } },
              { count: { of: { nodes: { labels: shop } }, op: 'eq', n: 1 } },
            ],
          },
          say: 'Three shops on one floor: if that floor goes dark, all coffee is gone. Are the other floors closed to new Pods?',
        },
      ],
      notes: [
        {
          when: { count: { of: { ready: { labels: shop, owner: 'deploy/coffee-shop' } }, op: 'lt', n: 3 } },
          say: 'It works, though not all three belong to one Deployment: several managers now hire for one shop.',
        },
      ],
      reveal: 'Three Pods, three names, three IPs. The first one was not touched: scaling adds rooms.',
      solutions: [
        ['/kubectl scale deploy coffee-shop --replicas=3'],
        ['/kubectl patch deployment coffee-shop --type=merge -p \'{"spec":{"replicas":3}}\''],
        [{ line: '/kubectl apply -f -', stdin: SECOND_SHOP }],
      ],
      attempts: [
        {
          feedback: 'without-label',
          lines: ['/kubectl run shop-2 --image=cafe/coffee-shop', '/kubectl run shop-3 --image=cafe/coffee-shop'],
        },
        {
          feedback: 'not-open',
          lines: [
            '/kubectl cordon floor-1',
            '/kubectl cordon floor-2',
            '/kubectl cordon floor-3',
            '/kubectl scale deploy coffee-shop --replicas=3',
          ],
        },
        {
          feedback: 'one-floor',
          lines: [
            '/kubectl cordon floor-1',
            '/kubectl cordon floor-3',
            '/kubectl scale deploy coffee-shop --replicas=3',
            '/kubectl rollout restart deploy coffee-shop',
          ],
        },
      ],
      concepts: ['S15'],
    },
    {
      id: 'L03.7',
      title: 'Which one do the customers go to?',
      say: "Three shops are open, and the regulars' note still holds ONE number. They are about to place 9 orders. Guess how the orders are shared out, then let them order and count who answered.",
      predict: {
        id: 'nine-orders',
        question: 'Of 9 orders by the note …',
        before: 'traffic',
        options: [
          { id: 'A', label: 'each shop gets 3', m: 'T08' },
          { id: 'B', label: 'one shop gets all 9', key: true },
          { id: 'C', label: 'the shops get random shares', m: 'T08' },
          { id: 'D', label: 'the shop on their own floor gets all', m: 'M30' },
        ],
        comment: {
          A: 'More shops alone share nothing: somebody has to do the sharing.',
          C: 'More shops alone share nothing: somebody has to do the sharing.',
          D: 'Floors play no part. The note names one room.',
        },
      },
      check: {
        all: [
          { predicted: 'nine-orders' },
          {
            last: {
              from: fromRegulars,
              to: { typed: 'ip', pod: { labels: shop }, port: 8080 },
              outcome: 'ok',
              min: 9,
              distinctExactly: 1,
            },
          },
        ],
      },
      hints: [
        'Do not choose for them: use their note.',
        'There is a word of /cluster that lets a workload use its own note many times.',
        'Commit with a button, then type: /cluster rush regulars 9',
      ],
      hintCommands: ['/lesson predict B', '/cluster rush regulars 9'],
      wrong: [
        {
          id: 'service-in-use',
          when: { last: { to: { service: 'default/coffee-shop' } } },
          say: 'Your front desk shares the orders already! To see the problem that it solves, call one Pod IP 9 times, or go on with /lesson skip.',
        },
        {
          id: 'stale-note',
          when: { last: { outcome: 'timeout' } },
          say: 'The note is out of date again: repeat step 5. See how fast a written-down number ages?',
          m: 'M32',
        },
        {
          id: 'several-numbers',
          when: { saw: { from: fromRegulars, to: { typed: 'ip', pod: { labels: shop } }, distinct: 2 } },
          say: 'Now YOU share the orders out, by hand. Let the regulars use their one note, 9 times in a row.',
          m: 'T08',
        },
        {
          id: 'guess-first',
          when: {
            all: [{ not: { predicted: 'nine-orders' } }, { last: { from: fromRegulars, outcome: 'ok', min: 9 } }],
          },
          say: 'All orders are through, but you had not committed. Choose a letter, then let them order again.',
        },
      ],
      reveal:
        'Observed: one shop answered all of them, two stood idle. Scaling makes more rooms; it does not tell anybody about them.',
      solutions: [
        ['/lesson predict B', '/cluster rush regulars 9'],
        ['/lesson predict A', '/curl {{deploy/coffee-shop ip}}:8080 --from regulars --repeat 9'],
      ],
      attempts: [
        {
          feedback: 'several-numbers',
          lines: [
            '/lesson predict B',
            '/curl {{deploy/coffee-shop ip 1}}:8080 --from regulars',
            '/curl {{deploy/coffee-shop ip 2}}:8080 --from regulars',
          ],
        },
        {
          feedback: 'stale-note',
          lines: ['/lesson predict B', '/curl {{retired coffee-shop}}:8080 --from regulars --repeat 9'],
        },
        {
          feedback: 'service-in-use',
          lines: [
            '/lesson predict B',
            '/kubectl expose deployment coffee-shop --port=80 --target-port=8080',
            '/curl http://coffee-shop --from regulars --repeat 9',
          ],
        },
        { feedback: 'guess-first', lines: ['/cluster rush regulars 9'] },
      ],
      concepts: ['S15'],
    },
  ],
  recap:
    'A container restarts inside its Pod: same Pod, same IP. A replaced Pod is another one: new name, new IP, same labels. Scaling adds rooms and shares nothing. A Pod IP on a note goes stale. What is missing is something that stays and looks for labels instead of numbers.',
  exit: ['q012', 'q013', 'q015'],
  finePrint: [
    {
      label: 'Why silence',
      say: 'Here a call to an address that nobody owns runs into a time-out. On some real networks a router says "no route to host" at once. Both mean the same: the room is gone.',
    },
  ],
})
