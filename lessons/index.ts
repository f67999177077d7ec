import type { Lesson } from '../src/tutor/lesson.ts'
import { dnsAndNamespaces } from './dns-and-namespaces/lesson.ts'
import { ingressRouting } from './ingress-routing/lesson.ts'
import { podIPChurn } from './pod-ip-churn/lesson.ts'
import { serviceTypes } from './service-types/lesson.ts'
import { servicesAndSelectors } from './services-and-selectors/lesson.ts'

/** The curriculum, in the order in which it is taught. */
export const lessons: readonly Lesson[] = [
  podIPChurn,
  servicesAndSelectors,
  dnsAndNamespaces,
  serviceTypes,
  ingressRouting,
]
