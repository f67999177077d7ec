import type { SaidQuery } from './check.ts'
import type { Evidence, Finding } from './evidence.ts'
import { fill, referenceOf } from './value.ts'

/** Compares what the learner has claimed with what a lesson or the cluster says. */
export function said({ id, equals, accept = [], chain, resolvesTo }: SaidQuery, evidence: Evidence): Finding {
  const claim = evidence.said[id]
  if (claim === undefined) return { expected: 'an answer', found: 'none yet' }
  const texts = [...(equals === undefined ? [] : [equals]), ...accept].map((text) => fill(text, evidence))
  if (resolvesTo !== undefined) {
    const { namespace, name } = referenceOf(resolvesTo)
    texts.push(`${name}.${namespace}.svc.cluster.local`)
  }
  if (texts.some((text) => isSame(claim, text))) return undefined
  if (
    chain !== undefined &&
    isChain(
      claim,
      chain.map((link) => fill(link, evidence)),
    )
  )
    return undefined
  const expected = resolvesTo === undefined ? 'the value that the cluster shows' : `the full name of ${resolvesTo}`
  return { expected, found: `you said "${claim}"` }
}

/** Case, blanks and a final dot do not matter. */
const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[\s.]+$/, '')
    .replace(/\s+/g, '')

const isSame = (claim: string, text: string): boolean =>
  text.endsWith('*') ? plain(claim).startsWith(plain(text.slice(0, -1))) : plain(claim) === plain(text)

/** Links may be told apart by blanks, commas, colons, slashes or arrows of any form. */
function isChain(claim: string, links: readonly string[]): boolean {
  const named = claim
    .toLowerCase()
    .split(/[\s,;:/|→>=-]+/)
    .filter((link) => link !== '')
  return named.length === links.length && named.every((link, index) => link === links[index]?.toLowerCase())
}
