import { sql } from 'kysely'
import type { Db, Store } from '../../src/store/store.ts'
import { everyTable } from './every-row.ts'

/** Everything a store holds, by table. */
export type Rows = Readonly<Record<string, readonly Record<string, unknown>[]>>

const ours = (table: string): boolean => !table.startsWith('kysely_') && !table.startsWith('sqlite_')

/** Takes everything out of a store. */
export async function takeRows({
  db,
  kind,
}: {
  readonly db: Db
  readonly kind: Store['kind']
}): Promise<Rows> {
  const rows: Record<string, Record<string, unknown>[]> = {}
  for (const table of (await everyTable(db, kind)).filter(ours)) {
    const found = await sql<Record<string, unknown>>`select * from ${sql.table(table)}`.execute(db)
    rows[table] = found.rows
  }
  return rows
}

/** Puts everything that another store held into an empty one, of whichever kind. */
export async function putRows({ kind, write }: Store, rows: Rows): Promise<void> {
  await write(async (tx) => {
    // Rows refer to each other in both directions; they are whole once all of them are there.
    if (kind === 'sqlite') await sql`pragma defer_foreign_keys = on`.execute(tx)
    else await sql`set local session_replication_role = replica`.execute(tx)
    for (const [table, some] of Object.entries(rows))
      for (const row of some)
        await tx
          .insertInto(table as 'community')
          .values(row as never)
          .execute()
  })
}
