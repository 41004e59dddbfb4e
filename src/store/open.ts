import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { openPostgres } from './postgres.ts'
import { openSqlite } from './sqlite.ts'
import type { Store } from './store.ts'

/**
 * Opens the store the settings name.
 *
 * @param databaseUrl - `postgres://…`, or undefined for the embedded store.
 * @param dataDir - folder of the embedded store (`bellwether.db`); made if missing.
 */
export async function openStore(databaseUrl: string | undefined, dataDir: string): Promise<Store> {
  if (databaseUrl !== undefined) return openPostgres(databaseUrl)
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  return openSqlite(join(dataDir, 'bellwether.db'))
}
