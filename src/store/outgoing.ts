import type { DraftEnd } from '../procedure/decision.ts'
import type { DraftConfirmationTable, DraftTable } from './schema.ts'
import type { Db, Tx } from './store.ts'

/** Every message to somebody else that was drafted in a case, oldest first (L2). */
export async function draftsOf(db: Db | Tx, caseId: string): Promise<DraftTable[]> {
  return db
    .selectFrom('draft')
    .innerJoin('record', 'record.id', 'draft.record_id')
    .selectAll('draft')
    .where('draft.case_id', '=', caseId)
    .orderBy('record.seq')
    .execute()
}

/** A draft of a case that waits; null: there is none, or it was sent or taken back. */
export async function waitingDraft(tx: Tx, caseId: string, id: string): Promise<DraftTable | null> {
  const row = await tx
    .selectFrom('draft')
    .selectAll()
    .where('id', '=', id)
    .where('case_id', '=', caseId)
    .where('ended', 'is', null)
    .executeTakeFirst()
  return row ?? null
}

/** Notes that something was drafted. */
export async function insertDraft(tx: Tx, draft: DraftTable): Promise<void> {
  await tx.insertInto('draft').values(draft).execute()
}

/** Notes what became of a draft. */
export async function endDraft(tx: Tx, id: string, ended: DraftEnd, by: string, now: number): Promise<void> {
  await tx.updateTable('draft').set({ ended, ended_by: by, ended_at: now }).where('id', '=', id).execute()
}

/** Takes back what waits in a case: it was drafted for another decision. */
export async function withdrawDrafts(tx: Tx, caseId: string, by: string, now: number): Promise<void> {
  await tx
    .updateTable('draft')
    .set({ ended: 'withdrawn', ended_by: by, ended_at: now })
    .where('case_id', '=', caseId)
    .where('ended', 'is', null)
    .execute()
}

/** Who confirmed drafts, oldest first. */
export async function confirmationsOf(
  db: Db | Tx,
  drafts: readonly string[],
): Promise<DraftConfirmationTable[]> {
  if (drafts.length === 0) return []
  return db
    .selectFrom('draft_confirmation')
    .selectAll()
    .where('draft_id', 'in', drafts)
    .orderBy('at')
    .orderBy('member_id')
    .execute()
}

/** Notes that a member confirmed a draft; once is enough. */
export async function insertConfirmation(tx: Tx, confirmation: DraftConfirmationTable): Promise<void> {
  await tx
    .insertInto('draft_confirmation')
    .values(confirmation)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
