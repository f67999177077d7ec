import { defineLesson } from '../../src/tutor/lesson.ts'

const shop = { app: 'coffee-shop' }
const shopPods = { owner: 'deploy/coffee-shop' }
const desk = { service: 'default/coffee-shop' }

/** The Service that the lesson asks for, as a manifest. */
const COFFEE_SERVICE = `apiVersion: v1
kind: Service
metadata:
  name: coffee-shop
spec:
  selector:
    app: coffee-shop
  ports:
  - port: 80
    targetPort: 8080
`

const wrongService = (selector: string, targetPort: number) => `apiVersion: v1
kind: Service
metadata:
  name: coffee-shop
spec:
  selector:
    app: ${selector}
  ports:
  - port: 80
    targetPort: ${targetPort}
`

export const servicesAndSelectors = defineLesson({
  id: 'services-and-selectors',
  code: 'L04',
  title: 'The front desk',
  goal: 'Create a Service. Foretell its endpoints from labels. Show that address and name stay while Pods come and go.',
  story: 'The lobby hires a front desk with one extension. It knows the staff by their uniforms and by nothing else.',
  minutes: 14,
  requires: ['L03'],
  challenges: [2],
  concepts: ['S16', 'S17', 'S18', 'S23', 'S24'],
  misconceptions: ['M01', 'M03', 'M37', 'T06', 'T09'],
  world: 'cafe-wednesday',
  files: { 'coffee-svc.yaml': COFFEE_SERVICE },
  steps: [
    {
      id: 'L04.1',
      title: 'Hire the front desk',
      say: 'From today customers say "coffee shop, please" and forget about rooms. Create a Service named coffee-shop: callers dial extension 80, and the desk knocks on door 8080 of every room that wears app=coffee-shop. Then order once through the desk, from the customer\'s room.',
      check: {
        all: [
          { exists: 'svc/coffee-shop' },
          { equal: [{ eps: 'coffee-shop' }, { ready: shopPods }] },
          { saw: { from: { pod: 'customer' }, to: desk, outcome: 'ok' } },
        ],
      },
      hints: [
        'A Service is made of three things: a name, a selector, and ports.',
        'expose takes the selector over from a Deployment; you only say the ports.',
        'Type: /kubectl expose deploy coffee-shop --port=80 --target-port=8080 and then: /curl http://coffee-shop --from customer',
      ],
      hintCommands: [
        '/kubectl expose deploy coffee-shop --port=80 --target-port=8080',
        '/curl http://coffee-shop --from customer',
      ],
      wrong: [
        {
          id: 'bakers-hired',
          when: { field: { obj: 'svc/coffee-shop', path: 'spec.selector.app', eq: 'bakery' } },
          say: 'Croissants! This desk looks for app=bakery.',
          m: 'M03',
        },
        {
          id: 'nobody-found',
          when: { all: [{ exists: 'svc/coffee-shop' }, { count: { of: { eps: 'coffee-shop' }, op: 'eq', n: 0 } }] },
          say: "The desk's list is empty. Lay its selector beside the labels of the Pods, letter by letter. A Service that finds nobody raises no error.",
          m: 'M03',
        },
        {
          id: 'wrong-door',
          when: {
            all: [
              { field: { obj: 'svc/coffee-shop', path: 'spec.ports[].port', present: true } },
              { not: { field: { obj: 'svc/coffee-shop', path: 'spec.ports[].targetPort', eq: 8080 } } },
            ],
          },
          say: 'The desk found the rooms and knocks on door {{svc/coffee-shop targetPort}}; the shops listen on 8080. The last hop says refused.',
          m: 'M01',
        },
        {
          id: 'too-few',
          when: {
            all: [{ exists: 'svc/coffee-shop' }, { not: { equal: [{ eps: 'coffee-shop' }, { ready: shopPods }] } }],
          },
          say: 'The desk knows some rooms, but not exactly the coffee shops. Compare its endpoints with the Pods of the Deployment.',
          m: 'M03',
        },
        {
          id: 'past-the-desk',
          when: { last: { to: { typed: 'ip', pod: { labels: shop } }, outcome: 'ok' } },
          say: 'You rang a room directly. Order through the desk: by the name coffee-shop.',
          m: 'T08',
        },
      ],
      notes: [
        {
          when: { field: { obj: 'svc/coffee-shop', path: 'spec.type', eq: 'NodePort' } },
          say: 'A side door came along with type NodePort. Inside the building nobody needs it.',
        },
        {
          when: { field: { obj: 'svc/coffee-shop', path: 'spec.selector.pod-template-hash', present: true } },
          say: 'Careful: this selector names the template hash. The next rollout will empty the list.',
        },
      ],
      reveal:
        'coffee-shop answers at {{svc/coffee-shop clusterIP}}, port 80, and its list holds the three rooms. Nobody wrote a room number anywhere.',
      solutions: [
        ['/kubectl expose deploy coffee-shop --port=80 --target-port=8080', '/curl http://coffee-shop --from customer'],
        ['/kubectl apply -f coffee-svc.yaml', '/kubectl exec customer -- curl -s http://coffee-shop'],
        [
          '/kubectl create service clusterip coffee-shop --tcp=80:8080',
          '/curl http://coffee-shop.default --from customer',
        ],
      ],
      attempts: [
        {
          feedback: 'wrong-door',
          lines: ['/kubectl expose deploy coffee-shop --port=80', '/curl http://coffee-shop --from customer'],
        },
        { feedback: 'nobody-found', lines: [{ line: '/kubectl apply -f -', stdin: wrongService('cofee-shop', 8080) }] },
        { feedback: 'bakers-hired', lines: [{ line: '/kubectl apply -f -', stdin: wrongService('bakery', 8080) }] },
        {
          feedback: 'past-the-desk',
          lines: [
            '/kubectl expose deploy coffee-shop --port=80 --target-port=8080',
            '/curl {{deploy/coffee-shop ip}}:8080 --from customer',
          ],
        },
        {
          feedback: 'too-few',
          lines: [
            '/kubectl label pod {{deploy/coffee-shop pod}} shift=early',
            {
              line: '/kubectl apply -f -',
              stdin: COFFEE_SERVICE.replace('app: coffee-shop', 'app: coffee-shop\n    shift: early'),
            },
          ],
        },
      ],
      concepts: ['S16', 'S26'],
    },
    {
      id: 'L04.2',
      title: 'Who answers?',
      say: "Place 12 orders through the Service. Commit first: who will answer? Then open one trace and find the hop at which the Service's address becomes a room's address. On which floor is that?",
      predict: {
        id: 'twelve-orders',
        question: 'Of 12 orders through the desk …',
        before: 'traffic',
        options: [
          { id: 'A', label: 'one shop answers all', m: 'M36' },
          { id: 'B', label: 'each shop answers 4, in turn', m: 'M37' },
          { id: 'C', label: 'all shops answer, unevenly', key: true },
          { id: 'D', label: "only shops on the caller's floor", m: 'M30' },
        ],
        comment: {
          A: 'The desk does not remember callers, unless session affinity is switched on.',
          B: 'There is no turn: each connection is decided by chance.',
          D: 'By default every ready endpoint may be chosen, whatever its floor.',
        },
      },
      check: {
        all: [
          { predicted: 'twelve-orders' },
          { saw: { to: { ...desk, scheme: 'http' }, outcome: 'ok', min: 12, distinct: 2, keepAlive: false } },
        ],
      },
      hints: [
        'Call the Service, by name or by its ClusterIP, and not a room.',
        '/curl repeats a call when you ask for it.',
        'Commit with a button, then type: /curl http://coffee-shop --from customer --repeat 12',
      ],
      hintCommands: ['/lesson predict C', '/curl http://coffee-shop --from customer --repeat 12'],
      wrong: [
        {
          id: 'ping-is-mute',
          when: { last: { to: { scheme: 'icmp' } } },
          say: 'The extension is no machine: it reacts to its port and to nothing else, so ping proves nothing. Use /curl.',
          m: 'T09',
        },
        {
          id: 'dialled-the-door',
          when: { last: { to: { ...desk, port: 8080 } } },
          say: "8080 is the door of the rooms. The desk's own extension is 80.",
          m: 'M01',
        },
        {
          id: 'one-long-call',
          when: { last: { to: desk, keepAlive: true } },
          say: 'One kept connection stays with one shop: the choice is made for each connection. Leave --keepalive away.',
          m: 'M37',
        },
        {
          id: 'past-the-desk',
          when: { last: { to: { typed: 'ip', pod: { labels: shop }, port: 8080 } } },
          say: 'You rang rooms directly, past the desk.',
          m: 'T08',
        },
        {
          id: 'guess-first',
          when: { all: [{ not: { predicted: 'twelve-orders' } }, { last: { to: desk, outcome: 'ok', min: 12 } }] },
          say: 'Twelve orders are through, and no guess was made. Choose a letter, then order again.',
        },
      ],
      reveal:
        "Observed: several shops answered, in no order. The trace shows where the address was swapped: on the caller's own floor. There is no desk machine that all calls pass through.",
      solutions: [
        ['/lesson predict C', '/curl http://coffee-shop --from customer --repeat 12'],
        ['/lesson predict A', '/cluster rush customer 12 --url http://coffee-shop'],
        ['/lesson predict B', '/curl {{svc/coffee-shop clusterIP}} --repeat 12'],
      ],
      attempts: [
        {
          feedback: 'past-the-desk',
          lines: ['/lesson predict C', '/curl {{deploy/coffee-shop ip}}:8080 --from customer --repeat 12'],
        },
        { feedback: 'dialled-the-door', lines: ['/lesson predict C', '/curl http://coffee-shop:8080 --from customer'] },
        { feedback: 'ping-is-mute', lines: ['/lesson predict C', '/ping coffee-shop --from customer'] },
        {
          feedback: 'one-long-call',
          lines: ['/lesson predict C', '/curl http://coffee-shop --from customer --repeat 12 --keepalive'],
        },
        { feedback: 'guess-first', lines: ['/curl http://coffee-shop --from customer --repeat 12'] },
      ],
      concepts: ['S18'],
    },
    {
      id: 'L04.3',
      title: 'Staff changes, the extension stays',
      say: 'Note the ClusterIP of the Service: {{svc/coffee-shop clusterIP}}. Now replace at least one coffee Pod, as on Tuesday, and order again through the desk. Guess first what will be different.',
      predict: {
        id: 'after-staff-change',
        question: 'After a Pod has been replaced …',
        before: 'change',
        options: [
          { id: 'A', label: 'ClusterIP and endpoints are new', m: 'M44' },
          { id: 'B', label: 'the endpoints are new, the ClusterIP stays', key: true },
          { id: 'C', label: 'everything is as before', m: 'M32' },
          { id: 'D', label: 'somebody must update the Service', m: 'M03' },
        ],
        comment: {
          A: 'The ClusterIP belongs to the Service object, and nobody touched that.',
          C: 'The old room is off the list at once: its address is gone.',
          D: 'The list is worked out from the labels all the time, by itself.',
        },
      },
      check: {
        all: [
          { predicted: 'after-staff-change' },
          {
            count: { of: { pods: { labels: shop, wasBehind: 'coffee-shop', behind: 'coffee-shop' } }, op: 'le', n: 2 },
          },
          { equal: [{ eps: 'coffee-shop' }, { ready: shopPods }] },
          { count: { of: { eps: 'coffee-shop' }, op: 'ge', n: 1 } },
          { same: { obj: 'svc/coffee-shop', what: 'clusterIP' } },
          { saw: { to: desk, outcome: 'ok', afterChange: true } },
        ],
      },
      hints: [
        'The list behind the desk is an object of its own: an EndpointSlice.',
        'Delete one Pod, list the slices, then order again.',
        'Commit with a button, then type: /kubectl delete pod {{deploy/coffee-shop pod}} and then: /curl http://coffee-shop --from customer',
      ],
      hintCommands: [
        '/lesson predict B',
        '/kubectl delete pod {{deploy/coffee-shop pod}}',
        '/curl http://coffee-shop --from customer',
      ],
      wrong: [
        {
          id: 'desk-fired',
          when: { any: [{ absent: 'svc/coffee-shop' }, { changed: { obj: 'svc/coffee-shop', what: 'uid' } }] },
          say: 'That fired the desk itself; the next one may get another number. Undo, and replace a Pod.',
          m: 'M44',
        },
        {
          id: 'guess-first',
          when: {
            all: [
              { not: { predicted: 'after-staff-change' } },
              {
                count: {
                  of: { pods: { labels: shop, wasBehind: 'coffee-shop', behind: 'coffee-shop' } },
                  op: 'le',
                  n: 2,
                },
              },
            ],
          },
          say: 'The staff has changed, but you had not committed. Undo, choose a letter, and do it again.',
        },
        {
          id: 'only-restarted',
          when: { count: { of: { ready: { labels: shop, kept: true, restarted: true } }, op: 'ge', n: 1 } },
          say: 'Only a container restarted: same rooms, same list. Replace a whole Pod.',
          m: 'M31',
        },
        {
          id: 'order-again',
          when: {
            all: [
              {
                count: {
                  of: { pods: { labels: shop, wasBehind: 'coffee-shop', behind: 'coffee-shop' } },
                  op: 'le',
                  n: 2,
                },
              },
              { not: { saw: { to: desk, outcome: 'ok', afterChange: true } } },
            ],
          },
          say: 'Nearly there: order once more through the desk, so that we see that it still works.',
        },
      ],
      reveal:
        'Observed: another room on the list, and still {{svc/coffee-shop clusterIP}}. The callers noticed nothing.',
      solutions: [
        [
          '/lesson predict B',
          '/kubectl delete pod {{deploy/coffee-shop pod}}',
          '/curl http://coffee-shop --from customer',
        ],
        [
          '/lesson predict A',
          '/kubectl rollout restart deploy coffee-shop',
          '/curl {{svc/coffee-shop clusterIP}} --from customer',
        ],
        [
          '/lesson predict C',
          '/cluster chaos kill-pod {{deploy/coffee-shop pod 2}}',
          '/kubectl exec customer -- curl -s coffee-shop',
        ],
      ],
      attempts: [
        { feedback: 'desk-fired', lines: ['/lesson predict B', '/kubectl delete service coffee-shop'] },
        { feedback: 'order-again', lines: ['/lesson predict B', '/kubectl delete pod {{deploy/coffee-shop pod}}'] },
        { feedback: 'only-restarted', lines: ['/lesson predict B', '/cluster chaos crash {{deploy/coffee-shop pod}}'] },
        { feedback: 'guess-first', lines: ['/kubectl delete pod {{deploy/coffee-shop pod}}'] },
      ],
      concepts: ['S17'],
    },
    {
      id: 'L04.4',
      title: 'Take off the uniform',
      say: 'Labels are uniforms. Pick ONE coffee Pod and change its label to app=trainee; delete nothing. Guess first what the desk and the Deployment will do. Then look at the Pods with their labels, and at the endpoints.',
      predict: {
        id: 'without-uniform',
        question: 'The Pod with the other label …',
        before: 'change',
        options: [
          { id: 'A', label: 'is deleted', m: 'T10' },
          { id: 'B', label: 'leaves the list, runs on, and is replaced', key: true },
          { id: 'C', label: 'stays on the list: its IP is known', m: 'M03' },
          { id: 'D', label: 'makes the Service fail for all', m: 'T06' },
        ],
        comment: {
          A: 'A label change never stops a Pod.',
          C: 'The desk remembers no IPs; it looks at labels, all the time.',
          D: 'The others still wear the uniform, so the desk still finds them.',
        },
      },
      check: {
        all: [
          { predicted: 'without-uniform' },
          {
            count: {
              of: {
                pods: {
                  wasBehind: 'coffee-shop',
                  notBehind: 'coffee-shop',
                  notSelectedBy: 'coffee-shop',
                  phase: 'Running',
                },
              },
              op: 'ge',
              n: 1,
            },
          },
          { count: { of: { eps: 'coffee-shop' }, op: 'eq', n: 3 } },
        ],
      },
      hints: [
        'The label has to change on a Pod, not on its manager and not on the desk.',
        'A label that is there already is changed only with --overwrite.',
        'Commit with a button, then type: /kubectl label pod {{deploy/coffee-shop pod}} app=trainee --overwrite',
      ],
      hintCommands: ['/lesson predict B', '/kubectl label pod {{deploy/coffee-shop pod}} app=trainee --overwrite'],
      wrong: [
        {
          id: 'manager-dressed',
          when: { field: { obj: 'deploy/coffee-shop', path: 'metadata.labels.app', eq: 'trainee' } },
          say: 'The manager changed clothes, the staff did not. Label a Pod.',
          m: 'M03',
        },
        {
          id: 'desk-dressed',
          when: { field: { obj: 'svc/coffee-shop', path: 'metadata.labels.app', eq: 'trainee' } },
          say: 'Labels on the desk do nothing here: it is its selector that looks at Pods. Label a Pod.',
          m: 'M03',
        },
        {
          id: 'pod-deleted',
          when: {
            all: [
              { count: { of: { pods: { wasBehind: 'coffee-shop' } }, op: 'lt', n: 3 } },
              { count: { of: { eps: 'coffee-shop' }, op: 'ge', n: 1 } },
            ],
          },
          say: 'That Pod is gone, not demoted. Undo, and change nothing but the label.',
          m: 'T10',
        },
        {
          id: 'selector-changed',
          when: { field: { obj: 'svc/coffee-shop', path: 'spec.selector.app', ne: 'coffee-shop' } },
          say: 'You changed whom the desk looks for, and it lost everybody. Undo, and change one Pod instead.',
          m: 'M03',
        },
        {
          id: 'guess-first',
          when: {
            all: [
              { not: { predicted: 'without-uniform' } },
              { count: { of: { pods: { wasBehind: 'coffee-shop', notSelectedBy: 'coffee-shop' } }, op: 'ge', n: 1 } },
            ],
          },
          say: 'The uniform is off, but the guess is missing. Undo, choose a letter, and do it again.',
        },
      ],
      reveal:
        'Observed: the trainee still runs and answers at its own number. The desk has dropped it, and the Deployment, which counts uniforms too, has hired another.',
      solutions: [
        ['/lesson predict B', '/kubectl label pod {{deploy/coffee-shop pod}} app=trainee --overwrite'],
        ['/lesson predict A', '/kubectl label pod {{deploy/coffee-shop pod}} app-'],
        [
          '/lesson predict D',
          '/kubectl patch pod {{deploy/coffee-shop pod 2}} -p \'{"metadata":{"labels":{"app":"trainee"}}}\'',
        ],
      ],
      attempts: [
        {
          feedback: 'manager-dressed',
          lines: ['/lesson predict B', '/kubectl label deployment coffee-shop app=trainee --overwrite'],
        },
        {
          feedback: 'desk-dressed',
          lines: ['/lesson predict B', '/kubectl label service coffee-shop app=trainee --overwrite'],
        },
        { feedback: 'pod-deleted', lines: ['/lesson predict B', '/kubectl delete pod {{deploy/coffee-shop pod}}'] },
        {
          feedback: 'selector-changed',
          lines: ['/lesson predict B', '/kubectl set selector service coffee-shop app=trainee'],
        },
        { feedback: 'guess-first', lines: ['/kubectl label pod {{deploy/coffee-shop pod}} app=trainee --overwrite'] },
      ],
      concepts: ['S23'],
    },
    {
      id: 'L04.5',
      title: 'The baker in a coffee shirt',
      say: "Now the other way round. Dress the bakery's Pod in app=coffee-shop and place 12 orders. What will the customers get? Remember that the desk trusts uniforms: not names, not images, not rooms.",
      predict: {
        id: 'wrong-shirt',
        question: 'Of 12 orders for coffee …',
        before: 'traffic',
        options: [
          { id: 'A', label: 'all get coffee: the image does not fit', m: 'M03' },
          { id: 'B', label: 'some get croissants', key: true },
          { id: 'C', label: 'all get croissants', m: 'M36' },
          { id: 'D', label: 'none: the API forbids the label', m: 'M03' },
        ],
        comment: {
          A: 'Nobody looks at the image. The label is all that counts.',
          C: 'The baker is one of four on the list.',
          D: 'Labels are free text for their owner; the API does not know what they mean.',
        },
      },
      check: {
        all: [
          { predicted: 'wrong-shirt' },
          { count: { of: { ready: { image: 'cafe/bakery', labels: shop, behind: 'coffee-shop' } }, op: 'ge', n: 1 } },
          { saw: { to: desk, outcome: 'ok', answeredBy: { image: 'cafe/bakery' } } },
        ],
      },
      hints: [
        'It is the command of the step before, for another Pod.',
        'Order often enough to meet the baker.',
        'Commit with a button, then type: /kubectl label pod {{deploy/bakery pod}} app=coffee-shop --overwrite and then: /curl http://coffee-shop --from customer --repeat 12',
      ],
      hintCommands: [
        '/lesson predict B',
        '/kubectl label pod {{deploy/bakery pod}} app=coffee-shop --overwrite',
        '/curl http://coffee-shop --from customer --repeat 40',
      ],
      wrong: [
        {
          id: 'bakers-only',
          when: { field: { obj: 'svc/coffee-shop', path: 'spec.selector.app', eq: 'bakery' } },
          say: 'Now the desk looks for bakers only. Put its selector back, and dress one baker instead.',
          m: 'M03',
        },
        {
          id: 'keep-ordering',
          when: {
            all: [
              { count: { of: { ready: { image: 'cafe/bakery', behind: 'coffee-shop' } }, op: 'ge', n: 1 } },
              { not: { saw: { to: desk, answeredBy: { image: 'cafe/bakery' } } } },
            ],
          },
          say: 'The baker is on the list. Keep ordering: each order picks a room by chance.',
        },
        {
          id: 'guess-first',
          when: {
            all: [{ not: { predicted: 'wrong-shirt' } }, { saw: { to: desk, answeredBy: { image: 'cafe/bakery' } } }],
          },
          say: 'A croissant was served, but no guess was made. Choose a letter, then order again.',
        },
      ],
      reveal:
        "Observed: croissants among the coffees. The bakery's Deployment, by the way, has noticed that a baker is missing and has hired another.",
      solutions: [
        [
          '/lesson predict B',
          '/kubectl label pod {{deploy/bakery pod}} app=coffee-shop --overwrite',
          '/curl http://coffee-shop --from customer --repeat 40',
        ],
        [
          '/lesson predict C',
          '/kubectl patch pod {{deploy/bakery pod}} --type=merge -p \'{"metadata":{"labels":{"app":"coffee-shop"}}}\'',
          '/cluster rush customer 40 --url http://coffee-shop',
        ],
      ],
      attempts: [
        {
          feedback: 'bakers-only',
          lines: [
            '/lesson predict B',
            '/kubectl set selector service coffee-shop app=bakery',
            '/curl http://coffee-shop --from customer',
          ],
        },
        {
          feedback: 'keep-ordering',
          lines: ['/lesson predict B', '/kubectl label pod {{deploy/bakery pod}} app=coffee-shop --overwrite'],
        },
        {
          feedback: 'guess-first',
          lines: [
            '/kubectl label pod {{deploy/bakery pod}} app=coffee-shop --overwrite',
            '/curl http://coffee-shop --from customer --repeat 60',
          ],
        },
      ],
      concepts: ['S24'],
    },
    {
      id: 'L04.6',
      title: 'Put the house in order',
      say: 'The customers complain. Restore order: calls to coffee-shop must reach real coffee shops only, and all of them; the bakery must have its baker. There are many good ways. Choose one, and compare the endpoints with the uniforms.',
      check: {
        all: [
          { equal: [{ eps: 'coffee-shop' }, { ready: shopPods }] },
          { count: { of: { eps: 'coffee-shop' }, op: 'ge', n: 3 } },
          { count: { of: { ready: { owner: 'deploy/bakery' } }, op: 'ge', n: 1 } },
          {
            probe: {
              from: 'pod/customer',
              url: 'http://coffee-shop',
              times: 20,
              expect: { outcome: 'ok', answeredBy: { owner: 'deploy/coffee-shop' } },
            },
          },
          {
            whatIf: {
              event: { rollout: 'deploy/coffee-shop' },
              check: { count: { of: { eps: 'coffee-shop' }, op: 'ge', n: 3 } },
            },
          },
        ],
      },
      hints: [
        'Lay the endpoints of the Service beside the Pods with their labels.',
        'Two ways: change the Pod, or make the selector narrower.',
        'Type: /kubectl delete pod -l app=coffee-shop,pod-template-hash!={{deploy/coffee-shop hash}}',
      ],
      hintCommands: ['/kubectl delete pod -l app=coffee-shop,pod-template-hash!={{deploy/coffee-shop hash}}'],
      wrong: [
        {
          id: 'too-picky',
          when: { count: { of: { eps: 'coffee-shop' }, op: 'eq', n: 0 } },
          say: 'Too picky: no Pod wears all that this selector asks for, and the list is empty.',
          m: 'M03',
        },
        {
          id: 'until-next-rollout',
          when: { field: { obj: 'svc/coffee-shop', path: 'spec.selector.pod-template-hash', present: true } },
          say: 'It works until the next rollout, which gives the Pods another hash: in the copy that we tried, the list was empty then.',
          m: 'M03',
        },
        {
          id: 'no-bakery',
          when: { count: { of: { ready: { owner: 'deploy/bakery' } }, op: 'eq', n: 0 } },
          say: 'No impostor, but no bakery either.',
        },
      ],
      reveal:
        'The list behind the desk is again exactly the coffee shops. It is worked out from labels at every moment, so setting the labels right was all it took.',
      solutions: [
        ['/kubectl delete pod -l app=coffee-shop,pod-template-hash!={{deploy/coffee-shop hash}}'],
        [
          '/kubectl patch deployment coffee-shop -p \'{"spec":{"template":{"metadata":{"labels":{"drink":"coffee"}}}}}\'',
          '/kubectl patch service coffee-shop -p \'{"spec":{"selector":{"drink":"coffee"}}}\'',
        ],
        ['/cluster undo'],
      ],
      attempts: [
        {
          feedback: 'too-picky',
          lines: ['/kubectl patch service coffee-shop -p \'{"spec":{"selector":{"drink":"coffee"}}}\''],
        },
        {
          feedback: 'until-next-rollout',
          lines: [
            '/kubectl patch service coffee-shop -p \'{"spec":{"selector":{"pod-template-hash":"{{deploy/coffee-shop hash}}"}}}\'',
          ],
        },
        { feedback: 'no-bakery', lines: ['/kubectl scale deploy bakery --replicas=0'] },
      ],
      concepts: ['S23'],
    },
    {
      id: 'L04.7',
      title: 'A note that lasts',
      say: 'Back to the regulars and their stale note, {{deploy/regulars env COFFEE_URL}}. Give them an address that outlives the next Tuesday. The check replaces every coffee Pod in a copy of your cluster, and looks whether the regulars still get coffee.',
      check: {
        all: [
          {
            probe: {
              from: 'deploy/regulars',
              url: '{{deploy/regulars env COFFEE_URL}}',
              expect: { outcome: 'ok', answeredBy: { owner: 'deploy/coffee-shop' } },
            },
          },
          {
            whatIf: {
              event: { replace: 'deploy/coffee-shop' },
              check: {
                probe: {
                  from: 'deploy/regulars',
                  url: '{{deploy/regulars env COFFEE_URL}}',
                  expect: { outcome: 'ok', answeredBy: { owner: 'deploy/coffee-shop' } },
                },
              },
            },
          },
        ],
      },
      hints: [
        'Is it the number of a room, or of the desk?',
        'The desk has a name, and the name is in the phone book.',
        'Type: /kubectl set env deploy/regulars COFFEE_URL=http://coffee-shop',
      ],
      hintCommands: ['/kubectl set env deploy/regulars COFFEE_URL=http://coffee-shop'],
      wrong: [
        {
          id: 'room-number',
          when: {
            probe: {
              from: 'deploy/regulars',
              url: '{{deploy/regulars env COFFEE_URL}}',
              expect: { outcome: 'ok', answeredBy: { owner: 'deploy/coffee-shop' } },
            },
          },
          say: "It works now. In the copy, after the Pods were replaced: silence. That is a room's number again.",
          m: 'M32',
        },
        {
          id: 'department-missing',
          when: {
            probe: {
              from: 'deploy/regulars',
              url: '{{deploy/regulars env COFFEE_URL}}',
              expect: { outcome: 'nxdomain' },
            },
          },
          say: 'Nobody has that name. A full name reads name.namespace.svc.cluster.local, and the short one is enough here.',
          m: 'M09',
        },
        {
          id: 'wrong-extension',
          when: {
            field: {
              obj: 'deploy/regulars',
              path: 'spec.template.spec.containers[].env[].value',
              in: [
                'http://coffee-shop:8080',
                'http://coffee-shop.default:8080',
                'http://{{svc/coffee-shop clusterIP}}:8080',
              ],
            },
          },
          say: "The desk's extension is 80. 8080 is the door of the rooms.",
          m: 'M01',
        },
      ],
      notes: [
        {
          when: {
            field: {
              obj: 'deploy/regulars',
              path: 'spec.template.spec.containers[].env[].value',
              in: [
                'http://{{svc/coffee-shop clusterIP}}',
                'http://{{svc/coffee-shop clusterIP}}:80',
                'http://{{svc/coffee-shop clusterIP}}/',
              ],
            },
          },
          say: 'The ClusterIP is fine for as long as the Service lives. The name even survives its being built anew.',
        },
      ],
      reveal: 'In the copy every coffee Pod was replaced, and the regulars still got their coffee. This note can stay.',
      solutions: [
        ['/kubectl set env deploy/regulars COFFEE_URL=http://coffee-shop'],
        [
          '/kubectl patch deployment regulars -p \'{"spec":{"template":{"spec":{"containers":[{"name":"regulars","env":[{"name":"COFFEE_URL","value":"http://coffee-shop.default.svc.cluster.local"}]}]}}}}\'',
        ],
        ['/kubectl set env deploy/regulars COFFEE_URL=http://{{svc/coffee-shop clusterIP}}'],
      ],
      attempts: [
        {
          feedback: 'room-number',
          lines: ['/kubectl set env deploy/regulars COFFEE_URL=http://{{deploy/coffee-shop ip}}:8080'],
        },
        { feedback: 'wrong-extension', lines: ['/kubectl set env deploy/regulars COFFEE_URL=http://coffee-shop:8080'] },
        {
          feedback: 'department-missing',
          lines: ['/kubectl set env deploy/regulars COFFEE_URL=http://coffee-shop.cluster.local'],
        },
      ],
      concepts: ['S16', 'S17', 'S19'],
    },
  ],
  recap:
    "A Service is a lasting name and number plus a rule, its selector, that is applied all the time. Labels decide: every pair must fit, further labels do no harm. The list behind it is the EndpointSlice; look there first. The choice is made for each connection, on the caller's own floor.",
  exit: ['q019', 'q022', 'q037'],
  finePrint: [
    {
      label: 'A rebuilt Service',
      say: 'Delete the Service and create it again, and it gets another ClusterIP: the number lives as long as the object. The name is the same, so callers by name do not notice.',
      commands: [
        '/kubectl delete service coffee-shop',
        '/kubectl expose deploy coffee-shop --port=80 --target-port=8080',
      ],
    },
    {
      label: 'Headless',
      say: "A Service with clusterIP None has no number of its own. The phone book then answers with the rooms' numbers, and nobody translates ports: callers must know the door.",
      commands: [
        '/kubectl expose deploy coffee-shop --name=rooms --port=80 --target-port=8080 --cluster-ip=None',
        '/nslookup rooms --from customer',
      ],
    },
    {
      label: 'Hairpin',
      say: 'A Pod may call its own Service and be answered by itself; the node turns the packet round. Where a network is not set up for that, such calls fail once in a while, and only for the Pod itself.',
    },
  ],
})
