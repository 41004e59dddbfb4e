/**
 * When what is due. Instants go in and out as epoch milliseconds. What the rules count in hours is elapsed
 * time; what they count in days is calendar days, ending at the same wall-clock time in the community's zone
 * (L5), whatever daylight saving does between.
 */
import { Temporal } from 'temporal-polyfill'
import type { Playbook } from './playbook.ts'

type Times = Pick<Playbook, 'times'>

const hour = 3_600_000

/** The first response is due (H1): `times.acknowledgeHours` after arrival. */
export function acknowledgeBy(arrivedAt: number, playbook: Times): number {
  return arrivedAt + playbook.times.acknowledgeHours * hour
}

/** The first response would ideally be given by then (H1): `times.acknowledgeIdealHours` after arrival. */
export function acknowledgeIdeallyBy(arrivedAt: number, playbook: Times): number {
  return arrivedAt + playbook.times.acknowledgeIdealHours * hour
}

/** From then on the secondary inherits an unanswered report (G3): `times.secondaryInheritsHours` after arrival. */
export function secondaryInheritsAt(arrivedAt: number, playbook: Times): number {
  return arrivedAt + playbook.times.secondaryInheritsHours * hour
}

/** From then on any member without a conflict may take an unanswered report (G4): `times.openToAllHours` after. */
export function openToAllAt(arrivedAt: number, playbook: Times): number {
  return arrivedAt + playbook.times.openToAllHours * hour
}

/**
 * The case is due to be resolved (L5): `times.resolveDays` calendar days after arrival, at the same wall-clock
 * time in `zone` (IANA name).
 * @throws RangeError if the zone is unknown or the instant is not a whole number of milliseconds.
 */
export function resolveBy(arrivedAt: number, zone: string, playbook: Times): number {
  return daysLater(arrivedAt, zone, playbook.times.resolveDays)
}

/**
 * When the shepherd is reminded of the due date (L5): `times.reminderDays` calendar days after arrival, in
 * ascending order, same wall-clock time in `zone`.
 * @throws RangeError as `resolveBy`.
 */
export function remindersAt(arrivedAt: number, zone: string, playbook: Times): number[] {
  return playbook.times.reminderDays.map((days) => daysLater(arrivedAt, zone, days)).sort((a, b) => a - b)
}

/**
 * Until when the reporter may object to the shepherd (I6): `times.objectionDays` calendar days after M3 was
 * sent, same wall-clock time in `zone`.
 * @throws RangeError as `resolveBy`.
 */
export function objectionEndsAt(namedAt: number, zone: string, playbook: Times): number {
  return daysLater(namedAt, zone, playbook.times.objectionDays)
}

/**
 * The instant `days` calendar days after `instant`, at the same wall-clock time in `zone`. Where that time does
 * not exist on that day it is the one as much later as the clocks were moved on; where it exists twice, the first.
 */
function daysLater(instant: number, zone: string, days: number): number {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).add({ days })
    .epochMilliseconds
}
