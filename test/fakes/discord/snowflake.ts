const EPOCH = 1_420_070_400_000n
let sequence = 0n

/** An id as Discord makes them: it tells the time. */
export function snowflake(at = Date.now()): string {
  sequence = (sequence + 1n) % 4096n
  return String(((BigInt(Math.floor(at)) - EPOCH) << 22n) | sequence)
}
