import { sql } from 'kysely'
import { mayKnowAlert } from './left-out.ts'
import type { OutboxTable } from './schema.ts'
import type { Db, Tx } from './store.ts'

/** A notice on one channel, as its member may read it. */
export type Delivery = Pick<
  OutboxTable,
  | 'id'
  | 'notice'
  | 'channel'
  | 'channel_id'
  | 'account_id'
  | 'state'
  | 'failure'
  | 'attempts'
  | 'created_at'
  | 'sent_at'
  | 'delivered_at'
  | 'seen_at'
>

const columns = [
  'outbox.id',
  'outbox.notice',
  'outbox.channel',
  'outbox.channel_id',
  'outbox.account_id',
  'outbox.state',
  'outbox.failure',
  'outbox.attempts',
  'outbox.created_at',
  'outbox.sent_at',
  'outbox.delivered_at',
  'outbox.seen_at',
] as const

/**
 * The newest deliveries to an account, on every channel. Of what was for a community it has left, or about a case
 * that is not handed to it any more, or an alert that leaves it out, nothing (K1, K4).
 */
export async function deliveriesTo(db: Db, account: string, most: number): Promise<Delivery[]> {
  return db
    .selectFrom('outbox')
    .innerJoin('member', (join) =>
      join
        .onRef('member.community_id', '=', 'outbox.community_id')
        .onRef('member.account_id', '=', 'outbox.account_id')
        .on('member.left_at', 'is', null),
    )
    .select(columns)
    .where('outbox.account_id', '=', account)
    .where('outbox.state', '!=', 'withdrawn')
    .where(mayKnowAlert(sql.ref('outbox.alert_id'), sql.ref('member.id')))
    .where(({ or, eb, exists, selectFrom }) =>
      or([
        eb('outbox.case_id', 'is', null),
        eb('outbox.notice', '=', 'report-for-organizers'),
        exists(
          selectFrom('reader')
            .select('reader.case_id')
            .whereRef('reader.case_id', '=', 'outbox.case_id')
            .whereRef('reader.member_id', '=', 'member.id'),
        ),
      ]),
    )
    .orderBy('outbox.created_at', 'desc')
    .orderBy('outbox.id')
    .limit(most)
    .execute()
}

/**
 * A device said that it has it. What a device has was sent, whatever we know of it.
 *
 * @returns the alert it was about, if it was about one and this is new.
 */
export async function markDelivered(tx: Tx, id: string, now: number): Promise<string | null> {
  const row = await tx
    .updateTable('outbox')
    .set({ delivered_at: now })
    .where('id', '=', id)
    .where('channel', '=', 'push')
    .where('delivered_at', 'is', null)
    .returning('alert_id')
    .executeTakeFirst()
  return row?.alert_id ?? null
}

/**
 * Its link was opened in the console by the account it was for.
 *
 * @returns the alert it was about, if it was about one and this is new.
 */
export async function markSeen(tx: Tx, account: string, id: string, now: number): Promise<string | null> {
  const row = await tx
    .updateTable('outbox')
    .set({ seen_at: now })
    .where('id', '=', id)
    .where('account_id', '=', account)
    .where('seen_at', 'is', null)
    .returning('alert_id')
    .executeTakeFirst()
  return row?.alert_id ?? null
}
