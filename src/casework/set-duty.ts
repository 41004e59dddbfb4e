import { newId } from '../sealing/bytes.ts'
import { holdCommunity } from '../store/communities.ts'
import { setDuty } from '../store/duty.ts'
import { appendLog } from '../store/log.ts'
import { activeMember, type Membership } from '../store/members.ts'
import { unlockingCounts } from '../store/unlockers.ts'
import { unlockersOnCall } from './change-unlockers.ts'
import type { Office } from './office.ts'
import { Refused } from './refused.ts'

/** A pair to be on call from an instant on. */
export interface NewDuty {
  /** Epoch milliseconds; what is past counts as now. */
  readonly startsAt: number
  readonly primary: string
  readonly secondary: string | null
}

/**
 * Names by hand who is on call from an instant on; the outgoing pair stays on duty until then (G1). A pair named
 * for an instant that already has one takes its place.
 *
 * @throws {Refused} `invalid-input` for somebody who is not on the committee, or the same person twice;
 * `one-unlocker` for a member who could be locked out on the day it matters.
 */
export async function nameDuty({ store, clock }: Office, chair: Membership, duty: NewDuty): Promise<void> {
  const now = clock.now()
  const startsAt = Math.max(duty.startsAt, now)
  const { primary, secondary } = duty
  if (primary === secondary)
    throw new Refused('invalid-input', { field: 'secondary', reason: 'is the primary too' })
  await store.write(async (tx) => {
    await holdCommunity(tx, store.kind, chair.community)
    for (const [field, id] of Object.entries({ primary, secondary })) {
      if (id === null) continue
      const member = await activeMember(tx, chair.community, id)
      if (member?.standing !== 'member')
        throw new Refused('invalid-input', { field, reason: 'is not on the committee' })
      const unlockers = (await unlockingCounts(tx, [member.account_id])).get(member.account_id) ?? 0
      if (unlockers < unlockersOnCall) throw new Refused('one-unlocker', { member: id })
    }
    await setDuty(tx, {
      id: newId(),
      community_id: chair.community,
      starts_at: startsAt,
      primary_id: primary,
      secondary_id: secondary,
      set_by: chair.id,
      set_at: now,
    })
    await appendLog(tx, [
      {
        community: chair.community,
        at: now,
        case: null,
        actor: chair.id,
        deed: 'duty-set',
        detail: { startsAt, primary, secondary },
      },
    ])
  })
}
