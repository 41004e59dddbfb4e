import { Temporal } from 'temporal-polyfill'

/** When somebody is not to be rung: minutes of the day on the wall clock; past midnight where `until` is not later. */
export interface QuietHours {
  readonly from: number
  readonly until: number
}

const minutesOfDay = 24 * 60

/**
 * Until when quiet hours last that cover an instant.
 *
 * Both ends are wall-clock times of `zone`: where a change of daylight saving skips or repeats one, the first
 * instant at or after it counts. The same time twice is a whole day.
 *
 * @param now - epoch milliseconds.
 * @returns epoch milliseconds; null where the instant is not in them.
 */
export function quietUntil({ from, until }: QuietHours, zone: string, now: number): number | null {
  const here = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone)
  // They may have begun yesterday.
  for (const days of [-1, 0]) {
    const day = here.toPlainDate().add({ days })
    const at = (minute: number): number =>
      day
        .add({ days: Math.floor(minute / minutesOfDay) })
        .toZonedDateTime({
          timeZone: zone,
          plainTime: { hour: Math.floor((minute % minutesOfDay) / 60), minute: minute % 60 },
        })
        .toInstant().epochMilliseconds
    const end = at(until > from ? until : until + minutesOfDay)
    if (at(from) <= now && now < end) return end
  }
  return null
}
