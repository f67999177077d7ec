import type { Store } from './storage/store.ts'

/** Under this key the channels are listed that a start has to look after. */
const TIMERS = 'timers'

/** The channels with a running session, listed in the store so that a start finds them. */
export class Running {
  readonly #store: Store
  /** The list and its version in the store, from the first time that it is asked for. */
  #list: Promise<{ channels: Set<string>; version: number }> | undefined

  constructor(store: Store) {
    this.#store = store
  }

  /** The keys of the channels. Throws what the store throws. */
  async channels(): Promise<string[]> {
    const { channels } = await this.#loaded()
    return [...channels]
  }

  /** Notes whether a session is running in a channel. Saves only where that is new. */
  async note(channel: string, running: boolean): Promise<void> {
    const list = await this.#loaded()
    if (list.channels.has(channel) === running) return
    if (running) list.channels.add(channel)
    else list.channels.delete(channel)
    list.version += 1
    await this.#store.save(TIMERS, { channels: [...list.channels] }, list.version - 1)
  }

  #loaded() {
    this.#list ??= this.#store.load(TIMERS).then((found) => {
      const { channels = [] } = (found?.document ?? {}) as { channels?: string[] }
      return { channels: new Set(channels), version: found?.version ?? 0 }
    })
    return this.#list
  }
}
