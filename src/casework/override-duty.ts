import { dutiesBetween, dutyAt, handOversBetween, type Rotation } from '../procedure/rotation.ts'
import { appendLog } from '../store/log.ts'
import type { Membership } from '../store/members.ts'
import { overrideById } from '../store/roster.ts'
import { announceNotices } from './announce.ts'
import type { Office } from './office.ts'
import { Refused } from './refused.ts'
import { mayBeOnCall, rosterAtHand, tellOfRoster } from './roster-at-hand.ts'

/** Other people on call than the rule says, or a pair named by hand. */
export interface NewOverride {
  /** Made by the browser: the same sent again is one override. */
  readonly id: string
  /** Epoch milliseconds, what is past counts as now; or the date that the rule gives a hand-over, `YYYY-MM-DD`. */
  readonly from: number | { readonly handOver: string }
  /** Epoch milliseconds; null: until the next hand-over. */
  readonly to: number | null
  /** Null: that seat stays as it is. */
  readonly primary: string | null
  readonly secondary: string | null
  /** Null only for a pair that is named where nobody has the turn. */
  readonly why: string | null
}

const day = 86_400_000
/** How far ahead an override can begin, and how long it can last. */
const farthest = 731 * day

/**
 * Puts other people on call than the rule says, for a while and for a reason (G5), or names a pair by hand until the
 * next hand-over (G1). A chair can name anybody, everybody else only step in themselves. Those whom it concerns are told.
 *
 * @throws {Refused} `not-allowed`; `invalid-input` for somebody who is not on the committee, the same person twice, or
 * a time that is over; `one-unlocker`; `roster-changed` for a hand-over that there is not (any more).
 */
export async function overrideDuty(office: Office, by: Membership, given: NewOverride): Promise<void> {
  const { store, clock, serverKey } = office
  const now = clock.now()
  const { id, primary, secondary, to, why } = given
  check(by, given)
  await store.write(async (tx) => {
    const roster = await rosterAtHand(tx, store.kind, by.community)
    const { rotation } = roster
    const known = await overrideById(tx, by.community, id)
    if (known?.set_by === by.id) return
    if (known) throw new Refused('key-reused')
    const starts = startOf(given.from, rotation, now)
    if (starts > now + farthest)
      throw new Refused('invalid-input', { field: 'from', reason: 'is more than two years away' })
    if (to !== null && to <= starts)
      throw new Refused('invalid-input', { field: 'to', reason: 'is not after the beginning' })
    if (to !== null && to > starts + farthest)
      throw new Refused('invalid-input', { field: 'to', reason: 'is more than two years away' })
    const before = dutyAt(rotation, starts)
    if (why === null && (to !== null || before?.turn != null))
      throw new Refused('invalid-input', { field: 'why', reason: 'is missing' })
    await mayBeOnCall(tx, roster, [
      ['primary', primary],
      ['secondary', secondary],
    ])
    const isHandOver = typeof given.from !== 'number'
    await tx
      .insertInto('duty_override')
      .values({
        id,
        community_id: by.community,
        starts_at: isHandOver ? null : starts,
        hand_over: typeof given.from === 'number' ? null : given.from.handOver,
        ends_at: to,
        primary_id: primary,
        secondary_id: secondary,
        sealed_why: why === null ? null : serverKey.seal(why),
        set_by: by.id,
        set_at: now,
        taken_back_by: null,
        taken_back_at: null,
        swap_id: null,
      })
      .execute()
    await appendLog(tx, [
      {
        community: by.community,
        at: now,
        case: null,
        actor: by.id,
        deed: 'duty-overridden',
        detail: { override: id, from: starts, to, primary, secondary },
      },
    ])
    const replaced = dutiesBetween(rotation, starts, to ?? before?.to ?? starts + 1).flatMap((shift) => [
      primary === null ? null : shift.primary,
      secondary === null ? null : shift.secondary,
    ])
    await tellOfRoster(tx, roster, [primary, secondary, ...replaced], 'roster-changed', {
      by: by.id,
      at: now,
    })
  })
  await announceNotices(office)
}

function check(by: Membership, { primary, secondary, to }: NewOverride): void {
  if (primary === null && secondary === null)
    throw new Refused('invalid-input', { field: 'primary', reason: 'is missing, and so is the secondary' })
  if (primary === secondary)
    throw new Refused('invalid-input', { field: 'secondary', reason: 'is the primary too' })
  const stepsIn = to !== null && [primary, secondary].every((who) => who === null || who === by.id)
  if (!by.chair && !stepsIn) throw new Refused('not-allowed')
}

function startOf(from: NewOverride['from'], rotation: Rotation, now: number): number {
  if (typeof from === 'number') return Math.max(from, now)
  const handOver = handOversBetween(rotation, now, now + farthest).find(({ date }) => date === from.handOver)
  if (!handOver) throw new Refused('roster-changed')
  return handOver.at
}
