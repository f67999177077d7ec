import { instant, type Milliseconds, type Timestamp } from './object.ts'

const SECOND: Milliseconds = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const YEAR = 365 * DAY

/** A length of time as the columns of kubectl show it: `119s`, `5m3s`, `179m`, `3h5m`, `47h`, `3d4h`, `400d`, `2y30d`. */
export function humanDuration(length: Milliseconds): string {
  if (length <= -2 * SECOND) return '<invalid>'
  if (length < 0) return '0s'
  if (length < 2 * MINUTE) return `${Math.floor(length / SECOND)}s`
  if (length < 10 * MINUTE) return twoUnits(length, MINUTE, 'm', SECOND, 's')
  if (length < 3 * HOUR) return `${Math.floor(length / MINUTE)}m`
  if (length < 8 * HOUR) return twoUnits(length, HOUR, 'h', MINUTE, 'm')
  if (length < 2 * DAY) return `${Math.floor(length / HOUR)}h`
  if (length < 8 * DAY) return twoUnits(length, DAY, 'd', HOUR, 'h')
  if (length < 2 * YEAR) return `${Math.floor(length / DAY)}d`
  if (length < 8 * YEAR) return twoUnits(length, YEAR, 'y', DAY, 'd')
  return `${Math.floor(length / YEAR)}y`
}

function twoUnits(length: Milliseconds, large: Milliseconds, big: string, small: Milliseconds, little: string): string {
  const whole = Math.floor(length / large)
  const rest = Math.floor((length % large) / small)
  return rest === 0 ? `${whole}${big}` : `${whole}${big}${rest}${little}`
}

/** How long ago `from` was, as the column AGE shows it; `<unknown>` without a time. */
export const age = (from: Timestamp | undefined, now: Milliseconds): string =>
  from === undefined ? '<unknown>' : humanDuration(now - instant(from))

/** A time as `kubectl describe` prints it: `Mon, 23 Nov 2026 08:00:00 +0000`. */
export const rfc1123 = (at: Timestamp): string => new Date(instant(at)).toUTCString().replace('GMT', '+0000')
