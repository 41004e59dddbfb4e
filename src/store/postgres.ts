import { setTimeout as wait } from 'node:timers/promises'
import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { asStoreFailure, isRetryable } from './failure.ts'
import { gatherer } from './gather.ts'
import { migrate } from './migrate.ts'
import type { Schema } from './schema.ts'
import type { Deed, Store, Tx } from './store.ts'

const channel = 'bellwether'
const tries = 5
const mostPrepared = 200

/**
 * Opens (and if need be migrates) a store on PostgreSQL 15 or newer. Connections that break are replaced; what
 * was in a transaction then is not kept and its caller is told.
 *
 * @param url - `postgres://…`, as node-postgres takes it.
 */
export async function openPostgres(url: string): Promise<Store> {
  const types: pg.CustomTypesConfig = {
    getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
      oid === 20
        ? Number
        : pg.types.getTypeParser(oid, format as 'text')) as pg.CustomTypesConfig['getTypeParser'],
  }
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: 5000,
    // A database that vanished without a word is noticed too.
    query_timeout: 30_000,
    keepAlive: true,
    types,
    // Statements that are run together are sent without waiting for one another's answer.
    pipeline: true,
    Client: preparingClient(),
  })
  // A connection that breaks is the pool's to replace, be it idle or in hand: its queries say that it broke.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) })
  await migrate(db, 'postgres')

  const writing = new Set<Promise<unknown>>()

  function write<T>(deed: Deed<T>): Promise<T> {
    const written = persist(deed)
    writing.add(written)
    const done = (): boolean => writing.delete(written)
    written.then(done, done)
    return written
  }

  async function persist<T>(deed: Deed<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await db.transaction().execute(deed)
      } catch (error) {
        if (!isRetryable(error) || attempt === tries) throw asStoreFailure(error)
      }
    }
  }

  /** One statement tells everything that came while the one before was under way. */
  const tell = gatherer(
    (deed) => deed(db as Tx),
    async (tx, messages: readonly string[]) => {
      await sql`select pg_notify(${channel}, message) from unnest(${messages}::text[]) message`
        .execute(tx)
        .catch((error) => {
          throw asStoreFailure(error)
        })
      return messages
    },
  )

  const listeners = new Set<(topic: string, payload: string) => void>()
  let closed = false
  let stopListening = (): void => {}
  const listening = listen()

  /** Keeps one connection listening; reconnects after a second when it breaks. */
  async function listen(): Promise<void> {
    while (!closed) {
      const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 })
      const broken = new Promise<void>((resolve) => {
        client.on('error', () => resolve())
        client.on('end', () => resolve())
        stopListening = resolve
      })
      client.on('notification', ({ payload = '' }) => {
        const [topic = '', ...rest] = payload.split(' ')
        for (const listener of listeners) listener(topic, rest.join(' '))
      })
      try {
        await client.connect()
        await client.query(`listen ${channel}`)
        // What was told while nobody listened is missed; what waits to be sent must not wait for the next word.
        for (const listener of listeners) listener('outbox', '')
        await broken
      } catch {
        // Tried again below.
      }
      await client.end().catch(() => {})
      if (!closed) await wait(1000, undefined, { ref: false })
    }
  }

  return {
    kind: 'postgres',
    db,
    write,
    gather: (deed) => gatherer(write, deed),
    ready: async () => {
      await sql`select 1`.execute(db).catch((error) => {
        throw asStoreFailure(error)
      })
    },
    publish: async (topic, payload) => {
      await tell(`${topic} ${payload}`)
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: async () => {
      closed = true
      stopListening()
      await listening
      while (writing.size > 0) await Promise.allSettled(writing)
      await db.destroy()
    },
  }
}

/**
 * A client that keeps insertions prepared, so that each is parsed once a connection. Nothing else: the plan of a
 * question depends on what is asked.
 */
function preparingClient(): typeof pg.Client {
  const names = new Map<string, string>()
  return class extends pg.Client {
    override query(statement: unknown, values?: unknown, callback?: unknown): never {
      if (typeof statement !== 'string' || !statement.startsWith('insert ') || !Array.isArray(values))
        return super.query(statement as string, values as unknown[], callback as never) as never
      if (!names.has(statement) && names.size < mostPrepared) names.set(statement, `b${names.size}`)
      return super.query({ name: names.get(statement), text: statement, values }) as never
    }
  }
}
