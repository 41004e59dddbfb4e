import type { AnsweredRequestTable } from './schema.ts'
import type { Db, Tx } from './store.ts'

/** The answer once given to an idempotency key, or null. */
export async function answerGiven(db: Db | Tx, id: string): Promise<AnsweredRequestTable | null> {
  const row = await db.selectFrom('answered_request').selectAll().where('id', '=', id).executeTakeFirst()
  return row ?? null
}

/** Keeps the answer to an idempotency key, in the transaction of what it answers. */
export async function keepAnswer(tx: Tx, row: AnsweredRequestTable): Promise<void> {
  await tx.insertInto('answered_request').values(row).execute()
}
