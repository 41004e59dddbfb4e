import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Who is to be shepherd, when the reporter was told, and conflicts of interest that are found later (I2 to I7, K3). */
export function on(kind: 'sqlite' | 'postgres'): Migration {
  const instant = kind === 'sqlite' ? sql`integer` : sql`bigint`
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      for (const column of ['shepherd_named_at', 'objection_ends_at', 'shepherd_introduced_at'])
        await db.schema.alterTable('incident').addColumn(column, instant).execute()
      await db.schema
        .alterTable('incident')
        .addColumn('renew_epoch', 'integer', (made) => made.notNull().defaultTo(0))
        .execute()
      await db.schema
        .createTable('shepherd_pick')
        .addColumn('id', 'text', (made) => made.notNull().primaryKey())
        .addColumn('case_id', 'text', (made) => made.notNull())
        .addColumn('member_id', 'text', (made) => made.notNull())
        .addColumn('proposed_by', 'text', (made) => made.notNull())
        .addColumn('proposed_at', instant, (made) => made.notNull())
        .addColumn('declared_at', instant)
        .addColumn('assigned_by', 'text')
        .addColumn('assigned_at', instant)
        .addColumn('ended_at', instant)
        .addColumn('ended', 'text')
        .execute()
      await db.schema.createIndex('shepherd_pick_by_case_id').on('shepherd_pick').column('case_id').execute()
      await db.schema
        .createTable('set_aside')
        .addColumn('case_id', 'text', (made) => made.notNull())
        .addColumn('member_id', 'text', (made) => made.notNull())
        .addColumn('proposed_by', 'text', (made) => made.notNull())
        .addColumn('proposed_at', instant, (made) => made.notNull())
        .addPrimaryKeyConstraint('set_aside_key', ['case_id', 'member_id'])
        .execute()
    },
  }
}
