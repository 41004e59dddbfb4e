import { dutiesBetween, dutyAt, handOversBetween } from '../procedure/rotation.ts'
import { dayNumber, minuteNumber, wallClock } from '../procedure/wall-clock.ts'
import { newId } from '../sealing/bytes.ts'
import { appendLog } from '../store/log.ts'
import type { Membership } from '../store/members.ts'
import { announceNotices } from './announce.ts'
import type { Office } from './office.ts'
import { Refused } from './refused.ts'
import { rosterAtHand, tellOfRoster } from './roster-at-hand.ts'

/** A hand-over that is to take place at another time. Wall-clock time of the community's zone. */
export interface NewHandOver {
  /** The date that the rule gives it, `YYYY-MM-DD`. */
  readonly instead: string
  readonly date: string
  /** `HH:mm` */
  readonly time: string
  readonly why: string
}

/** How far ahead hand-overs are moved, and how far from their own date, in days. */
const farthest = 731
const day = 86_400_000

/**
 * Moves a hand-over that has not taken place to another day or time (G1); the outgoing pair stays until then. Moved
 * back by moving it to its own.
 *
 * @throws {Refused} `roster-changed` if there is no such hand-over ahead, `invalid-input` for a time that is past.
 */
export async function moveHandOver(
  office: Office,
  chair: Membership,
  { instead, date, time, why }: NewHandOver,
): Promise<void> {
  const { store, clock, serverKey } = office
  const now = clock.now()
  await store.write(async (tx) => {
    const roster = await rosterAtHand(tx, store.kind, chair.community)
    const { rotation, community } = roster
    const ahead = handOversBetween(rotation, now + 1, now + farthest * day)
    if (!ahead.some((handOver) => handOver.date === instead)) throw new Refused('roster-changed')
    if (wallClock(community.time_zone)(dayNumber(date), minuteNumber(time)) <= now)
      throw new Refused('invalid-input', { field: 'date', reason: 'is in the past' })
    if (Math.abs(dayNumber(date) - dayNumber(instead)) > farthest)
      throw new Refused('invalid-input', { field: 'date', reason: 'is too far from the date it had' })
    const id = newId()
    await tx
      .insertInto('moved_hand_over')
      .values({
        id,
        community_id: chair.community,
        instead,
        date,
        time,
        sealed_why: serverKey.seal(why),
        set_by: chair.id,
        set_at: now,
      })
      .execute()
    await appendLog(tx, [
      {
        community: chair.community,
        at: now,
        case: null,
        actor: chair.id,
        deed: 'hand-over-moved',
        detail: { move: id, instead, date, time },
      },
    ])
    const incoming = dutiesBetween(rotation, now, now + farthest * day).find(({ turn }) => turn === instead)
    const outgoing = incoming && dutyAt(rotation, incoming.from - 1)
    await tellOfRoster(
      tx,
      roster,
      [incoming?.primary, incoming?.secondary, outgoing?.primary, outgoing?.secondary],
      'roster-changed',
      { by: chair.id, at: now },
    )
  })
  await announceNotices(office)
}
