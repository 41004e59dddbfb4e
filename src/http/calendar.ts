import { createHash } from 'node:crypto'
import { ICalCalendar, ICalEventStatus, ICalEventTransparency } from 'ical-generator'
import type { Office } from '../casework/office.ts'
import { type OwnTurn, ownTurns } from '../procedure/own-turns.ts'
import { communityById } from '../store/communities.ts'
import { everyMember } from '../store/members.ts'
import { readRotation } from '../store/roster.ts'
import { roster as en } from '../words/en/roster.ts'
import { roster as es } from '../words/es/roster.ts'
import { plain } from '../words/plain.ts'
import type { Routes } from './endpoint.ts'
import { memberOf } from './visitor.ts'

const day = 86_400_000
/** What time a calendar tells of, from now. */
const back = 90 * day
const ahead = 400 * day
/** How often calendars ask again, seconds. */
const refresh = 3600

/** The first instant from which sequence numbers are counted: they fit into 31 bits until 2088. */
const firstSequence = Date.UTC(2020, 0, 1)

/** A member's own turns as a calendar to subscribe to (G5). Of cases it knows nothing (K2). */
export function addCalendarRoutes(routes: Routes, office: Office): void {
  routes.page('get', '/feeds/:file', 'calendar', async (c) => {
    const { id, community } = memberOf(c.get('visitor'))
    const words = c.req.query('language') === 'es' ? es : en
    return c.body(await calendarOf(office, community, id, words), 200, {
      'content-type': 'text/calendar; charset=utf-8',
    })
  })
}

/**
 * The calendar of a member. Instants are in UTC; an event keeps its UID while it is the same turn, and its SEQUENCE
 * and DTSTAMP grow with every change, so that it is replaced where it stands.
 */
async function calendarOf(
  { store: { db }, clock }: Office,
  community: string,
  member: string,
  words: Readonly<Record<keyof typeof en, string>>,
): Promise<string> {
  const now = clock.now()
  const { name } = await communityById(db, community)
  const names = new Map((await everyMember(db, community)).map((one) => [one.id, one.name]))
  const rotation = await readRotation(db, community)
  const calendar = new ICalCalendar({
    name: plain(words, 'calendar.name', { community: name }),
    prodId: '//Bellwether//Roster//EN',
    ttl: refresh,
  })
  for (const turn of ownTurns(rotation, member, now - back, now + ahead)) {
    const { seat, others, isCancelled } = turn
    const changed = changedAt(turn, now)
    calendar.createEvent({
      id: `${createHash('sha256').update(`${member}/${turn.key}`).digest('hex').slice(0, 32)}@bellwether`,
      start: new Date(turn.from),
      end: new Date(turn.to ?? openEnd(now)),
      summary: plain(words, `calendar.${seat}`, { community: name }),
      description:
        others.length === 0
          ? words['calendar.alone']
          : plain(words, 'calendar.with', { names: others.map((one) => names.get(one) ?? '').join(', ') }),
      status: isCancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      transparency: ICalEventTransparency.TRANSPARENT,
      sequence: Math.max(0, Math.floor((changed - firstSequence) / 1000)),
      stamp: new Date(changed),
      lastModified: new Date(changed),
    })
  }
  return calendar.toString()
}

const startOfMonth = (now: number, later: number): number => {
  const date = new Date(now)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + later, 1)
}

/** Where no end is in sight, a calendar needs one all the same: it moves on month by month. */
const openEnd = (now: number): number => startOfMonth(now, 13)

const changedAt = ({ to, changedAt: at }: OwnTurn, now: number): number =>
  to === null ? Math.max(at, startOfMonth(now, 0)) : at
