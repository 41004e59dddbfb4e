import { Temporal } from 'temporal-polyfill'

/**
 * The instant (epoch milliseconds) of a wall-clock time as browsers give it, `2027-11-04T18:30`, in a zone (IANA).
 * null if it is none. A time that exists twice is the first, one that does not exist is the one as much later.
 */
export function instantOf(wallClock: string, zone: string): number | null {
  try {
    return Temporal.PlainDateTime.from(wallClock).toZonedDateTime(zone).epochMilliseconds
  } catch {
    return null
  }
}

/** The wall-clock time of an instant in a zone, as browsers take it: `2027-11-04T18:30`. */
export const wallClockOf = (at: number, zone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDateTime().toString({
    smallestUnit: 'minute',
  })
