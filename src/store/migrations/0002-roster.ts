import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** The roster made by rule (G1, G5). Pairs that were named by hand before become overrides without an end. */
export function on(kind: 'sqlite' | 'postgres'): Migration {
  const instant = kind === 'sqlite' ? sql`integer` : sql`bigint`
  const blob = kind === 'sqlite' ? sql`blob` : sql`bytea`

  return {
    async up(db: Kysely<unknown>): Promise<void> {
      const { schema } = db
      await schema
        .createTable('roster_rule')
        .addColumn('id', 'text', (column) => column.notNull().primaryKey())
        .addColumn('community_id', 'text', (column) => column.notNull())
        .addColumn('rule', 'text')
        .addColumn('set_by', 'text', (column) => column.notNull())
        .addColumn('set_at', instant, (column) => column.notNull())
        .execute()
      await schema
        .createIndex('roster_rule_by_community_id')
        .on('roster_rule')
        .column('community_id')
        .execute()

      await schema
        .createTable('moved_hand_over')
        .addColumn('id', 'text', (column) => column.notNull().primaryKey())
        .addColumn('community_id', 'text', (column) => column.notNull())
        .addColumn('instead', 'text', (column) => column.notNull())
        .addColumn('date', 'text', (column) => column.notNull())
        .addColumn('time', 'text', (column) => column.notNull())
        .addColumn('sealed_why', blob)
        .addColumn('set_by', 'text', (column) => column.notNull())
        .addColumn('set_at', instant, (column) => column.notNull())
        .execute()
      await schema
        .createIndex('moved_hand_over_by_community_id')
        .on('moved_hand_over')
        .column('community_id')
        .execute()

      await schema
        .createTable('duty_override')
        .addColumn('id', 'text', (column) => column.notNull().primaryKey())
        .addColumn('community_id', 'text', (column) => column.notNull())
        .addColumn('starts_at', instant)
        .addColumn('hand_over', 'text')
        .addColumn('ends_at', instant)
        .addColumn('primary_id', 'text')
        .addColumn('secondary_id', 'text')
        .addColumn('sealed_why', blob)
        .addColumn('set_by', 'text', (column) => column.notNull())
        .addColumn('set_at', instant, (column) => column.notNull())
        .addColumn('taken_back_by', 'text')
        .addColumn('taken_back_at', instant)
        .addColumn('swap_id', 'text')
        .execute()
      await schema
        .createIndex('duty_override_by_community_id')
        .on('duty_override')
        .column('community_id')
        .execute()

      await schema
        .createTable('swap')
        .addColumn('id', 'text', (column) => column.notNull().primaryKey())
        .addColumn('community_id', 'text', (column) => column.notNull())
        .addColumn('offered_by', 'text', (column) => column.notNull())
        .addColumn('offered_to', 'text', (column) => column.notNull())
        .addColumn('gives', 'text', (column) => column.notNull())
        .addColumn('takes', 'text')
        .addColumn('sealed_why', blob)
        .addColumn('offered_at', instant, (column) => column.notNull())
        .addColumn('answer', 'text')
        .addColumn('answered_at', instant)
        .execute()
      await schema.createIndex('swap_by_community_id').on('swap').column('community_id').execute()

      await schema
        .createTable('calendar_feed')
        .addColumn('token_hash', 'text', (column) => column.notNull().primaryKey())
        .addColumn('member_id', 'text', (column) => column.notNull())
        .addColumn('made_at', instant, (column) => column.notNull())
        .addColumn('revoked_at', instant)
        .execute()
      await schema.createIndex('calendar_feed_by_member_id').on('calendar_feed').column('member_id').execute()

      await schema
        .createTable('told_gap')
        .addColumn('id', 'text', (column) => column.notNull().primaryKey())
        .addColumn('community_id', 'text', (column) => column.notNull())
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('about', 'text')
        .addColumn('starts_at', instant, (column) => column.notNull())
        .addColumn('ends_at', instant, (column) => column.notNull())
        .addColumn('told_at', instant, (column) => column.notNull())
        .execute()
      await schema.createIndex('told_gap_by_community_id').on('told_gap').column('community_id').execute()

      await sql`insert into duty_override
        (id, community_id, starts_at, primary_id, secondary_id, set_by, set_at)
        select id, community_id, starts_at, primary_id, secondary_id, set_by, set_at from duty`.execute(db)
      await schema.dropTable('duty').execute()
      // Looked at when the server starts, and every day from then on.
      await sql`insert into due (at, id, deed, community_id)
        select 0, id, 'roster-gaps', id from community`.execute(db)
    },
  }
}
