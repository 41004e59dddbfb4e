import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Channels, who is told how, and what the outbox knows of a notice on each of them. */
export function on(kind: 'sqlite' | 'postgres'): Migration {
  const text = sql`text`
  const flag = sql`integer`
  const instant = kind === 'sqlite' ? sql`integer` : sql`bigint`
  const blob = kind === 'sqlite' ? sql`blob` : sql`bytea`

  return {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema
        .createTable('channel')
        .addColumn('id', text, (made) => made.notNull().primaryKey())
        .addColumn('account_id', text)
        .addColumn('community_id', text)
        .addColumn('kind', text, (made) => made.notNull())
        .addColumn('label', text, (made) => made.notNull())
        .addColumn('sealed', blob)
        .addColumn('position', flag, (made) => made.notNull())
        .addColumn('heartbeat', flag, (made) => made.notNull())
        .addColumn('created_at', instant, (made) => made.notNull())
        .addColumn('worked_at', instant)
        .addColumn('checked_at', instant)
        .addColumn('failing_since', instant)
        .addColumn('failed_at', instant)
        .addColumn('failure', text)
        .addColumn('dead', flag, (made) => made.notNull())
        .execute()
      await db.schema.createIndex('channel_by_account_id').on('channel').column('account_id').execute()
      await db.schema.createIndex('channel_by_community_id').on('channel').column('community_id').execute()

      await db.schema
        .createTable('quiet_hours')
        .addColumn('account_id', text, (made) => made.notNull().primaryKey())
        .addColumn('from_minute', flag, (made) => made.notNull())
        .addColumn('until_minute', flag, (made) => made.notNull())
        .execute()

      await db.schema
        .createTable('push_key')
        .addColumn('id', flag, (made) => made.notNull().primaryKey())
        .addColumn('public_key', text, (made) => made.notNull())
        .addColumn('sealed_private_key', blob, (made) => made.notNull())
        .execute()

      for (const [name, type] of [
        ['group_id', text],
        ['channel_id', text],
        ['alert_id', text],
        ['sealed_line', blob],
        ['delivered_at', instant],
        ['seen_at', instant],
      ] as const)
        await db.schema.alterTable('outbox').addColumn(name, type).execute()
      for (const name of ['urgent', 'on_duty'])
        await db.schema
          .alterTable('outbox')
          .addColumn(name, flag, (made) => made.notNull().defaultTo(0))
          .execute()
      // Urgent ones are looked for apart from the others, so that they never wait behind them.
      await db.schema.dropIndex('outbox_by_state_next_at').execute()
      await db.schema
        .createIndex('outbox_by_state_urgent_next_at')
        .on('outbox')
        .columns(['state', 'urgent', 'next_at'])
        .execute()
      for (const column of ['alert_id', 'group_id'] as const)
        await db.schema
          .createIndex(`outbox_by_${column}`)
          .on('outbox')
          .column(column)
          .where(sql.ref(column), 'is not', null)
          .execute()
    },
  }
}
