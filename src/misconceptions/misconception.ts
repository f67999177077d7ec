import { believing, type LawName, type Laws } from '../cluster/network/laws.ts'

/** A wrong belief about the network: Kubernetes' laws with one of them replaced. */
export interface Misconception {
  /** Number in the catalogue of wrong rules. */
  rule: `R${number}`
  /** Misconceptions of learners that the rule stands for, the main one first. */
  shows: readonly string[]
  /** Somebody who really believed it. */
  evidence: string
  /** What one believes, as a sentence. */
  belief: string
  /** What is so instead, as a sentence. */
  truth: string
  /** The law that is another one then. */
  law: LawName
  /**
   * The laws as the believer sees them. Made anew for each question, since a belief about turns has to count.
   */
  laws(): Laws
}

interface Declaration<Law extends LawName> extends Omit<Misconception, 'law' | 'laws'> {
  law: Law
  /** The law in its place; a function that makes one where it has to remember something. */
  instead: () => Laws[Law]
}

/** Declares a misconception: one law, and what stands in its place. */
export const defineMisconception = <Law extends LawName>({ instead, ...rest }: Declaration<Law>): Misconception => ({
  ...rest,
  laws: () => believing({ [rest.law]: instead() }),
})
