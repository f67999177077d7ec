import { cafe, cafeDepartments, cafeLobby, cafeMonday, cafeSideDoors, cafeWednesday } from './cafe.ts'
import { defaultWorld } from './default.ts'
import type { World } from './world.ts'

/** Every world that a cluster can be made from, by the name that `/cluster reset --world` takes. */
export const worlds: Readonly<Record<string, World>> = {
  default: defaultWorld,
  cafe,
  'cafe-monday': cafeMonday,
  'cafe-wednesday': cafeWednesday,
  'cafe-departments': cafeDepartments,
  'cafe-side-doors': cafeSideDoors,
  'cafe-lobby': cafeLobby,
}
