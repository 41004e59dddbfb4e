/**
 * An event of a community: where it is, its own numbers, and who is on call on its days. What is set here goes
 * before the playbook's (A1). Days are wall dates in the community's zone.
 */
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { line, type Playbook, phone } from './playbook.ts'
import type { MemberId } from './roster.ts'

/** Stands in addresses for "at none of them". No event can be called so. */
export const noEvent = 'none'

/** An evening goes on after midnight: an event is on until this hour of the morning after its last day. */
const morningAfter = 5

const date = z.iso.date('is not a date like 2027-10-28')

/** An event's place in addresses. */
const eventSlug = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,38}[a-z0-9]$/, 'must be lower-case letters, digits and hyphens')
  .refine((slug) => slug !== noEvent, `must not be ${noEvent}`)

/** What a chair says of an event. */
export const EventDetails = z
  .strictObject({
    slug: eventSlug,
    name: line,
    /** What the place is called; null: not said. */
    place: line.nullable().default(null),
    /** The address to read out to a dispatcher, line by line (A1). */
    address: z.array(line).max(6).default([]),
    /** First day. */
    from: date,
    /** Last day. */
    to: date,
    /** Numbers at the event; null: the community's. */
    phones: z
      .strictObject({
        emergency: phone.nullable().default(null),
        security: phone.nullable().default(null),
        nonEmergency: phone.nullable().default(null),
        committee: phone.nullable().default(null),
      })
      .prefault({}),
    /** Who is on call on its days; null: whoever the roster says. */
    primary: z.string().max(100).nullable().default(null),
    secondary: z.string().max(100).nullable().default(null),
  })
  .superRefine(({ from, to, primary, secondary }, context) => {
    const wrong = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message })
    if (to < from) wrong('to', 'is before the first day')
    if (secondary !== null && primary === null) wrong('primary', 'is missing: a secondary needs one')
    if (secondary !== null && secondary === primary) wrong('secondary', 'is the primary too')
  })

export type EventDetails = z.infer<typeof EventDetails>

type Days = Pick<EventDetails, 'from' | 'to'>

/**
 * Whether an event is on at an instant (epoch milliseconds): from the beginning of its first day to
 * {@link morningAfter} on the day after its last, in `zone` (IANA name).
 */
export function isOn({ from, to }: Days, at: number, zone: string): boolean {
  const now = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone)
  const today = now.toPlainDate().toString()
  const yesterday = now.toPlainDate().subtract({ days: 1 }).toString()
  return from <= today && (today <= to || (now.hour < morningAfter && yesterday <= to))
}

/** The event somebody is at who did not say so: the only one that is on; null if none is, or more than one. */
export function onlyOneOn<E extends Days>(events: readonly E[], at: number, zone: string): E | null {
  const on = events.filter((event) => isOn(event, at, zone))
  return on.length === 1 ? (on[0] as E) : null
}

/**
 * The numbers to call and the address to read out (A1): the event's, and the playbook's where it says nothing. The
 * name of a place and its address belong together, so an event that says either is not given the other's.
 */
export function numbersAt(
  { phones, venue }: Pick<Playbook, 'phones' | 'venue'>,
  event: Pick<EventDetails, 'phones' | 'place' | 'address'> | null,
): Pick<Playbook, 'phones' | 'venue'> {
  if (event === null) return { phones, venue }
  const own = event.phones
  return {
    phones: {
      emergency: own.emergency ?? phones.emergency,
      security: own.security ?? phones.security,
      nonEmergency: own.nonEmergency ?? phones.nonEmergency,
      committee: own.committee ?? phones.committee,
    },
    venue:
      event.place === null && event.address.length === 0
        ? venue
        : { name: event.place, address: event.address },
  }
}

/** The pair that an event names for itself, while it is on; null: the roster's. */
export function pairAt(
  event: Pick<EventDetails, 'from' | 'to' | 'primary' | 'secondary'>,
  at: number,
  zone: string,
): { readonly primary: MemberId; readonly secondary: MemberId | null } | null {
  if (event.primary === null || !isOn(event, at, zone)) return null
  return { primary: event.primary, secondary: event.secondary }
}
