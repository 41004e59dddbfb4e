import { type CreateTableBuilder, type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { type Column, withColumns } from './columns.ts'

/** The tables of schema.ts. */
export function on(kind: 'sqlite' | 'postgres'): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      const table = (
        name: string,
        columns: Column[],
        finish: (table: CreateTableBuilder<string, string>) => CreateTableBuilder<string, string> = (same) =>
          same,
      ): Promise<void> => {
        const building = db.schema.createTable(name) as CreateTableBuilder<string, string>
        return finish(withColumns(kind, building, columns)).execute()
      }
      /** Makes a table of small rows be its own primary key's index, where that is a choice (SQLite). */
      const compact = (made: CreateTableBuilder<string, string>): CreateTableBuilder<string, string> =>
        kind === 'sqlite' ? made.modifyEnd(sql`without rowid`) : made
      const index = (on: string, columns: string[], unique = false): Promise<void> => {
        const building = db.schema
          .createIndex(`${on}_by_${columns.join('_')}`)
          .on(on)
          .columns(columns)
        return (unique ? building.unique() : building).execute()
      }

      await table('community', [
        ['id', 'text', 'key'],
        ['short_name', 'text'],
        ['name', 'text'],
        ['time_zone', 'text'],
        ['contact', 'text'],
        ['playbook', 'text'],
        ['recovery_recipient', 'text', 'null'],
        ['demo', 'integer'],
        ['created_at', 'instant'],
      ])
      await index('community', ['short_name'], true)

      await table('account', [
        ['id', 'text', 'key'],
        ['name', 'text'],
        ['email', 'text'],
        ['recipient', 'text'],
        ['verify_key', 'text'],
        ['created_at', 'instant'],
      ])
      await index('account', ['email'], true)

      await table('unlocker', [
        ['id', 'text', 'key'],
        ['account_id', 'text'],
        ['kind', 'text'],
        ['label', 'text'],
        ['credential_id', 'text', 'null'],
        ['public_key', 'blob', 'null'],
        ['counter', 'instant'],
        ['transports', 'text', 'null'],
        ['cost', 'text', 'null'],
        ['token_hash', 'text', 'null'],
        ['sealed_keyring', 'blob', 'null'],
        ['created_at', 'instant'],
        ['used_at', 'instant', 'null'],
      ])
      await index('unlocker', ['account_id'])
      await index('unlocker', ['credential_id'], true)

      await table('session', [
        ['id', 'text', 'key'],
        ['account_id', 'text'],
        ['handle', 'text'],
        ['label', 'text'],
        ['created_at', 'instant'],
        ['seen_at', 'instant'],
      ])
      await index('session', ['account_id'])

      await table('challenge', [
        ['id', 'text', 'key'],
        ['expires_at', 'instant'],
      ])

      await table('member', [
        ['id', 'text', 'key'],
        ['community_id', 'text'],
        ['account_id', 'text'],
        ['standing', 'text'],
        ['chair', 'integer'],
        ['rotation', 'integer'],
        ['joined_at', 'instant'],
        ['left_at', 'instant', 'null'],
      ])
      await index('member', ['community_id'])
      await index('member', ['account_id'])

      await table('invitation', [
        ['id', 'text', 'key'],
        ['community_id', 'text'],
        ['standing', 'text'],
        ['chair', 'integer'],
        ['note', 'text'],
        ['delegation', 'text'],
        ['replaces', 'text', 'null'],
        ['invited_by', 'text'],
        ['created_at', 'instant'],
        ['expires_at', 'instant'],
        ['used_at', 'instant', 'null'],
        ['revoked_at', 'instant', 'null'],
      ])
      await index('invitation', ['community_id'])

      await table(
        'directory_entry',
        [
          ['community_id', 'text'],
          ['seq', 'integer'],
          ['text', 'text'],
          ['signature', 'text'],
          ['hash', 'text'],
        ],
        (made) => made.addPrimaryKeyConstraint('directory_entry_key', ['community_id', 'seq']),
      )

      await table('duty', [
        ['id', 'text', 'key'],
        ['community_id', 'text'],
        ['starts_at', 'instant'],
        ['primary_id', 'text'],
        ['secondary_id', 'text', 'null'],
        ['set_by', 'text'],
        ['set_at', 'instant'],
      ])
      await index('duty', ['community_id', 'starts_at'])

      await table('incident', [
        ['id', 'text', 'key'],
        ['community_id', 'text'],
        ['code_name', 'text'],
        ['state', 'text'],
        ['channel', 'text'],
        ['arrived_at', 'instant'],
        ['acknowledge_by', 'instant'],
        ['resolve_by', 'instant'],
        ['open_at', 'instant'],
        ['acknowledged_at', 'instant', 'null'],
        ['responder_id', 'text', 'null'],
        ['shepherd_id', 'text', 'null'],
        ['brought_at', 'instant', 'null'],
        ['closed_at', 'instant', 'null'],
        ['blocked', 'integer'],
        ['epoch', 'integer'],
        ['version', 'integer'],
        ['head', 'text'],
        ['shared_head', 'text', 'null'],
        ['records', 'integer'],
        ['receipt_lookup', 'text', 'null'],
        ['receipt_hash', 'text', 'null'],
        ['reporter_recipient', 'text', 'null'],
        ['reporter_key', 'text', 'null'],
        ['sealed_notice', 'blob', 'null'],
        ['language', 'text'],
      ])
      await index('incident', ['community_id', 'code_name'], true)
      await index('incident', ['receipt_lookup'], true)

      await table(
        'exclusion',
        [
          ['case_id', 'text'],
          ['member_id', 'text'],
          ['since', 'instant'],
        ],
        (made) => compact(made.addPrimaryKeyConstraint('exclusion_key', ['case_id', 'member_id'])),
      )
      await table(
        'epoch',
        [
          ['case_id', 'text'],
          ['epoch', 'integer'],
          ['recipient', 'text'],
        ],
        (made) => made.addPrimaryKeyConstraint('epoch_key', ['case_id', 'epoch']),
      )
      await table(
        'grant_',
        [
          ['case_id', 'text'],
          ['epoch', 'integer'],
          ['member_id', 'text'],
          ['sealed', 'blob'],
        ],
        (made) => made.addPrimaryKeyConstraint('grant_key', ['case_id', 'epoch', 'member_id']),
      )
      await table(
        'reader',
        [
          ['case_id', 'text'],
          ['member_id', 'text'],
          ['community_id', 'text'],
          ['since', 'instant'],
          ['open', 'integer'],
          ['sort', 'instant'],
        ],
        (made) => compact(made.addPrimaryKeyConstraint('reader_key', ['case_id', 'member_id'])),
      )
      await index('reader', ['member_id', 'open', 'sort', 'case_id'])

      await table('record', [
        ['id', 'text', 'key'],
        ['case_id', 'text'],
        ['seq', 'integer'],
        ['epoch', 'integer'],
        ['kind', 'text'],
        ['author_member', 'text', 'null'],
        ['by_server', 'integer'],
        ['at', 'instant'],
        ['shared', 'integer'],
        ['opened_at', 'instant', 'null'],
        ['hash', 'text'],
        ['sealed', 'blob'],
      ])
      await index('record', ['case_id', 'seq'], true)

      await table('upload', [
        ['id', 'text', 'key'],
        ['community_id', 'text'],
        ['case_id', 'text', 'null'],
        ['epoch', 'integer', 'null'],
        ['shared', 'integer'],
        ['token_hash', 'text'],
        ['size', 'instant'],
        ['parts', 'integer'],
        ['completed_at', 'instant', 'null'],
        ['created_at', 'instant'],
      ])
      await index('upload', ['case_id'])
      await table(
        'upload_part',
        [
          ['upload_id', 'text'],
          ['part', 'integer'],
          ['bytes', 'blob'],
        ],
        (made) => made.addPrimaryKeyConstraint('upload_part_key', ['upload_id', 'part']),
      )

      await table(
        'log',
        [
          ['community_id', 'text'],
          ['seq', 'integer'],
          ['at', 'instant'],
          ['case_id', 'text', 'null'],
          ['actor', 'text'],
          ['deed', 'text'],
          ['detail', 'text'],
          ['hash', 'text'],
        ],
        (made) => compact(made.addPrimaryKeyConstraint('log_key', ['community_id', 'seq'])),
      )
      await index('log', ['case_id'])
      await table('log_head', [
        ['community_id', 'text', 'key'],
        ['seq', 'integer'],
        ['hash', 'text'],
      ])

      await table('outbox', [
        ['id', 'text', 'key'],
        ['community_id', 'text'],
        ['case_id', 'text', 'null'],
        ['channel', 'text'],
        ['account_id', 'text', 'null'],
        ['sealed_address', 'blob', 'null'],
        ['notice', 'text'],
        ['detail', 'text'],
        ['created_at', 'instant'],
        ['next_at', 'instant'],
        ['attempts', 'integer'],
        ['state', 'text'],
        ['failure', 'text', 'null'],
        ['sent_at', 'instant', 'null'],
        ['claimed_until', 'instant'],
      ])
      await index('outbox', ['state', 'next_at'])
      await index('outbox', ['community_id', 'created_at'])

      await table(
        'due',
        [
          ['at', 'instant'],
          ['id', 'text'],
          ['deed', 'text'],
          ['community_id', 'text'],
          ['case_id', 'text', 'null'],
        ],
        (made) => compact(made.addPrimaryKeyConstraint('due_key', ['at', 'id'])),
      )

      await table(
        'answered_request',
        [
          ['id', 'text', 'key'],
          ['body_hash', 'text'],
          ['answer', 'text'],
          ['at', 'instant'],
        ],
        compact,
      )

      await table('setup_token', [
        ['hash', 'text', 'key'],
        ['created_at', 'instant'],
        ['used_at', 'instant', 'null'],
      ])
    },
  }
}
