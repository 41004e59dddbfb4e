import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** What is proposed, agreed, sent to others and moved, and when a case is due, delayed and looked at again (J, L). */
export function on(kind: 'sqlite' | 'postgres'): Migration {
  const instant = kind === 'sqlite' ? sql`integer` : sql`bigint`
  const blob = kind === 'sqlite' ? sql`blob` : sql`bytea`
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      for (const column of ['informed_at', 'delayed_to', 'review_at'])
        await db.schema.alterTable('incident').addColumn(column, instant).execute()
      await db.schema
        .alterTable('incident')
        .addColumn('group_level', 'integer', (made) => made.notNull().defaultTo(0))
        .execute()
      await db.schema
        .createTable('proposal')
        .addColumn('id', 'text', (made) => made.notNull().primaryKey())
        .addColumn('case_id', 'text', (made) => made.notNull())
        .addColumn('record_id', 'text', (made) => made.notNull())
        .addColumn('proposed_by', 'text', (made) => made.notNull())
        .addColumn('proposed_at', instant, (made) => made.notNull())
        .addColumn('group_level', 'integer', (made) => made.notNull())
        .addColumn('ended_at', instant)
        .addColumn('ended', 'text')
        .execute()
      await db.schema.createIndex('proposal_by_case_id').on('proposal').column('case_id').execute()
      await db.schema
        .createTable('agreement')
        .addColumn('proposal_id', 'text', (made) => made.notNull())
        .addColumn('member_id', 'text', (made) => made.notNull())
        .addColumn('agrees', 'integer', (made) => made.notNull())
        .addColumn('record_id', 'text', (made) => made.notNull())
        .addColumn('at', instant, (made) => made.notNull())
        .addPrimaryKeyConstraint('agreement_key', ['proposal_id', 'member_id'])
        .execute()
      await db.schema
        .createTable('draft')
        .addColumn('id', 'text', (made) => made.notNull().primaryKey())
        .addColumn('case_id', 'text', (made) => made.notNull())
        .addColumn('record_id', 'text', (made) => made.notNull())
        .addColumn('digest', 'text', (made) => made.notNull())
        .addColumn('drafted_by', 'text', (made) => made.notNull())
        .addColumn('drafted_at', instant, (made) => made.notNull())
        .addColumn('ended_by', 'text')
        .addColumn('ended_at', instant)
        .addColumn('ended', 'text')
        .execute()
      await db.schema.createIndex('draft_by_case_id').on('draft').column('case_id').execute()
      await db.schema
        .createTable('draft_confirmation')
        .addColumn('draft_id', 'text', (made) => made.notNull())
        .addColumn('member_id', 'text', (made) => made.notNull())
        .addColumn('at', instant, (made) => made.notNull())
        .addPrimaryKeyConstraint('draft_confirmation_key', ['draft_id', 'member_id'])
        .execute()
      await db.schema
        .createTable('motion')
        .addColumn('id', 'text', (made) => made.notNull().primaryKey())
        .addColumn('community_id', 'text', (made) => made.notNull())
        .addColumn('case_id', 'text', (made) => made.notNull())
        .addColumn('record_id', 'text', (made) => made.notNull())
        .addColumn('moved_by', 'text', (made) => made.notNull())
        .addColumn('moved_at', instant, (made) => made.notNull())
        .addColumn('sealed', blob, (made) => made.notNull())
        .addColumn('outcome', 'text')
        .addColumn('voted_by', 'text')
        .addColumn('voted_at', instant)
        .execute()
      await db.schema.createIndex('motion_by_case_id').on('motion').column('case_id').execute()
      await db.schema.createIndex('motion_by_community_id').on('motion').column('community_id').execute()
    },
  }
}
