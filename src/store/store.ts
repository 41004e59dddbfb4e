import type { Kysely, Transaction } from 'kysely'
import type { Schema } from './schema.ts'

export type Tx = Transaction<Schema>
export type Db = Kysely<Schema>

/** A deed in one transaction. It awaits nothing but the store: others wait for it. */
export type Deed<T> = (tx: Tx) => Promise<T>

/** Where everything that must survive is kept. */
export interface Store {
  readonly kind: 'sqlite' | 'postgres'
  /** For reading outside a transaction. Sees everything whose write has resolved. */
  readonly db: Db
  /**
   * Runs a deed in a transaction of its own. When it resolves, the deed is durable.
   *
   * @throws what the deed throws (then nothing of it is kept), or {@link StoreUnavailable}.
   */
  write<T>(deed: Deed<T>): Promise<T>
  /**
   * Makes a writer for a deed that takes many inputs at once. Inputs that arrive together share one commit and,
   * where the deed inserts many rows with one statement, its statements; if it fails for them together, it runs
   * for each alone, so that one bad input fails alone.
   *
   * @param deed - returns one answer for each input, in order.
   */
  gather<I, O>(deed: (tx: Tx, inputs: readonly I[]) => Promise<readonly O[]>): (input: I) => Promise<O>
  /** Resolves when the store answers; throws {@link StoreUnavailable} otherwise. */
  ready(): Promise<void>
  /** Tells other processes on the same store that something changed; resolves at once on SQLite. */
  publish(topic: string, payload: string): Promise<void>
  /** Hears what any process on the same store publishes, this one included. Returns how to stop. */
  subscribe(listener: (topic: string, payload: string) => void): () => void
  /** Finishes the writes in hand and closes. */
  close(): Promise<void>
}
