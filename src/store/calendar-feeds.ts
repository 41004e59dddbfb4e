import type { CalendarFeedTable } from './schema.ts'
import type { Db, Tx } from './store.ts'

/** The link to a member's calendar that works now, or null. */
export async function feedOf(db: Db | Tx, member: string): Promise<CalendarFeedTable | null> {
  const row = await db
    .selectFrom('calendar_feed')
    .selectAll()
    .where('member_id', '=', member)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return row ?? null
}

/** The active member of a committee whose calendar a token opens, or null. */
export async function feedMember(
  db: Db | Tx,
  tokenHash: string,
): Promise<{ readonly id: string; readonly community: string; readonly chair: boolean } | null> {
  const row = await db
    .selectFrom('calendar_feed')
    .innerJoin('member', 'member.id', 'calendar_feed.member_id')
    .select(['member.id', 'member.community_id', 'member.chair'])
    .where('calendar_feed.token_hash', '=', tokenHash)
    .where('calendar_feed.revoked_at', 'is', null)
    .where('member.left_at', 'is', null)
    .where('member.standing', '=', 'member')
    .executeTakeFirst()
  return row ? { id: row.id, community: row.community_id, chair: row.chair === 1 } : null
}

/** Ends the link to a member's calendar, if there is one. */
export async function revokeFeed(tx: Tx, member: string, now: number): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('calendar_feed')
    .set({ revoked_at: now })
    .where('member_id', '=', member)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
