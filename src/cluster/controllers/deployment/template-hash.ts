import { equal } from '../../delta.ts'
import type { PodTemplate } from '../../kinds/pod.ts'
import { TEMPLATE_HASH_LABEL } from '../../pod-deletion.ts'
import { hash } from '../../random.ts'

/** The value of `pod-template-hash`: FNV of the template, its digits mapped to 4-9bcdf (R-NAM-7). */
export const templateHash = (template: PodTemplate): string =>
  String(hash(canonical(template))).replace(/\d/g, (digit) => '456789bcdf'[Number(digit)]!)

/** JSON with sorted member names, so that equal templates give the same text. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_name, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([left], [right]) => (left < right ? -1 : 1)))
      : member,
  )

/** The template with the hash among its labels, as ReplicaSets hold it (R-DEP-2). */
export const withHash = (template: PodTemplate, value: string): PodTemplate => ({
  ...template,
  metadata: { ...template.metadata, labels: { ...template.metadata?.labels, [TEMPLATE_HASH_LABEL]: value } },
})

/** True if a ReplicaSet's template is this template but for the hash label (R-DEP-3). */
export function isSameTemplate(ofSet: PodTemplate, template: PodTemplate): boolean {
  if (!equal(ofSet.spec, template.spec)) return false
  const { [TEMPLATE_HASH_LABEL]: _own, ...own } = ofSet.metadata?.labels ?? {}
  const { [TEMPLATE_HASH_LABEL]: _wanted, ...wanted } = template.metadata?.labels ?? {}
  return equal(own, wanted) && equal(ofSet.metadata?.annotations ?? {}, template.metadata?.annotations ?? {})
}
