import type { MemberTable } from './schema.ts'
import type { Db, Tx } from './store.ts'

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

/** A membership as its holder sees it. */
export interface OwnMembership {
  readonly id: string
  readonly community: {
    readonly id: string
    readonly shortName: string
    readonly name: string
    readonly timeZone: string
    readonly demo: boolean
  }
  readonly standing: 'member' | 'organizer'
  readonly chair: boolean
}

/** The active memberships of an account, by the community's name. */
export async function membershipsOf(db: Db | Tx, accountId: string): Promise<OwnMembership[]> {
  const rows = await db
    .selectFrom('member')
    .innerJoin('community', 'community.id', 'member.community_id')
    .select([...membershipColumns, 'community.short_name', 'community.name', 'community.time_zone'])
    .select('community.demo')
    .where('member.account_id', '=', accountId)
    .where('member.left_at', 'is', null)
    .orderBy('community.name')
    .execute()
  return rows.map(({ id, community_id, short_name, name, time_zone, demo, standing, chair }) => ({
    id,
    community: { id: community_id, shortName: short_name, name, timeZone: time_zone, demo: demo === 1 },
    standing,
    chair: chair === 1,
  }))
}

/** A member with the name and address of their account. */
export type NamedMember = MemberTable & { readonly name: string; readonly email: string }

/** Everybody who is or was a member or organizer of a community, in the order of the rotation. */
export async function everyMember(db: Db | Tx, community: string): Promise<NamedMember[]> {
  return db
    .selectFrom('member')
    .innerJoin('account', 'account.id', 'member.account_id')
    .selectAll('member')
    .select(['account.name', 'account.email'])
    .where('member.community_id', '=', community)
    .orderBy('member.rotation')
    .orderBy('member.id')
    .execute()
}

/** An active member of a community, or null. */
export async function activeMember(db: Db | Tx, community: string, id: string): Promise<MemberTable | null> {
  const row = await db
    .selectFrom('member')
    .selectAll()
    .where('id', '=', id)
    .where('community_id', '=', community)
    .where('left_at', 'is', null)
    .executeTakeFirst()
  return row ?? null
}

/** Whether a community has an active chair besides one member. */
export async function hasOtherChair(db: Db | Tx, community: string, member: string): Promise<boolean> {
  const row = await db
    .selectFrom('member')
    .select('id')
    .where('community_id', '=', community)
    .where('id', '!=', member)
    .where('chair', '=', 1)
    .where('left_at', 'is', null)
    .executeTakeFirst()
  return row !== undefined
}

/** Adds a member at the end of the rotation. */
export async function addMember(tx: Tx, member: Omit<MemberTable, 'rotation' | 'left_at'>): Promise<void> {
  const { last } = await tx
    .selectFrom('member')
    .select((eb) => eb.fn.max('rotation').as('last'))
    .where('community_id', '=', member.community_id)
    .executeTakeFirstOrThrow()
  await tx
    .insertInto('member')
    .values({ ...member, rotation: (last ?? 0) + 1, left_at: null })
    .execute()
}

/** The names of accounts, in the alphabet's order. */
export async function namesOf(db: Db, accounts: readonly string[]): Promise<string[]> {
  if (accounts.length === 0) return []
  const rows = await db
    .selectFrom('account')
    .select('name')
    .where('id', 'in', accounts)
    .orderBy('name')
    .execute()
  return rows.map(({ name }) => name)
}
