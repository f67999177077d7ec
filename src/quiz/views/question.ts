import type { Button, Inline, Part, Text } from '../../chat/reply.ts'
import { text } from '../../chat/reply.ts'
import { DONT_KNOW, shownAs } from '../answer.ts'
import { orderFor } from '../answers.ts'
import { type Item, isChoice } from '../item.ts'
import { type OpenPhase, positionOf, type QuizState, SILENT } from '../state.ts'
import { buttons, counted, inline, labelled, note, paragraph, reference, unmarked } from './words.ts'

/** Options up to this length fit on their buttons; longer ones are cut there and listed above. */
const LONGEST_LABEL = 40

/** The open question, for everybody: closing time, prompt, choices, and how to answer. */
export function renderQuestion(session: QuizState, question: number): Part[] {
  const { phase } = session
  const open = phase.is === 'paused' ? phase.was : phase
  const title: Part = { type: 'title', text: `Question ${question + 1} of ${session.questions.length}` }
  const asked = bodyOf(session, question, session.questions[question]!.order)
  if (phase.is === 'paused')
    return [
      title,
      paragraph(pausedLine(session)),
      ...asked,
      buttons(
        { label: 'Resume', action: '/quiz resume', style: 'primary' },
        phase.why && { label: 'Host it', action: '/quiz claim' },
      ),
    ]
  return [
    title,
    ...(open.is === 'open' ? [paragraph(statusLine(session, open))] : []),
    ...asked,
    ...controlsFor(session, question, session.questions[question]!.order),
    note(hintFor(session.questions[question]!.item)),
  ]
}

/** `closes in 45 s · 6 players`; once the message is drawn again, how many have answered. */
function statusLine(session: QuizState, open: OpenPhase): Inline[] {
  const asked = session.questions[open.question]!.entries.filter((entry) => entry !== 0).length
  const answered = asked - session.questions[open.question]!.entries.filter((entry) => entry === SILENT).length
  const people = answered > 0 ? `${answered} of ${asked} answered` : counted(asked, 'player')
  const vote = open.revote ? 'second vote · ' : ''
  if (open.ends === null) return [text(`${vote}open until the host reveals the answer · ${people}`)]
  return [text(`${vote}closes `), { when: open.ends, style: 'relative' }, text(` · ${people}`)]
}

const pausedLine = ({ phase }: QuizState): Text => {
  const why = phase.is === 'paused' ? phase.why : undefined
  if (why === 'empty') return 'Paused: everybody has left. Join and host it to go on.'
  if (why === 'silent') return 'Paused: the host has been silent. Anybody may host it now.'
  return 'Paused by the host. Answers that were given stay.'
}

/** Prompt, code and list of choices, in the order in which they are shown. */
export const bodyOf = (session: QuizState, question: number, order: string): Part[] => {
  const { item } = session.questions[question]!
  return [...promptOf(item), ...choicesOf(item, order)]
}

/** What is asked, without the choices. */
export function promptOf(item: Item): Part[] {
  const numbered = item.type === 'spot_broken'
  const width = String(item.code?.length ?? 0).length
  const lines = item.code?.map((line, index) => (numbered ? `${String(index + 1).padStart(width)}  ${line}` : line))
  return [paragraph(inline(item.prompt)), ...(lines ? [{ type: 'code' as const, code: lines.join('\n') }] : [])]
}

function choicesOf(item: Item, order: string): Part[] {
  if (item.type === 'match') {
    const right = [...order].map((letter) => item.right['abcde'.indexOf(letter)]!)
    return [
      { type: 'list', items: item.left.map((words, index) => labelled(String(index + 1), words)) },
      { type: 'list', items: right.map((words, index) => labelled('abcde'[index]!, words)) },
    ]
  }
  const options = [...order].map((letter) => item.choices[letter as 'A']!)
  if (isChoice(item) && options.every((option) => option.length <= LONGEST_LABEL)) return []
  return [{ type: 'list', items: options.map((words, index) => labelled('ABCDE'[index]!, words)) }]
}

/** Buttons for a choice; menus and a form for an order or a match. */
function controlsFor(session: QuizState, question: number, order: string): Part[] {
  const { item } = session.questions[question]!
  const action = `/quiz answer ${reference(session, question)}`
  if (!isChoice(item)) return [...menuFor(item, order, '', action), buttons(formFor(item, action))]
  const options = [...order].map((letter, index) => {
    const shown = 'ABCD'[index]!
    return { label: `${shown}: ${cut(unmarked(item.choices[letter as 'A']!))}`, action: `${action} ${shown}` }
  })
  if (!item.source) return [buttons(...options)]
  const unknown = { label: "I don't know yet", action: `${action} ${DONT_KNOW}` }
  return [buttons(...options, unknown, { label: 'Show cluster', action: '/cluster show' })]
}

/** The words up to the limit, cut between two words. */
function cut(words: string): string {
  if (words.length <= LONGEST_LABEL) return words
  return `${words.slice(0, words.lastIndexOf(' ', LONGEST_LABEL))} …`
}

/** The menu for the next step of an answer of which `draft` is known already. */
export function menuFor(item: Item, order: string, draft: string, action: string): Part[] {
  if (item.type === 'match') {
    const done = draft.match(/../g) ?? []
    const left = item.left.findIndex((_, index) => !done.some((pair) => pair.startsWith(String(index + 1))))
    const taken = new Set(done.map((pair) => pair[1]))
    const rest = [...order].filter((letter) => !taken.has(letter))
    const options = rest.map((letter) => {
      const shown = shownAs(order, letter)
      return { value: `${left + 1}${shown}`, label: unmarked(item.right['abcde'.indexOf(letter)]!) }
    })
    return [
      {
        type: 'select',
        label: `${left + 1}: ${cut(unmarked(item.left[left]!))}`,
        action: withDraft(action, item, order, draft),
        options,
      },
    ]
  }
  if (item.type !== 'order_hops') return []
  const rest = [...order].filter((letter) => !draft.includes(letter))
  const options = rest.map((letter) => {
    const shown = shownAs(order, letter)
    return { value: shown, label: cut(unmarked(item.choices[letter as 'A']!)) }
  })
  const label = `Hop ${draft.length + 1} of ${item.answer.length}`
  return [{ type: 'select', label, action: withDraft(action, item, order, draft), options }]
}

const withDraft = (action: string, item: Item, order: string, draft: string): string =>
  draft === '' ? action : `${action} ${typed(item, order, draft)}`

/** An answer, or the beginning of one, as it is typed in the letters that are shown. */
export const typed = (item: Item, order: string, answer: string): string =>
  [...answer].map((sign) => (item.type === 'match' && /\d/.test(sign) ? sign : shownAs(order, sign))).join('')

function formFor(item: Item, action: string): Button {
  const match = item.type === 'match'
  return {
    label: 'Type it',
    action,
    form: {
      title: match ? 'Match the pairs' : 'Put them in order',
      submit: 'Lock in',
      fields: [
        {
          name: 'answer',
          label: match ? 'A number and a letter for each pair' : 'The letters, first hop first',
          placeholder: match ? '1b 2d 3a' : 'C A D B',
        },
      ],
    },
  }
}

function hintFor(item: Item): string {
  if (item.type === 'order_hops') return 'Choose hop after hop, or type the letters: /quiz answer C A D B'
  if (item.type === 'match') return 'Choose pair after pair, or type them: /quiz answer 1b 2d 3a'
  return 'Nobody else sees your answer. You may change it until the end.'
}

/** The question as one player sees it in private: in a day, and to look at the own answer again. */
export function renderForPlayer(session: QuizState, question: number, user: string): Part[] {
  const order = orderFor(session, question, user)
  const { item, entries } = session.questions[question]!
  const entry = entries[positionOf(session, user) ?? -1]
  return [
    { type: 'title', text: `Question ${question + 1} of ${session.questions.length}` },
    ...bodyOf(session, question, order),
    ...(typeof entry === 'object' ? [paragraph(`Locked in: ${typed(item, order, entry.pick)}`)] : []),
    ...controlsFor(session, question, order),
  ]
}
