import { type Compilable, type CompiledQuery, type Kysely, type QueryResult, SqliteAdapter } from 'kysely'
import type { Schema } from './schema.ts'

type Statement<R> = CompiledQuery<R> | Compilable<R>
type Rows<S> = S extends Statement<infer R> ? R[] : never

/** The rows that statements answer with, each in its place. */
export type Answers<S extends readonly unknown[]> = { -readonly [I in keyof S]: Rows<S[I]> }

/**
 * Runs statements of one transaction in order, on PostgreSQL without waiting for one answer before the next is
 * sent: together they take one round trip.
 *
 * @returns the rows of each, in order.
 * @throws what the first one that failed threw; the transaction is lost then.
 */
export function together<const S extends readonly Statement<unknown>[]>(
  db: Kysely<Schema>,
  statements: S,
): Promise<Answers<S>> {
  const executor = db.getExecutor()
  return executor.provideConnection(async (connection) => {
    const sent: Promise<QueryResult<unknown>>[] = []
    const inTurn = executor.adapter instanceof SqliteAdapter
    for (const statement of statements) {
      const result = connection.executeQuery('compile' in statement ? statement.compile() : statement)
      sent.push(result)
      // There is nobody to wait for, and nothing may run after one that failed.
      if (inTurn) await result
    }
    return (await Promise.all(sent)).map(({ rows }) => rows) as unknown as Answers<S>
  })
}
