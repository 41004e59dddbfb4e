import type { Db, Tx } from './store.ts'

/** Somebody who is or was on the committee, as far as one case is concerned. */
export interface CasePerson {
  /** Member id. */
  readonly id: string
  readonly name: string
  readonly account: string
  readonly joinedAt: number
  readonly active: boolean
  /** Must never know of it (K1). */
  readonly excluded: boolean
  /** The case was handed to them. */
  readonly reader: boolean
  /** Epochs there is a grant for. */
  readonly epochs: readonly number[]
}

/** Everybody who is or was a member of the committee of a case, in the order of the rotation. */
export async function casePeople(
  db: Db | Tx,
  { id: caseId, community_id: community }: { readonly id: string; readonly community_id: string },
): Promise<CasePerson[]> {
  const people = await db
    .selectFrom('member')
    .innerJoin('account', 'account.id', 'member.account_id')
    .leftJoin('exclusion', (join) =>
      join.onRef('exclusion.member_id', '=', 'member.id').on('exclusion.case_id', '=', caseId),
    )
    .leftJoin('reader', (join) =>
      join.onRef('reader.member_id', '=', 'member.id').on('reader.case_id', '=', caseId),
    )
    .select([
      'member.id',
      'account.name',
      'member.account_id',
      'member.joined_at',
      'member.left_at',
      'exclusion.since as excluded_since',
      'reader.since as reader_since',
    ])
    .where('member.community_id', '=', community)
    .where('member.standing', '=', 'member')
    .orderBy('member.rotation')
    .orderBy('member.id')
    .execute()
  const grants = await db
    .selectFrom('grant_')
    .select(['member_id', 'epoch'])
    .where('case_id', '=', caseId)
    .orderBy('epoch')
    .execute()
  return people.map((row) => ({
    id: row.id,
    name: row.name,
    account: row.account_id,
    joinedAt: row.joined_at,
    active: row.left_at === null,
    excluded: row.excluded_since !== null,
    reader: row.reader_since !== null,
    epochs: grants.filter(({ member_id }) => member_id === row.id).map(({ epoch }) => epoch),
  }))
}

/** Whether an active committee member was handed a case and holds a grant for its epoch: only they can judge it. */
export async function maySeeAndOpen(
  tx: Tx,
  caseId: string,
  epoch: number,
  member: string,
): Promise<{ handed: boolean; granted: boolean }> {
  const row = await tx
    .selectFrom('reader')
    .innerJoin('member', 'member.id', 'reader.member_id')
    .leftJoin('grant_', (join) =>
      join
        .onRef('grant_.member_id', '=', 'reader.member_id')
        .onRef('grant_.case_id', '=', 'reader.case_id')
        .on('grant_.epoch', '=', epoch),
    )
    .select('grant_.epoch')
    .where('reader.case_id', '=', caseId)
    .where('reader.member_id', '=', member)
    .where('member.left_at', 'is', null)
    .where('member.standing', '=', 'member')
    .executeTakeFirst()
  return { handed: row !== undefined, granted: row !== undefined && row.epoch !== null }
}

/**
 * The member who filed a case and has it still, or null: a reporter did, or they are not on the committee any more, or
 * were left out.
 */
export async function filerOf(tx: Tx, caseId: string): Promise<{ id: string; account: string } | null> {
  const row = await tx
    .selectFrom('record')
    .innerJoin('reader', (join) =>
      join
        .onRef('reader.case_id', '=', 'record.case_id')
        .onRef('reader.member_id', '=', 'record.author_member'),
    )
    .innerJoin('member', 'member.id', 'record.author_member')
    .select(['member.id', 'member.account_id as account'])
    .where('record.case_id', '=', caseId)
    .where('record.seq', '=', 1)
    .where('member.left_at', 'is', null)
    .executeTakeFirst()
  return row ?? null
}
