import { type Check, defineLesson } from '../../src/tutor/lesson.ts'
import { INGRESS_CONTROLLER } from './ingress-controller.ts'
import { sheet } from './sheets.ts'

const fromStreet = { vantage: ['internet', 'home', 'browser'] }
const coffee = { host: 'coffee.com' }

const MENU = { path: '/menu', service: 'menu' }
const ORDER = { path: '/order', service: 'order' }

/** A visitor from the street gets an answer from the app that is meant. */
const serves = (url: string, app: string): Check => ({
  probe: { from: 'internet', url, expect: { outcome: '200', answeredBy: { labels: { app } } } },
})
const servesMenu = serves('http://coffee.com/menu', 'menu')
const servesOrder = serves('http://coffee.com/order', 'order')
const servesTea: Check = { all: [serves('http://tea.com/', 'tea'), serves('http://tea.com/menu', 'tea')] }

/** Visitors who come by number are for no host, and nobody but the controller answers them. */
const noCatchAll: Check = {
  probe: { from: 'internet', url: 'http://{{public coffee.com}}/', expect: { outcome: '404@controller' } },
}

const menuSigns: Check = { count: { of: { routes: { ...coffee, ...MENU } }, op: 'ge', n: 1 } }
/** Some controller has read the sheet for the menu. */
const readSheet: Check = {
  count: { of: { routes: { ...coffee, ...MENU, address: '{{public coffee.com}}' } }, op: 'ge', n: 1 },
}
/** Without a controller nothing that follows can be seen. */
const emptyLobby = {
  id: 'empty-lobby',
  when: { count: { of: { ready: { namespace: 'lobby-system' } }, op: 'eq', n: 0 } } satisfies Check,
  say: 'Nobody works in the lobby, so no sheet is read. Install the controller first: the add-on ingress of /cluster.',
  m: 'M13',
}
const closeLobby = { feedback: 'empty-lobby', lines: ['/cluster addon ingress off'] }

/** Where TLS can end, as the learner may say it. */
const PLACES = ['visitor', 'controller', 'service', 'pod']

const ADD_ORDER = '/kubectl create ingress order --class=lobby --rule=coffee.com/order*=order:80'
const ADD_TEA = '/kubectl create ingress tea --class=lobby --rule=tea.com/*=tea:80'
const SEAL = '{"spec":{"tls":[{"hosts":["coffee.com"],"secretName":"coffee-tls"}]}}'
const CREATE_SECRET = '/kubectl create secret tls coffee-tls --cert=coffee.crt --key=coffee.key'

export const ingressRouting = defineLesson({
  id: 'ingress-routing',
  code: 'L07',
  title: 'The traffic cop',
  goal: 'Tell the sheet from the cop. Write rules by host and path, and foretell where a URL leads. Tell 404 from 503, and end TLS.',
  story:
    'All visitors are to come through one lobby. A cop stands there with a sheet in hand and sends them to menu, order or tea.',
  minutes: 15,
  requires: ['L05', 'L06'],
  challenges: [3],
  concepts: ['S29', 'S30', 'S31', 'S32'],
  misconceptions: ['M13', 'M14', 'M15', 'M16', 'M17', 'M18', 'M19', 'M20', 'T12'],
  world: 'cafe-lobby',
  files: { 'lobby.yaml': sheet('lobby', { 'coffee.com': [MENU] }), 'ingress-controller.yaml': INGRESS_CONTROLLER },
  certificates: [
    { crt: 'coffee.crt', key: 'coffee.key', hosts: ['coffee.com'] },
    { crt: 'tea.crt', key: 'tea.key', hosts: ['tea.com'] },
  ],
  steps: [
    {
      id: 'L07.1',
      title: 'A sheet on the wall',
      say: 'Pin up a rule sheet: visitors of coffee.com who ask for /menu go to Service menu, port 80. Such a sheet is an Ingress; lobby.yaml holds one, with class lobby. Nobody works in the lobby yet. Guess what a visitor from the street will see. Then apply the sheet, and visit http://coffee.com/menu from the internet.',
      predict: {
        id: 'sheet-alone',
        question: 'With the sheet on the wall, a visitor gets …',
        before: 'traffic',
        options: [
          { id: 'A', label: 'the menu', m: 'M13' },
          { id: 'B', label: 'no answer at all', key: true },
          { id: 'C', label: '404, nothing found', m: 'M13' },
          { id: 'D', label: 'whatever Service comes first', m: 'T12' },
        ],
        comment: {
          A: 'A sheet does nothing by itself. Somebody has to read it.',
          C: 'Even a 404 has to be said by somebody, and the lobby is empty.',
          D: 'The street does not reach any Service; that is what the lobby is for.',
        },
      },
      check: {
        all: [
          { predicted: 'sheet-alone' },
          menuSigns,
          { count: { of: { routes: { ...coffee, ...MENU, address: '{{public coffee.com}}' } }, op: 'eq', n: 0 } },
          { last: { from: fromStreet, to: coffee, outcome: 'timeout' } },
        ],
      },
      hints: [
        'First the sheet, then the visit. Visitors come from the street.',
        'The sheet is ready in a file; a visit from the street says --from internet.',
        'Commit with a button, then type: /kubectl apply -f lobby.yaml and then: /curl http://coffee.com/menu --from internet',
      ],
      hintCommands: [
        '/lesson predict B',
        '/kubectl apply -f lobby.yaml',
        '/curl http://coffee.com/menu --from internet',
      ],
      wrong: [
        {
          id: 'cop-early',
          when: { count: { of: { ready: { namespace: 'lobby-system' } }, op: 'ge', n: 1 } },
          say: 'Somebody works in the lobby already. Undo, and see first what the sheet does alone.',
        },
        {
          id: 'side-door',
          when: {
            count: {
              of: {
                objects: 'services',
                namespace: 'default',
                where: { path: 'spec.type', in: ['NodePort', 'LoadBalancer'] },
              },
              op: 'ge',
              n: 1,
            },
          },
          say: 'That opens a way of its own into one Service. We want one lobby for all of them. Undo.',
          m: 'T12',
        },
        {
          id: 'no-service',
          when: { count: { of: { routes: { ...coffee, path: '/menu', notService: 'menu' } }, op: 'ge', n: 1 } },
          say: 'Your sheet sends /menu to something that is not the Service menu. A sheet can name Services only; Pods and Deployments are none of its business.',
          m: 'T12',
        },
        {
          id: 'guess-first',
          when: {
            all: [
              { not: { predicted: 'sheet-alone' } },
              menuSigns,
              { last: { from: fromStreet, to: coffee, outcome: 'timeout' } },
            ],
          },
          say: 'You have visited, but not committed. Choose a letter, then visit once more.',
        },
        {
          id: 'inside-caller',
          when: { last: { from: { vantage: 'pod' } } },
          say: 'Those inside call the Service by its name. Visitors come from the street: --from internet.',
        },
        {
          id: 'no-sheet',
          when: { all: [{ not: menuSigns }, { last: { from: fromStreet, to: coffee } }] },
          say: 'Nobody answered; but no sheet hangs there either. Pin it up first, then visit.',
        },
        { id: 'visit', when: menuSigns, say: 'The sheet hangs. Now visit http://coffee.com/menu from the street.' },
      ],
      reveal:
        'Observed: silence. The Ingress is only the sheet, and its ADDRESS is empty: nobody has read it. An Ingress is no type of Service either; it is an object of its own, in front of Services.',
      solutions: [
        ['/lesson predict B', '/kubectl apply -f lobby.yaml', '/curl http://coffee.com/menu --from internet'],
        [
          '/lesson predict A',
          '/kubectl create ingress lobby --class=lobby --rule=coffee.com/menu*=menu:80',
          '/curl http://coffee.com/menu --from home',
        ],
      ],
      attempts: [
        { feedback: 'cop-early', lines: ['/lesson predict B', '/cluster addon ingress on'] },
        {
          feedback: 'side-door',
          lines: ['/lesson predict B', '/kubectl patch service menu -p \'{"spec":{"type":"NodePort"}}\''],
        },
        {
          feedback: 'no-service',
          lines: [
            '/lesson predict B',
            '/kubectl create ingress lobby --class=lobby --rule=coffee.com/menu*={{deploy/menu pod}}:8080',
          ],
        },
        {
          feedback: 'guess-first',
          lines: ['/kubectl apply -f lobby.yaml', '/curl http://coffee.com/menu --from internet'],
        },
        {
          feedback: 'inside-caller',
          lines: ['/lesson predict B', '/kubectl apply -f lobby.yaml', '/curl http://menu --from customer'],
        },
        { feedback: 'no-sheet', lines: ['/lesson predict B', '/curl http://coffee.com/menu --from internet'] },
        { feedback: 'visit', lines: ['/lesson predict B', '/kubectl apply -f lobby.yaml'] },
      ],
      concepts: ['S29'],
    },
    {
      id: 'L07.2',
      title: 'Hire the cop',
      say: 'Now hire somebody who reads sheets of class lobby: an ingress controller. Install it with the add-on of the cluster, or apply ingress-controller.yaml. Watch the ADDRESS column of the Ingress, and visit again. At which hop of the trace is it decided where the visitor goes?',
      check: {
        all: [
          readSheet,
          {
            saw: {
              from: fromStreet,
              to: { ...coffee, path: '/menu*', scheme: 'http' },
              outcome: '200',
              answeredBy: { labels: { app: 'menu' } },
            },
          },
        ],
      },
      hints: [
        'A controller is a program like any other: it runs in a Pod.',
        'The add-on is named ingress, and addon is a word of /cluster.',
        'Type: /cluster addon ingress on and then: /curl http://coffee.com/menu --from internet',
      ],
      hintCommands: ['/cluster addon ingress on', '/curl http://coffee.com/menu --from internet'],
      wrong: [
        {
          id: 'sheet-gone',
          when: { not: menuSigns },
          say: 'The sheet for coffee.com/menu has been taken down. Undo, or pin it up again.',
        },
        {
          id: 'other-class',
          when: {
            all: [
              { count: { of: { routes: { ...coffee, ...MENU, class: 'lobby' } }, op: 'eq', n: 0 } },
              { not: readSheet },
            ],
          },
          say: 'This cop reads sheets of class lobby. Yours names another class or none, and is passed by.',
          m: 'M13',
        },
        {
          id: 'by-number',
          when: { last: { from: fromStreet, to: { typed: 'ip' }, outcome: '404@controller' } },
          say: 'The cop looks at the name on the ticket. You came by number, and your sheet is for visitors of coffee.com.',
          m: 'M17',
        },
        {
          id: 'inside-caller',
          when: { last: { from: { vantage: 'pod' }, to: { service: 'default/menu' } } },
          say: 'That call went straight to the Service, past the lobby. Visit coffee.com from the street.',
        },
        {
          id: 'still-empty',
          when: { last: { from: fromStreet, outcome: 'timeout' } },
          say: 'The lobby is still empty: ADDRESS has no value. Hire somebody first.',
          m: 'M13',
        },
        {
          id: 'sealed',
          when: { last: { from: fromStreet, outcome: 'tls-mismatch' } },
          say: 'Sealed envelopes come in step 7. For now visit with http.',
        },
        {
          id: 'visit',
          when: readSheet,
          say: 'ADDRESS says {{public coffee.com}}: somebody has read the sheet. Now visit.',
        },
      ],
      notes: [
        {
          when: { count: { of: { routes: { ...coffee, ...MENU, class: 'nginx' } }, op: 'ge', n: 1 } },
          say: 'Your sheet has class nginx, which the add-on serves as well. Its own controller, ingress-nginx, was retired in March 2026; the steps that follow use class lobby.',
        },
      ],
      reveal:
        'The menu, at last. The street leads to {{public coffee.com}}; there the controller reads the host and the path, and picks a Pod behind the Service. Sheet and cop are two things: an object, and a program that acts on it.',
      solutions: [
        ['/cluster addon ingress on', '/curl http://coffee.com/menu --from internet'],
        [
          '/kubectl apply -f ingress-controller.yaml',
          '/kubectl get ingress',
          '/curl http://coffee.com/menu --from home',
        ],
      ],
      attempts: [
        { feedback: 'sheet-gone', lines: ['/kubectl delete ingress {{sheet coffee.com /menu}}'] },
        {
          feedback: 'other-class',
          lines: [
            '/kubectl patch ingress {{sheet coffee.com /menu}} -p \'{"spec":{"ingressClassName":"valet"}}\'',
            '/cluster addon ingress on',
          ],
        },
        {
          feedback: 'by-number',
          lines: ['/cluster addon ingress on', '/curl http://{{public coffee.com}}/menu --from internet'],
        },
        { feedback: 'inside-caller', lines: ['/cluster addon ingress on', '/curl http://menu --from customer'] },
        { feedback: 'still-empty', lines: ['/curl http://coffee.com/menu --from internet'] },
        {
          feedback: 'sealed',
          lines: ['/cluster addon ingress on', '/curl https://coffee.com/menu --from internet'],
        },
        { feedback: 'visit', lines: ['/cluster addon ingress on'] },
      ],
      concepts: ['S32'],
    },
    {
      id: 'L07.3',
      title: 'A second sign',
      say: 'Visitors want to order, too. Add coffee.com/order, which goes to Service order, and keep /menu. You can add to the sheet that hangs there, or pin up another one beside it: every sheet of the class lobby is read.',
      check: { all: [servesMenu, servesOrder] },
      hints: [
        'The paths of a rule are a list.',
        "A path leads to a Service and to that Service's port.",
        `Type: ${ADD_ORDER}`,
      ],
      hintCommands: [ADD_ORDER],
      wrong: [
        emptyLobby,
        {
          id: 'other-department',
          when: { count: { of: { routes: { ...coffee, path: '/order', notNamespace: 'default' } }, op: 'ge', n: 1 } },
          say: 'That sheet hangs in another department, and the cop looks for its Service there. Sheet and Service must share a namespace.',
          m: 'M19',
        },
        {
          id: 'no-such-service',
          when: { count: { of: { routes: { ...coffee, path: '/order', notService: 'order' } }, op: 'ge', n: 1 } },
          say: 'The sheet sends /order to a Service of another name. Does it exist? The answer is 503: a sign that leads nowhere.',
        },
        {
          id: 'door-on-the-sheet',
          when: { count: { of: { routes: { ...coffee, ...ORDER, notPort: 80 } }, op: 'ge', n: 1 } },
          say: "503: the Service order has no such port. A sheet names the Service's port, {{svc/order port}}; the door {{svc/order targetPort}} is known to the Service.",
          m: 'M18',
        },
        {
          id: 'other-class',
          when: { count: { of: { routes: { ...coffee, ...ORDER, notClass: 'lobby' } }, op: 'ge', n: 1 } },
          say: 'The new sheet has another class, or none, and our cop passes it by. Its class must be lobby.',
          m: 'M13',
        },
        {
          id: 'menu-lost',
          when: { not: menuSigns },
          say: 'You replaced the sign instead of adding one: /menu now gets 404. Undo, and keep both paths.',
        },
      ],
      reveal: 'Two paths, two Services, one entrance. Nobody needs a side door for each app any more.',
      solutions: [
        [ADD_ORDER],
        [{ line: '/kubectl apply -f -', stdin: sheet('lobby', { 'coffee.com': [MENU, ORDER] }) }],
        [
          '/kubectl patch ingress {{sheet coffee.com /menu}} --type=json -p \'[{"op":"add","path":"/spec/rules/0/http/paths/-","value":{"path":"/order","pathType":"Prefix","backend":{"service":{"name":"order","port":{"number":80}}}}}]\'',
        ],
      ],
      attempts: [
        closeLobby,
        {
          feedback: 'other-department',
          lines: [
            '/kubectl create ingress order -n marketing --class=lobby --rule=coffee.com/order*=order:80',
            '/curl http://coffee.com/order --from internet',
          ],
        },
        {
          feedback: 'no-such-service',
          lines: ['/kubectl create ingress order --class=lobby --rule=coffee.com/order*=orders:80'],
        },
        {
          feedback: 'door-on-the-sheet',
          lines: [
            '/kubectl create ingress order --class=lobby --rule=coffee.com/order*=order:8080',
            '/curl http://coffee.com/order --from internet',
          ],
        },
        { feedback: 'other-class', lines: ['/kubectl create ingress order --rule=coffee.com/order*=order:80'] },
        {
          feedback: 'menu-lost',
          lines: [{ line: '/kubectl apply -f -', stdin: sheet('lobby', { 'coffee.com': [ORDER] }) }],
        },
      ],
      concepts: ['S30'],
    },
    {
      id: 'L07.4',
      title: 'Another name, the same lobby',
      say: 'tea.com leads to the same address as coffee.com. Send everything for tea.com to Service tea, whatever the path; tea.com/menu as well. coffee.com must go on as before.',
      check: { all: [servesTea, servesMenu, servesOrder, noCatchAll] },
      hints: [
        'A sheet has a rule for each host.',
        'The path / with type Prefix covers every path of a host.',
        `Type: ${ADD_TEA}`,
      ],
      hintCommands: [ADD_TEA],
      wrong: [
        emptyLobby,
        {
          id: 'every-host',
          when: { count: { of: { routes: { host: '*', service: 'tea' } }, op: 'ge', n: 1 } },
          say: 'Without a host the rule is for EVERY name: shop.com would get tea, and so would visitors who come by number. Name the host.',
          m: 'M17',
        },
        {
          id: 'under-coffee',
          when: { count: { of: { routes: { ...coffee, service: 'tea' } }, op: 'ge', n: 1 } },
          say: 'Now coffee.com serves tea on that path. The name tea.com needs a rule of its own.',
        },
        {
          id: 'exactly',
          when: { count: { of: { routes: { host: 'tea.com', pathType: 'Exact' } }, op: 'ge', n: 1 } },
          say: 'tea.com/ works and tea.com/menu does not: Exact means this one path and no other.',
          m: 'M14',
        },
        {
          id: 'door-on-the-sheet',
          when: { count: { of: { routes: { host: 'tea.com', service: 'tea', notPort: 80 } }, op: 'ge', n: 1 } },
          say: "503: the Service tea has no such port. The sheet names the Service's port, {{svc/tea port}}.",
          m: 'M18',
        },
        {
          id: 'coffee-lost',
          when: { any: [{ not: servesMenu }, { not: servesOrder }] },
          say: 'Something of coffee.com is lost. Undo, and add the new rule beside the old ones.',
        },
      ],
      reveal:
        'One lobby, two names. The cop looks at the host first and at the path only then: that is why tea.com/menu leads to tea, on floor-3, and not to the menu.',
      solutions: [
        [ADD_TEA],
        [
          {
            line: '/kubectl apply -f -',
            stdin: sheet('lobby', { 'coffee.com': [MENU, ORDER], 'tea.com': [{ path: '/', service: 'tea' }] }),
          },
        ],
        [
          '/kubectl patch ingress {{sheet coffee.com /menu}} --type=json -p \'[{"op":"add","path":"/spec/rules/-","value":{"host":"tea.com","http":{"paths":[{"path":"/","pathType":"Prefix","backend":{"service":{"name":"tea","port":{"number":80}}}}]}}}]\'',
        ],
      ],
      attempts: [
        closeLobby,
        { feedback: 'every-host', lines: ['/kubectl create ingress tea --class=lobby --rule=/*=tea:80'] },
        {
          feedback: 'under-coffee',
          lines: ['/kubectl create ingress tea --class=lobby --rule=coffee.com/tea*=tea:80'],
        },
        { feedback: 'exactly', lines: ['/kubectl create ingress tea --class=lobby --rule=tea.com/=tea:80'] },
        {
          feedback: 'door-on-the-sheet',
          lines: ['/kubectl create ingress tea --class=lobby --rule=tea.com/*=tea:8080'],
        },
        {
          feedback: 'coffee-lost',
          lines: [
            { line: '/kubectl apply -f -', stdin: sheet('lobby', { 'tea.com': [{ path: '/', service: 'tea' }] }) },
          ],
        },
      ],
      concepts: ['S30'],
    },
    {
      id: 'L07.5',
      title: 'What Prefix means',
      say: 'The rule says /menu with pathType Prefix. Three visitors ask for /menu, /menu/today and /menus. Guess who of them gets to the menu. Then send the last two, from the internet.',
      predict: {
        id: 'prefix',
        question: 'The menu answers …',
        before: 'traffic',
        options: [
          { id: 'A', label: '/menu only', m: 'M14' },
          { id: 'B', label: '/menu and /menu/today', key: true },
          { id: 'C', label: 'all three', m: 'M14' },
          { id: 'D', label: '/menu and /menus', m: 'M14' },
        ],
        comment: {
          A: 'That would be Exact.',
          C: 'The cop compares whole pieces between the slashes, not letters. menus is another piece.',
          D: 'The cop compares whole pieces between the slashes, not letters. menus is another piece.',
        },
      },
      check: {
        all: [
          { predicted: 'prefix' },
          {
            saw: {
              from: fromStreet,
              to: { ...coffee, path: '/menu/*' },
              outcome: '200',
              answeredBy: { labels: { app: 'menu' } },
            },
          },
          { saw: { from: fromStreet, to: { ...coffee, path: '/menus*' }, outcome: '404@controller' } },
        ],
      },
      hints: [
        'Cut each path at its slashes, and compare it with the rule piece by piece.',
        'Send one visitor below /menu, and one whose path only begins with the same letters.',
        'Commit with a button, then type: /curl http://coffee.com/menu/today --from internet and then: /curl http://coffee.com/menus --from internet',
      ],
      hintCommands: [
        '/lesson predict B',
        '/curl http://coffee.com/menu/today --from internet',
        '/curl http://coffee.com/menus --from internet',
      ],
      wrong: [
        emptyLobby,
        {
          id: 'exact-type',
          when: {
            probe: { from: 'internet', url: 'http://coffee.com/menu/today', expect: { outcome: '404@controller' } },
          },
          say: '/menu/today gets 404 as well: your rule for /menu is not of type Prefix. Undo, or set it to Prefix.',
          m: 'M14',
        },
        {
          id: 'catch-all',
          when: {
            not: { probe: { from: 'internet', url: 'http://coffee.com/menus', expect: { outcome: '404@controller' } } },
          },
          say: 'Another rule of yours catches /menus. Undo it, so that we can see what /menu alone does.',
        },
        {
          id: 'guess-first',
          when: {
            all: [{ not: { predicted: 'prefix' } }, { saw: { from: fromStreet, to: { ...coffee, path: '/menus*' } } }],
          },
          say: 'You have seen it, but not committed. Choose a letter, then send both visitors again.',
        },
        {
          id: 'other-host',
          when: { last: { from: fromStreet, to: { host: 'tea.com' } } },
          say: 'tea.com sends every path to tea. The rule in question belongs to coffee.com.',
          m: 'M17',
        },
        {
          id: 'one-more',
          when: { saw: { from: fromStreet, to: { ...coffee, path: '/menu*' } } },
          say: 'One visitor down. We need two: /menu/today and /menus.',
        },
      ],
      reveal:
        'Observed: /menu/today got the menu, and /menus got 404 from the controller. A Prefix covers a path and everything below it, counted in whole pieces.',
      solutions: [
        [
          '/lesson predict B',
          '/curl http://coffee.com/menu/today --from internet',
          '/curl http://coffee.com/menus --from internet',
        ],
        [
          '/lesson predict C',
          '/curl http://coffee.com/menus/2026 --from home',
          '/curl http://coffee.com/menu/ --from browser',
        ],
      ],
      attempts: [
        closeLobby,
        {
          feedback: 'exact-type',
          lines: [
            '/lesson predict B',
            '/kubectl patch ingress {{sheet coffee.com /menu}} --type=json -p \'[{"op":"replace","path":"/spec/rules/0/http/paths/0/pathType","value":"Exact"}]\'',
          ],
        },
        {
          feedback: 'catch-all',
          lines: ['/lesson predict B', '/kubectl create ingress rest --class=lobby --rule=coffee.com/*=order:80'],
        },
        { feedback: 'guess-first', lines: ['/curl http://coffee.com/menus --from internet'] },
        { feedback: 'other-host', lines: ['/lesson predict B', '/curl http://tea.com/menus --from internet'] },
        { feedback: 'one-more', lines: ['/lesson predict B', '/curl http://coffee.com/menu/today --from internet'] },
      ],
      concepts: ['S30'],
    },
    {
      id: 'L07.6',
      title: 'Two ways to fail',
      say: 'Send everybody in order home: scale it to 0. Guess what coffee.com/order and coffee.com/nope will answer. Visit both; read who speaks, and with which number. Then open order again.',
      predict: {
        id: 'two-failures',
        question: '/order, with nobody in, and /nope give …',
        before: 'traffic',
        options: [
          { id: 'A', label: '404 and 404', m: 'M16' },
          { id: 'B', label: '503 and 404', key: true },
          { id: 'C', label: 'a time-out and 404', m: 'M16' },
          { id: 'D', label: '503 and 503', m: 'M16' },
        ],
        comment: {
          A: 'For /order there is a sign. That nobody is in is another matter.',
          C: 'The cop is there and answers at once; the time-out belongs to an empty lobby.',
          D: 'For /nope there is no sign, so nobody is even looked for.',
        },
      },
      check: {
        all: [
          { predicted: 'two-failures' },
          { saw: { from: fromStreet, to: { ...coffee, path: '/order*' }, outcome: '503' } },
          { saw: { from: fromStreet, to: coffee, outcome: '404@controller' } },
          servesOrder,
        ],
      },
      hints: [
        'No sign, and no staff: two different troubles. You need a visit to each.',
        'The number of Pods is replicas of the Deployment order; at the end it must be more than 0 again.',
        'Commit with a button, then type: /kubectl scale deploy order --replicas=0 and then: /curl http://coffee.com/order --from internet and: /curl http://coffee.com/nope --from internet and at last: /kubectl scale deploy order --replicas=2',
      ],
      hintCommands: [
        '/lesson predict B',
        '/kubectl scale deploy order --replicas=0',
        '/curl http://coffee.com/order --from internet',
        '/curl http://coffee.com/nope --from internet',
        '/kubectl scale deploy order --replicas=2',
      ],
      wrong: [
        emptyLobby,
        {
          id: 'desk-gone',
          when: { absent: 'svc/order' },
          say: 'You removed the Service: 503 too, since the sign leads to a desk that is no more. Undo, and scale the Deployment instead.',
        },
        {
          id: 'closed-for-good',
          when: { absent: 'deploy/order' },
          say: '503 again, but nobody is left to open the shop. Undo, and scale to 0 instead.',
        },
        {
          id: 'sign-gone',
          when: { count: { of: { routes: { ...coffee, ...ORDER } }, op: 'eq', n: 0 } },
          say: 'You took the sign down, so /order gets 404. Undo: the sign stays, the staff goes.',
          m: 'M16',
        },
        {
          id: 'guess-first',
          when: {
            all: [
              { not: { predicted: 'two-failures' } },
              { saw: { from: fromStreet, to: { ...coffee, path: '/order*' }, outcome: '503' } },
            ],
          },
          say: 'You have seen it, but not committed. Choose a letter, then visit both again.',
        },
        {
          id: 'reopen',
          when: {
            all: [
              { saw: { from: fromStreet, to: { ...coffee, path: '/order*' }, outcome: '503' } },
              { saw: { from: fromStreet, to: coffee, outcome: '404@controller' } },
            ],
          },
          say: 'Both failures seen. Open order again to finish.',
        },
        {
          id: 'no-sign-next',
          when: { saw: { from: fromStreet, to: { ...coffee, path: '/order*' }, outcome: '503' } },
          say: '503: the cop knows the way and finds nobody in. Now ask for a path that is on no sheet: /nope.',
        },
        {
          id: 'staff-next',
          when: {
            all: [
              { saw: { from: fromStreet, to: coffee, outcome: '404@controller' } },
              { count: { of: { ready: { owner: 'deploy/order' } }, op: 'ge', n: 1 } },
            ],
          },
          say: '404: no sign for that. Now send the staff of order home and visit /order.',
        },
      ],
      reveal:
        'Observed: 503 for /order, 404 for /nope, both said by the controller. 404: I have no such sign. 503: I know the way, but nobody is in. The number tells you where to look.',
      solutions: [
        [
          '/lesson predict B',
          '/kubectl scale deploy order --replicas=0',
          '/curl http://coffee.com/order --from internet',
          '/curl http://coffee.com/nope --from internet',
          '/kubectl scale deploy order --replicas=2',
        ],
        [
          '/lesson predict A',
          '/curl http://coffee.com/nope --from home',
          '/kubectl patch deployment order -p \'{"spec":{"replicas":0}}\'',
          '/curl http://coffee.com/order/7 --from home',
          '/cluster undo',
        ],
      ],
      attempts: [
        closeLobby,
        {
          feedback: 'desk-gone',
          lines: [
            '/lesson predict B',
            '/kubectl delete service order',
            '/curl http://coffee.com/order --from internet',
          ],
        },
        {
          feedback: 'closed-for-good',
          lines: [
            '/lesson predict B',
            '/kubectl delete deployment order',
            '/curl http://coffee.com/order --from internet',
          ],
        },
        {
          feedback: 'sign-gone',
          lines: [
            '/lesson predict B',
            '/kubectl delete ingress {{sheet coffee.com /order}}',
            '/curl http://coffee.com/order --from internet',
          ],
        },
        {
          feedback: 'guess-first',
          lines: ['/kubectl scale deploy order --replicas=0', '/curl http://coffee.com/order --from internet'],
        },
        {
          feedback: 'reopen',
          lines: [
            '/lesson predict B',
            '/kubectl scale deploy order --replicas=0',
            '/curl http://coffee.com/order --from internet',
            '/curl http://coffee.com/nope --from internet',
          ],
        },
        {
          feedback: 'no-sign-next',
          lines: [
            '/lesson predict B',
            '/kubectl scale deploy order --replicas=0',
            '/curl http://coffee.com/order --from internet',
          ],
        },
        { feedback: 'staff-next', lines: ['/lesson predict B', '/curl http://coffee.com/nope --from internet'] },
      ],
      concepts: ['S30', 'S32'],
    },
    {
      id: 'L07.7',
      title: 'The sealed envelope',
      say: 'One entrance is also one place for certificates. Make a TLS Secret coffee-tls from the files coffee.crt and coffee.key. Name it in the sheet, for host coffee.com, and visit with https. Then read the trace: where is the envelope opened, and what travels on to the Pod?',
      answer: {
        id: 'where-tls-ends',
        question: 'TLS ends …',
        options: [
          { id: 'visitor', label: 'at the visitor' },
          { id: 'controller', label: 'at the controller in the lobby' },
          { id: 'service', label: 'at the Service' },
          { id: 'pod', label: 'in the Pod' },
        ],
      },
      check: {
        all: [
          {
            saw: {
              from: fromStreet,
              to: { ...coffee, scheme: 'https', path: '/menu*' },
              outcome: '200',
              answeredBy: { labels: { app: 'menu' } },
              certificate: 'coffee.com',
            },
          },
          { said: { id: 'where-tls-ends', equals: 'controller' } },
        ],
      },
      hints: [
        'Three things belong together: the certificate, the sheet that names it, and the host on it. The first two must be in one department.',
        'The tls section of an Ingress has hosts and secretName.',
        `Type: ${CREATE_SECRET} and then: /kubectl patch ingress {{sheet coffee.com /menu}} -p '${SEAL}' and then: /curl https://coffee.com/menu --from internet and at last: /lesson answer controller`,
      ],
      hintCommands: [
        CREATE_SECRET,
        `/kubectl patch ingress {{sheet coffee.com /menu}} -p '${SEAL}'`,
        '/curl https://coffee.com/menu --from internet',
        '/lesson answer controller',
      ],
      wrong: [
        emptyLobby,
        {
          id: 'secret-elsewhere',
          when: {
            all: [
              { count: { of: { objects: 'secrets', namespace: 'default' }, op: 'eq', n: 0 } },
              { count: { of: { objects: 'secrets' }, op: 'ge', n: 1 } },
            ],
          },
          say: 'Your Secret lies in another department. The cop looks for it beside the sheet, finds none, and shows the default certificate.',
          m: 'M20',
        },
        {
          id: 'not-listed',
          when: {
            all: [
              { count: { of: { objects: 'ingresses', where: { path: 'spec.tls', present: true } }, op: 'ge', n: 1 } },
              {
                count: {
                  of: { objects: 'ingresses', where: { path: 'spec.tls[].hosts[]', eq: 'coffee.com' } },
                  op: 'eq',
                  n: 0,
                },
              },
            ],
          },
          say: 'No sheet lists coffee.com among its tls hosts. For a name that is not listed the cop shows the default certificate.',
        },
        {
          id: 'other-name',
          when: { last: { outcome: 'tls-mismatch', certificate: 'tea.com' } },
          say: 'That envelope is sealed for tea.com. The visitor asked for coffee.com. Put coffee.crt and coffee.key into the Secret.',
        },
        {
          id: 'eyes-closed',
          when: {
            all: [
              { last: { to: { scheme: 'https' }, outcome: '200' } },
              { not: { last: { to: { scheme: 'https' }, outcome: '200', certificate: 'coffee.com' } } },
            ],
          },
          say: 'With -k you closed your eyes: the certificate was not one for coffee.com. Visit without -k, as visitors do.',
        },
        {
          id: 'unsealed',
          when: { last: { from: fromStreet, to: { ...coffee, scheme: 'http' }, outcome: '200' } },
          say: 'It works, but everybody on the street can read it. Visit with https.',
        },
        {
          id: 'no-secret',
          when: {
            all: [
              { last: { outcome: 'tls-mismatch' } },
              { count: { of: { objects: 'secrets', namespace: 'default' }, op: 'eq', n: 0 } },
            ],
          },
          say: 'The cop shows the default certificate, which nobody trusts: there is no Secret with one for coffee.com yet.',
          m: 'M20',
        },
        {
          id: 'other-kind',
          when: {
            all: [
              { exists: 'secret/coffee-tls' },
              { field: { obj: 'secret/coffee-tls', path: 'type', ne: 'kubernetes.io/tls' } },
            ],
          },
          say: 'Your Secret coffee-tls is of another type, and the cop does not open it. Make it with: kubectl create secret tls.',
        },
        {
          id: 'not-on-the-sheet',
          when: { last: { outcome: 'tls-mismatch' } },
          say: 'The cop still shows the default certificate. Does a tls section of the sheet name your Secret, by its right name, for coffee.com?',
        },
        {
          id: 'opened-elsewhere',
          when: { said: { id: 'where-tls-ends', accept: ['visitor', 'service', 'pod'] } },
          say: 'Look in the trace for the hop that says "ends TLS", and at the request behind it: from there on it is plain http.',
        },
        {
          id: 'say-where',
          when: {
            all: [
              { last: { to: { scheme: 'https' }, outcome: '200', certificate: 'coffee.com' } },
              { not: { said: { id: 'where-tls-ends', accept: PLACES } } },
            ],
          },
          say: 'Sealed, and accepted. Now say where the envelope is opened: press a button above.',
        },
      ],
      reveal:
        'The controller holds the certificate, opens the envelope and sends plain http on to the Pod. The apps behind it need to know nothing of certificates.',
      solutions: [
        [
          CREATE_SECRET,
          `/kubectl patch ingress {{sheet coffee.com /menu}} -p '${SEAL}'`,
          '/curl https://coffee.com/menu --from internet',
          '/lesson answer controller',
        ],
        [
          '/lesson answer controller',
          CREATE_SECRET.replace('coffee-tls', 'envelope'),
          '/kubectl create ingress sealed --class=lobby --rule=coffee.com/menu*=menu:80,tls=envelope',
          '/curl https://coffee.com/menu/today --from home',
        ],
        [
          CREATE_SECRET,
          {
            line: '/kubectl apply -f -',
            stdin: sheet(
              'lobby',
              { 'coffee.com': [MENU, ORDER] },
              { tls: { hosts: ['coffee.com'], secretName: 'coffee-tls' } },
            ),
          },
          '/curl https://coffee.com/menu --from internet',
          '/lesson answer controller',
        ],
      ],
      attempts: [
        closeLobby,
        {
          feedback: 'secret-elsewhere',
          lines: [
            `${CREATE_SECRET} -n marketing`,
            `/kubectl patch ingress {{sheet coffee.com /menu}} -p '${SEAL}'`,
            '/curl https://coffee.com/menu --from internet',
          ],
        },
        {
          feedback: 'not-listed',
          lines: [
            CREATE_SECRET,
            `/kubectl patch ingress {{sheet coffee.com /menu}} -p '${SEAL.replace('coffee.com', 'tea.com')}'`,
            '/curl https://coffee.com/menu --from internet',
          ],
        },
        {
          feedback: 'other-name',
          lines: [
            '/kubectl create secret tls coffee-tls --cert=tea.crt --key=tea.key',
            `/kubectl patch ingress {{sheet coffee.com /menu}} -p '${SEAL}'`,
            '/curl https://coffee.com/menu --from internet',
          ],
        },
        {
          feedback: 'other-kind',
          lines: [
            '/kubectl create secret generic coffee-tls --from-file=tls.crt=coffee.crt --from-file=tls.key=coffee.key',
            `/kubectl patch ingress {{sheet coffee.com /menu}} -p '${SEAL}'`,
            '/curl https://coffee.com/menu --from internet',
          ],
        },
        { feedback: 'eyes-closed', lines: ['/curl -k https://coffee.com/menu --from internet'] },
        {
          feedback: 'unsealed',
          lines: [
            CREATE_SECRET,
            `/kubectl patch ingress {{sheet coffee.com /menu}} -p '${SEAL}'`,
            '/curl http://coffee.com/menu --from internet',
          ],
        },
        { feedback: 'no-secret', lines: ['/curl https://coffee.com/menu --from internet'] },
        {
          feedback: 'not-on-the-sheet',
          lines: [CREATE_SECRET, '/curl https://coffee.com/menu --from internet'],
        },
        { feedback: 'opened-elsewhere', lines: ['/lesson answer pod'] },
        {
          feedback: 'say-where',
          lines: [
            CREATE_SECRET,
            `/kubectl patch ingress {{sheet coffee.com /menu}} -p '${SEAL}'`,
            '/curl https://coffee.com/menu --from internet',
          ],
        },
      ],
      concepts: ['S31'],
    },
  ],
  recap:
    'The Ingress is the sheet, the controller is the cop. First the host counts, then the path, in whole pieces. 404: no sign for that. 503: a sign, but nobody in. Silence: nobody in the lobby. TLS ends in the lobby. The Services behind it are plain ClusterIPs.',
  exit: ['q043', 'q045', 'q046'],
  finePrint: [
    {
      label: 'The path travels on',
      m: 'M15',
      say: 'The cop cuts nothing off: a visitor of /menu/today arrives at the Pod with the path /menu/today. An app that knows only / will answer 404 itself. Then the app must be told its base path, or the controller must be asked to rewrite the path.',
      commands: ['/curl -v http://coffee.com/menu/today --from internet --trace'],
    },
    {
      label: 'Two sheets, one path',
      say: 'Two sheets may claim the same host and path. Nobody is asked: the older one keeps it, and the younger one waits. Among different paths the longest that fits wins, and Exact goes before Prefix.',
    },
    {
      label: 'Which controller',
      say: 'The API says what a sheet means; which programs read it is your choice. They share the rules by host and path, and differ in their annotations. ingress-nginx, long the best known, was retired in March 2026. Its class nginx is served here for sheets that people bring along.',
      commands: ['/kubectl get ingressclasses'],
    },
  ],
})
