/**
 * The store cannot answer or cannot keep anything now: database away, disk full, file read-only. Nothing of the
 * deed was kept; it can be tried again.
 */
export class StoreUnavailable extends Error {
  override name = 'StoreUnavailable'
}

const sqliteUnavailable = new Set([5, 6, 8, 10, 13, 14, 26])
const postgresUnavailable = /^(08|53|57P0|58|25006)/

/** What node-postgres, Kysely and node:sqlite say without a code. */
const unnumbered =
  /^Connection terminated|^timeout (expired|exceeded)|^Query read timeout|^Client (has encountered a connection error|was closed)|^Cannot use a pool after|driver has already been destroyed|connection has been discarded|database is not open/

/** The error itself, or {@link StoreUnavailable} where the database rather than the deed is at fault. */
export function asStoreFailure(error: unknown): unknown {
  const { code, errcode, message } = (error ?? {}) as { code?: unknown; errcode?: unknown; message?: unknown }
  const away =
    (code === 'ERR_SQLITE_ERROR' && typeof errcode === 'number' && sqliteUnavailable.has(errcode & 0xff)) ||
    (typeof code === 'string' &&
      (postgresUnavailable.test(code) || /^E(CONN|PIPE|NOTFOUND|TIMEDOUT|HOST|NOSPC|ROFS)/.test(code))) ||
    unnumbered.test(String(message))
  return away ? new StoreUnavailable('The store is not available.', { cause: error }) : error
}

/** Whether a write lost against a row that was there first: a unique or primary key. */
export function isDuplicate(error: unknown): boolean {
  const { code, errcode } = (error ?? {}) as { code?: unknown; errcode?: unknown }
  return code === '23505' || (code === 'ERR_SQLITE_ERROR' && (errcode === 1555 || errcode === 2067))
}

/** Whether PostgreSQL asks for the whole transaction to be run again. */
export const isRetryable = (error: unknown): boolean =>
  ['40001', '40P01'].includes(String((error as { code?: unknown } | null)?.code))
