import { sql } from 'kysely'
import type { ReaderTable } from './schema.ts'
import type { Db, Tx } from './store.ts'

/** Hands a case to members: from now on it is in their lists. Whoever has it already keeps their row. */
export async function handTo(tx: Tx, readers: readonly ReaderTable[]): Promise<void> {
  if (readers.length === 0) return
  await tx
    .insertInto('reader')
    .values(readers)
    .onConflict((conflict) => conflict.columns(['case_id', 'member_id']).doNothing())
    .execute()
}

/** Moves a case to its place in the inbox of everybody who has it. */
export async function placeInInboxes(
  tx: Tx,
  caseId: string,
  place: Pick<ReaderTable, 'open' | 'sort'>,
): Promise<void> {
  await tx.updateTable('reader').set(place).where('case_id', '=', caseId).execute()
}

/** Where a page of an inbox ended: the sort and the id of its last case. */
export type InboxPlace = readonly [sort: number, caseId: string]

/**
 * A page of one member's inbox, in its order. Costs the same however many cases there are: it reads on from the
 * place where the page before ended, in the index.
 */
export async function inboxPage(
  db: Db,
  member: string,
  open: boolean,
  after: InboxPlace | null,
  most: number,
): Promise<Pick<ReaderTable, 'case_id' | 'sort'>[]> {
  return db
    .selectFrom('reader')
    .select(['case_id', 'sort'])
    .where('member_id', '=', member)
    .where('open', '=', open ? 1 : 0)
    .$if(after !== null, (query) => {
      const [sort, caseId] = after as InboxPlace
      return query.where(sql<boolean>`(sort, case_id) > (${sort}, ${caseId})`)
    })
    .orderBy('sort')
    .orderBy('case_id')
    .limit(most)
    .execute()
}

/** How many cases a member has been handed, counted no further than `most`. */
export async function countHanded(db: Db, member: string, open: boolean, most: number): Promise<number> {
  const { count } = await db
    .selectFrom((from) =>
      from
        .selectFrom('reader')
        .select(sql<number>`1`.as('one'))
        .where('member_id', '=', member)
        .where('open', '=', open ? 1 : 0)
        .limit(most)
        .as('some'),
    )
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** Accounts of the active committee members a case was handed to: who may hear of it (K1). */
export async function accountsHanded(db: Db | Tx, caseId: string): Promise<Set<string>> {
  const rows = await db
    .selectFrom('reader')
    .innerJoin('member', 'member.id', 'reader.member_id')
    .select('member.account_id')
    .where('reader.case_id', '=', caseId)
    .where('member.left_at', 'is', null)
    .where('member.standing', '=', 'member')
    .execute()
  return new Set(rows.map(({ account_id }) => account_id))
}

/** Whether a case was handed to a member. */
export async function isHanded(db: Db | Tx, caseId: string, member: string): Promise<boolean> {
  const row = await db
    .selectFrom('reader')
    .select('since')
    .where('case_id', '=', caseId)
    .where('member_id', '=', member)
    .executeTakeFirst()
  return row !== undefined
}

/** A seat of an account on a committee. */
export interface Seat {
  readonly member: string
  readonly community: string
  readonly shortName: string
}

/** The committees an account sits on, organizers left out: no case is theirs. */
export async function seatsOf(db: Db, account: string): Promise<Seat[]> {
  return db
    .selectFrom('member')
    .innerJoin('community', 'community.id', 'member.community_id')
    .select(['member.id as member', 'community.id as community', 'community.short_name as shortName'])
    .where('member.account_id', '=', account)
    .where('member.left_at', 'is', null)
    .where('member.standing', '=', 'member')
    .orderBy('community.short_name')
    .execute()
}
