import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** What members are to do, and are reminded of until it is done (B4, E3). */
export function on(kind: 'sqlite' | 'postgres'): Migration {
  const instant = kind === 'sqlite' ? sql`integer` : sql`bigint`
  const blob = kind === 'sqlite' ? sql`blob` : sql`bytea`
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema
        .createTable('task')
        .addColumn('id', 'text', (made) => made.notNull().primaryKey())
        .addColumn('community_id', 'text', (made) => made.notNull())
        .addColumn('case_id', 'text')
        .addColumn('member_id', 'text')
        .addColumn('due_at', instant, (made) => made.notNull())
        .addColumn('created_at', instant, (made) => made.notNull())
        .addColumn('done_at', instant)
        .addColumn('done_by', 'text')
        .addColumn('sealed', blob)
        .execute()
      await db.schema.createIndex('task_by_case_id').on('task').column('case_id').execute()
      await db.schema.createIndex('task_by_member_id').on('task').column('member_id').execute()
    },
  }
}
