import { type CreateTableBuilder, sql } from 'kysely'

/** A column of a new table: filled unless it says otherwise. */
export type Column = readonly [
  name: string,
  type: 'text' | 'integer' | 'instant' | 'blob',
  extra?: 'null' | 'key',
]

/** Adds columns to a table that is being made, in the types of a store. */
export function withColumns(
  kind: 'sqlite' | 'postgres',
  made: CreateTableBuilder<string, string>,
  columns: readonly Column[],
): CreateTableBuilder<string, string> {
  const types = {
    text: sql`text`,
    integer: sql`integer`,
    instant: kind === 'sqlite' ? sql`integer` : sql`bigint`,
    blob: kind === 'sqlite' ? sql`blob` : sql`bytea`,
  }
  return columns.reduce(
    (table, [name, type, extra]) =>
      table.addColumn(name, types[type], (column) => {
        if (extra === 'null') return column
        return extra === 'key' ? column.notNull().primaryKey() : column.notNull()
      }),
    made,
  )
}
