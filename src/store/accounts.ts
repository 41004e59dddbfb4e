import type { AccountTable } from './schema.ts'
import type { Db, Tx } from './store.ts'

const keyOf = (email: string): string => email.trim().toLowerCase()

/** An account by its id, or null. */
export async function accountById(db: Db | Tx, id: string): Promise<AccountTable | null> {
  const row = await db.selectFrom('account').selectAll().where('id', '=', id).executeTakeFirst()
  return row ?? null
}

/** An account by its mail address, however it is capitalized, or null. */
export async function accountByEmail(db: Db | Tx, email: string): Promise<AccountTable | null> {
  const row = await db.selectFrom('account').selectAll().where('email', '=', keyOf(email)).executeTakeFirst()
  return row ?? null
}

/** Adds an account. A second one with the same address is a duplicate (failure.ts). */
export async function addAccount(tx: Tx, row: AccountTable): Promise<void> {
  await tx
    .insertInto('account')
    .values({ ...row, email: keyOf(row.email) })
    .execute()
}
