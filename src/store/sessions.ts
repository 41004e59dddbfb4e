import type { Store, Tx } from './store.ts'

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

/** Ends every session of an account but, if given, one. */
export async function endSessions(tx: Tx, accountId: string, but?: string): Promise<void> {
  await tx
    .deleteFrom('session')
    .where('account_id', '=', accountId)
    .$if(but !== undefined, (query) => query.where('id', '!=', but as string))
    .execute()
}
