import { invitationById } from '../store/invitations.ts'
import { appendLog } from '../store/log.ts'
import type { Membership } from '../store/members.ts'
import type { Office } from './office.ts'
import { Refused } from './refused.ts'

/**
 * Takes an invitation back, so that its link no longer works. Taking it back twice is no error.
 *
 * @throws {Refused} `not-found`, `link-used` where somebody has accepted it: then the member is removed instead.
 */
export async function revokeInvitation(
  { store, clock }: Office,
  chair: Membership,
  invitation: string,
): Promise<void> {
  const now = clock.now()
  await store.write(async (tx) => {
    const found = await invitationById(tx, invitation)
    if (found?.community_id !== chair.community) throw new Refused('not-found')
    if (found.revoked_at !== null) return
    const { numUpdatedRows } = await tx
      .updateTable('invitation')
      .set({ revoked_at: now })
      .where('id', '=', invitation)
      .where('used_at', 'is', null)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) throw new Refused('link-used')
    await appendLog(tx, [
      {
        community: chair.community,
        at: now,
        case: null,
        actor: chair.id,
        deed: 'invitation-revoked',
        detail: { invitation },
      },
    ])
  })
}
