import type { Compilable, CompiledQuery, Kysely } from 'kysely'
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
  return db.getExecutor().provideConnection(async (connection) => {
    const results = await Promise.all(
      statements.map((statement) =>
        connection.executeQuery('compile' in statement ? statement.compile() : statement),
      ),
    )
    return results.map(({ rows }) => rows) as unknown as Answers<S>
  })
}
