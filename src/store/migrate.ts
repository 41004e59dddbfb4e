import type { Kysely } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import * as first from './migrations/0001-first.ts'
import * as roster from './migrations/0002-roster.ts'
import * as channels from './migrations/0003-channels.ts'
import * as alerts from './migrations/0004-alerts.ts'
import * as events from './migrations/0005-events.ts'
import * as tasks from './migrations/0006-tasks.ts'
import * as shepherds from './migrations/0007-shepherds.ts'
import * as decisions from './migrations/0008-decisions.ts'
import type { Schema } from './schema.ts'

export type Kind = 'sqlite' | 'postgres'

/**
 * Brings the tables up to date; several processes may start at once (Kysely's migrator holds a lock).
 *
 * @throws what the failing migration threw; nothing of it is kept.
 */
export async function migrate(db: Kysely<Schema>, kind: Kind): Promise<void> {
  const migrations: Record<string, Migration> = {
    '0001-first': first.on(kind),
    '0002-roster': roster.on(kind),
    '0003-channels': channels.on(kind),
    '0004-alerts': alerts.on(kind),
    '0005-events': events.on(kind),
    '0006-tasks': tasks.on(kind),
    '0007-shepherds': shepherds.on(kind),
    '0008-decisions': decisions.on(kind),
  }
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
  const { error } = await migrator.migrateToLatest()
  if (error) throw error
}
