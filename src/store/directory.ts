import type { Db, Tx } from './store.ts'

/** The hash of the newest entry of a community's key directory; null before the founder's. */
export async function directoryHead(db: Db | Tx, community: string): Promise<string | null> {
  const row = await lastEntry(db, community)
  return row?.hash ?? null
}

/**
 * Appends an entry that was verified to follow `previous`.
 *
 * @param previous - hash of the newest entry as it was when this one was verified.
 * @returns false, and nothing is kept, where another entry came first.
 */
export async function appendEntry(
  tx: Tx,
  community: string,
  entry: { readonly text: string; readonly signature: string; readonly hash: string },
  previous: string | null,
): Promise<boolean> {
  const last = await lastEntry(tx, community)
  if ((last?.hash ?? null) !== previous) return false
  const { text, signature, hash } = entry
  await tx
    .insertInto('directory_entry')
    .values({ community_id: community, seq: (last?.seq ?? 0) + 1, text, signature, hash })
    .execute()
  return true
}

/**
 * Whose keys came, went or were replaced since an entry of the directory.
 *
 * @param head - hash of that entry.
 * @returns member ids; null where the directory has no such entry.
 */
export async function changedSince(
  db: Db | Tx,
  community: string,
  head: string,
): Promise<ReadonlySet<string> | null> {
  const entry = await db
    .selectFrom('directory_entry')
    .select('seq')
    .where('community_id', '=', community)
    .where('hash', '=', head)
    .executeTakeFirst()
  if (!entry) return null
  const later = await db
    .selectFrom('directory_entry')
    .select('text')
    .where('community_id', '=', community)
    .where('seq', '>', entry.seq)
    .execute()
  return new Set(later.map(({ text }) => (JSON.parse(text) as { member: string }).member))
}

function lastEntry(db: Db | Tx, community: string): Promise<{ seq: number; hash: string } | undefined> {
  return db
    .selectFrom('directory_entry')
    .select(['seq', 'hash'])
    .where('community_id', '=', community)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
}
