import type { LogTable } from './schema.ts'
import type { Db, Tx } from './store.ts'

/** Whether the log of a case has this very entry since an instant. */
export async function readLately(
  db: Db | Tx,
  entry: { readonly case: string; readonly actor: string; readonly deed: string; readonly detail: string },
  since: number,
): Promise<boolean> {
  const row = await db
    .selectFrom('log')
    .select('seq')
    .where('case_id', '=', entry.case)
    .where('actor', '=', entry.actor)
    .where('deed', '=', entry.deed)
    .where('detail', '=', entry.detail)
    .where('at', '>', since)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** The log of a case (N3), oldest first. */
export async function logOfCase(
  db: Db,
  caseId: string,
): Promise<Pick<LogTable, 'at' | 'actor' | 'deed' | 'detail'>[]> {
  return db
    .selectFrom('log')
    .select(['at', 'actor', 'deed', 'detail'])
    .where('case_id', '=', caseId)
    .orderBy('seq')
    .execute()
}
