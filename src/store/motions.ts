import type { VoteOutcome } from '../procedure/decision.ts'
import type { MotionTable } from './schema.ts'
import type { Db, Tx } from './store.ts'

/** Every motion of a case, oldest first (J3). */
export async function motionsOf(db: Db | Tx, caseId: string): Promise<MotionTable[]> {
  return db
    .selectFrom('motion')
    .innerJoin('record', 'record.id', 'motion.record_id')
    .selectAll('motion')
    .where('motion.case_id', '=', caseId)
    .orderBy('record.seq')
    .execute()
}

/** The newest motions of a community, for its organizers. */
export async function motionsFor(db: Db, community: string, most: number): Promise<MotionTable[]> {
  return db
    .selectFrom('motion')
    .selectAll()
    .where('community_id', '=', community)
    .orderBy('moved_at', 'desc')
    .orderBy('id')
    .limit(most)
    .execute()
}

/** A motion of a community, or null. */
export async function motionOf(tx: Tx, community: string, id: string): Promise<MotionTable | null> {
  const row = await tx
    .selectFrom('motion')
    .selectAll()
    .where('id', '=', id)
    .where('community_id', '=', community)
    .executeTakeFirst()
  return row ?? null
}

/** Notes that a motion was made. */
export async function insertMotion(tx: Tx, motion: MotionTable): Promise<void> {
  await tx.insertInto('motion').values(motion).execute()
}

/** Notes how the organizers voted. */
export async function recordVote(
  tx: Tx,
  id: string,
  outcome: VoteOutcome,
  by: string,
  now: number,
): Promise<void> {
  await tx.updateTable('motion').set({ outcome, voted_by: by, voted_at: now }).where('id', '=', id).execute()
}
