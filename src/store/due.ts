import type { DueTable } from './schema.ts'
import type { Db, Store, Tx } from './store.ts'

/** What happens to a case by itself at an instant. */
export const dueDeeds = ['secondary-inherits', 'acknowledge-reminder', 'open-to-all'] as const
export type DueDeed = (typeof dueDeeds)[number]

/** What happens to a case by itself until it is resolved, and after that (L5, L6). */
export type ClosingDue = 'resolve-reminder' | 'resolve-overdue' | 'review'

/** Stands in place of a deed where an alert has to be looked at; the row's id is the alert's. */
export const alertDue = 'alert'

/** Reminding of a task, whose id the row has (B4, E3). */
export const taskDue = 'task-reminder'

/** The reporter may not object to the shepherd any more (I6). */
export const objectionDue = 'objection-over'

/** Looking for gaps in the roster of a community (G5). */
export const gapsDeed = 'roster-gaps'

/**
 * Has the roster of a community looked at.
 *
 * @param id - the community's own for the look that comes again every day; another for one that comes once.
 */
export async function lookForGaps(tx: Tx, community: string, id: string, at: number): Promise<void> {
  await tx
    .insertInto('due')
    .values({ at, id, deed: gapsDeed, community_id: community, case_id: null })
    .execute()
}

/** Has things happen by themselves. */
export async function insertDue(tx: Tx, dues: readonly DueTable[]): Promise<void> {
  await tx.insertInto('due').values(dues).execute()
}

/**
 * The earliest thing that is due by an instant. On PostgreSQL what another process has in hand is passed over.
 *
 * @returns null where nothing is.
 */
export async function nextDue(tx: Tx, kind: Store['kind'], now: number): Promise<DueTable | null> {
  const row = await tx
    .selectFrom('due')
    .selectAll()
    .where('at', '<=', now)
    .orderBy('at')
    .limit(1)
    .$if(kind === 'postgres', (query) => query.forUpdate().skipLocked())
    .executeTakeFirst()
  return row ?? null
}

/** Done: it is not due any more. */
export async function dropDue(tx: Tx, { at, id }: DueTable): Promise<void> {
  await tx.deleteFrom('due').where('at', '=', at).where('id', '=', id).execute()
}

/** Puts something off that could not be done, so that it does not stand in the way of the rest. */
export async function putOffDue(tx: Tx, { at, id }: DueTable, until: number): Promise<void> {
  await tx.updateTable('due').set({ at: until }).where('at', '=', at).where('id', '=', id).execute()
}

/** The instant of the earliest thing that will be due, epoch milliseconds; null where there is none. */
export async function nextDueAt(db: Db): Promise<number | null> {
  const row = await db.selectFrom('due').select('at').orderBy('at').limit(1).executeTakeFirst()
  return row?.at ?? null
}

/**
 * Deletes answers to idempotency keys, challenges and settled notices that nobody needs any more.
 *
 * @param before - for each, the instant before which it is old.
 */
export async function purgeOld(
  tx: Tx,
  before: { readonly answers: number; readonly challenges: number; readonly notices: number },
): Promise<void> {
  await tx.deleteFrom('answered_request').where('at', '<', before.answers).execute()
  await tx.deleteFrom('challenge').where('expires_at', '<', before.challenges).execute()
  await tx
    .deleteFrom('outbox')
    .where('state', 'in', ['sent', 'withdrawn', 'failed-for-good'])
    .where('urgent', 'in', [0, 1])
    .where('next_at', '<', before.notices)
    .execute()
}
