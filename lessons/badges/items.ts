import { defineItems } from '../../src/quiz/item.ts'

export const items = defineItems([
  {
    id: 'q078',
    lesson: 'L14',
    type: 'mc',
    difficulty: 1,
    concepts: ['S34'],
    targets: ['M43'],
    prompt: 'Services and DNS are at work, and a service mesh joins them. What does it add?',
    choices: {
      A: 'Encryption, identity, retries, figures',
      B: 'Pod IPs that stay for good',
      C: 'A street address for each Service',
      D: 'Another Pod network in place of the old',
    },
    answer: 'A',
    explanation:
      'Rooms and Services keep their numbers and lists. New is a courier for each room: he shows a badge, seals what he carries and keeps a record.',
    distractors: {
      B: { m: 'M32', note: 'Pods come and go as before.' },
      C: { m: 'M40', note: 'A mesh is about calls inside the building.' },
      D: { m: 'T07', note: 'It needs the Pod network and runs over it.' },
    },
    needs: ['mesh'],
  },
  {
    id: 'q079',
    lesson: 'L14',
    type: 'mc',
    difficulty: 2,
    concepts: ['S34'],
    targets: ['M43'],
    prompt:
      'A namespace got the label for sidecar injection. Its Pods go on with READY 1/1, and no sidecar shows up. Why?',
    choices: {
      A: 'The mesh has failed',
      B: 'The Service lacks this label',
      C: 'It waits for the first request',
      D: 'They were there before',
    },
    answer: 'D',
    explanation:
      'A courier joins a room while it is being built. Restart the rollout of the Deployment, and the new Pods bring one along.',
    distractors: {
      A: { m: 'M43', note: 'Nothing has failed.' },
      B: { m: 'M43', note: 'No Service is asked; labels of the namespace and the Pod decide.' },
      C: { m: 'M43', note: 'Calls have nothing to do with it; creation has.' },
    },
    needs: ['mesh'],
  },
  {
    id: 'q080',
    lesson: 'L14',
    type: 'order_hops',
    difficulty: 2,
    concepts: ['S34', 'S40'],
    targets: ['M43'],
    prompt: 'In a mesh with sidecars, `web` calls `order`. Sort the hops.',
    choices: {
      A: "order's sidecar looks at the badge of web",
      B: 'The app of web sends its request, unsealed',
      C: 'The app of order reads the request, unsealed',
      D: "web's sidecar picks a Pod and seals the request",
    },
    answer: ['B', 'D', 'A', 'C'],
    explanation: 'The apps stay simple. Between the rooms the couriers do the part that has to be safe.',
    distractors: [
      { before: ['A', 'D'], m: 'M43', note: 'That looks at a badge before anything was sent.' },
      { before: ['C', 'A'], m: 'M43', note: 'That delivers before the badge was looked at.' },
    ],
    needs: ['mesh'],
  },
])
