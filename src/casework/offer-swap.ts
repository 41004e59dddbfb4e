import { appendLog } from '../store/log.ts'
import type { Membership } from '../store/members.ts'
import { swapById } from '../store/roster.ts'
import { announceNotices } from './announce.ts'
import type { Office } from './office.ts'
import { Refused } from './refused.ts'
import { rosterAtHand, tellOfRoster } from './roster-at-hand.ts'
import { isTurnOf } from './turn-ahead.ts'

/** A turn as primary that a member offers to another. */
export interface NewSwap {
  /** Made by the browser: the same sent again is one offer. */
  readonly id: string
  readonly to: string
  /** The offering member's turn, by the date that the rule gives its hand-over, `YYYY-MM-DD`. */
  readonly gives: string
  /** The other's turn in exchange; null: none. */
  readonly takes: string | null
  readonly why: string
}

/**
 * Offers one's turn to another member, in exchange for one of theirs or for nothing (G5). Nothing changes until they
 * accept; they are told.
 *
 * @throws {Refused} `roster-changed` if a turn is not (any more) theirs or has begun; `invalid-input`.
 */
export async function offerSwap(
  office: Office,
  by: Membership,
  { id, to, gives, takes, why }: NewSwap,
): Promise<void> {
  const { store, clock, serverKey } = office
  const now = clock.now()
  if (to === by.id) throw new Refused('invalid-input', { field: 'to', reason: 'is yourself' })
  await store.write(async (tx) => {
    const roster = await rosterAtHand(tx, store.kind, by.community)
    const known = await swapById(tx, by.community, id)
    if (known?.offered_by === by.id) return
    if (known) throw new Refused('key-reused')
    if (!roster.accounts.has(to))
      throw new Refused('invalid-input', { field: 'to', reason: 'is not on the committee' })
    const { rotation } = roster
    if (!isTurnOf(rotation, by.id, gives, now) || (takes !== null && !isTurnOf(rotation, to, takes, now)))
      throw new Refused('roster-changed')
    await tx
      .insertInto('swap')
      .values({
        id,
        community_id: by.community,
        offered_by: by.id,
        offered_to: to,
        gives,
        takes,
        sealed_why: serverKey.seal(why),
        offered_at: now,
        answer: null,
        answered_at: null,
      })
      .execute()
    await appendLog(tx, [
      {
        community: by.community,
        at: now,
        case: null,
        actor: by.id,
        deed: 'swap-offered',
        detail: { swap: id, to, gives, takes },
      },
    ])
    await tellOfRoster(tx, roster, [to], 'swap-offered', { by: by.id, at: now })
  })
  await announceNotices(office)
}
