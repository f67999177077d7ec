/** Milliseconds after which Discord no longer takes a first answer, less what the answer itself needs on its way. */
const TOO_LATE = 2_500

/** Delays that are remembered to tell a slow delivery from a clock that is wrong. */
const REMEMBERED = 20

/**
 * Tells interactions that come too late to be answered, such as those replayed after a dropped connection. Discord's
 * clock dates them and ours may be wrong, so the smallest delay seen lately counts as none.
 */
export function createStaleness(): (created: number, received: number) => boolean {
  const delays: number[] = []
  return (created, received) => {
    const delay = received - created
    const usual = delays.length > 0 ? Math.min(...delays) : 0
    delays.push(delay)
    if (delays.length > REMEMBERED) delays.shift()
    return delay - Math.min(usual, delay) > TOO_LATE
  }
}
