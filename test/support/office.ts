import { randomBytes } from 'node:crypto'
import type { Office } from '../../src/casework/office.ts'
import { serverKey } from '../../src/casework/server-key.ts'
import { type TestClock, testClock } from '../../src/clock.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { openSqlite } from '../../src/store/sqlite.ts'
import { freshDatabase } from './postgres.ts'

/** The stores everything is tested on. */
export const storeKinds = ['sqlite', 'postgres'] as const
export type StoreKind = (typeof storeKinds)[number]

/** An office on an empty store, with a clock the test moves. */
export interface TestOffice extends Office {
  readonly clock: TestClock
  drop(): Promise<void>
}

/**
 * Opens an office on an empty store of a kind. SQLite is in memory unless a path is given.
 */
export async function testOffice(kind: StoreKind, path = ':memory:'): Promise<TestOffice> {
  const database = kind === 'postgres' ? await freshDatabase() : null
  const store = database ? await openPostgres(database.url) : await openSqlite(path)
  return {
    store,
    clock: testClock(),
    serverKey: serverKey(randomBytes(32)),
    hasMail: true,
    drop: async () => {
      await store.close()
      await database?.drop()
    },
  }
}
