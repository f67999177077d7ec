import { defineItems } from '../../src/quiz/item.ts'

export const items = defineItems([
  {
    id: 'q012',
    lesson: 'L03',
    type: 'mc',
    difficulty: 2,
    concepts: ['S14'],
    targets: ['M31'],
    prompt:
      'The espresso machine took its container down. `kubectl get pods` lists the Pod as before, but RESTARTS is 1. What about its IP?',
    choices: {
      A: 'It stayed',
      B: "It is new, from this floor's range",
      C: "It is new, from another floor's range",
      D: 'There is none for the time being',
    },
    answer: 'A',
    explanation:
      'The worker was replaced, the room was not. Room and number stay as they were. Only a new Pod comes with a new number.',
    distractors: {
      B: { m: 'M31', note: 'A restarted container lives on in the old Pod.' },
      C: { m: 'M31', note: 'A restart does not move the Pod to another node.' },
      D: { m: 'M04', note: 'A Pod keeps its address even while it is not ready.' },
    },
  },
  {
    id: 'q013',
    lesson: 'L03',
    type: 'predict_endpoint',
    difficulty: 2,
    concepts: ['S14'],
    targets: ['M32'],
    prompt:
      'On Monday the coffee Pod had 10.244.1.5. On Tuesday somebody deleted it, and the Deployment opened another one at 10.244.2.10. An old note still says `curl 10.244.1.5:8080`. What does it bring?',
    choices: {
      A: 'Coffee: the old number leads to the new Pod',
      B: 'A hint to try 10.244.2.10',
      C: 'Silence: the number has no owner',
      D: 'An answer from some Pod with equal labels',
    },
    answer: 'C',
    explanation:
      'A number that was given up is not passed on. Later it may even go to a stranger. So ask for a Service, not for a room.',
    distractors: {
      A: { m: 'M32', note: 'Nothing leads from a number that was given up to the new one.' },
      B: { m: 'M32', note: 'No notice of the new number is left anywhere.' },
      D: { m: 'T06', note: 'Only a Service looks at labels; the IP of a Pod is one Pod.' },
    },
  },
  {
    id: 'q014',
    lesson: 'L03',
    type: 'match',
    difficulty: 3,
    concepts: ['S14', 'S15'],
    targets: ['M31'],
    prompt: 'What does each event do to the addresses of the Pods?',
    left: [
      'A container crashes and starts again',
      'Somebody deletes a Pod that a Deployment owns',
      'A `kubectl rollout restart` of a Deployment',
      'A Deployment grows from 1 to 3',
    ],
    right: [
      'The old address stays, two more appear',
      'All addresses stay as they are',
      'Not one of the old addresses is left',
      'One address goes, another one comes',
    ],
    answer: [1, 3, 2, 0],
    explanation: 'No new Pod, no new address. So ask each time: was one replaced?',
    distractors: [
      { pair: [0, 3], m: 'M31', note: 'A container that starts again is no new Pod.' },
      { pair: [2, 1], m: 'M31', note: 'A rollout replaces the Pods, in spite of the word restart.' },
    ],
  },
  {
    id: 'q015',
    lesson: 'L03',
    type: 'mc',
    difficulty: 2,
    concepts: ['S15', 'S18'],
    targets: ['T08'],
    prompt:
      'It is Wednesday and three coffee Pods are open. The regulars wrote down the IP of one of them. They order nine times. Who serves them?',
    choices: {
      A: 'Each Pod serves three orders',
      B: 'One Pod serves all of them',
      C: 'Now this Pod, now that one, by chance',
      D: 'The Pod that is nearest to them',
    },
    answer: 'B',
    explanation:
      "A Pod's IP leads to that Pod alone. To share out the work, callers must go through something that stands before them all.",
    distractors: {
      A: { m: 'T08', note: 'More Pods alone share nothing out.' },
      C: { m: 'T08', note: 'Each Pod of a Deployment has an address to itself.' },
      D: { m: 'T07', note: "The caller's floor plays no part." },
    },
  },
  {
    id: 'q016',
    lesson: 'L03',
    type: 'mc',
    difficulty: 2,
    concepts: ['S14', 'S23'],
    targets: ['M32'],
    prompt: 'A Deployment puts a fresh Pod where an old one was. Which of these is the same for both?',
    choices: { A: 'The IP', B: 'The complete name', C: 'The UID', D: 'The labels' },
    answer: 'D',
    explanation:
      'UID, name and IP are fresh. The labels are written in the template, so each new Pod wears them. That makes labels the thing to search by.',
    distractors: {
      A: { m: 'M32', note: 'The new Pod draws a new number.' },
      B: { m: 'M03', note: 'Only the front part of the name repeats.' },
      C: { m: 'M31', note: 'It is another object, not the old one come back.' },
    },
  },
  {
    id: 'q017',
    lesson: 'L03',
    type: 'spot_broken',
    difficulty: 2,
    concepts: ['S14', 'S16'],
    targets: ['M32'],
    prompt: 'Fine at present, but it breaks as soon as coffee-shop is rolled out anew. Which line causes that?',
    code: [
      'containers:',
      '- name: regulars',
      '  image: cafe/regulars:1',
      '  env:',
      '  - name: COFFEE_URL',
      '    value: http://10.244.2.10:8080',
      '  ports:',
      '  - containerPort: 9000',
    ],
    choices: { A: 'Line 3', B: 'Line 5', C: 'Line 6', D: 'Line 8' },
    answer: 'C',
    explanation:
      'Line 6 nails down the number of one Pod. The name of a Service belongs there, such as http://coffee-shop.',
    distractors: {
      A: { m: 'T05', note: 'An image tag moves no address.' },
      B: { m: 'T03', note: 'A variable may have any name.' },
      D: { m: 'M02', note: 'containerPort describes who listens here, not where this Pod calls.' },
    },
  },
])
