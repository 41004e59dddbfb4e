import type { State } from '../procedure/lifecycle.ts'
import type { Playbook } from '../procedure/playbook.ts'
import { receivers } from '../procedure/roster.ts'
import { dutiesBetween, type Shift } from '../procedure/rotation.ts'
import { type CaseLineRow, caseLines, type DutyFacts, dutyFacts } from '../store/case-lines.ts'
import { countHanded, type InboxPlace, inboxPage, type Seat, seatsOf } from '../store/readers.ts'
import type { IncidentTable } from '../store/schema.ts'
import type { Db } from '../store/store.ts'
import type { Office } from './office.ts'
import { Refused } from './refused.ts'
import { dueOf, isMine, isStuck, needs, nextStepOf, overdueAt } from './turns.ts'

/** Counts go no further: whoever has more sees "500 or more". */
const countLimit = 500

/** A case in a member's list. */
export interface CaseLine {
  readonly id: string
  /** Short name. */
  readonly community: string
  readonly codeName: string
  readonly state: State
  readonly channel: IncidentTable['channel']
  readonly arrivedAt: number
  readonly due: { readonly what: 'acknowledge' | 'resolve' | null; readonly at: number | null }
  readonly overdue: boolean
  readonly blocked: boolean
  readonly epoch: number
  /** I answered it, or shepherd it. */
  readonly mine: boolean
  /** It is my turn, or the reporter wrote and it is mine. */
  readonly needsMe: boolean
  readonly version: number
  readonly changedAt: number
}

export interface Inbox {
  readonly cases: readonly CaseLine[]
  /** For the next page; null: this is the last one. */
  readonly next: string | null
  readonly counts: { readonly open: number; readonly closed: number }
}

/**
 * A page of everything handed to somebody, in all their communities, the most pressing first. Nothing else is
 * counted, listed or hinted at (K1). It costs the same however many cases there are.
 *
 * @param asked.after - `next` of the page before.
 * @throws {Refused} `invalid-input` for an `after` that we did not make.
 */
export async function inbox(
  { store: { db }, clock }: Office,
  account: string,
  asked: {
    readonly open: boolean
    readonly community: string | null
    readonly after: string | null
    readonly limit: number
  },
): Promise<Inbox> {
  const { open, community, after, limit } = asked
  const all = await seatsOf(db, account)
  const seats = community === null ? all : all.filter(({ shortName }) => shortName === community)
  const places = after === null ? new Map<string, InboxPlace>() : placesIn(after)
  const found: { caseId: string; sort: number; seat: Seat }[] = []
  for (const seat of seats) {
    const rows = await inboxPage(db, seat.member, open, places.get(seat.member) ?? null, limit + 1)
    found.push(...rows.map((row) => ({ caseId: row.case_id, sort: row.sort, seat })))
  }
  // Each seat's rows keep their own order, in which the next page goes on; the seats are merged by time.
  found.sort((a, b) => a.sort - b.sort)
  const page = found.slice(0, limit)
  for (const { seat, sort, caseId } of page) places.set(seat.member, [sort, caseId])
  const counts = { open: 0, closed: 0 }
  for (const { member } of seats) {
    counts.open += await countHanded(db, member, true, countLimit)
    counts.closed += await countHanded(db, member, false, countLimit)
  }
  const rows = new Map(
    (
      await caseLines(
        db,
        page.map(({ caseId }) => caseId),
      )
    ).map((row) => [row.id, row]),
  )
  const duties = await dutiesOf(db, [...rows.values()])
  const now = clock.now()
  return {
    cases: page.flatMap(({ caseId, seat }) => {
      const row = rows.get(caseId)
      const facts = duties.get(seat.community)
      return row && facts ? [lineOf(row, seat, facts, now)] : []
    }),
    next: found.length > limit ? Buffer.from(JSON.stringify([...places])).toString('base64url') : null,
    counts,
  }
}

function placesIn(after: string): Map<string, InboxPlace> {
  try {
    const read: unknown = JSON.parse(Buffer.from(after, 'base64url').toString('utf8'))
    const places = read as [string, InboxPlace][]
    const sound = places.every(
      ([member, [sort, caseId]]) =>
        typeof member === 'string' && Number.isSafeInteger(sort) && typeof caseId === 'string',
    )
    if (sound) return new Map(places)
  } catch {
    // Said below.
  }
  throw new Refused('invalid-input', { field: 'after', reason: 'is not one of our places' })
}

type Facts = Omit<DutyFacts, 'playbook' | 'roster'> & {
  readonly playbook: Playbook
  /** Whoever was on call while the cases arrived. */
  readonly shifts: readonly Shift[]
}

async function dutiesOf(db: Db, cases: readonly CaseLineRow[]): Promise<Map<string, Facts>> {
  const duties = new Map<string, Facts>()
  for (const [community, rows] of Map.groupBy(cases, ({ community_id }) => community_id)) {
    const { playbook, rotation, roster } = await dutyFacts(db, community)
    const arrivals = rows.map(({ arrived_at }) => arrived_at)
    // Once for the whole page: most of the work is the same for every instant.
    const shifts = dutiesBetween(roster, Math.min(...arrivals), Math.max(...arrivals) + 1)
    duties.set(community, { rotation, shifts, playbook: JSON.parse(playbook) as Playbook })
  }
  return duties
}

function lineOf(row: CaseLineRow, seat: Seat, facts: Facts, now: number): CaseLine {
  const excluded = new Set(row.excluded)
  const unconflicted = facts.rotation.filter((id) => !excluded.has(id)).length
  const inCharge = receivers({
    pair:
      facts.shifts.find(({ from, to }) => from <= row.arrived_at && row.arrived_at < (to ?? Infinity)) ??
      null,
    rotation: facts.rotation,
    excluded,
    active: new Set(facts.rotation),
  })
  const step = nextStepOf(row, { playbook: facts.playbook, receivers: inCharge, unconflicted }, now)
  return {
    id: row.id,
    community: seat.shortName,
    codeName: row.code_name,
    state: row.state as State,
    channel: row.channel,
    arrivedAt: row.arrived_at,
    due: dueOf(row),
    overdue: overdueAt(row, now),
    blocked: isStuck(row, step),
    epoch: row.epoch,
    mine: isMine(seat.member, row),
    needsMe: needs(seat.member, row, step, inCharge, row.record_kind),
    version: row.version,
    changedAt: Math.max(row.recorded_at, row.acknowledged_at ?? 0, row.brought_at ?? 0, row.closed_at ?? 0),
  }
}
