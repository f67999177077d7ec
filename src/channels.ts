import {
  type Channel,
  LIMITS,
  newChannel,
  newPerson,
  type Person,
  parseChannel,
  parsePerson,
  SCHEMA,
} from './channel.ts'
import { UserError } from './chat/user-error.ts'
import { createCluster, restoreCluster } from './cluster/create.ts'
import type { Milliseconds } from './cluster/object.ts'
import { hash } from './cluster/random.ts'
import { NewerDocumentError, type Store } from './storage/store.ts'

interface Live<T> {
  value: T
  /** Version in the store; 0 if it has never been saved. */
  version: number
}

/** A person before and after a command; the same value where nothing was learnt. */
interface PersonChange {
  before: Person
  after: Person
}

/** What somebody has learnt. */
export interface Learnt {
  user: string
  change: PersonChange
}

/** Channels and persons in use, in front of the store. */
export interface Channels {
  channel(key: string, at: Milliseconds): Promise<Channel>
  person(user: string): Promise<Person>
  /**
   * Takes what there is to save at the moment of the call; resolves when it is durable. False if a newer version has
   * been saved by somebody else: the channel is dropped from memory then.
   */
  save(channel: Channel, persons?: readonly Learnt[]): Promise<boolean>
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
    const found = await store.load(
      channelKey(key),
      understood((document) => parseChannel(document, restoreCluster)),
    )
    if (found) return { value: found.document, version: found.version }
    return { value: newChannel(key, createCluster({ seed: hash(key), clock: at })), version: 0 }
  }

  async function loadPerson(user: string): Promise<Live<Person>> {
    const found = await store.load(personKey(user), understood(parsePerson))
    return found ? { value: found.document, version: found.version } : { value: newPerson, version: 0 }
  }

  /**
   * Hands a document to the store and counts it as saved at once, so that the next change can be built on it. If the
   * store does not take it, the entry is forgotten and everything that was built on it is a conflict as well.
   */
  async function put<T>(
    cache: Map<string, Live<T>>,
    key: string,
    document: unknown,
    storeKey: string,
  ): Promise<boolean> {
    const entry = cache.get(key)
    if (!entry) return false
    entry.version += 1
    try {
      if ((await store.save(storeKey, document, entry.version - 1)) === 'saved') return true
    } catch (error) {
      if (cache.get(key) === entry) cache.delete(key)
      throw error
    }
    if (cache.get(key) === entry) cache.delete(key)
    return false
  }

  async function savePerson(user: string, { before, after }: PersonChange): Promise<boolean> {
    if (before === after) return true
    const entry = await live(persons, user, () => loadPerson(user))
    // The person has learnt something in another channel meanwhile.
    if (entry.value !== before) return false
    entry.value = after
    return put(persons, user, after, personKey(user))
  }

  function saveChannel(channel: Channel): Promise<boolean> {
    if (channels.get(channel.key)?.value !== channel) return Promise.resolve(false)
    if (!channel.touched) return Promise.resolve(true)
    const document = channel.toDocument()
    refuseIfTooLarge(channel, document)
    channel.markSaved()
    return put(channels, channel.key, document, channelKey(channel.key))
  }

  return {
    channel: async (key, at) => (await live(channels, key, () => loadChannel(key, at))).value,
    person: async (user) => (await live(persons, user, () => loadPerson(user))).value,
    save: (channel, persons = []) => {
      // The channel's document is taken at once; what the person has learnt is repeated if only this half is lost.
      const saved = [saveChannel(channel), ...persons.map(({ user, change }) => savePerson(user, change))]
      return Promise.all(saved).then((results) => results.every((result) => result))
    },
    drop: (key) => {
      channels.delete(key)
    },
  }
}

const channelKey = (key: string): string => `channel/${key}`
const personKey = (user: string): string => `person/${user}`

/** A reader of stored documents that tells what is newer from what is damaged. */
const understood =
  <T>(parse: (document: unknown) => T) =>
  (document: unknown): T => {
    const { schema } = (document ?? {}) as { schema?: unknown }
    if (typeof schema === 'number' && schema > SCHEMA)
      throw new NewerDocumentError(
        `This was saved by a newer version of Room Service (format ${schema}; this one reads up to ${SCHEMA}). Nothing has been changed.`,
      )
    return parse(document)
  }

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
