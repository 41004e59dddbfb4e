import { appendLog } from '../store/log.ts'
import type { Membership } from '../store/members.ts'
import { overrideById } from '../store/roster.ts'
import { announceNotices } from './announce.ts'
import type { Office } from './office.ts'
import { Refused } from './refused.ts'
import { rosterAtHand, tellOfRoster } from './roster-at-hand.ts'

/**
 * Takes an override back: from now on it is as if it had not been set, and what was on call until now stays on record.
 * Whoever set it can, and a chair; a swap is taken back whole, by a chair, since two people agreed on it.
 *
 * @throws {Refused} `not-found`, `not-allowed`; `roster-changed` where it is over.
 */
export async function takeOverrideBack(office: Office, by: Membership, id: string): Promise<void> {
  const { store, clock } = office
  const now = clock.now()
  await store.write(async (tx) => {
    const roster = await rosterAtHand(tx, store.kind, by.community)
    const found = await overrideById(tx, by.community, id)
    if (!found) throw new Refused('not-found')
    if (!by.chair && (found.set_by !== by.id || found.swap_id !== null)) throw new Refused('not-allowed')
    if (found.taken_back_at !== null) return
    if (found.ends_at !== null && found.ends_at <= now) throw new Refused('roster-changed')
    const taken = await tx
      .updateTable('duty_override')
      .set({ taken_back_by: by.id, taken_back_at: now })
      .where('community_id', '=', by.community)
      .where('taken_back_at', 'is', null)
      .where((eb) =>
        found.swap_id === null ? eb('id', '=', id) : eb('swap_id', '=', found.swap_id as string),
      )
      .returning(['primary_id', 'secondary_id'])
      .execute()
    await appendLog(tx, [
      {
        community: by.community,
        at: now,
        case: null,
        actor: by.id,
        deed: 'override-taken-back',
        detail: { override: id, swap: found.swap_id },
      },
    ])
    const concerned = taken.flatMap(({ primary_id, secondary_id }) => [primary_id, secondary_id])
    await tellOfRoster(tx, roster, concerned, 'roster-changed', { by: by.id, at: now })
  })
  await announceNotices(office)
}
