import type { EventDetails } from '../procedure/event.ts'
import type { EventTable } from './schema.ts'
import type { Db, Tx } from './store.ts'

/** An event as it is kept. */
export interface CommunityEvent extends EventDetails {
  readonly id: string
  readonly archived: boolean
}

/** Every event of a community, those put away too, the latest first. */
export async function eventsOf(db: Db | Tx, community: string): Promise<CommunityEvent[]> {
  const rows = await db
    .selectFrom('event')
    .selectAll()
    .where('community_id', '=', community)
    .orderBy('starts_on', 'desc')
    .orderBy('id')
    .execute()
  return rows.map(asEvent)
}

/** An event of a community by its id, put away or not; null if there is none. */
export async function eventById(db: Db | Tx, community: string, id: string): Promise<CommunityEvent | null> {
  const row = await db
    .selectFrom('event')
    .selectAll()
    .where('community_id', '=', community)
    .where('id', '=', id)
    .executeTakeFirst()
  return row ? asEvent(row) : null
}

/** Keeps a new event, or what changed in one. Says false, and keeps nothing, if another has the same place in addresses. */
export async function keepEvent(
  tx: Tx,
  community: string,
  { id, archived, ...details }: CommunityEvent,
  now: number,
): Promise<boolean> {
  const taken = await tx
    .selectFrom('event')
    .select('id')
    .where('community_id', '=', community)
    .where('slug', '=', details.slug)
    .where('id', '!=', id)
    .executeTakeFirst()
  if (taken) return false
  const row: Omit<EventTable, 'id' | 'community_id' | 'created_at' | 'archived_at'> = {
    slug: details.slug,
    name: details.name,
    place: details.place,
    address: JSON.stringify(details.address),
    starts_on: details.from,
    ends_on: details.to,
    phones: JSON.stringify(details.phones),
    primary_id: details.primary,
    secondary_id: details.secondary,
  }
  await tx
    .insertInto('event')
    .values({ ...row, id, community_id: community, created_at: now, archived_at: archived ? now : null })
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet((eb) => ({
        ...row,
        // The first time it was put away is what counts.
        archived_at: archived ? eb.fn.coalesce('event.archived_at', eb.val(now)) : null,
      })),
    )
    .execute()
  return true
}

const asEvent = (row: EventTable): CommunityEvent => ({
  id: row.id,
  archived: row.archived_at !== null,
  slug: row.slug,
  name: row.name,
  place: row.place,
  address: JSON.parse(row.address),
  from: row.starts_on,
  to: row.ends_on,
  phones: JSON.parse(row.phones),
  primary: row.primary_id,
  secondary: row.secondary_id,
})
