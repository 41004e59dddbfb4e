import { recovery } from '../sealing/intake.ts'
import type { SetAsideTable } from './schema.ts'
import type { Db, Tx } from './store.ts'

/**
 * Takes a member out of a case in every way it could be found by: from now on it does not exist for them (K1, K3). The
 * alert that led to it is gone for them too.
 */
export async function exclude(tx: Tx, caseId: string, member: string, now: number): Promise<void> {
  await tx.insertInto('exclusion').values({ case_id: caseId, member_id: member, since: now }).execute()
  for (const table of ['reader', 'grant_', 'set_aside'] as const)
    await tx.deleteFrom(table).where('case_id', '=', caseId).where('member_id', '=', member).execute()
  // What they began says nothing any more.
  await tx.deleteFrom('set_aside').where('case_id', '=', caseId).where('proposed_by', '=', member).execute()
  // What they said of anything that is not decided yet does not count (J4).
  for (const [table, column, of] of [
    ['agreement', 'proposal_id', 'proposal'],
    ['draft_confirmation', 'draft_id', 'draft'],
  ] as const)
    await tx
      .deleteFrom(table)
      .where('member_id', '=', member)
      .where(column, 'in', (eb) =>
        eb.selectFrom(of).select('id').where('case_id', '=', caseId).where('ended', 'is', null),
      )
      .execute()
  const alerts = await tx.selectFrom('alert').select('id').where('report_case', '=', caseId).execute()
  for (const { id } of alerts)
    await tx
      .insertInto('alert_exclusion')
      .values({ alert_id: id, member_id: member })
      .onConflict((conflict) => conflict.columns(['alert_id', 'member_id']).doNothing())
      .execute()
}

/** Adds an epoch to a case, with its grants. */
export async function insertEpoch(
  tx: Tx,
  {
    case: caseId,
    epoch,
    recipient,
  }: { readonly case: string; readonly epoch: number; readonly recipient: string },
  grants: readonly { readonly member: string; readonly sealed: Uint8Array }[],
): Promise<void> {
  await tx.insertInto('epoch').values({ case_id: caseId, epoch, recipient }).execute()
  await tx
    .insertInto('grant_')
    .values(grants.map(({ member, sealed }) => ({ case_id: caseId, epoch, member_id: member, sealed })))
    .execute()
}

/** Whom an epoch must be granted to: `members`, and the recovery recipient where there is one. */
export const grantees = (members: readonly string[], recoveryRecipient: string | null): string[] =>
  recoveryRecipient === null ? [...members] : [...members, recovery]

/** Who is said to have a conflict, and by whom, while a second member has not decided. */
export async function setAsidesOf(db: Db | Tx, caseId: string): Promise<SetAsideTable[]> {
  return db
    .selectFrom('set_aside')
    .selectAll()
    .where('case_id', '=', caseId)
    .orderBy('proposed_at')
    .orderBy('member_id')
    .execute()
}
