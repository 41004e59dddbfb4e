import type { SessionTable } from './schema.ts'
import type { Db, Store, Tx } from './store.ts'

const touchEvery = 60 * 1000

/**
 * The session a cookie stands for, which counts as used now. The store is told at most once a minute.
 *
 * @param sessionId - SHA-256 (hex) of the cookie's token.
 * @param idleMs - milliseconds without use after which a session has ended.
 * @returns null where there is none or it has ended; one that ended is deleted.
 */
export async function touchSession(
  store: Store,
  sessionId: string,
  now: number,
  idleMs: number,
): Promise<{ id: string; accountId: string } | null> {
  const found = await store.db
    .selectFrom('session')
    .select(['id', 'account_id', 'seen_at'])
    .where('id', '=', sessionId)
    .executeTakeFirst()
  if (!found) return null
  if (found.seen_at + idleMs <= now) {
    await store.write((tx) =>
      tx.deleteFrom('session').where('id', '=', sessionId).where('seen_at', '=', found.seen_at).execute(),
    )
    return null
  }
  if (found.seen_at + touchEvery <= now)
    await store.write((tx) =>
      tx
        .updateTable('session')
        .set({ seen_at: now })
        .where('id', '=', sessionId)
        .where('seen_at', '<', now)
        .execute(),
    )
  return { id: found.id, accountId: found.account_id }
}

/** Ends every session of an account. */
export async function endSessions(tx: Tx, accountId: string): Promise<void> {
  await tx.deleteFrom('session').where('account_id', '=', accountId).execute()
}

/**
 * Begins a session and forgets all that have ended.
 *
 * @param endedBefore - sessions last used before this instant have ended.
 */
export async function beginSession(tx: Tx, session: SessionTable, endedBefore: number): Promise<void> {
  await tx.deleteFrom('session').where('seen_at', '<=', endedBefore).execute()
  await tx.insertInto('session').values(session).execute()
}

/** The sessions of an account that have not ended, last used first. */
export async function sessionsOf(db: Db, accountId: string, endedBefore: number): Promise<SessionTable[]> {
  return db
    .selectFrom('session')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('seen_at', '>', endedBefore)
    .orderBy('seen_at', 'desc')
    .execute()
}

/** Ends one session by its id. */
export async function endSession(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('session').where('id', '=', id).execute()
}

/** Ends one session of an account by its handle. Returns whether there was one. */
export async function endSessionByHandle(tx: Tx, accountId: string, handle: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('session')
    .where('account_id', '=', accountId)
    .where('handle', '=', handle)
    .executeTakeFirst()
  return numDeletedRows > 0n
}
