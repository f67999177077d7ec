import { type Channel, LIMITS, newChannel, newPerson, type Person, parseChannel, parsePerson } from './channel.ts'
import { UserError } from './chat/user-error.ts'
import { createCluster, restoreCluster } from './cluster/create.ts'
import type { Milliseconds } from './cluster/object.ts'
import { hash } from './cluster/random.ts'
import type { Store } from './storage/store.ts'

interface Live<T> {
  value: T
  /** Version in the store; 0 if it has never been saved. */
  version: number
}

/** Channels and persons in use, in front of the store. */
export interface Channels {
  channel(key: string, at: Milliseconds): Promise<Channel>
  person(user: string): Promise<Person>
  /** False if a newer version has been saved by somebody else; the channel is dropped from memory then. */
  save(channel: Channel, user: string, person: Person): Promise<boolean>
  /** Forgets a channel; the next use loads it again. */
  drop(key: string): void
}

/** How many channels and persons are kept in memory; the others cost nothing but their file. */
const KEPT = 500

export function createChannels(store: Store): Channels {
  const channels = new Map<string, Live<Channel>>()
  const persons = new Map<string, Live<Person>>()

  async function live<T>(cache: Map<string, Live<T>>, key: string, load: () => Promise<Live<T>>): Promise<Live<T>> {
    const found = cache.get(key) ?? (await load())
    cache.delete(key)
    cache.set(key, found)
    if (cache.size > KEPT) cache.delete(cache.keys().next().value as string)
    return found
  }

  async function loadChannel(key: string, at: Milliseconds): Promise<Live<Channel>> {
    const found = await store.load(channelKey(key))
    if (found) return { value: parseChannel(found.document, restoreCluster), version: found.version }
    return { value: newChannel(key, createCluster({ seed: hash(key), clock: at })), version: 0 }
  }

  async function loadPerson(user: string): Promise<Live<Person>> {
    const found = await store.load(personKey(user))
    return found ? { value: parsePerson(found.document), version: found.version } : { value: newPerson, version: 0 }
  }

  /** Persons are saved first: if the process dies in between, the channel repeats what the person already has. */
  async function savePerson(user: string, person: Person): Promise<boolean> {
    const entry = await live(persons, user, () => loadPerson(user))
    if (entry.value === person) return true
    if ((await store.save(personKey(user), person, entry.version)) === 'conflict') {
      persons.delete(user)
      return false
    }
    persons.set(user, { value: person, version: entry.version + 1 })
    return true
  }

  async function saveChannel(channel: Channel): Promise<boolean> {
    const entry = channels.get(channel.key)
    if (!entry || !channel.touched) return true
    const document = channel.toDocument()
    refuseIfTooLarge(channel, document)
    if ((await store.save(channelKey(channel.key), document, entry.version)) === 'conflict') {
      channels.delete(channel.key)
      return false
    }
    entry.version += 1
    channel.markSaved()
    return true
  }

  return {
    channel: async (key, at) => (await live(channels, key, () => loadChannel(key, at))).value,
    person: async (user) => (await live(persons, user, () => loadPerson(user))).value,
    save: async (channel, user, person) => (await savePerson(user, person)) && (await saveChannel(channel)),
    drop: (key) => {
      channels.delete(key)
    },
  }
}

const channelKey = (key: string): string => `channel/${key}`
const personKey = (user: string): string => `person/${user}`

/** Small channels cannot be too large, and weighing them would cost as much as saving them. */
function refuseIfTooLarge(channel: Channel, document: unknown): void {
  const files = Object.values(channel.files).reduce((sum, file) => sum + file.length, 0)
  if (channel.cluster.store.size < 300 && files < LIMITS.fileCharacters) return
  const size = JSON.stringify(document).length
  if (size > LIMITS.documentCharacters)
    throw new UserError(
      `This channel would need ${size} characters; the limit is ${LIMITS.documentCharacters}. Delete something first, or /cluster reset.`,
    )
}
