import type { Db } from './store.ts'

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
