import type { Item } from '../src/quiz/item.ts'
import { items as addresses } from './addresses/items.ts'
import { items as badges } from './badges/items.ts'
import { items as dnsAndNamespaces } from './dns-and-namespaces/items.ts'
import { items as ingressRouting } from './ingress-routing/items.ts'
import { items as lockedDoors } from './locked-doors/items.ts'
import { items as lostInTheLobby } from './lost-in-the-lobby/items.ts'
import { items as newLobby } from './new-lobby/items.ts'
import { items as nightShift } from './night-shift/items.ts'
import { items as podIpChurn } from './pod-ip-churn/items.ts'
import { items as serviceTypes } from './service-types/items.ts'
import { items as servicesAndSelectors } from './services-and-selectors/items.ts'
import { items as silentDesk } from './silent-desk/items.ts'
import { items as streetAddress } from './street-address/items.ts'
import { items as tour } from './tour/items.ts'

/** The written quiz items of all lessons, in the order of the curriculum. */
export const items: readonly Item[] = [
  ...addresses,
  ...tour,
  ...podIpChurn,
  ...servicesAndSelectors,
  ...dnsAndNamespaces,
  ...serviceTypes,
  ...ingressRouting,
  ...silentDesk,
  ...lostInTheLobby,
  ...nightShift,
  ...lockedDoors,
  ...streetAddress,
  ...newLobby,
  ...badges,
]
