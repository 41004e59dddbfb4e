import type { DutyTable } from './schema.ts'
import type { Db, Tx } from './store.ts'

/** Every pair ever named in a community, oldest first (G1). */
export async function dutiesOf(db: Db | Tx, community: string): Promise<DutyTable[]> {
  return db
    .selectFrom('duty')
    .selectAll()
    .where('community_id', '=', community)
    .orderBy('starts_at')
    .orderBy('set_at')
    .execute()
}

/** Names the pair from an instant on, in place of whoever was named for the same instant. */
export async function setDuty(tx: Tx, row: DutyTable): Promise<void> {
  await tx
    .deleteFrom('duty')
    .where('community_id', '=', row.community_id)
    .where('starts_at', '=', row.starts_at)
    .execute()
  await tx.insertInto('duty').values(row).execute()
}

/** Whether an account is on call in any community, now or in a pair named for later. */
export async function hasDuty(db: Db | Tx, accountId: string, now: number): Promise<boolean> {
  const members = await db
    .selectFrom('member')
    .select(['id', 'community_id'])
    .where('account_id', '=', accountId)
    .where('left_at', 'is', null)
    .execute()
  for (const { id, community_id } of members) {
    const duties = await dutiesOf(db, community_id)
    const current = duties.findLast(({ starts_at }) => starts_at <= now)
    const ahead = duties.filter(({ starts_at }) => starts_at > now)
    if ([current, ...ahead].some((duty) => duty?.primary_id === id || duty?.secondary_id === id)) return true
  }
  return false
}
