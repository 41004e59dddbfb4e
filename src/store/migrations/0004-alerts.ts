import type { CreateTableBuilder, Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import { type Column, withColumns } from './columns.ts'

/** Alerts, whom they went to, who must not know of them, who has seen them (D, K1). */
export function on(kind: 'sqlite' | 'postgres'): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      const table = async (name: string, columns: Column[], key?: readonly string[]): Promise<void> => {
        const begun = db.schema.createTable(name) as CreateTableBuilder<string, string>
        let building = withColumns(kind, begun, columns)
        if (key) building = building.addPrimaryKeyConstraint(`${name}_key`, [...key])
        await building.execute()
      }

      await table('alert', [
        ['id', 'text', 'key'],
        ['community_id', 'text'],
        ['event_id', 'text', 'null'],
        ['token_hash', 'text'],
        ['raised_at', 'instant'],
        ['sealed_place', 'blob', 'null'],
        ['sealed_words', 'blob', 'null'],
        ['words_by_server', 'integer'],
        ['worse_at', 'instant', 'null'],
        ['over_at', 'instant', 'null'],
        ['taken_at', 'instant', 'null'],
        ['taken_by', 'text', 'null'],
        ['withdrawn_at', 'instant', 'null'],
        ['closed_at', 'instant', 'null'],
        ['closed_by', 'text', 'null'],
        ['close_reason', 'text', 'null'],
        ['sealed_note', 'blob', 'null'],
        ['report_case', 'text', 'null'],
        ['no_report', 'text', 'null'],
        ['no_report_by', 'text', 'null'],
        ['reminded', 'integer', 'null'],
      ])
      await db.schema
        .createIndex('alert_by_token_hash')
        .on('alert')
        .columns(['token_hash'])
        .unique()
        .execute()
      await db.schema
        .createIndex('alert_by_community_id_raised_at')
        .on('alert')
        .columns(['community_id', 'raised_at'])
        .execute()
      await table(
        'alert_exclusion',
        [
          ['alert_id', 'text'],
          ['member_id', 'text'],
        ],
        ['alert_id', 'member_id'],
      )
      await table(
        'alert_step',
        [
          ['alert_id', 'text'],
          ['step', 'integer'],
          ['at', 'instant'],
          ['kind', 'text'],
          ['members', 'text'],
        ],
        ['alert_id', 'step'],
      )
      await table(
        'alert_seen',
        [
          ['alert_id', 'text'],
          ['member_id', 'text'],
          ['at', 'instant'],
        ],
        ['alert_id', 'member_id'],
      )
      // What an alert does next is found by its id.
      await db.schema.createIndex('due_by_id').on('due').columns(['id']).execute()
    },
  }
}
