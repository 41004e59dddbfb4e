import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { Kysely, type SqliteDatabase, SqliteDialect, sql } from 'kysely'
import { asStoreFailure, StoreUnavailable } from './failure.ts'
import { gatherer } from './gather.ts'
import { migrate } from './migrate.ts'
import type { Schema } from './schema.ts'
import type { Deed, Store, Tx } from './store.ts'

interface Waiting {
  run(tx: Tx): Promise<void>
  settle(failure?: unknown): void
}

/**
 * Opens (and if need be creates and migrates) the embedded store: one file in WAL mode, every commit flushed to
 * the disk before it counts. Writes that arrive together share one commit, each in its own savepoint.
 *
 * @param path - of the database file, or `:memory:`.
 */
export async function openSqlite(path: string): Promise<Store> {
  const writing = open(path)
  const writer = new Kysely<Schema>({ dialect: new SqliteDialect({ database: adapted(writing) }) })
  await migrate(writer, 'sqlite')
  const reading = path === ':memory:' ? null : open(path)
  reading?.exec('PRAGMA query_only = 1')
  const reader =
    reading === null
      ? writer
      : new Kysely<Schema>({ dialect: new SqliteDialect({ database: adapted(reading) }) })

  let queue: Waiting[] = []
  let working: Promise<void> | null = null
  const listeners = new Set<(topic: string, payload: string) => void>()

  async function work(): Promise<void> {
    await new Promise(setImmediate)
    while (queue.length > 0) {
      const batch = queue
      queue = []
      await commit(batch)
    }
    working = null
  }

  async function commit(batch: readonly Waiting[]): Promise<void> {
    const refused = new Map<Waiting, unknown>()
    try {
      await writer.transaction().execute(async (tx) => {
        // One alone fails with its transaction.
        if (batch.length === 1) return batch[0]?.run(tx)
        for (const one of batch) {
          await sql`savepoint deed`.execute(tx)
          try {
            await one.run(tx)
          } catch (error) {
            // SQLite gave up all of it.
            if (!writing.isTransaction) throw error
            refused.set(one, error)
            await sql`rollback to deed`.execute(tx)
          }
          await sql`release deed`.execute(tx)
        }
      })
    } catch (error) {
      for (const one of batch) one.settle(refused.get(one) ?? error)
      return
    }
    for (const one of batch) refused.has(one) ? one.settle(refused.get(one)) : one.settle()
  }

  function write<T>(deed: Deed<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      let value: T
      queue.push({
        run: async (tx) => {
          value = await deed(tx)
        },
        settle: (...failure) => (failure.length > 0 ? reject(asStoreFailure(failure[0])) : resolve(value)),
      })
      working ??= work()
    })
  }

  return {
    kind: 'sqlite',
    db: reader,
    write,
    gather: (deed) => gatherer(write, deed),
    ready: async () => {
      await sql`select 1`.execute(reader).catch((error) => {
        throw asStoreFailure(error)
      })
    },
    publish: async (topic, payload) => {
      for (const listener of listeners) listener(topic, payload)
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: async () => {
      while (working) await working
      await writer.destroy()
      if (reader !== writer) await reader.destroy()
      // Kysely leaves alone what it never came to use.
      for (const one of [writing, reading]) if (one?.isOpen) one.close()
    },
  }
}

function open(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: 5000 })
  database.exec('PRAGMA journal_mode = WAL')
  database.exec('PRAGMA synchronous = FULL')
  database.exec('PRAGMA foreign_keys = ON')
  // What is deleted (a removed member's grants) is overwritten, not only unlinked.
  database.exec('PRAGMA secure_delete = ON')
  // In pages (64 MB) and KiB: a page that many writes change goes to the database file less often.
  database.exec('PRAGMA wal_autocheckpoint = 16000')
  database.exec('PRAGMA cache_size = -16000')
  return database
}

/** node:sqlite in the shape Kysely's dialect asks for, with statements prepared once. */
function adapted(database: DatabaseSync): SqliteDatabase {
  const prepared = new Map<string, StatementSync>()
  const statement = (text: string): StatementSync => {
    const known = prepared.get(text)
    if (known) return known
    const made = database.prepare(text)
    if (prepared.size < 500) prepared.set(text, made)
    return made
  }
  let begun = false
  /** On a full disk SQLite rolls a transaction back by itself: then nothing more may run as if it were still open. */
  const unlessGivenUp = (text: string): string => {
    const { isTransaction } = database
    if (text === 'rollback') {
      begun = false
      return isTransaction ? text : 'select 1'
    }
    if (begun && !isTransaction && text !== 'begin')
      throw new StoreUnavailable('The transaction was given up.')
    if (text === 'begin') begun = true
    if (text === 'commit') begun = false
    return text
  }
  return {
    close: () => database.close(),
    prepare: (text) => {
      const made = statement(unlessGivenUp(text))
      return {
        reader: made.columns().length > 0,
        all: (values) => made.all(...(values as SQLInputValue[])),
        run: (values) => made.run(...(values as SQLInputValue[])),
        iterate: (values) => made.iterate(...(values as SQLInputValue[])) as IterableIterator<unknown>,
      }
    },
  }
}
