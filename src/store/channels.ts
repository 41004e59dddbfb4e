import { sql } from 'kysely'
import type { QuietHours } from '../procedure/quiet-hours.ts'
import type { ChannelKind, ChannelTable } from './schema.ts'
import type { Db, Tx } from './store.ts'

const day = 24 * 3_600_000
const week = 7 * day

/**
 * How long a channel that failed is passed over while another one works. Then it is tried first again, so that a
 * mail server that was away for a moment is not given up.
 */
const passedOver = 3_600_000

/** A channel of an account, in the member's order. Mail is one without a row until there is something to note of it. */
export type Channel = Omit<ChannelTable, 'account_id' | 'community_id'>

const noted = {
  worked_at: null,
  checked_at: null,
  failing_since: null,
  failed_at: null,
  failure: null,
  dead: 0,
} as const

/** Mail as every account has it: its id is the account's, and it comes first unless the member says otherwise. */
const mailOf = (account: string): Channel => ({
  id: account,
  kind: 'mail',
  label: '',
  sealed: null,
  position: 0,
  heartbeat: 1,
  created_at: 0,
  ...noted,
})

/**
 * The channels of accounts, each in its member's order.
 *
 * @returns one list for each account asked for, never empty: mail is always there.
 */
export async function channelsOf(
  db: Db | Tx,
  accounts: readonly string[],
): Promise<Map<string, readonly Channel[]>> {
  const found = new Map<string, Channel[]>(accounts.map((account) => [account, []]))
  if (accounts.length === 0) return found
  const rows = await db
    .selectFrom('channel')
    .selectAll()
    .where('account_id', 'in', [...found.keys()])
    .execute()
  for (const row of rows) found.get(row.account_id as string)?.push(row)
  for (const [account, channels] of found) {
    if (!channels.some(({ kind }) => kind === 'mail')) channels.push(mailOf(account))
    channels.sort(inOrder)
  }
  return found
}

const inOrder = (one: Channel, other: Channel): number =>
  one.position - other.position || one.created_at - other.created_at || (one.id < other.id ? -1 : 1)

/** Whether something can be handed over by a channel at all: its address is still there. */
export const canCarry = ({ kind, sealed }: Channel): boolean => kind === 'mail' || sealed !== null

/**
 * Whether a channel is known to work: it has carried something and nothing says that it is broken. Mail is trusted.
 *
 * @param hasMail - whether letters reach somebody; in a folder they do not (D3).
 */
export const works = (channel: Channel, hasMail: boolean): boolean =>
  canCarry(channel) && channel.dead === 0 && (channel.kind === 'mail' ? hasMail : channel.worked_at !== null)

/** Whether a channel is to be tried in its turn: another one goes first where it failed just now. */
export const isFit = (channel: Channel, now: number, hasMail: boolean): boolean =>
  canCarry(channel) &&
  (hasMail || channel.kind !== 'mail') &&
  channel.dead === 0 &&
  (channel.failing_since === null || (channel.failed_at ?? 0) < now - passedOver)

/** The chat rooms of a community, oldest first. */
export async function webhooksOf(db: Db | Tx, community: string): Promise<Channel[]> {
  return db
    .selectFrom('channel')
    .selectAll()
    .where('community_id', '=', community)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
}

/** Adds a channel at the end of its account's order, or a chat room. */
export async function addChannel(
  tx: Tx,
  channel: Pick<
    ChannelTable,
    'id' | 'account_id' | 'community_id' | 'kind' | 'label' | 'sealed' | 'created_at'
  >,
): Promise<void> {
  const { last } = await tx
    .selectFrom('channel')
    .select(({ fn }) => fn.max('position').as('last'))
    .where('account_id', '=', channel.account_id)
    .executeTakeFirstOrThrow()
  await tx
    .insertInto('channel')
    .values({ ...channel, position: (last ?? 0) + 1, heartbeat: 1, ...noted })
    .execute()
}

/**
 * Takes a channel away from its owner, with everything that was kept of it.
 *
 * @returns whether it was there.
 */
export async function removeChannel(
  tx: Tx,
  id: string,
  owner: { readonly account: string } | { readonly community: string },
): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('channel')
    .where('id', '=', id)
    .where('kind', '!=', 'mail')
    .$if('account' in owner, (query) =>
      query.where('account_id', '=', (owner as { account: string }).account),
    )
    .$if('community' in owner, (query) =>
      query.where('community_id', '=', (owner as { community: string }).community),
    )
    .executeTakeFirst()
  return numDeletedRows > 0n
}

/**
 * Gives a channel of an account a row, where it is mail and has none yet.
 *
 * @param since - from when on it counts as unused; null: as long as the account is there.
 */
async function haveRow(tx: Tx, account: string, id: string, since: number | null): Promise<void> {
  if (id !== account) return
  await tx
    .insertInto('channel')
    .columns(['id', 'account_id', 'kind', 'label', 'position', 'heartbeat', 'created_at', 'dead'])
    .expression(({ selectFrom, lit, val }) =>
      selectFrom('account')
        .select([
          'account.id',
          'account.id as account_id',
          val<ChannelKind>('mail').as('kind'),
          val('').as('label'),
          lit(0).as('position'),
          lit(1).as('heartbeat'),
          since === null ? 'account.created_at' : val(since).as('created_at'),
          lit(0).as('dead'),
        ])
        .where('account.id', '=', account),
    )
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
}

/** Changes what its member sets of a channel; a channel that is not theirs stays as it is. */
export async function changeChannel(
  tx: Tx,
  account: string,
  id: string,
  change: Partial<Pick<ChannelTable, 'position' | 'heartbeat' | 'sealed' | 'label'>>,
): Promise<void> {
  await haveRow(tx, account, id, null)
  await tx.updateTable('channel').set(change).where('id', '=', id).where('account_id', '=', account).execute()
}

/** How handing something over by a channel ended, as far as the channel is concerned. */
export interface ChannelNews {
  readonly id: string
  /** Null: a chat room. */
  readonly account: string | null
  readonly at: number
  /** Null: it was taken. */
  readonly failure: string | null
  /** It will never take anything again; `gone`: and its address is to be forgotten. */
  readonly over: 'no' | 'dead' | 'gone'
}

/** Notes that a channel works, or that it does not. One that has not for a day is dead. */
export async function noteChannel(tx: Tx, { id, account, at, failure, over }: ChannelNews): Promise<void> {
  if (account !== null) await haveRow(tx, account, id, at)
  const noting = tx.updateTable('channel').where('id', '=', id)
  if (failure === null)
    await noting
      .set({ worked_at: at, failing_since: null, failed_at: null, failure: null, dead: 0 })
      .execute()
  else
    await noting
      .set((eb) => ({
        failing_since: eb.fn.coalesce('failing_since', eb.val(at)),
        failed_at: at,
        failure,
        dead:
          over === 'no'
            ? eb
                .case()
                .when('failing_since', '<', at - day)
                .then(1)
                .else(eb.ref('dead'))
                .end()
            : 1,
        ...(over === 'gone' ? { sealed: null } : {}),
      }))
      .execute()
}

/** The quiet hours of accounts; none of an account that has set none. */
export async function quietHoursOf(
  db: Db | Tx,
  accounts: readonly string[],
): Promise<Map<string, QuietHours>> {
  if (accounts.length === 0) return new Map()
  const rows = await db
    .selectFrom('quiet_hours')
    .selectAll()
    .where('account_id', 'in', [...accounts])
    .execute()
  return new Map(
    rows.map(({ account_id, from_minute, until_minute }) => [
      account_id,
      { from: from_minute, until: until_minute },
    ]),
  )
}

/** Sets the quiet hours of an account; null: none. */
export async function setQuietHours(tx: Tx, account: string, hours: QuietHours | null): Promise<void> {
  await tx.deleteFrom('quiet_hours').where('account_id', '=', account).execute()
  if (hours === null) return
  await tx
    .insertInto('quiet_hours')
    .values({ account_id: account, from_minute: hours.from, until_minute: hours.until })
    .execute()
}

/** Forgets how somebody is reached who is in no community any more, so that nothing can be sent there (K4). */
export async function forgetChannels(tx: Tx, account: string): Promise<void> {
  for (const table of ['channel', 'quiet_hours'] as const)
    await tx
      .deleteFrom(table)
      .where('account_id', '=', account)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('member')
              .select('member.id')
              .where('member.account_id', '=', account)
              .where('member.left_at', 'is', null),
          ),
        ),
      )
      .execute()
}

/** A channel whose weekly check is due, and a community in whose name it is made. */
export interface CheckDue {
  readonly id: string
  readonly account: string | null
  readonly community: string
  readonly kind: ChannelKind
}

/** Of channels: checked if that is not opted out of, idle for a week or failing for a day, and able to carry something. */
const isCheckDue = (now: number) => sql<boolean>`
  channel.heartbeat = 1
  and (channel.kind = 'mail' or channel.sealed is not null)
  and (
    (coalesce(channel.worked_at, channel.created_at) <= ${now - week} and coalesce(channel.checked_at, 0) <= ${now - week})
    or (channel.failing_since is not null and coalesce(channel.checked_at, channel.failed_at) <= ${now - day})
  )`

/**
 * Takes channels whose check is due, so that one process checks each: those through which nothing went for a week,
 * and once a day those that fail. Only of people who are in a community, and none that was opted out of.
 *
 * @param most - the most people, and the most channels.
 * @returns the channels, all noted as checked now.
 */
export async function takeChecksDue(tx: Tx, now: number, most: number): Promise<CheckDue[]> {
  // Mail that has carried nothing yet has no row. It counts as unused from now on, so that a server that is new to this
  // does not write to everybody at once.
  const silent = await tx
    .selectFrom('account')
    .select('account.id')
    .where('account.created_at', '<=', now)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('member')
          .select('member.id')
          .whereRef('member.account_id', '=', 'account.id')
          .where('member.left_at', 'is', null),
      ),
    )
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('channel').select('channel.id').whereRef('channel.id', '=', 'account.id'))),
    )
    .limit(most)
    .execute()
  for (const { id } of silent) await haveRow(tx, id, id, now)
  const due = await tx
    .selectFrom('channel')
    .select(['channel.id', 'channel.kind', 'channel.account_id as account'])
    .select(({ fn, selectFrom }) =>
      fn
        .coalesce(
          'channel.community_id',
          selectFrom('member')
            .select('member.community_id')
            .whereRef('member.account_id', '=', 'channel.account_id')
            .where('member.left_at', 'is', null)
            .orderBy('member.joined_at')
            .limit(1),
        )
        .as('community'),
    )
    .where(isCheckDue(now))
    .orderBy('channel.id')
    .limit(most)
    .execute()
  if (due.length === 0) return []
  const taken = await tx
    .updateTable('channel')
    .set({ checked_at: now })
    .where(
      'id',
      'in',
      due.map(({ id }) => id),
    )
    .where((eb) => eb.or([eb('checked_at', 'is', null), eb('checked_at', '<', now)]))
    .returning('id')
    .execute()
  const mine = new Set(taken.map(({ id }) => id))
  return due.flatMap(({ community, ...channel }) =>
    community !== null && mine.has(channel.id) ? [{ ...channel, community }] : [],
  )
}
