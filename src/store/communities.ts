import type { CommunityTable } from './schema.ts'
import type { Db, Store, Tx } from './store.ts'

/** The id of the community with a short name, or null. */
export async function communityId(db: Db | Tx, shortName: string): Promise<string | null> {
  const row = await db
    .selectFrom('community')
    .select('id')
    .where('short_name', '=', shortName)
    .executeTakeFirst()
  return row?.id ?? null
}

/** A community by its short name, or null. */
export async function communityByShortName(db: Db | Tx, shortName: string): Promise<CommunityTable | null> {
  const row = await db
    .selectFrom('community')
    .selectAll()
    .where('short_name', '=', shortName)
    .executeTakeFirst()
  return row ?? null
}

/** A community by its id, which is known to be there. */
export async function communityById(db: Db | Tx, id: string): Promise<CommunityTable> {
  return db.selectFrom('community').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}

/** Every community here, by name. */
export async function allCommunities(db: Db | Tx): Promise<{ short_name: string; name: string }[]> {
  return db.selectFrom('community').select(['short_name', 'name']).orderBy('name').execute()
}

/** The key directory of a community as it is served: signed entries, oldest first. */
export async function directoryEntries(
  db: Db | Tx,
  community: string,
): Promise<{ text: string; signature: string }[]> {
  return db
    .selectFrom('directory_entry')
    .select(['text', 'signature'])
    .where('community_id', '=', community)
    .orderBy('seq')
    .execute()
}

/** Active members of a community with their names, in the order of the rotation. */
export async function namedMembers(
  db: Db | Tx,
  community: string,
): Promise<{ id: string; name: string; standing: 'member' | 'organizer' }[]> {
  return db
    .selectFrom('member')
    .innerJoin('account', 'account.id', 'member.account_id')
    .select(['member.id', 'account.name', 'member.standing'])
    .where('member.community_id', '=', community)
    .where('member.left_at', 'is', null)
    .orderBy('member.rotation')
    .orderBy('member.id')
    .execute()
}

/**
 * Reads a community and keeps it from being changed by anybody else until the transaction ends. Whatever changes
 * who is in a community takes this first, so that two such changes follow one another.
 */
export async function holdCommunity(tx: Tx, kind: Store['kind'], id: string): Promise<CommunityTable | null> {
  const query = tx.selectFrom('community').selectAll().where('id', '=', id)
  // SQLite writes one transaction at a time anyway.
  const row = await (kind === 'postgres' ? query.forUpdate() : query).executeTakeFirst()
  return row ?? null
}

/**
 * Keeps communities from being held by {@link holdCommunity} until the transaction ends; others may do so too
 * meanwhile. What relies on who is in a community takes this first.
 */
export async function leanOnCommunities(tx: Tx, kind: Store['kind'], ids: readonly string[]): Promise<void> {
  if (kind === 'sqlite' || ids.length === 0) return
  await tx.selectFrom('community').select('id').where('id', 'in', ids).orderBy('id').forKeyShare().execute()
}
