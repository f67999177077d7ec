import { defineLesson } from '../../src/tutor/lesson.ts'

const shop = { app: 'coffee-shop' }
const fromDefault = { namespace: 'default', vantage: 'pod' }
const fromMarketing = { namespace: 'marketing', vantage: 'pod' }
const fromEngineering = { namespace: 'engineering', vantage: 'pod' }

const FULL_NAME = 'coffee-shop.default.svc.cluster.local'

/** A room that is in the phone book under its own name: a Pod with hostname and subdomain, and a headless Service. */
const NAMED_ROOM = `apiVersion: v1
kind: Service
metadata:
  name: suites
spec:
  clusterIP: None
  selector:
    floor: top
  ports:
  - port: 8080
---
apiVersion: v1
kind: Pod
metadata:
  name: suite-1
  labels:
    floor: top
spec:
  hostname: suite-1
  subdomain: suites
  containers:
  - name: greeter
    image: cafe/greeter
`

export const dnsAndNamespaces = defineLesson({
  id: 'dns-and-namespaces',
  code: 'L05',
  title: 'Names and departments',
  goal: 'Read and write the names of Services. Foretell what a short name means in a given namespace, and know where such names work.',
  story: 'Several departments share the building. Each has nicknames of its own; the phone book is the same for all.',
  minutes: 14,
  requires: ['L04'],
  challenges: [2],
  concepts: ['S05', 'S19', 'S20', 'S21', 'S22'],
  misconceptions: ['M09', 'M10', 'M11', 'M12', 'M29', 'M34', 'M38'],
  world: 'cafe-departments',
  files: { 'named-room.yaml': NAMED_ROOM },
  steps: [
    {
      id: 'L05.1',
      title: 'Ask the phone book',
      say: "Every front desk stands in the building's phone book. Look up coffee-shop from the customer's room. Then lay the answer beside the list of Services and the list of Pods. Whose number is it?",
      answer: {
        id: 'whose-number',
        question: 'The number in the answer belongs to …',
        options: [
          { id: 'room', label: 'a room (a Pod)' },
          { id: 'desk', label: 'the front desk (the Service)' },
        ],
      },
      check: {
        all: [
          { asked: { from: fromDefault, answer: '{{svc/coffee-shop clusterIP}}' } },
          { said: { id: 'whose-number', equals: 'desk' } },
        ],
      },
      hints: [
        'A lookup asks the phone book and calls nobody.',
        'It matters who asks: ask from a room of the building, such as that of the customer.',
        'Type: /nslookup coffee-shop --from customer and then: /lesson answer desk',
      ],
      hintCommands: ['/nslookup coffee-shop --from customer', '/lesson answer desk'],
      wrong: [
        {
          id: 'other-book',
          when: { lastAsked: { from: { notVantage: 'pod' } } },
          say: 'That machine asks another phone book. We come to it in step 7. For now ask from a room: --from customer.',
          m: 'M10',
        },
        {
          id: 'not-listed',
          when: { lastAsked: { from: { vantage: 'pod' }, rcode: 'NXDOMAIN' } },
          say: 'The book has no such name. It lists Services; the names of Pods are not in it. Ask for coffee-shop.',
          m: 'M11',
        },
        {
          id: 'a-room',
          when: { said: { id: 'whose-number', equals: 'room' } },
          say: 'Compare once more: {{svc/coffee-shop clusterIP}} stands in the list of Services, and in no line of the Pods.',
        },
        {
          id: 'say-whose',
          when: {
            all: [
              { asked: { from: fromDefault, answer: '{{svc/coffee-shop clusterIP}}' } },
              { not: { said: { id: 'whose-number', accept: ['room', 'desk'] } } },
            ],
          },
          say: 'The book says {{svc/coffee-shop clusterIP}}. Now tell whose number that is: press a button above.',
        },
        {
          id: 'look-first',
          when: { said: { id: 'whose-number', equals: 'desk' } },
          say: "You may well be right. Look it up from the customer's room too, so that we can see it.",
        },
      ],
      reveal:
        "The name leads to {{svc/coffee-shop clusterIP}}, the desk's own number. Rooms come and go behind it, and the phone book need not change.",
      solutions: [
        ['/nslookup coffee-shop --from customer', '/lesson answer desk'],
        ['/kubectl exec customer -- nslookup coffee-shop.default', '/lesson answer desk'],
        ['/lesson answer desk', '/curl -v http://coffee-shop --from customer'],
      ],
      attempts: [
        { feedback: 'other-book', lines: ['/nslookup coffee-shop --from laptop'] },
        { feedback: 'not-listed', lines: ['/nslookup {{deploy/coffee-shop pod}} --from customer'] },
        { feedback: 'a-room', lines: ['/nslookup coffee-shop --from customer', '/lesson answer room'] },
        { feedback: 'say-whose', lines: ['/nslookup coffee-shop --from customer'] },
        { feedback: 'look-first', lines: ['/lesson answer desk'] },
      ],
      concepts: ['S05', 'S19'],
    },
    {
      id: 'L05.2',
      title: 'The full name',
      say: 'A short name is a nickname. A full name has four parts: the Service, its department (the namespace), the word svc, and the ending of this building. Write down the full name of the printer in engineering. It is looked up exactly as you write it.',
      answer: { id: 'full-name', question: 'The full name of the printer in engineering' },
      check: { said: { id: 'full-name', resolvesTo: 'engineering/svc/printer' } },
      hints: [
        'Read it like a letter: first the person, then the street, then the town.',
        'The pattern is service.namespace.svc.cluster.local.',
        'Type: /lesson answer printer.engineering.svc.cluster.local',
      ],
      hintCommands: ['/lesson answer printer.engineering.svc.cluster.local'],
      wrong: [
        {
          id: 'department-first',
          when: { said: { id: 'full-name', accept: ['engineering*'] } },
          say: 'Turn it round: the Service comes first, its department second.',
          m: 'M09',
        },
        {
          id: 'nickname',
          when: { said: { id: 'full-name', accept: ['printer', 'printer.engineering', 'printer.engineering.svc'] } },
          say: 'A good nickname, and Pods can use it. The full name goes on to the very end: the department, svc, and the ending of the building.',
        },
        {
          id: 'svc-missing',
          when: { said: { id: 'full-name', equals: 'printer.engineering.cluster.local' } },
          say: 'One part is missing. What kind of thing is listed here? That word stands between the department and the ending.',
        },
        {
          id: 'pod-name',
          when: { said: { id: 'full-name', accept: ['{{engineering/deploy/printer pod}}*'] } },
          say: "That begins with a Pod's name. The phone book lists Services.",
          m: 'M11',
        },
        {
          id: 'other-department',
          when: { said: { id: 'full-name', accept: ['printer.default*', 'printer.marketing*', 'printer.hr*'] } },
          say: 'The right pattern for another department. We want the printer of engineering.',
        },
      ],
      reveal:
        '{{engineering/svc/printer clusterIP}} answers to it. Who, which department, what kind, which building: with all four parts a name means the same wherever it is asked.',
      solutions: [
        ['/lesson answer printer.engineering.svc.cluster.local'],
        [
          '/nslookup printer.engineering.svc.cluster.local --from engineering/dev',
          '/lesson answer printer.engineering.svc.cluster.local.',
        ],
      ],
      attempts: [
        { feedback: 'department-first', lines: ['/lesson answer engineering.printer.svc.cluster.local'] },
        { feedback: 'nickname', lines: ['/lesson answer printer.engineering'] },
        { feedback: 'svc-missing', lines: ['/lesson answer printer.engineering.cluster.local'] },
        {
          feedback: 'pod-name',
          lines: ['/lesson answer {{engineering/deploy/printer pod}}.engineering.svc.cluster.local'],
        },
        { feedback: 'other-department', lines: ['/lesson answer printer.default.svc.cluster.local'] },
      ],
      concepts: ['S20'],
    },
    {
      id: 'L05.3',
      title: 'A nickname in the wrong department',
      say: 'The intern works in marketing and calls http://coffee-shop, as the customer in default does. Commit to a guess. Then make the call from marketing/intern, or look the name up there, and read which names were tried.',
      predict: {
        id: 'nickname-elsewhere',
        question: 'In marketing the name coffee-shop …',
        before: 'traffic',
        options: [
          { id: 'A', label: 'works: all share the names', m: 'M09' },
          { id: 'B', label: 'is unknown', key: true },
          { id: 'C', label: 'is found, then blocked at the border', m: 'M38' },
          { id: 'D', label: 'leads to a copy in marketing', m: 'T11' },
        ],
        comment: {
          A: 'A nickname is completed with the department of the caller.',
          C: 'Nobody was blocked: there was nothing to call yet.',
          D: 'Nobody makes copies. Marketing has no coffee shop.',
        },
      },
      check: {
        all: [
          { predicted: 'nickname-elsewhere' },
          { asked: { from: fromMarketing, name: 'coffee-shop', rcode: 'NXDOMAIN' } },
        ],
      },
      hints: [
        'The room that asks matters as much as the name.',
        'Call from the room of the intern, with the bare nickname and nothing behind it.',
        'Commit with a button, then type: /curl http://coffee-shop --from marketing/intern',
      ],
      hintCommands: ['/lesson predict B', '/curl http://coffee-shop --from marketing/intern'],
      wrong: [
        {
          id: 'built-already',
          when: { exists: 'marketing/svc/coffee-shop' },
          say: 'Now there is something to find. Undo, look at the failure first, and solve it in the next step.',
        },
        {
          id: 'guess-first',
          when: {
            all: [
              { not: { predicted: 'nickname-elsewhere' } },
              { asked: { from: fromMarketing, name: 'coffee-shop', rcode: 'NXDOMAIN' } },
            ],
          },
          say: 'You have seen it, yet without a guess. Choose a letter, then ask once more.',
        },
        {
          id: 'from-default',
          when: { lastAsked: { from: fromDefault } },
          say: 'That room is in default, where the nickname fits. The intern sits in marketing: --from marketing/intern.',
        },
        {
          id: 'longer-name',
          when: { lastAsked: { from: fromMarketing, rcode: 'NOERROR' } },
          say: 'That works, and it is the next step. Here use the bare nickname, to see it fail.',
        },
      ],
      reveal:
        'Observed: unknown name. The resolver hung the endings of marketing and of the building behind coffee-shop, one after the other, and found nothing. The call never began, so nothing could block it.',
      solutions: [
        ['/lesson predict B', '/curl http://coffee-shop --from marketing/intern'],
        ['/lesson predict A', '/nslookup coffee-shop --from marketing/intern'],
        ['/lesson predict D', '/kubectl exec -n marketing intern -- nslookup coffee-shop'],
      ],
      attempts: [
        {
          feedback: 'built-already',
          lines: [
            '/lesson predict B',
            '/kubectl create service externalname coffee-shop --external-name=tea.com -n marketing',
          ],
        },
        { feedback: 'guess-first', lines: ['/curl http://coffee-shop --from marketing/intern'] },
        { feedback: 'from-default', lines: ['/lesson predict B', '/curl http://coffee-shop --from customer'] },
        {
          feedback: 'longer-name',
          lines: ['/lesson predict B', '/nslookup coffee-shop.default --from marketing/intern'],
        },
      ],
      concepts: ['S19', 'S21'],
    },
    {
      id: 'L05.4',
      title: 'Coffee for marketing',
      say: 'Get the intern a coffee, by name. The call must come from a Pod in marketing, use a name and no number, and be answered by the coffee shop in default. There is more than one way.',
      check: {
        saw: {
          from: fromMarketing,
          to: { typed: 'name' },
          outcome: 'ok',
          answeredBy: { namespace: 'default', labels: shop },
        },
      },
      hints: [
        'A nickname can be made a little longer. What is missing to tell the two departments apart?',
        'Write the name of the Service, a dot, and the department that it belongs to.',
        'Type: /curl http://coffee-shop.default --from marketing/intern',
      ],
      hintCommands: ['/curl http://coffee-shop.default --from marketing/intern'],
      wrong: [
        {
          id: 'own-shop',
          when: { last: { from: fromMarketing, outcome: 'ok', answeredBy: { namespace: 'marketing', labels: shop } } },
          say: 'A second shop has opened in marketing and answers itself. We asked for coffee from the one in default.',
        },
        {
          id: 'empty-desk',
          when: {
            all: [
              { exists: 'marketing/svc/coffee-shop' },
              { field: { obj: 'marketing/svc/coffee-shop', path: 'spec.type', ne: 'ExternalName' } },
              { count: { of: { eps: 'marketing/svc/coffee-shop' }, op: 'eq', n: 0 } },
            ],
          },
          say: "The list of marketing's new desk is empty: a selector looks at the Pods of its own department only.",
          m: 'M09',
        },
        {
          id: 'by-number',
          when: { last: { from: fromMarketing, to: { typed: 'ip' }, outcome: 'ok' } },
          say: 'Coffee, yes, but by number. A Service that is built anew may get another one. Use a name.',
          m: 'M44',
        },
        {
          id: 'department-first',
          when: { last: { to: { host: 'default.*' }, outcome: 'nxdomain' } },
          say: 'Turn it round: first the Service, then its department.',
          m: 'M09',
        },
        {
          id: 'nickname-again',
          when: { last: { from: fromMarketing, to: { host: 'coffee-shop' }, outcome: 'nxdomain' } },
          say: 'The bare nickname again, and it still means marketing here. Say which department you mean.',
          m: 'M09',
        },
        {
          id: 'another-room',
          when: { last: { from: fromDefault, outcome: 'ok' } },
          say: 'That call came from default. The coffee is for marketing: --from marketing/intern.',
        },
      ],
      notes: [
        {
          when: { field: { obj: 'marketing/svc/coffee-shop', path: 'spec.type', eq: 'ExternalName' } },
          say: 'Your ExternalName is an alias in the phone book and nothing more: it has no number and no list of rooms.',
        },
      ],
      reveal:
        'coffee-shop.default means the same in every department. The call crossed from marketing to default, and nobody had to allow it.',
      solutions: [
        ['/curl http://coffee-shop.default --from marketing/intern'],
        [`/kubectl exec -n marketing intern -- curl -s http://${FULL_NAME}`],
        [
          `/kubectl create service externalname coffee-shop --external-name=${FULL_NAME} -n marketing`,
          '/curl http://coffee-shop --from marketing/intern',
        ],
      ],
      attempts: [
        { feedback: 'by-number', lines: ['/curl {{svc/coffee-shop clusterIP}} --from marketing/intern'] },
        {
          feedback: 'empty-desk',
          lines: [
            '/kubectl create service clusterip coffee-shop --tcp=80:8080 -n marketing',
            '/curl http://coffee-shop --from marketing/intern',
          ],
        },
        { feedback: 'department-first', lines: ['/curl http://default.coffee-shop --from marketing/intern'] },
        {
          feedback: 'own-shop',
          lines: [
            '/kubectl create deployment coffee-shop --image=cafe/coffee-shop -n marketing',
            '/kubectl create service clusterip coffee-shop --tcp=80:8080 -n marketing',
            '/curl http://coffee-shop --from marketing/intern',
          ],
        },
        { feedback: 'nickname-again', lines: ['/curl http://coffee-shop --from marketing/intern'] },
        { feedback: 'another-room', lines: ['/curl http://coffee-shop.default --from customer'] },
      ],
      concepts: ['S21'],
    },
    {
      id: 'L05.5',
      title: 'Same name, two departments',
      say: 'Engineering and marketing each own a Service named printer. Now dev (in engineering) and intern (in marketing) both call http://printer. Guess who will answer whom. Then try both.',
      predict: {
        id: 'two-printers',
        question: 'When both call http://printer …',
        before: 'traffic',
        options: [
          { id: 'A', label: 'the older printer answers both', m: 'T11' },
          { id: 'B', label: 'the two printers share the calls', m: 'M09' },
          { id: 'C', label: 'each reaches the one of their department', key: true },
          { id: 'D', label: 'both fail: a name must be unique', m: 'T11' },
        ],
        comment: {
          A: 'Age plays no part. The nickname is completed before it is looked up.',
          B: 'They are two Services with two lists; nobody joins them.',
          D: 'A name must be unique within its department only.',
        },
      },
      check: {
        all: [
          { predicted: 'two-printers' },
          {
            saw: {
              from: fromEngineering,
              to: { host: 'printer' },
              outcome: 'ok',
              answeredBy: { namespace: 'engineering' },
            },
          },
          {
            saw: {
              from: fromMarketing,
              to: { host: 'printer' },
              outcome: 'ok',
              answeredBy: { namespace: 'marketing' },
            },
          },
        ],
      },
      hints: [
        'It takes two calls, from two rooms.',
        'Use the same bare name in both, and read in the trace which address it becomes.',
        'Commit with a button, then type: /curl http://printer --from engineering/dev and then: /curl http://printer --from marketing/intern',
      ],
      hintCommands: [
        '/lesson predict C',
        '/curl http://printer --from engineering/dev',
        '/curl http://printer --from marketing/intern',
      ],
      wrong: [
        {
          id: 'guess-first',
          when: { all: [{ not: { predicted: 'two-printers' } }, { saw: { to: { host: 'printer' }, outcome: 'ok' } }] },
          say: 'A printer has answered, but you had not committed. Choose a letter, then call from both departments.',
        },
        {
          id: 'longer-name',
          when: { last: { to: { host: 'printer.*' } } },
          say: 'A right answer. But use the bare name, to see what it means in each place.',
        },
        {
          id: 'no-printer-here',
          when: { last: { from: fromDefault, to: { host: 'printer' }, outcome: 'nxdomain' } },
          say: 'Nobody in default has a printer. Call from engineering/dev and from marketing/intern.',
          m: 'M09',
        },
        {
          id: 'one-down',
          when: { saw: { to: { host: 'printer' }, outcome: 'ok' } },
          say: 'One down. Now the same name from the other department.',
        },
      ],
      reveal:
        'Observed: each got their own printer, {{engineering/svc/printer clusterIP}} and {{marketing/svc/printer clusterIP}}. A nickname means: the one in my department.',
      solutions: [
        [
          '/lesson predict C',
          '/curl http://printer --from engineering/dev',
          '/curl http://printer --from marketing/intern',
        ],
        [
          '/lesson predict D',
          '/kubectl exec -n engineering dev -- curl -s printer',
          '/kubectl exec -n marketing intern -- curl -s printer',
        ],
      ],
      attempts: [
        { feedback: 'one-down', lines: ['/lesson predict C', '/curl http://printer --from engineering/dev'] },
        {
          feedback: 'longer-name',
          lines: ['/lesson predict C', '/curl http://printer.engineering --from engineering/dev'],
        },
        { feedback: 'no-printer-here', lines: ['/lesson predict C', '/curl http://printer --from customer'] },
        { feedback: 'guess-first', lines: ['/curl http://printer --from marketing/intern'] },
      ],
      concepts: ['S21'],
    },
    {
      id: 'L05.6',
      title: 'Is a department a wall?',
      say: 'Departments keep things in order. Do they also keep callers out? Nobody has written any rule about that here. Guess, then find the Pod IP of the printer in engineering, and call its door 8080 from marketing/intern.',
      predict: {
        id: 'wall',
        question: 'A Pod in marketing calls a Pod in engineering …',
        before: 'traffic',
        options: [
          { id: 'A', label: 'blocked at the border', m: 'M38' },
          { id: 'B', label: 'it answers', key: true },
          { id: 'C', label: 'it answers only on the same floor', m: 'T07' },
          { id: 'D', label: 'it answers only through a Service', m: 'T06' },
        ],
        comment: {
          A: 'A namespace has no border for traffic.',
          C: 'The two rooms are on different floors, and the call went through.',
          D: 'A Service is a convenience; rooms can always ring each other.',
        },
      },
      check: {
        all: [
          { predicted: 'wall' },
          { saw: { from: fromMarketing, to: { typed: 'ip', pod: { namespace: 'engineering' } }, outcome: 'ok' } },
        ],
      },
      hints: [
        'Lists of Pods show one department at a time, unless you ask for another.',
        'List the Pods of engineering with their IPs: -n engineering -o wide. The door is 8080.',
        'Commit with a button, then type: /curl {{engineering/deploy/printer ip}}:8080 --from marketing/intern',
      ],
      hintCommands: ['/lesson predict B', '/curl {{engineering/deploy/printer ip}}:8080 --from marketing/intern'],
      wrong: [
        {
          id: 'guess-first',
          when: {
            all: [
              { not: { predicted: 'wall' } },
              { saw: { from: fromMarketing, to: { pod: { namespace: 'engineering' } }, outcome: 'ok' } },
            ],
          },
          say: 'It answered, but you had not committed. Choose a letter, then call once more.',
        },
        {
          id: 'same-department',
          when: { last: { from: fromMarketing, to: { pod: { namespace: 'marketing' } } } },
          say: 'That room is in marketing too: no border was crossed. List the Pods with -n engineering.',
        },
        {
          id: 'other-caller',
          when: { last: { from: fromEngineering, to: { pod: { namespace: 'engineering' } } } },
          say: 'Caller and printer are both in engineering. Call from marketing/intern.',
        },
        {
          id: 'not-the-printer',
          when: { last: { from: fromMarketing, to: { pod: { namespace: 'engineering', name: 'dev' } } } },
          say: 'That is the room of dev, who calls others and serves nobody. Ring the printer.',
        },
        {
          id: 'wrong-door',
          when: { last: { from: fromMarketing, to: { pod: { namespace: 'engineering' } }, outcome: 'refused' } },
          say: 'You got into the department; it is the door that is wrong. The printer listens on 8080.',
          m: 'T01',
        },
        {
          id: 'by-name',
          when: {
            last: { from: fromMarketing, to: { typed: 'name', pod: { namespace: 'engineering' } }, outcome: 'ok' },
          },
          say: "It answered, through its Service. Now ring the room itself, by the Pod's IP.",
        },
        {
          id: 'nobody-there',
          when: { last: { from: fromMarketing, outcome: 'timeout' } },
          say: 'Nobody owns that number. The Pods of engineering are listed with -n engineering -o wide.',
        },
      ],
      reveal:
        'Observed: it answered, from another floor and another department. A namespace sorts and names things. To lock a door you need a NetworkPolicy.',
      solutions: [
        ['/lesson predict B', '/curl {{engineering/deploy/printer ip}}:8080 --from marketing/intern'],
        [
          '/lesson predict A',
          '/kubectl get pods -n engineering -o wide',
          '/kubectl exec -n marketing intern -- curl -s {{engineering/deploy/printer ip}}:8080',
        ],
      ],
      attempts: [
        {
          feedback: 'same-department',
          lines: ['/lesson predict B', '/curl {{marketing/deploy/printer ip}}:8080 --from marketing/intern'],
        },
        {
          feedback: 'other-caller',
          lines: ['/lesson predict B', '/curl {{engineering/deploy/printer ip}}:8080 --from engineering/dev'],
        },
        {
          feedback: 'not-the-printer',
          lines: ['/lesson predict B', '/curl {{engineering/pod/dev ip}}:8080 --from marketing/intern'],
        },
        {
          feedback: 'wrong-door',
          lines: ['/lesson predict B', '/curl {{engineering/deploy/printer ip}} --from marketing/intern'],
        },
        {
          feedback: 'by-name',
          lines: ['/lesson predict B', '/curl http://printer.engineering --from marketing/intern'],
        },
        { feedback: 'nobody-there', lines: ['/lesson predict B', '/curl 10.244.2.200:8080 --from marketing/intern'] },
        {
          feedback: 'guess-first',
          lines: ['/curl {{engineering/deploy/printer ip}}:8080 --from marketing/intern'],
        },
      ],
      concepts: ['S21'],
    },
    {
      id: 'L05.7',
      title: 'From the street',
      say: `Take your laptop, which is no part of the cluster, and look up ${FULL_NAME}: the full and correct name. Guess first. It may help to think of home, where 192.168.1.20 is your printer and means nothing next door.`,
      predict: {
        id: 'laptop',
        question: 'The laptop looks up the full name and gets …',
        before: 'traffic',
        options: [
          { id: 'A', label: 'the ClusterIP', m: 'M10' },
          { id: 'B', label: 'a public address', m: 'M40' },
          { id: 'C', label: 'unknown name', key: true },
          { id: 'D', label: 'the IPs of the Pods', m: 'M10' },
        ],
        comment: {
          A: "Only the cluster's own DNS knows it, and only Pods ask that one.",
          B: 'Nobody has given the shop a public address or name.',
          D: "Only the cluster's own DNS knows it, and only Pods ask that one.",
        },
      },
      check: {
        all: [
          { predicted: 'laptop' },
          {
            any: [
              { asked: { from: { vantage: 'laptop' }, name: FULL_NAME, rcode: 'NXDOMAIN' } },
              { asked: { from: { vantage: 'laptop' }, name: `${FULL_NAME}.`, rcode: 'NXDOMAIN' } },
            ],
          },
        ],
      },
      hints: [
        'Leave the building: the laptop is one of the places that a lookup can start from.',
        'Ask for the full name there, with all four parts.',
        `Commit with a button, then type: /nslookup ${FULL_NAME} --from laptop`,
      ],
      hintCommands: ['/lesson predict C', `/nslookup ${FULL_NAME} --from laptop`],
      wrong: [
        {
          id: 'guess-first',
          when: { all: [{ not: { predicted: 'laptop' } }, { lastAsked: { from: { vantage: 'laptop' } } }] },
          say: 'Now you know, but without a guess. Choose a letter, then ask once more.',
        },
        {
          id: 'from-inside',
          when: { lastAsked: { from: { vantage: 'pod' } } },
          say: 'Inside the building it works. Step outside: --from laptop.',
        },
        {
          id: 'by-number',
          when: { last: { from: { vantage: 'laptop' }, to: { typed: 'ip' } } },
          say: 'That rings a number. Here we ask the phone book: look the name up.',
        },
        {
          id: 'short-name',
          when: { lastAsked: { from: { vantage: 'laptop' }, rcode: 'NXDOMAIN' } },
          say: 'Unknown, but a nickname could fail for many reasons. Ask for the full name.',
          m: 'M10',
        },
      ],
      reveal:
        "Observed: no such name. The laptop asks the DNS of the office, which has never heard of cluster.local. Those names are in the cluster's own phone book, and its readers are the Pods.",
      solutions: [
        ['/lesson predict C', `/nslookup ${FULL_NAME} --from laptop`],
        ['/lesson predict A', `/curl http://${FULL_NAME} --from laptop`],
      ],
      attempts: [
        { feedback: 'from-inside', lines: ['/lesson predict C', `/nslookup ${FULL_NAME} --from customer`] },
        {
          feedback: 'by-number',
          lines: ['/lesson predict C', '/curl {{svc/coffee-shop clusterIP}} --from laptop'],
        },
        { feedback: 'short-name', lines: ['/lesson predict C', '/nslookup coffee-shop --from laptop'] },
        { feedback: 'guess-first', lines: [`/nslookup ${FULL_NAME} --from laptop`] },
      ],
      concepts: ['S22'],
    },
    {
      id: 'L05.8',
      title: 'Bonus: why outside names cost more',
      say: 'A bonus. Look up tea.com from a Pod and count the names that are tried. Then look up tea.com. with a dot at its end. Guess both counts first. The rule: a name with fewer than 5 dots gets the endings of the building first; a final dot says that the name is complete.',
      predict: {
        id: 'tries',
        question: 'Names tried for tea.com, and for tea.com. with its dot:',
        before: 'traffic',
        options: [
          { id: 'A', label: '1 and 1', m: 'M12' },
          { id: 'B', label: '4 and 1', key: true },
          { id: 'C', label: '5 and 4', m: 'M12' },
          { id: 'D', label: '2 and 1', m: 'M12' },
        ],
        comment: {
          A: 'The resolver of a Pod cannot see that the name belongs outside; it tries its endings first.',
          C: 'There are 3 endings, and the name itself comes last. The final dot switches the endings off.',
          D: 'There are 3 endings to try, not one.',
        },
      },
      check: {
        all: [
          { predicted: 'tries' },
          { asked: { from: { vantage: 'pod' }, name: 'tea.com', tries: 4 } },
          { asked: { from: { vantage: 'pod' }, name: 'tea.com.', tries: 1 } },
        ],
      },
      hints: [
        'It takes two lookups, from a room of the building.',
        'The two names differ in one dot at the end.',
        'Commit with a button, then type: /nslookup tea.com --from customer and then: /nslookup tea.com. --from customer',
      ],
      hintCommands: ['/lesson predict B', '/nslookup tea.com --from customer', '/nslookup tea.com. --from customer'],
      wrong: [
        {
          id: 'guess-first',
          when: { all: [{ not: { predicted: 'tries' } }, { asked: { name: 'tea.com*' } }] },
          say: 'You have looked already. Choose a letter, then ask for both names once more.',
        },
        {
          id: 'from-outside',
          when: { lastAsked: { from: { notVantage: 'pod' } } },
          say: 'That machine has no endings of this building to try. Ask from a room: --from customer.',
        },
        {
          id: 'mind-the-dot',
          when: { asked: { from: { vantage: 'pod' }, name: 'tea.com' } },
          say: '4 names for that one. Now the same name with a dot at its end: tea.com.',
          m: 'M12',
        },
        {
          id: 'without-the-dot',
          when: { asked: { from: { vantage: 'pod' }, name: 'tea.com.' } },
          say: 'One name was enough, thanks to the final dot. Now ask without it: tea.com',
          m: 'M12',
        },
      ],
      reveal:
        'Observed: 4 and 1. Three endings failed before the name itself was asked. One call hardly feels it. An app that calls the outside all day asks four times as often as it needs to.',
      solutions: [
        ['/lesson predict B', '/nslookup tea.com --from customer', '/nslookup tea.com. --from customer'],
        ['/lesson predict A', '/curl http://tea.com --from regulars', '/curl http://tea.com. --from regulars'],
      ],
      attempts: [
        { feedback: 'mind-the-dot', lines: ['/lesson predict B', '/nslookup tea.com --from customer'] },
        { feedback: 'without-the-dot', lines: ['/lesson predict B', '/nslookup tea.com. --from customer'] },
        { feedback: 'from-outside', lines: ['/lesson predict B', '/nslookup tea.com --from laptop'] },
        { feedback: 'guess-first', lines: ['/nslookup tea.com --from customer'] },
      ],
      concepts: ['S19'],
      bonus: true,
    },
  ],
  recap:
    'A bare name means: the one in my department. name.namespace means: the one over there. The full name goes on with svc.cluster.local and is the same for all. These names live inside the cluster and nowhere else. Departments sort things; they lock nothing.',
  exit: ['q027', 'q030', 'q031'],
  finePrint: [
    {
      label: 'A Pod with a name',
      m: 'M11',
      say: 'There is an exception: a Pod that sets hostname and subdomain, where the subdomain is a headless Service, is listed as hostname.subdomain. A StatefulSet does this for each of its Pods. A database uses it so that its members find each other.',
      commands: ['/kubectl apply -f named-room.yaml', '/nslookup suite-1.suites --from customer'],
    },
    {
      label: 'Headless',
      m: 'M29',
      say: 'With clusterIP None there is no desk: the phone book answers with the numbers of the ready rooms, and nobody translates ports. So port 80 is refused here, although the Service says 80 to 8080; the caller must know the door.',
      commands: [
        '/kubectl expose deploy coffee-shop --name=rooms --port=80 --target-port=8080 --cluster-ip=None',
        '/nslookup rooms --from customer',
        '/curl http://rooms --from customer',
        '/curl http://rooms:8080 --from customer',
      ],
    },
    {
      label: 'An alias carries nothing',
      m: 'M34',
      say: 'A Service of type ExternalName is an alias in the phone book (a CNAME). The caller still connects by itself: no port is translated, and it sends the nickname as Host. A web server that serves tea.com may not know what to do with it.',
      commands: [
        '/kubectl create service externalname sweets --external-name=tea.com',
        '/nslookup sweets --from customer',
      ],
    },
  ],
})
