/** Dates as whole days since 1970-01-01, and the instants at which clocks on the wall show them. */
import { Temporal } from 'temporal-polyfill'

const day = 86_400_000
const minute = 60_000

/** The day number of a date, `YYYY-MM-DD`. Throws a RangeError if there is no such date. */
export function dayNumber(date: string): number {
  const { year, month, day: dayOfMonth } = Temporal.PlainDate.from(date)
  return Date.UTC(year, month - 1, dayOfMonth) / day
}

/** The date of a day number, `YYYY-MM-DD`. */
export const dateOf = (number: number): string => new Date(number * day).toISOString().slice(0, 10)

/** The minutes since midnight of a time, `HH:mm`. Throws a RangeError if there is no such time. */
export function minuteNumber(time: string): number {
  const { hour, minute: minutes } = Temporal.PlainTime.from(time)
  return hour * 60 + minutes
}

/**
 * The clock of a zone (IANA): from a day and its minutes to the instant (epoch milliseconds) at which it shows them.
 * A time that does not exist on its day is as much later as the clocks were moved on; of one that exists twice it
 * is the first.
 *
 * Looking a zone up costs most of what a long roster takes, so it is done once for each stretch of time in which the
 * clocks are not changed, and for times within a day of a change.
 */
export function wallClock(zone: string): (date: number, minutes: number) => number {
  const stretches: { readonly from: number; readonly to: number; readonly offset: number }[] = []
  return (date, minutes) => {
    const shown = date * day + minutes * minute
    const known = stretches.findLast(({ from, to, offset }) => shown - offset >= from && shown - offset < to)
    if (known) return shown - known.offset
    const found = Temporal.Instant.fromEpochMilliseconds(shown)
      .toZonedDateTimeISO('UTC')
      .toPlainDateTime()
      .toZonedDateTime(zone)
    const at = found.epochMilliseconds
    const change = found.getTimeZoneTransition('next')?.epochMilliseconds ?? Infinity
    stretches.push({ from: at + day, to: change - day, offset: found.offsetNanoseconds / 1e6 })
    return at
  }
}
