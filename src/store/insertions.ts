import { CompiledQuery, type Insertable } from 'kysely'
import type { Schema } from './schema.ts'

/** Rows in one statement: few sizes, so that the same statements come again and stay prepared. */
const sizes = [64, 16, 4, 1]

/**
 * Statements that insert rows into a table, for {@link together}. Written out here rather than built, since a busy
 * hour inserts many.
 *
 * @param rows - all with the same columns.
 */
export function insertions<T extends keyof Schema & string>(
  kind: 'sqlite' | 'postgres',
  table: T,
  rows: readonly Insertable<Schema[T]>[],
): CompiledQuery<never>[] {
  const [first] = rows
  if (!first) return []
  const columns = Object.keys(first) as (keyof typeof first & string)[]
  const head = `insert into ${table} (${columns.map((column) => `"${column}"`).join(', ')}) values `
  const statements: CompiledQuery<never>[] = []
  for (let done = 0; done < rows.length; ) {
    const size = sizes.find((one) => one <= rows.length - done) as number
    const values = rows.slice(done, done + size).flatMap((row) => columns.map((column) => row[column]))
    statements.push(CompiledQuery.raw(head + places(kind, size, columns.length), values))
    done += size
  }
  return statements
}

function places(kind: 'sqlite' | 'postgres', rows: number, columns: number): string {
  const place = (row: number, column: number): string =>
    kind === 'sqlite' ? '?' : `$${row * columns + column + 1}`
  return Array.from(
    { length: rows },
    (_, row) => `(${Array.from({ length: columns }, (_, column) => place(row, column)).join(', ')})`,
  ).join(', ')
}
