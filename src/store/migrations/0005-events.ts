import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Events of a community. */
export function on(kind: 'sqlite' | 'postgres'): Migration {
  const instant = kind === 'sqlite' ? sql`integer` : sql`bigint`
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema
        .createTable('event')
        .addColumn('id', 'text', (made) => made.notNull().primaryKey())
        .addColumn('community_id', 'text', (made) => made.notNull())
        .addColumn('slug', 'text', (made) => made.notNull())
        .addColumn('name', 'text', (made) => made.notNull())
        .addColumn('place', 'text')
        .addColumn('address', 'text', (made) => made.notNull())
        .addColumn('starts_on', 'text', (made) => made.notNull())
        .addColumn('ends_on', 'text', (made) => made.notNull())
        .addColumn('phones', 'text', (made) => made.notNull())
        .addColumn('primary_id', 'text')
        .addColumn('secondary_id', 'text')
        .addColumn('created_at', instant, (made) => made.notNull())
        .addColumn('archived_at', instant)
        .execute()
      await db.schema
        .createIndex('event_by_community_id_slug')
        .on('event')
        .columns(['community_id', 'slug'])
        .unique()
        .execute()
    },
  }
}
