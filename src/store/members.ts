import type { Db } from './store.ts'

/** A person's place in one community. */
export interface Membership {
  /** Member id. */
  readonly id: string
  /** Community id. */
  readonly community: string
  readonly standing: 'member' | 'organizer'
  readonly chair: boolean
}

const membershipColumns = ['member.id', 'member.community_id', 'member.standing', 'member.chair'] as const

type MembershipRow = {
  readonly id: string
  readonly community_id: string
  readonly standing: 'member' | 'organizer'
  readonly chair: number
}

const asMembership = ({ id, community_id, standing, chair }: MembershipRow): Membership => ({
  id,
  community: community_id,
  standing,
  chair: chair === 1,
})

/** The active membership of an account in the community with this short name, or null. */
export async function activeMembership(
  db: Db,
  accountId: string,
  shortName: string,
): Promise<Membership | null> {
  const row = await db
    .selectFrom('member')
    .innerJoin('community', 'community.id', 'member.community_id')
    .select(membershipColumns)
    .where('member.account_id', '=', accountId)
    .where('member.left_at', 'is', null)
    .where('community.short_name', '=', shortName)
    .executeTakeFirst()
  return row ? asMembership(row) : null
}

/** The active membership through which an account was handed a case, or null: then the case is not theirs to know (K1). */
export async function readerMembership(
  db: Db,
  accountId: string,
  caseId: string,
): Promise<Membership | null> {
  const row = await db
    .selectFrom('reader')
    .innerJoin('member', 'member.id', 'reader.member_id')
    .select(membershipColumns)
    .where('reader.case_id', '=', caseId)
    .where('member.account_id', '=', accountId)
    .where('member.left_at', 'is', null)
    .where('member.standing', '=', 'member')
    .executeTakeFirst()
  return row ? asMembership(row) : null
}
