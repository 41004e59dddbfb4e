import type { Db, Tx } from './store.ts'

/** Whether a set-up token may still be used. @param hash - its SHA-256 in hex. */
export async function setupTokenIsGood(db: Db, hash: string): Promise<boolean> {
  const found = await db
    .selectFrom('setup_token')
    .select('hash')
    .where('hash', '=', hash)
    .where('used_at', 'is', null)
    .executeTakeFirst()
  return found !== undefined
}

/** Keeps a new set-up token and drops all that were not used, so that one link works at a time. */
export async function replaceSetupToken(tx: Tx, hash: string, now: number): Promise<void> {
  await tx.deleteFrom('setup_token').where('used_at', 'is', null).execute()
  await tx.insertInto('setup_token').values({ hash, created_at: now, used_at: null }).execute()
}

/** Uses a set-up token up. Returns whether it was still good: of two who try at once, one gets true. */
export async function spendSetupToken(tx: Tx, hash: string, now: number): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('setup_token')
    .set({ used_at: now })
    .where('hash', '=', hash)
    .where('used_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}
