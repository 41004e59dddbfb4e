import type { ProposalEnd } from '../procedure/decision.ts'
import type { AgreementTable, ProposalTable } from './schema.ts'
import type { Db, Tx } from './store.ts'

/** Everything that was proposed in a case, oldest first (J2). */
export async function proposalsOf(db: Db | Tx, caseId: string): Promise<ProposalTable[]> {
  return db
    .selectFrom('proposal')
    .innerJoin('record', 'record.id', 'proposal.record_id')
    .selectAll('proposal')
    .where('proposal.case_id', '=', caseId)
    .orderBy('record.seq')
    .execute()
}

/** The proposal that members are asked about; null: none. */
export async function openProposal(tx: Tx, caseId: string): Promise<ProposalTable | null> {
  const row = await tx
    .selectFrom('proposal')
    .selectAll()
    .where('case_id', '=', caseId)
    .where('ended', 'is', null)
    .executeTakeFirst()
  return row ?? null
}

/** Notes what is proposed. */
export async function insertProposal(tx: Tx, proposal: ProposalTable): Promise<void> {
  await tx.insertInto('proposal').values(proposal).execute()
}

/** Notes what became of a proposal. */
export async function endProposal(tx: Tx, id: string, ended: ProposalEnd, now: number): Promise<void> {
  await tx.updateTable('proposal').set({ ended, ended_at: now }).where('id', '=', id).execute()
}

/** What members said of proposals, oldest first. */
export async function agreementsTo(db: Db | Tx, proposals: readonly string[]): Promise<AgreementTable[]> {
  if (proposals.length === 0) return []
  return db
    .selectFrom('agreement')
    .innerJoin('record', 'record.id', 'agreement.record_id')
    .selectAll('agreement')
    .where('agreement.proposal_id', 'in', proposals)
    .orderBy('record.seq')
    .execute()
}

/** Notes what a member says of a proposal, in place of what they said before. */
export async function keepAgreement(tx: Tx, agreement: AgreementTable): Promise<void> {
  await tx
    .insertInto('agreement')
    .values(agreement)
    .onConflict((conflict) => conflict.columns(['proposal_id', 'member_id']).doUpdateSet(agreement))
    .execute()
}
