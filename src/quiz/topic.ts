import type { Item } from './item.ts'

/** The lessons whose items can be asked for, by code; the names are those of their folders. */
export const LESSONS: Readonly<Record<string, string>> = {
  L01: 'addresses',
  L02: 'tour',
  L03: 'pod-ip-churn',
  L04: 'services-and-selectors',
  L05: 'dns-and-namespaces',
  L06: 'service-types',
  L07: 'ingress-routing',
  L08: 'silent-desk',
  L09: 'lost-in-the-lobby',
  L10: 'night-shift',
  L11: 'locked-doors',
  L12: 'street-address',
  L13: 'new-lobby',
  L14: 'badges',
}

const TRACKS: Readonly<Record<string, readonly string[]>> = {
  all: Object.keys(LESSONS),
  foundations: ['L01', 'L02', 'L03', 'L04', 'L05', 'L06', 'L07'],
  troubleshooting: ['L08', 'L09', 'L10'],
  traffic: ['L11', 'L12', 'L13', 'L14'],
}

/** The topic whose items are made from the channel's own cluster. */
export const LIVE = 'cluster'

/** The topic of those who name none: half of it written, half made from the channel's own cluster. */
export const MIX = 'mix'

/** Everything that can be asked for: the mix, tracks, the own cluster, lessons by name. */
export const TOPICS: readonly string[] = [MIX, ...Object.keys(TRACKS), LIVE, ...Object.values(LESSONS)]

/** The topic that a word means, in its usual spelling: a track, `mix`, `cluster`, or a lesson by name or code. */
export function topicNamed(word: string): string | undefined {
  const wanted = word.trim().toLowerCase()
  const byCode = LESSONS[wanted.toUpperCase()]
  return byCode ?? TOPICS.find((topic) => topic === wanted)
}

/** True if an item belongs to a topic. */
export function isAbout({ lesson }: Pick<Item, 'lesson'>, topic: string): boolean {
  return (Object.hasOwn(TRACKS, topic) ? TRACKS[topic]!.includes(lesson) : LESSONS[lesson] === topic) ?? false
}
