import type { DoneStep } from '../procedure/escalation.ts'
import { alertDue } from './due.ts'
import type { Membership } from './members.ts'
import type { NoticeKind } from './outbox.ts'
import type { AlertStepTable, AlertTable } from './schema.ts'
import type { Db, Store, Tx } from './store.ts'

/** Keeps a new alert, with the members who must never know of it (K1). */
export async function keepAlert(tx: Tx, alert: AlertTable, excluded: readonly string[]): Promise<void> {
  await tx.insertInto('alert').values(alert).execute()
  if (excluded.length === 0) return
  await tx
    .insertInto('alert_exclusion')
    .values(excluded.map((member) => ({ alert_id: alert.id, member_id: member })))
    .execute()
}

/**
 * The row of an alert, for a deed, with what it does next: on PostgreSQL both stay locked until the transaction ends,
 * always in this order, so that deeds on one alert follow one another.
 *
 * @returns null where there is no such alert.
 */
export async function alertForDeed(tx: Tx, kind: Store['kind'], id: string): Promise<AlertTable | null> {
  if (kind === 'postgres') await tx.selectFrom('due').select('id').where('id', '=', id).forUpdate().execute()
  const row = await tx
    .selectFrom('alert')
    .selectAll()
    .where('id', '=', id)
    .$if(kind === 'postgres', (query) => query.forUpdate())
    .executeTakeFirst()
  return row ?? null
}

/** An alert as it stands, or null. */
export async function alertById(db: Db | Tx, id: string): Promise<AlertTable | null> {
  return (await db.selectFrom('alert').selectAll().where('id', '=', id).executeTakeFirst()) ?? null
}

/** The alert that a token leads to, by the token's hash; null where there is none. */
export async function alertByToken(db: Db | Tx, hash: string): Promise<AlertTable | null> {
  return (await db.selectFrom('alert').selectAll().where('token_hash', '=', hash).executeTakeFirst()) ?? null
}

/** Writes what a deed changed of an alert. */
export async function updateAlert(
  tx: Tx,
  id: string,
  changes: Partial<Omit<AlertTable, 'id' | 'community_id'>>,
): Promise<void> {
  await tx.updateTable('alert').set(changes).where('id', '=', id).execute()
}

/** Says when an alert has to be looked at next; null: never again. One row, whatever the alert waits for. */
export async function setAlertDue(
  tx: Tx,
  { id, community_id }: Pick<AlertTable, 'id' | 'community_id'>,
  at: number | null,
): Promise<void> {
  if (at === null) {
    await tx.deleteFrom('due').where('id', '=', id).execute()
    return
  }
  const { numUpdatedRows } = await tx
    .updateTable('due')
    .set({ at })
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  if (numUpdatedRows > 0n) return
  await tx.insertInto('due').values({ id, at, deed: alertDue, community_id, case_id: null }).execute()
}

/** The steps of an alert that were done, in order. */
export async function alertSteps(db: Db | Tx, id: string): Promise<(DoneStep & { readonly kind: string })[]> {
  const rows = await db
    .selectFrom('alert_step')
    .selectAll()
    .where('alert_id', '=', id)
    .orderBy('step')
    .execute()
  return rows.map(({ step, at, kind, members }) => ({ step, at, kind, to: JSON.parse(members) as string[] }))
}

/** Records a step as done: a second time it fails, and with it whatever it would have sent. */
export async function keepAlertStep(tx: Tx, row: AlertStepTable): Promise<void> {
  await tx.insertInto('alert_step').values(row).execute()
}

/** A member to whom an alert may go: active, on the committee since before it was raised, and not named as involved (K1, K4). */
export interface Responder {
  readonly id: string
  readonly account: string
  readonly name: string
}

/** Everybody who may know of an alert, in the order of the rotation. */
export async function respondersOf(
  db: Db | Tx,
  { id, community_id, raised_at }: Pick<AlertTable, 'id' | 'community_id' | 'raised_at'>,
): Promise<Responder[]> {
  return db
    .selectFrom('member')
    .innerJoin('account', 'account.id', 'member.account_id')
    .leftJoin('alert_exclusion', (join) =>
      join.onRef('alert_exclusion.member_id', '=', 'member.id').on('alert_exclusion.alert_id', '=', id),
    )
    .select(['member.id', 'member.account_id as account', 'account.name'])
    .where('member.community_id', '=', community_id)
    .where('member.left_at', 'is', null)
    .where('member.standing', '=', 'member')
    .where('member.joined_at', '<=', raised_at)
    .where('alert_exclusion.alert_id', 'is', null)
    .orderBy('member.rotation')
    .orderBy('member.id')
    .execute()
}

/** The membership through which an account may know of an alert, or null: then there is none for them (K1). */
export async function responderMembership(
  db: Db | Tx,
  account: string,
  alert: string,
): Promise<Membership | null> {
  const row = await db
    .selectFrom('alert')
    .innerJoin('member', 'member.community_id', 'alert.community_id')
    .leftJoin('alert_exclusion', (join) =>
      join
        .onRef('alert_exclusion.member_id', '=', 'member.id')
        .onRef('alert_exclusion.alert_id', '=', 'alert.id'),
    )
    .select(['member.id', 'member.community_id', 'member.chair'])
    .where('alert.id', '=', alert)
    .where('member.account_id', '=', account)
    .where('member.left_at', 'is', null)
    .where('member.standing', '=', 'member')
    .whereRef('member.joined_at', '<=', 'alert.raised_at')
    .where('alert_exclusion.alert_id', 'is', null)
    .executeTakeFirst()
  return row ? { id: row.id, community: row.community_id, standing: 'member', chair: row.chair === 1 } : null
}

/** Notes that a member has opened an alert. Returns whether it was the first time. */
export async function keepAlertSeen(tx: Tx, alert: string, member: string, at: number): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('alert_seen')
    .values({ alert_id: alert, member_id: member, at })
    .onConflict((conflict) => conflict.columns(['alert_id', 'member_id']).doNothing())
    .executeTakeFirstOrThrow()
  return (numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** Who has opened an alert, the first first. */
export async function alertSeenBy(db: Db | Tx, alert: string): Promise<{ member: string; at: number }[]> {
  return db
    .selectFrom('alert_seen')
    .select(['member_id as member', 'at'])
    .where('alert_id', '=', alert)
    .orderBy('at')
    .orderBy('member_id')
    .execute()
}

/** Alerts that an account may know of and that nobody has put an end to yet, a report or the reason for none included (A4); newest first. */
export async function unsettledAlerts(
  db: Db,
  account: string,
  most: number,
): Promise<(AlertTable & { readonly member_id: string; readonly short_name: string })[]> {
  return db
    .selectFrom('member')
    .innerJoin('community', 'community.id', 'member.community_id')
    .innerJoin('alert', 'alert.community_id', 'member.community_id')
    .leftJoin('alert_exclusion', (join) =>
      join
        .onRef('alert_exclusion.member_id', '=', 'member.id')
        .onRef('alert_exclusion.alert_id', '=', 'alert.id'),
    )
    .selectAll('alert')
    .select(['member.id as member_id', 'community.short_name'])
    .where('member.account_id', '=', account)
    .where('member.left_at', 'is', null)
    .where('member.standing', '=', 'member')
    .whereRef('member.joined_at', '<=', 'alert.raised_at')
    .where('alert_exclusion.alert_id', 'is', null)
    .where(({ or, and, eb, exists, selectFrom }) =>
      or([
        and([eb('alert.closed_at', 'is', null), eb('alert.withdrawn_at', 'is', null)]),
        and([
          eb('alert.no_report', 'is', null),
          or([
            eb('alert.report_case', 'is', null),
            // K1: a report that names them as involved settles nothing that they could see.
            exists(
              selectFrom('exclusion')
                .select('exclusion.case_id')
                .whereRef('exclusion.case_id', '=', 'alert.report_case')
                .whereRef('exclusion.member_id', '=', 'member.id'),
            ),
          ]),
        ]),
      ]),
    )
    .orderBy('alert.raised_at', 'desc')
    .orderBy('alert.id')
    .limit(most)
    .execute()
}

/** Members who must never know of a case (K1). */
export async function caseExclusions(db: Db | Tx, caseId: string): Promise<Set<string>> {
  const rows = await db.selectFrom('exclusion').select('member_id').where('case_id', '=', caseId).execute()
  return new Set(rows.map(({ member_id }) => member_id))
}

/** How far the calls of an alert have come. */
export type CallsMade = 'waiting' | 'sent' | 'failing' | 'none'

/**
 * Whether calls of an alert have left: one that has is enough to say so; `failing` while none could be handed over.
 *
 * @param hasMail - whether a letter is one: in a folder it calls nobody (D3).
 */
export async function callsMade(db: Db | Tx, alert: string, hasMail: boolean): Promise<CallsMade> {
  const rows = await db
    .selectFrom('outbox')
    .select(['state', 'sent_at'])
    .where('alert_id', '=', alert)
    .where('notice', 'in', calls)
    .$if(!hasMail, (query) => query.where('channel', '!=', 'mail'))
    .execute()
  if (rows.some(({ sent_at }) => sent_at !== null)) return 'sent'
  if (rows.some(({ state }) => state === 'queued')) return 'waiting'
  return rows.some(({ state }) => state !== 'withdrawn') ? 'failing' : 'none'
}

const calls: readonly NoticeKind[] = ['alert', 'alert-worse', 'alert-handed-over']

/** Takes back what still calls somebody to an alert and has not left yet (D2). */
export async function withdrawCalls(tx: Tx, alert: string): Promise<void> {
  await tx
    .updateTable('outbox')
    .set({ state: 'withdrawn', claimed_until: 0 })
    .where('alert_id', '=', alert)
    .where('notice', 'in', calls)
    .where('state', 'in', ['queued', 'failed-for-now'])
    .execute()
}

/**
 * Those of some accounts who have a channel by which they can be called: mail, unless nothing gets through, or another.
 *
 * @param hasMail - whether mail is one: letters in a folder call nobody (D3).
 */
export async function reachableAccounts(
  db: Db | Tx,
  accounts: readonly string[],
  hasMail: boolean,
): Promise<Set<string>> {
  if (accounts.length === 0) return new Set()
  const rows = await db
    .selectFrom('channel')
    .select(['account_id', 'kind', 'dead'])
    .where('account_id', 'in', accounts)
    .execute()
  return new Set(
    accounts.filter((account) => {
      const mine = rows.filter(({ account_id }) => account_id === account)
      const others = mine.filter(({ kind }) => kind !== 'mail')
      if (others.some(({ dead }) => dead === 0)) return true
      // Mail is there without a row.
      return hasMail && !mine.some(({ kind, dead }) => kind === 'mail' && dead === 1)
    }),
  )
}
