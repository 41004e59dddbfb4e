import { sql } from 'kysely'
import type { Db } from '../../src/store/store.ts'

/** One value somewhere in a database. */
export interface StoredValue {
  readonly table: string
  readonly column: string
  /** The whole row it stands in. */
  readonly row: Readonly<Record<string, unknown>>
  readonly value: string | number | Uint8Array
}

/** Names of all tables of a store, ours and the migrations' alike. */
export async function everyTable(db: Db, kind: 'sqlite' | 'postgres'): Promise<string[]> {
  const { rows } =
    kind === 'sqlite'
      ? await sql<{ name: string }>`select name from sqlite_master where type = 'table'`.execute(db)
      : await sql<{
          name: string
        }>`select table_name as name from information_schema.tables where table_schema = 'public'`.execute(db)
  return rows.map(({ name }) => name).sort()
}

/** Every value in every column of every table: what a dump of the database holds. */
export async function everyValue(db: Db, kind: 'sqlite' | 'postgres'): Promise<StoredValue[]> {
  const values: StoredValue[] = []
  for (const table of await everyTable(db, kind)) {
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(table)}`.execute(db)
    for (const row of rows)
      for (const [column, value] of Object.entries(row))
        if (typeof value === 'string' || typeof value === 'number' || value instanceof Uint8Array)
          values.push({ table, column, row, value })
        else if (value !== null) throw new Error(`${table}.${column} holds a ${typeof value}`)
  }
  return values
}
