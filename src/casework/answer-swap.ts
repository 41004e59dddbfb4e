import { newId } from '../sealing/bytes.ts'
import { appendLog } from '../store/log.ts'
import type { Membership } from '../store/members.ts'
import { swapById } from '../store/roster.ts'
import type { DutyOverrideTable, SwapTable } from '../store/schema.ts'
import { announceNotices } from './announce.ts'
import type { Office } from './office.ts'
import { Refused } from './refused.ts'
import { mayBeOnCall, rosterAtHand, tellOfRoster } from './roster-at-hand.ts'
import { isTurnOf } from './turn-ahead.ts'

export type SwapAnswer = NonNullable<SwapTable['answer']>

/**
 * Accepts or declines a turn that was offered to one, or withdraws one's own offer (G5). Accepted, each takes the
 * other's turn at once, if both are still theirs.
 *
 * @throws {Refused} `not-found`; `not-allowed` for anybody else; `roster-changed` if it was answered otherwise, or a
 * turn is not theirs any more or has begun; `one-unlocker`.
 */
export async function answerSwap(
  office: Office,
  by: Membership,
  id: string,
  answer: SwapAnswer,
): Promise<void> {
  const { store, clock } = office
  const now = clock.now()
  await store.write(async (tx) => {
    const roster = await rosterAtHand(tx, store.kind, by.community)
    const swap = await swapById(tx, by.community, id)
    if (!swap) throw new Refused('not-found')
    if (by.id !== (answer === 'withdrawn' ? swap.offered_by : swap.offered_to))
      throw new Refused('not-allowed')
    if (swap.answer === answer) return
    if (swap.answer !== null) throw new Refused('roster-changed')
    if (answer === 'accepted') {
      const { rotation } = roster
      const { offered_by, offered_to, gives, takes } = swap
      if (
        !isTurnOf(rotation, offered_by, gives, now) ||
        (takes !== null && !isTurnOf(rotation, offered_to, takes, now))
      )
        throw new Refused('roster-changed')
      await mayBeOnCall(tx, roster, [
        ['to', offered_to],
        ['offeredBy', takes === null ? null : offered_by],
      ])
      await tx
        .insertInto('duty_override')
        .values([
          ofTurn(swap, gives, offered_to, now),
          ...(takes === null ? [] : [ofTurn(swap, takes, offered_by, now)]),
        ])
        .execute()
    }
    await tx.updateTable('swap').set({ answer, answered_at: now }).where('id', '=', id).execute()
    await appendLog(tx, [
      {
        community: by.community,
        at: now,
        case: null,
        actor: by.id,
        deed: 'swap-answered',
        detail: { swap: id, answer },
      },
    ])
    if (answer !== 'withdrawn')
      await tellOfRoster(tx, roster, [swap.offered_by], 'swap-answered', { by: by.id, at: now })
  })
  await announceNotices(office)
}

/** Somebody else has a turn. */
const ofTurn = (
  { id, community_id, offered_to, sealed_why }: SwapTable,
  turn: string,
  primary: string,
  now: number,
): DutyOverrideTable => ({
  id: newId(),
  community_id,
  starts_at: null,
  hand_over: turn,
  ends_at: null,
  primary_id: primary,
  secondary_id: null,
  sealed_why,
  set_by: offered_to,
  set_at: now,
  taken_back_by: null,
  taken_back_at: null,
  swap_id: id,
})
