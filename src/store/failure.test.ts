import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../../test/support/postgres.ts'
import { asStoreFailure, isDuplicate, isRetryable, StoreUnavailable } from './failure.ts'
import { openPostgres } from './postgres.ts'
import { openSqlite } from './sqlite.ts'

/** What something really throws. */
async function thrown(deed: () => unknown): Promise<unknown> {
  try {
    await deed()
  } catch (error) {
    return error
  }
  throw new Error('It did not fail.')
}
const isAway = (error: unknown): boolean => asStoreFailure(error) instanceof StoreUnavailable

test('what is not the database’s fault stays what it is', () => {
  for (const error of [new Error('x'), new TypeError('y'), null, undefined, 'text', { code: 'EACCES' }])
    expect(asStoreFailure(error)).toBe(error)
})

test('a failure of the store keeps its cause, and says nothing of it', () => {
  const cause = Object.assign(new Error('connect ECONNREFUSED 10.0.0.7:5432'), { code: 'ECONNREFUSED' })
  const failure = asStoreFailure(cause) as StoreUnavailable
  expect(failure.cause).toBe(cause)
  expect(failure.message).not.toContain('10.0.0.7')
})

describe('SQLite', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bellwether-failure-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  test('full, read-only, locked, no database at all, closed: away', async () => {
    const path = join(folder, 'some.db')
    const database = new DatabaseSync(path, { timeout: 0 })
    database.exec('create table kept (id integer primary key, bytes blob)')
    database.exec('pragma max_page_count = 3')
    expect(
      isAway(await thrown(() => database.exec('insert into kept (bytes) values (zeroblob(100000))'))),
    ).toBe(true)

    const reading = new DatabaseSync(path, { readOnly: true })
    expect(isAway(await thrown(() => reading.exec('delete from kept')))).toBe(true)

    const other = new DatabaseSync(path)
    other.exec('begin immediate')
    expect(isAway(await thrown(() => database.exec('begin immediate')))).toBe(true)
    other.exec('rollback')

    const none = new DatabaseSync(import.meta.filename)
    expect(isAway(await thrown(() => none.prepare('select * from sqlite_master')))).toBe(true)
    expect(isAway(await thrown(() => new DatabaseSync(join(folder, 'no', 'such', 'folder.db'))))).toBe(true)

    for (const one of [database, reading, other, none]) one.close()
    expect(isAway(await thrown(() => database.exec('select 1')))).toBe(true)
  })

  test('a row that is there already, a mistake in a statement: not away', async () => {
    const store = await openSqlite(':memory:')
    const twice = await thrown(() =>
      store.write(async (tx) => {
        for (let times = 0; times < 2; times += 1)
          await tx.insertInto('challenge').values({ id: 'a', expires_at: 1 }).execute()
      }),
    )
    expect([isAway(twice), isDuplicate(twice), isRetryable(twice)]).toEqual([false, true, false])
    const mistake = await thrown(() => store.write((tx) => sql`select * from nowhere`.execute(tx)))
    expect([isAway(mistake), isDuplicate(mistake), isRetryable(mistake)]).toEqual([false, false, false])
    await store.close()
  })
})

describe('PostgreSQL', () => {
  let database: FreshDatabase
  beforeAll(async () => {
    database = await freshDatabase()
  })
  afterAll(() => database?.drop())

  test('nobody there, ended in the middle, closed, nobody who answers: away', async () => {
    const nobody = database.url.replace(/:\d+\//, ':1/')
    expect(isAway(await thrown(() => openPostgres(nobody)))).toBe(true)

    const store = await openPostgres(database.url)
    const ended = await thrown(() =>
      store.write(async (tx) => {
        await sql`select pg_terminate_backend(pg_backend_pid())`.execute(tx)
      }),
    )
    expect(ended).toBeInstanceOf(StoreUnavailable)
    // The next one gets a new connection.
    await store.ready()
    await store.close()
    expect(await thrown(() => store.write(async () => {}))).toBeInstanceOf(StoreUnavailable)

    const silent = createServer(() => {}).listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const { port } = silent.address() as { port: number }
    const client = new pg.Client({ host: '127.0.0.1', port, connectionTimeoutMillis: 100 })
    expect(isAway(await thrown(() => client.connect()))).toBe(true)
    silent.close()
  })

  test('a row that is there already, a mistake in a statement: not away', async () => {
    const store = await openPostgres(database.url)
    const twice = await thrown(() =>
      store.write(async (tx) => {
        for (let times = 0; times < 2; times += 1)
          await tx.insertInto('challenge').values({ id: 'a', expires_at: 1 }).execute()
      }),
    )
    expect([isAway(twice), isDuplicate(twice), isRetryable(twice)]).toEqual([false, true, false])
    const mistake = await thrown(() => store.write((tx) => sql`select * from nowhere`.execute(tx)))
    expect([isAway(mistake), isDuplicate(mistake), isRetryable(mistake)]).toEqual([false, false, false])
    await store.close()
  })

  test('two that wait for each other: one is asked to try again, and does', async () => {
    const store = await openPostgres(database.url)
    await store.write(async (tx) => {
      await tx
        .insertInto('challenge')
        .values([
          { id: 'left', expires_at: 0 },
          { id: 'right', expires_at: 0 },
        ])
        .execute()
    })
    let runs = 0
    const one = (first: string, second: string): Promise<void> =>
      store.write(async (tx) => {
        runs += 1
        for (const id of [first, second]) {
          await tx
            .updateTable('challenge')
            .set((eb) => ({ expires_at: eb('expires_at', '+', 1) }))
            .where('id', '=', id)
            .execute()
          // Long enough for the other to have its first.
          await sql`select pg_sleep(0.1)`.execute(tx)
        }
      })
    await Promise.all([one('left', 'right'), one('right', 'left')])
    expect(runs).toBeGreaterThan(2)
    const rows = await store.db
      .selectFrom('challenge')
      .select('expires_at')
      .where('id', 'in', ['left', 'right'])
      .execute()
    expect(rows.map(({ expires_at }) => expires_at)).toEqual([2, 2])
    await store.close()
  })
})
