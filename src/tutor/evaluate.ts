import type { Check, Verdict } from './check.ts'
import { describeCheck } from './describe-check.ts'
import type { Evidence, Finding } from './evidence.ts'
import { said } from './judge-claim.ts'
import { count, equalSets, facet, field, refused, setting } from './judge-state.ts'
import { asked, saw } from './judge-traffic.ts'
import { probe } from './probe.ts'
import { objectNamed } from './value.ts'
import { playEvent } from './what-if.ts'

const PASSED: Verdict = { passed: true }

/** Judges a check. Pure: the cluster is read, and copied where something is tried out. */
export function evaluate(check: Check, evidence: Evidence): Verdict {
  if ('all' in check) return firstFailure(check.all, evidence) ?? PASSED
  if ('any' in check) return anyOf(check.any, evidence)
  if ('not' in check) return negate(check, evidence)
  if ('whatIf' in check) return whatIf(check, evidence)
  const failure = judge(check, evidence)
  return failure ? { passed: false, failure: { clause: check, ...failure } } : PASSED
}

function firstFailure(checks: readonly Check[], evidence: Evidence): Verdict | undefined {
  for (const check of checks) {
    const verdict = evaluate(check, evidence)
    if (!verdict.passed) return verdict
  }
  return undefined
}

/** The failure of an `any` is that of its first way, which lessons put where most learners go. */
function anyOf(checks: readonly Check[], evidence: Evidence): Verdict {
  const verdicts = checks.map((check) => evaluate(check, evidence))
  return verdicts.some(({ passed }) => passed) ? PASSED : verdicts[0]!
}

function negate(check: { not: Check }, evidence: Evidence): Verdict {
  if (!evaluate(check.not, evidence).passed) return PASSED
  return {
    passed: false,
    failure: { clause: check, expected: `not: ${describeCheck(check.not)}`, found: 'that it is so' },
  }
}

function whatIf(check: Extract<Check, { whatIf: unknown }>, evidence: Evidence): Verdict {
  const { event, check: after } = check.whatIf
  const copy = evidence.cluster.fork()
  const told = playEvent(copy, event)
  const verdict = evaluate(after, { ...evidence, cluster: copy })
  if (verdict.passed) return verdict
  return {
    passed: false,
    failure: { ...verdict.failure, found: `in a copy of the cluster, after ${told}: ${verdict.failure.found}` },
  }
}

function judge(
  check: Exclude<Check, { all: unknown } | { any: unknown } | { not: unknown } | { whatIf: unknown }>,
  evidence: Evidence,
): Finding {
  const { cluster } = evidence
  if ('exists' in check)
    return objectNamed(cluster, check.exists)
      ? undefined
      : { expected: `${check.exists} exists`, found: 'it does not', object: check.exists }
  if ('absent' in check)
    return objectNamed(cluster, check.absent)
      ? { expected: `${check.absent} is gone`, found: 'it is there', object: check.absent }
      : undefined
  if ('count' in check) return count(check.count, evidence)
  if ('field' in check) return field(check.field, evidence)
  if ('equal' in check) return equalSets(check.equal, evidence)
  if ('changed' in check) return facet(check.changed, evidence, true)
  if ('same' in check) return facet(check.same, evidence, false)
  if ('saw' in check) return saw(check.saw, evidence.sightings, evidence)
  if ('last' in check) return saw(check.last, ofNewest(evidence.sightings, evidence), evidence)
  if ('asked' in check) return asked(check.asked, evidence.askings, evidence)
  if ('lastAsked' in check) return asked(check.lastAsked, ofNewest(evidence.askings, evidence), evidence)
  if ('probe' in check) return probe(check.probe, evidence)
  if ('predicted' in check)
    return evidence.predicted.includes(check.predicted) ? undefined : { expected: 'a prediction', found: 'none yet' }
  if ('said' in check) return said(check.said, evidence)
  if ('refused' in check) return refused(check.refused, evidence)
  return setting(check.setting, evidence)
}

/** What the newest command has sent or asked; nothing where it has changed the cluster instead. */
const ofNewest = <T extends { seq: number }>(items: readonly T[], { newest }: Evidence): T[] =>
  items.filter(({ seq }) => seq === newest)
