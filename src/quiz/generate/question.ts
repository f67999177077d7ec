import type { Cluster } from '../../cluster/cluster.ts'
import { kubernetes, type LawName, type Laws } from '../../cluster/network/laws.ts'
import type { Random } from '../../cluster/random.ts'
import { misconceptions } from '../../misconceptions/index.ts'
import type { Misconception } from '../../misconceptions/misconception.ts'
import { type ChoiceItem, type Item, type Note, normalise } from '../item.ts'
import { shuffle } from '../shuffle.ts'
import type { Scenery } from '../world.ts'

/** A wrong answer that no law of the network stands for, and the belief that it shows; pads show none. */
export interface WrongAnswer extends Note {
  answer: string
}

/** A question about a cluster whose answer anybody's laws can give. */
export interface Question {
  type: ChoiceItem['type']
  prompt: string
  code?: readonly string[]
  /** What happens under these laws, as the words of an option. */
  answer: (laws: Laws) => string
  /** Answers that follow from beliefs about other things than the network's laws. */
  beliefs?: readonly WrongAnswer[]
  /** Plausible answers without a particular belief, for when there are too few others. */
  pads?: readonly string[]
  /** Why the right answer is right, from what the simulator saw. */
  explain: () => string
  /** How many hops the right answer takes, and whether several namespaces play a part. */
  hops?: number
  namespaces?: number
}

/** Where an item comes from, as it says itself. */
export type Source = NonNullable<Item['source']>

/** A sort of question. */
export interface Template {
  id: `G${number}`
  /** A world in which the question is worth asking. */
  world: (random: Random) => Scenery
  /** An item about a cluster, which it may change as it likes; undefined where this draw gives no good one. */
  draw: (cluster: Cluster, random: Random, source: Source) => Drawn | undefined
}

/** An item, and where it is a choice the question behind it. */
export interface Drawn {
  item: Item
  question?: Question
}

/** A sort of question with one right option of four. */
interface ChoiceTemplate {
  id: Template['id']
  lesson: string
  concepts: readonly string[]
  /** The misconceptions that can answer it wrongly, by rule; the others have nothing to do with it. */
  rules: readonly Misconception['rule'][]
  world: Template['world']
  /** A question about a cluster, which it may change as it likes; undefined where this draw has none. */
  ask: (cluster: Cluster, random: Random) => Question | undefined
}

/** Declares a template for choices. */
export const defineChoice = (choice: ChoiceTemplate): Template => ({
  id: choice.id,
  world: choice.world,
  draw: (cluster, random, source) => {
    const question = choice.ask(cluster, random)
    const item = question && toItem(choice, question, source, random)
    return question && item && { item, question }
  },
})

/** How many wrong options an item shows, and how many of them have to stand for a belief. */
const WRONG = 3
const BELIEVED = 2

const LONGEST = { option: 80, explanation: 330, prompt: 600 }

/** What is known of one way to answer wrongly. */
interface Distractor extends WrongAnswer {
  believed: boolean
}

/**
 * The wrong answers to a question, those of misconceptions first. Laws that had no part in the right answer need not be
 * asked again: without them nothing changes.
 */
function wrongAnswers(
  { rules }: ChoiceTemplate,
  question: Question,
  truth: string,
  consulted: ReadonlySet<LawName>,
): Distractor[] {
  const found: Distractor[] = []
  const add = (distractor: Distractor) => {
    const known = [truth, ...found.map(({ answer }) => answer)].map(normalise)
    if (!known.includes(normalise(distractor.answer))) found.push(distractor)
  }
  const matters = (law: LawName) =>
    consulted.has(law) || (law === 'selectorMatches' && consulted.has('serviceEndpoints'))
  for (const { rule, law, laws, shows, truth: note } of misconceptions)
    if (rules.includes(rule) && matters(law))
      add({ answer: question.answer(laws()), m: shows[0]!, note, believed: true })
  for (const belief of question.beliefs ?? []) add({ ...belief, believed: true })
  for (const answer of question.pads ?? [])
    add({ answer, m: 'none', note: 'Nothing here leads to that.', believed: false })
  return found
}

/** Kubernetes' laws, and which of them a question consulted. */
function observed(): { laws: Laws; consulted: Set<LawName> } {
  const consulted = new Set<LawName>()
  const laws = Object.fromEntries(
    Object.entries(kubernetes).map(([name, law]) => [
      name,
      (...parameters: never[]) => {
        consulted.add(name as LawName)
        return (law as (...parameters: never[]) => unknown)(...parameters)
      },
    ]),
  )
  return { laws: laws as unknown as Laws, consulted }
}

/**
 * The item that asks a question, or undefined where it would be a bad one: too few wrong answers that somebody might
 * believe, or words that do not fit.
 */
function toItem(template: ChoiceTemplate, question: Question, source: Source, random: Random): ChoiceItem | undefined {
  const { laws, consulted } = observed()
  const truth = question.answer(laws)
  const all = wrongAnswers(template, question, truth, consulted)
  const believed = shuffle(
    all.filter((wrong) => wrong.believed),
    random,
  )
  if (believed.length < BELIEVED) return undefined
  const wrong = [...believed, ...all.filter(({ believed }) => !believed)].slice(0, WRONG)
  if (wrong.length < WRONG) return undefined
  const options = shuffle([truth, ...wrong.map(({ answer }) => answer)], random)
  const letterOf = (answer: string) => 'ABCD'[options.indexOf(answer)] as 'A'
  const explanation = explanationOf(question, wrong)
  if (options.some((option) => option.length > LONGEST.option || option === '')) return undefined
  if (question.prompt.length > LONGEST.prompt || explanation.length > LONGEST.explanation) return undefined
  const targets = [...new Set(wrong.map(({ m }) => m).filter((m) => m !== 'none'))]
  return {
    id: `${template.id}-${source.seed.toString(36)}`,
    lesson: template.lesson,
    type: question.type,
    difficulty: difficultyOf(question, believed.length),
    concepts: [...template.concepts],
    targets,
    prompt: question.prompt,
    ...(question.code && { code: [...question.code] }),
    choices: { A: options[0]!, B: options[1]!, C: options[2]!, D: options[3]! },
    answer: letterOf(truth),
    explanation,
    distractors: Object.fromEntries(wrong.map(({ answer, m, note }) => [letterOf(answer), { m, note }])),
    source,
  }
}

/** What the simulator saw, and as much of what the first wrong answer overlooks as there is room for. */
function explanationOf({ explain }: Question, [first]: readonly Distractor[]): string {
  const seen = explain()
  const whole = first ? `${seen} ${first.note}` : seen
  return whole.length <= LONGEST.explanation ? whole : seen
}

/** Difficulty without people: hops, the number of beliefs that go wrong, and namespaces. */
const difficultyOf = ({ hops = 1, namespaces = 1 }: Question, beliefs: number): 1 | 2 | 3 =>
  Math.min(3, 1 + Number(hops > 3) + Number(beliefs >= 4) + Number(namespaces > 1)) as 1 | 2 | 3
