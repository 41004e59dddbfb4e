import type { IncidentTable } from './schema.ts'
import type { Db, Store, Tx } from './store.ts'

/**
 * The case that a receipt code belongs to.
 *
 * @param lookup - as derived from the code.
 * @returns the case and the hash of the token that proves the code is known; null where there is none.
 */
export async function findReceipt(db: Db, lookup: string): Promise<{ caseId: string; hash: string } | null> {
  const row = await db
    .selectFrom('incident')
    .select(['id', 'receipt_hash'])
    .where('receipt_lookup', '=', lookup)
    .executeTakeFirst()
  return row?.receipt_hash ? { caseId: row.id, hash: row.receipt_hash } : null
}

/**
 * What the reporter was told when the report with this receipt was filed, or null if none was.
 *
 * @param lookup - as derived from the code.
 * @returns instants in epoch milliseconds.
 */
export async function filedWith(
  db: Db,
  lookup: string,
): Promise<{ case: string; acknowledgeBy: number; resolveBy: number; timeZone: string } | null> {
  const row = await db
    .selectFrom('incident')
    .innerJoin('community', 'community.id', 'incident.community_id')
    .select([
      'incident.id as case',
      'incident.acknowledge_by as acknowledgeBy',
      'incident.resolve_by as resolveBy',
      'community.time_zone as timeZone',
    ])
    .where('incident.receipt_lookup', '=', lookup)
    .executeTakeFirst()
  return row ?? null
}

/**
 * The row of a case, for a deed: on PostgreSQL it is locked until the transaction ends, so that deeds on one case
 * follow one another; SQLite's writes do so by themselves.
 *
 * @returns null where there is no such case.
 */
export async function incidentForDeed(
  tx: Tx,
  kind: Store['kind'],
  caseId: string,
): Promise<IncidentTable | null> {
  const row = await tx
    .selectFrom('incident')
    .selectAll()
    .where('id', '=', caseId)
    .$if(kind === 'postgres', (query) => query.forUpdate())
    .executeTakeFirst()
  return row ?? null
}

/** The row of a case as it stands, or null. */
export async function incidentById(db: Db | Tx, caseId: string): Promise<IncidentTable | null> {
  return (await db.selectFrom('incident').selectAll().where('id', '=', caseId).executeTakeFirst()) ?? null
}

/** Writes what a deed changed of a case. */
export async function updateIncident(
  tx: Tx,
  caseId: string,
  changes: Partial<Omit<IncidentTable, 'id' | 'community_id'>>,
): Promise<void> {
  await tx.updateTable('incident').set(changes).where('id', '=', caseId).execute()
}
