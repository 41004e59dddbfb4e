import type { UnlockerTable } from './schema.ts'
import type { Db, Tx } from './store.ts'

/** The ways an account has to sign in, oldest first. */
export async function unlockersOf(db: Db | Tx, accountId: string): Promise<UnlockerTable[]> {
  return db
    .selectFrom('unlocker')
    .selectAll()
    .where('account_id', '=', accountId)
    .orderBy('created_at')
    .orderBy('kind')
    .orderBy('id')
    .execute()
}

/** The passkey with a credential id (base64url), or null. */
export async function passkeyByCredential(db: Db | Tx, credentialId: string): Promise<UnlockerTable | null> {
  const row = await db
    .selectFrom('unlocker')
    .selectAll()
    .where('credential_id', '=', credentialId)
    .executeTakeFirst()
  return row ?? null
}

/** How many ways each account has to open its keyring; an account without any is not in the map. */
export async function unlockingCounts(
  db: Db | Tx,
  accounts: readonly string[],
): Promise<Map<string, number>> {
  if (accounts.length === 0) return new Map()
  const rows = await db
    .selectFrom('unlocker')
    .select(['account_id', (eb) => eb.fn.countAll<number | string>().as('count')])
    .where('account_id', 'in', accounts)
    .where('sealed_keyring', 'is not', null)
    .groupBy('account_id')
    .execute()
  return new Map(rows.map(({ account_id, count }) => [account_id, Number(count)]))
}

/** Notes that an unlocker signed in, and the counter of a passkey. */
export async function markUsed(tx: Tx, id: string, now: number, counter: number): Promise<void> {
  await tx.updateTable('unlocker').set({ used_at: now, counter }).where('id', '=', id).execute()
}
