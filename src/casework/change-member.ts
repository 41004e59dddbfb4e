import { holdCommunity } from '../store/communities.ts'
import { appendLog } from '../store/log.ts'
import { activeMember, hasOtherChair, type Membership } from '../store/members.ts'
import type { Office } from './office.ts'
import { Refused } from './refused.ts'

/**
 * Makes a member chair or no longer chair, or moves them in the rotation.
 *
 * @throws {Refused} `not-found`, `last-chair`; `invalid-input` for an organizer as chair.
 */
export async function changeMember(
  { store, clock }: Office,
  chair: Membership,
  member: string,
  change: { readonly chair?: boolean | undefined; readonly rotation?: number | undefined },
): Promise<void> {
  const now = clock.now()
  await store.write(async (tx) => {
    await holdCommunity(tx, store.kind, chair.community)
    const found = await activeMember(tx, chair.community, member)
    if (!found) throw new Refused('not-found')
    if (change.chair === true && found.standing !== 'member')
      throw new Refused('invalid-input', { field: 'chair', reason: 'is for members of the committee' })
    if (change.chair === false && found.chair === 1 && !(await hasOtherChair(tx, chair.community, member)))
      throw new Refused('last-chair')
    const detail = {
      ...(change.chair !== undefined && { chair: change.chair }),
      ...(change.rotation !== undefined && { rotation: change.rotation }),
    }
    if (Object.keys(detail).length === 0) return
    await tx
      .updateTable('member')
      .set({
        chair: change.chair === undefined ? found.chair : Number(change.chair),
        rotation: change.rotation ?? found.rotation,
      })
      .where('id', '=', member)
      .execute()
    await appendLog(tx, [
      {
        community: chair.community,
        at: now,
        case: null,
        actor: chair.id,
        deed: 'member-changed',
        detail: { member, ...detail },
      },
    ])
  })
}
