import type { Tx } from './store.ts'

/**
 * Uses a challenge up, and forgets those too old to be accepted anyway.
 *
 * @returns whether it had not been used before.
 */
export async function spendChallenge(tx: Tx, id: string, expiresAt: number, now: number): Promise<boolean> {
  await tx.deleteFrom('challenge').where('expires_at', '<', now).execute()
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('challenge')
    .values({ id, expires_at: expiresAt })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}
