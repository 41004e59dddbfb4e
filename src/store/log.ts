import { createHash } from 'node:crypto'
import type { LogHeadTable, LogTable } from './schema.ts'
import type { Db, Store, Tx } from './store.ts'

/** One deed, as the log keeps it (N3). `detail` holds ids, states and times alone, never content. */
export interface LogEntry {
  readonly community: string
  readonly at: number
  readonly case: string | null
  /** Member id, `reporter` or `server`. */
  readonly actor: string
  readonly deed: string
  readonly detail?: Readonly<Record<string, unknown>>
}

const firstHash = ''

const chained = (previous: string, entry: Omit<LogTable, 'hash'>): string => {
  const { community_id, seq, at, case_id, actor, deed, detail } = entry
  return createHash('sha256')
    .update(JSON.stringify([previous, community_id, seq, at, case_id, actor, deed, detail]))
    .digest('hex')
}

/** Starts the log of a new community. */
export async function startLog(tx: Tx, community: string): Promise<void> {
  await tx.insertInto('log_head').values({ community_id: community, seq: 0, hash: firstHash }).execute()
}

/** Appends entries to the logs of their communities, in order, in the transaction of what they tell of. */
export async function appendLog(tx: Tx, entries: readonly LogEntry[]): Promise<void> {
  const rows: LogTable[] = []
  for (const community of new Set(entries.map((entry) => entry.community))) {
    const mine = entries.filter((entry) => entry.community === community)
    // Taking the row first makes several processes queue here, so that the chain never forks.
    const { seq, hash } = await tx
      .updateTable('log_head')
      .set((eb) => ({ seq: eb('seq', '+', mine.length) }))
      .where('community_id', '=', community)
      .returning(['seq', 'hash'])
      .executeTakeFirstOrThrow()
    const linked = linkLog({ seq: seq - mine.length, hash }, mine)
    await tx
      .updateTable('log_head')
      .set({ hash: linked.head.hash })
      .where('community_id', '=', community)
      .execute()
    rows.push(...linked.rows)
  }
  if (rows.length > 0) await tx.insertInto('log').values(rows).execute()
}

/** Where the log of a community ends. */
export type LogHead = Pick<LogHeadTable, 'seq' | 'hash'>

/**
 * The query for the end of a community's log that keeps it from growing elsewhere until the transaction ends, for a
 * deed that appends by itself with {@link linkLog}. On PostgreSQL it goes first: what is read after it is then what
 * whoever held it before has left.
 */
export const holdLog = (tx: Tx, kind: Store['kind'], community: string) =>
  tx
    .selectFrom('log_head')
    .select(['seq', 'hash'])
    .where('community_id', '=', community)
    .$if(kind === 'postgres', (query) => query.forUpdate())

/**
 * Chains entries of one community to the end of its log.
 *
 * @returns the rows to insert, and where the log then ends.
 */
export function linkLog(end: LogHead, entries: readonly LogEntry[]): { rows: LogTable[]; head: LogHead } {
  let { seq, hash } = end
  const rows = entries.map((entry) => {
    seq += 1
    const row = {
      community_id: entry.community,
      seq,
      at: entry.at,
      case_id: entry.case,
      actor: entry.actor,
      deed: entry.deed,
      detail: JSON.stringify(entry.detail ?? {}),
    }
    hash = chained(hash, row)
    return { ...row, hash }
  })
  return { rows, head: { seq, hash } }
}

/**
 * Proves the log of a community: every entry hashes with the one before it, none is missing, and the last is the
 * head. Reads in pages, so that a long log needs little memory.
 *
 * @returns the number of entries and the head's hash, or the first entry that does not fit.
 */
export async function verifyLog(
  db: Db,
  community: string,
): Promise<{ ok: true; entries: number; head: string } | { ok: false; at: number }> {
  let hash = firstHash
  let seq = 0
  for (;;) {
    const rows = await db
      .selectFrom('log')
      .selectAll()
      .where('community_id', '=', community)
      .where('seq', '>', seq)
      .orderBy('seq')
      .limit(1000)
      .execute()
    if (rows.length === 0) break
    for (const row of rows) {
      hash = chained(hash, row)
      seq += 1
      if (row.seq !== seq || row.hash !== hash) return { ok: false, at: seq }
    }
  }
  const head = await db
    .selectFrom('log_head')
    .selectAll()
    .where('community_id', '=', community)
    .executeTakeFirst()
  return head && head.seq === seq && head.hash === hash
    ? { ok: true, entries: seq, head: hash }
    : { ok: false, at: seq + 1 }
}
