import type { InvitationTable } from './schema.ts'
import type { Db, Tx } from './store.ts'

/** An invitation by its id, or null. */
export async function invitationById(db: Db | Tx, id: string): Promise<InvitationTable | null> {
  const row = await db.selectFrom('invitation').selectAll().where('id', '=', id).executeTakeFirst()
  return row ?? null
}

/** Every invitation of a community, newest first. */
export async function invitationsOf(db: Db | Tx, community: string): Promise<InvitationTable[]> {
  return db
    .selectFrom('invitation')
    .selectAll()
    .where('community_id', '=', community)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute()
}

/** Uses an invitation up. Returns whether it was still open: of two who try at once, one gets true. */
export async function useInvitation(tx: Tx, id: string, now: number): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('invitation')
    .set({ used_at: now })
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}
