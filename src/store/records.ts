import type { RecordTable } from './schema.ts'
import type { Db, Tx } from './store.ts'

/** Adds a record to its case. */
export async function insertRecord(tx: Tx, record: RecordTable): Promise<void> {
  await tx.insertInto('record').values(record).execute()
}

/** Records of a case in their order: all, or those the reporter may read. */
export async function recordsOf(
  db: Db | Tx,
  caseId: string,
  which: 'all' | 'shared',
): Promise<RecordTable[]> {
  return db
    .selectFrom('record')
    .selectAll()
    .where('case_id', '=', caseId)
    .$if(which === 'shared', (query) => query.where('shared', '=', 1))
    .orderBy('seq')
    .execute()
}

/**
 * Notes that the reporter opened messages that members sent them.
 *
 * @param ids - of records; those that are not such, or were opened before, stay as they are.
 * @returns the ids of those that were opened now for the first time.
 */
export async function markOpened(
  tx: Tx,
  caseId: string,
  ids: readonly string[],
  now: number,
): Promise<string[]> {
  if (ids.length === 0) return []
  const rows = await tx
    .updateTable('record')
    .set({ opened_at: now })
    .where('case_id', '=', caseId)
    .where('id', 'in', ids)
    .where('shared', '=', 1)
    .where('kind', '=', 'message')
    .where('opened_at', 'is', null)
    .returning('id')
    .execute()
  return rows.map(({ id }) => id)
}

/** Grants of a case for one member, by epoch, with the epochs' recipients. */
export async function epochsFor(
  db: Db,
  caseId: string,
  member: string,
): Promise<{ epoch: number; recipient: string; grant: Uint8Array | null }[]> {
  return db
    .selectFrom('epoch')
    .leftJoin('grant_', (join) =>
      join
        .onRef('grant_.case_id', '=', 'epoch.case_id')
        .onRef('grant_.epoch', '=', 'epoch.epoch')
        .on('grant_.member_id', '=', member),
    )
    .select(['epoch.epoch', 'epoch.recipient', 'grant_.sealed as grant'])
    .where('epoch.case_id', '=', caseId)
    .orderBy('epoch.epoch')
    .execute()
}
