import type { PickEnd } from '../procedure/shepherd.ts'
import type { ShepherdPickTable } from './schema.ts'
import type { Db, Tx } from './store.ts'

/** Everybody who was proposed as shepherd of a case, oldest first (I2). */
export async function picksOf(db: Db | Tx, caseId: string): Promise<ShepherdPickTable[]> {
  return db
    .selectFrom('shepherd_pick')
    .selectAll()
    .where('case_id', '=', caseId)
    .orderBy('proposed_at')
    .orderBy('id')
    .execute()
}

/** Notes that somebody was proposed. */
export async function insertPick(tx: Tx, pick: ShepherdPickTable): Promise<void> {
  await tx.insertInto('shepherd_pick').values(pick).execute()
}

/** Notes what became of a proposal. */
export async function updatePick(
  tx: Tx,
  id: string,
  changes: Partial<Pick<ShepherdPickTable, 'declared_at' | 'assigned_by' | 'assigned_at'>>,
): Promise<void> {
  await tx.updateTable('shepherd_pick').set(changes).where('id', '=', id).execute()
}

/** Nobody stands as shepherd of a case any more. */
export async function endPick(tx: Tx, caseId: string, ended: PickEnd, now: number): Promise<void> {
  await tx
    .updateTable('shepherd_pick')
    .set({ ended, ended_at: now })
    .where('case_id', '=', caseId)
    .where('ended', 'is', null)
    .execute()
}
