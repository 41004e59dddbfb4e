import { sql } from 'kysely'
import { type ChannelNews, noteChannel } from './channels.ts'
import { rowId } from './ids.ts'
import { mayKnowAlert } from './left-out.ts'
import type { ChannelKind, ChannelTable, OutboxTable } from './schema.ts'
import { callOff, passOn, shareOut } from './share-out.ts'
import type { Db, Store, Tx } from './store.ts'

/** Every notice there is. Its words: `mail.<notice>.subject` and `.text`. None ever tells what is in a case. */
export const noticeKinds = [
  /** A report came in: to its receivers (F1). */
  'report-new',
  /** It is unanswered, and now the secondary's (G3). */
  'case-inherited',
  /** The first response is overdue: to its receivers (H1). */
  'acknowledge-overdue',
  /** Nobody has answered within a day: to every member without a conflict (G4). */
  'case-open-to-all',
  /** Brought to the committee (I1). */
  'case-brought',
  /** The reporter has written: to whoever has the case in hand. */
  'answer-new',
  /** Everybody on the committee is named as involved: to the organizers, who learn that it exists. */
  'report-for-organizers',
  /** To the reporter: there is something for you. */
  'reporter-message',
  /** Something that a member is to do, or that a reporter waits for, is not done yet (B4, E3). */
  'task-due',
  /** What a member logged was answered: to that member (E2). */
  'log-answered',
  /** They are proposed as shepherd of a case, and are to say whether there is a bias (I3). */
  'shepherd-proposed',
  /** Somebody proposed has said it: to the others, one of whom decides (I2, I3). */
  'shepherd-declared',
  /** Who the shepherd is: to the committee, and so to the first responder (I5). */
  'shepherd-assigned',
  /** A case needs a shepherd, or another one (I2, I3, I6). */
  'shepherd-needed',
  /** To the shepherd: it is their turn to write to the reporter (I7). */
  'shepherd-introduce',
  /** Actions are proposed: to every other member who can read the case (J2). */
  'proposal-new',
  /** Enough members agree (J2). */
  'proposal-agreed',
  /** Too few do, or it was taken back: it is discussed again (J2). */
  'proposal-returned',
  /** What was agreed needs the organizers: to them (J3). */
  'motion-new',
  /** The organizers have voted: to the committee (J3). */
  'motion-voted',
  /** A message to somebody else waits to be confirmed (L2). */
  'draft-new',
  /** Enough members confirmed it: to whoever drafted it (L2). */
  'draft-confirmed',
  /** The message itself, to somebody else, as it was confirmed (L2). */
  'outgoing',
  /** It is not resolved yet, and discussed again (L3). */
  'case-goes-on',
  /** It is resolved (M8, L4). */
  'case-closed',
  /** New information opened it again (L6). */
  'case-reopened',
  /** It is due soon, or overdue: to its shepherd (L5). */
  'case-due-soon',
  'case-overdue',
  /** It takes longer, with a new date: to the committee (I4, L5). */
  'case-delayed',
  /** On its review date: to its shepherd (L6). */
  'case-review',
  /** Another member is said to have a conflict of interest: to the others, one of whom decides (K3). */
  'set-aside-proposed',
  /** A chair checks whether mail arrives. */
  'mail-test',
  /** Somebody tries one of their channels, or a chair a chat room. */
  'channel-test',
  /** Whether a channel still works is checked every week. */
  'channel-check',
  /** Somebody needs a committee member, now (D1, D2). */
  'alert',
  /** Whoever called says that it got worse. */
  'alert-worse',
  /** Another responder handed it to them. */
  'alert-handed-over',
  /** Somebody has it: to the others who were called (D2). */
  'alert-taken',
  /** It was closed, withdrawn, or is said to be over. */
  'alert-ended',
  /** It has no report yet (A4). */
  'alert-report-reminder',
  /** Within 45 days something is wrong with the roster: to the chair and whom it concerns (G5). */
  'roster-gap',
  /** Somebody else put them on call, or took them off (G5). */
  'roster-changed',
  /** Another member offers them a turn (G5). */
  'swap-offered',
  /** What they offered was accepted or declined (G5). */
  'swap-answered',
] as const
export type NoticeKind = (typeof noticeKinds)[number]

/** Something to tell somebody, as it is queued. */
export interface Notice {
  /** Id of the community it is about. */
  readonly community: string
  readonly case: string | null
  /** Id of the alert it is about. */
  readonly alert?: string
  /** Whom to tell: an account, by the channels it has set up, … */
  readonly account?: string
  /** … or by this one of them alone (its id), or a chat room of the community, to see whether it works, … */
  readonly channel?: { readonly id: string; readonly kind: ChannelKind }
  /** … or an address, sealed with the server's key, … */
  readonly sealedAddress?: Uint8Array
  /**
   * … or the chat rooms of the community, where it has set any up. Everybody on the committee may read them, so only
   * what nobody on it is left out of goes there (K1).
   */
  readonly webhooks?: true
  /** It rings by every channel at once, and goes before everything that is not urgent (D1). */
  readonly urgent?: boolean
  /**
   * Whoever is told has the duty for this one, so their quiet hours do not hold it back. Not needed for who is on
   * call by the roster: for one who takes the place of a member with a conflict.
   */
  readonly onDuty?: boolean
  /**
   * One line that the notice does show, such as the place of an alert, sealed with the server's key. Of a message to
   * somebody else (L2) all of it: JSON of subject and text.
   */
  readonly sealedLine?: Uint8Array
  readonly notice: NoticeKind
  /** What the words may show: code name, instants, a language; never content, never anything of the reporter. */
  readonly detail: Readonly<Record<string, string | number>>
  /** When it is queued, epoch milliseconds; it is due at once. */
  readonly at: number
}

/**
 * Queues notices in the transaction of what they announce; publish `outbox` once that is durable.
 *
 * @returns their ids, in order.
 */
export async function queueNotices(tx: Tx, notices: readonly Notice[]): Promise<string[]> {
  if (notices.length === 0) return []
  const rows = noticeRows(notices)
  await tx.insertInto('outbox').values(rows).execute()
  return rows.map(({ id }) => id)
}

/** The rows that queue notices. */
export function noticeRows(notices: readonly Notice[]): OutboxTable[] {
  return notices.map(
    ({ community, case: about, at, channel, ...told }): OutboxTable => ({
      id: rowId(at),
      group_id: null,
      community_id: community,
      case_id: about,
      alert_id: told.alert ?? null,
      channel: told.sealedAddress ? 'mail' : (channel?.kind ?? 'any'),
      channel_id: channel?.id ?? null,
      account_id: told.account ?? null,
      sealed_address: told.sealedAddress ?? null,
      notice: told.notice,
      detail: JSON.stringify(told.detail),
      sealed_line: told.sealedLine ?? null,
      urgent: told.urgent ? 1 : 0,
      on_duty: told.onDuty ? 1 : 0,
      created_at: at,
      next_at: at,
      attempts: 0,
      state: 'queued',
      failure: null,
      sent_at: null,
      delivered_at: null,
      seen_at: null,
      claimed_until: 0,
    }),
  )
}

/** A queued notice with what handing it over needs, as one process has it in hand: for one channel. */
export interface ClaimedNotice {
  readonly id: string
  /** The same for every channel it goes out by. */
  readonly group: string
  readonly notice: NoticeKind
  readonly caseId: string | null
  readonly alertId: string | null
  readonly accountId: string | null
  readonly sealedAddress: Uint8Array | null
  readonly channel: OutboxTable['channel']
  readonly channelId: string | null
  /** What is known of the channel; null: it was taken away meanwhile, or is mail of which nothing is known yet. */
  readonly known: Pick<ChannelTable, 'sealed' | 'worked_at' | 'failing_since'> | null
  /** JSON. */
  readonly detail: string
  readonly sealedLine: Uint8Array | null
  readonly urgent: boolean
  readonly createdAt: number
  readonly attempts: number
  readonly community: {
    readonly id: string
    readonly shortName: string
    readonly name: string
    readonly timeZone: string
  }
  /** When the first response is due (H1), of a notice about a case. */
  readonly acknowledgeBy: number | null
}

const waiting = ['queued', 'failed-for-now'] as const

/** Which notices are looked for: those that ring, or the others. */
export interface Lane {
  readonly urgent: boolean
  /** The most that are taken in hand at once. */
  readonly most: number
  /** Kinds of channel of which none is taken in hand just now. */
  readonly without?: readonly ChannelKind[]
}

/**
 * Takes notices that are due in hand, for one process, until an instant; new ones before those that failed. What is
 * for an account is shared out to its channels in the same transaction: killed at any instant, each channel gets
 * its own or none has begun.
 *
 * @param until - when another process may take them (this one ended without settling them).
 * @returns null where nothing is due; none where what was due is held back.
 */
export async function claimNotices(
  {
    store,
    clock,
    hasMail,
  }: { readonly store: Store; readonly clock: { now(): number }; readonly hasMail: boolean },
  until: number,
  { urgent, most, without = [] }: Lane,
): Promise<ClaimedNotice[] | null> {
  const now = clock.now()
  return store.write(async (tx) => {
    const ids: string[] = []
    const anybodys: string[] = []
    // One state at a time, so that the index gives them in order.
    for (const state of waiting) {
      const rows = await tx
        .selectFrom('outbox')
        .select(['id', 'channel'])
        .where('state', '=', state)
        .where('urgent', '=', urgent ? 1 : 0)
        .where('next_at', '<=', now)
        .where('claimed_until', '<=', now)
        .$if(without.length > 0, (query) => query.where('channel', 'not in', without))
        .orderBy('next_at')
        .limit(most - ids.length)
        .$if(store.kind === 'postgres', (query) => query.forUpdate().skipLocked())
        .execute()
      ids.push(...rows.map(({ id }) => id))
      anybodys.push(...rows.flatMap(({ id, channel }) => (channel === 'any' ? [id] : [])))
      if (ids.length === most) break
    }
    if (ids.length === 0) return null
    const more = await shareOut(tx, anybodys, { now, hasMail })
    ids.push(...more)
    await tx
      .updateTable('outbox')
      .set({ claimed_until: until })
      .where('id', 'in', ids)
      .where('state', 'in', waiting)
      .where('next_at', '<=', now)
      .$if(without.length > 0, (query) => query.where('channel', 'not in', without))
      .execute()
    const rows = await tx
      .selectFrom('outbox')
      .innerJoin('community', 'community.id', 'outbox.community_id')
      .leftJoin('incident', 'incident.id', 'outbox.case_id')
      .leftJoin('channel', 'channel.id', 'outbox.channel_id')
      .select([
        'outbox.id',
        'outbox.group_id',
        'outbox.notice',
        'outbox.case_id',
        'outbox.alert_id',
        'outbox.account_id',
        'outbox.sealed_address',
        'outbox.channel',
        'outbox.channel_id',
        'outbox.detail',
        'outbox.sealed_line',
        'outbox.urgent',
        'outbox.created_at',
        'outbox.attempts',
        'outbox.community_id',
        'community.short_name',
        'community.name',
        'community.time_zone',
        'incident.acknowledge_by',
        'channel.id as known',
        'channel.sealed',
        'channel.worked_at',
        'channel.failing_since',
      ])
      .where('outbox.id', 'in', ids)
      .where('outbox.claimed_until', '=', until)
      .execute()
    return rows.map((row) => ({
      id: row.id,
      group: row.group_id ?? row.id,
      notice: row.notice as NoticeKind,
      caseId: row.case_id,
      alertId: row.alert_id,
      accountId: row.account_id,
      sealedAddress: row.sealed_address,
      channel: row.channel,
      channelId: row.channel_id,
      known:
        row.known === null
          ? null
          : { sealed: row.sealed, worked_at: row.worked_at, failing_since: row.failing_since },
      detail: row.detail,
      sealedLine: row.sealed_line,
      urgent: row.urgent === 1,
      createdAt: row.created_at,
      attempts: row.attempts,
      community: {
        id: row.community_id,
        shortName: row.short_name,
        name: row.name,
        timeZone: row.time_zone,
      },
      acknowledgeBy: row.acknowledge_by,
    }))
  })
}

/** How handing a notice over ended. */
export interface Settled {
  readonly notice: ClaimedNotice
  readonly state: 'sent' | 'failed-for-now' | 'failed-for-good' | 'withdrawn'
  /** A short class of failure. */
  readonly failure: string | null
  /** Of a failure: what it says of the channel (see {@link ChannelNews}). */
  readonly over: ChannelNews['over']
  readonly at: number
  /** When it is tried again; {@link at} where it is not. */
  readonly nextAt: number
}

/** How long what is known of a channel that works stays fresh, so that not every letter writes it anew. */
const freshFor = 3_600_000

/**
 * Notes how notices ended, and lets go of them. What did not go out by one channel goes to the next of its member's
 * order, and once it went out by one the others need not try again; an urgent one rings everywhere.
 */
export async function settleNotices(tx: Tx, settled: readonly Settled[]): Promise<void> {
  const secret = await leavingOut(
    tx,
    settled.map(({ notice }) => notice),
  )
  for (const { notice, state, failure, over, at, nextAt } of settled) {
    const { id, accountId, channelId, known } = notice
    const { numUpdatedRows } = await tx
      .updateTable('outbox')
      .set((eb) => ({
        state,
        failure,
        next_at: nextAt,
        sent_at: state === 'sent' ? at : null,
        claimed_until: 0,
        // What was said to somebody else is in the case alone from now on (L2).
        ...(notice.notice === 'outgoing' && state === 'sent' ? { sealed_line: null } : {}),
        attempts: state === 'withdrawn' ? eb.ref('attempts') : eb('attempts', '+', 1),
      }))
      .where('id', '=', id)
      .where('state', 'in', waiting)
      .executeTakeFirst()
    if (state === 'withdrawn' || numUpdatedRows === 0n) continue
    const news = state !== 'sent' || known?.failing_since !== null || (known.worked_at ?? 0) < at - freshFor
    // K1: everybody sees how many channels of each member work, and so would whoever is left out see one that woke or died.
    if (channelId !== null && news && !secret.has(notice.caseId) && !secret.has(notice.alertId))
      await noteChannel(tx, { id: channelId, account: accountId, at, failure, over })
    if (state === 'sent') await callOff(tx, notice)
    else await passOn(tx, notice, at)
  }
}

/** Those cases and alerts of notices of which somebody must not know. */
async function leavingOut(tx: Tx, notices: readonly ClaimedNotice[]): Promise<ReadonlySet<string | null>> {
  const cases = [...new Set(notices.flatMap(({ caseId }) => caseId ?? []))]
  const alerts = [...new Set(notices.flatMap(({ alertId }) => alertId ?? []))]
  const found: { readonly id: string }[] = []
  if (cases.length > 0)
    found.push(
      ...(await tx.selectFrom('exclusion').select('case_id as id').where('case_id', 'in', cases).execute()),
    )
  if (alerts.length > 0)
    found.push(
      ...(await tx
        .selectFrom('alert_exclusion')
        .select('alert_id as id')
        .where('alert_id', 'in', alerts)
        .execute()),
    )
  return new Set(found.map(({ id }) => id))
}

/** Lets go of everything in hand: at the start of the only process there is on a store. */
export async function releaseNotices(tx: Tx): Promise<void> {
  await tx
    .updateTable('outbox')
    .set({ claimed_until: 0 })
    .where('state', 'in', waiting)
    .where('claimed_until', '>', 0)
    .execute()
}

/** When the next notice of a lane is due, epoch milliseconds; null where none waits. */
export async function nextNoticeAt(db: Db, { urgent }: Pick<Lane, 'urgent'>): Promise<number | null> {
  let next: number | null = null
  for (const state of waiting) {
    const row = await db
      .selectFrom('outbox')
      .select('next_at')
      .where('state', '=', state)
      .where('urgent', '=', urgent ? 1 : 0)
      .orderBy('next_at')
      .limit(1)
      .executeTakeFirst()
    if (row && (next === null || row.next_at < next)) next = row.next_at
  }
  return next
}

/**
 * The mail address of the account a notice is for, as long as they may still know what it is about: an active
 * member, of a case only while it is handed to them, and of an alert unless it leaves them out (K1, K4). Null: the
 * notice is withdrawn, whichever channel it was to go out by.
 */
export async function addressFor(
  db: Db,
  { accountId, community, caseId, alertId, notice }: ClaimedNotice,
): Promise<string | null> {
  const row = await db
    .selectFrom('member')
    .innerJoin('account', 'account.id', 'member.account_id')
    .select('account.email')
    .where('member.account_id', '=', accountId)
    .where('member.community_id', '=', community.id)
    .where('member.left_at', 'is', null)
    .$if(alertId !== null, (query) => query.where(mayKnowAlert(alertId, sql.ref('member.id'))))
    .$if(caseId !== null && notice !== 'report-for-organizers', (query) =>
      query.where(({ exists, selectFrom }) =>
        exists(
          selectFrom('reader')
            .select('reader.case_id')
            .where('reader.case_id', '=', caseId as string)
            .whereRef('reader.member_id', '=', 'member.id'),
        ),
      ),
    )
    .$if(notice === 'report-for-organizers', (query) => query.where('member.standing', '=', 'organizer'))
    .executeTakeFirst()
  return row?.email ?? null
}

/** How one notice stands; null where there is none. */
export async function noticeState(
  db: Db,
  id: string,
): Promise<Pick<OutboxTable, 'state' | 'failure'> | null> {
  const row = await db
    .selectFrom('outbox')
    .select(['state', 'failure'])
    .where('id', '=', id)
    .executeTakeFirst()
  return row ?? null
}

/**
 * The newest notices of a community, for whoever looks after its mail. Of notices about cases only those about
 * cases that are handed to them: to everybody else a case that is not theirs leaves no trace (K1). Nor does an alert.
 *
 * @param member - the member who asks.
 */
export async function recentNotices(
  db: Db,
  community: string,
  member: string,
  most: number,
): Promise<
  Pick<
    OutboxTable,
    'id' | 'notice' | 'channel' | 'created_at' | 'state' | 'attempts' | 'failure' | 'sent_at'
  >[]
> {
  return (
    db
      .selectFrom('outbox')
      .select(['id', 'notice', 'channel', 'created_at', 'state', 'attempts', 'failure', 'sent_at'])
      .where('community_id', '=', community)
      // K3: it may be about whoever looks.
      .where('notice', '!=', 'set-aside-proposed')
      .where(({ or, eb, exists, selectFrom }) =>
        or([
          // A member's reminder of their own is nobody else's to know.
          eb('case_id', 'is', null).and('notice', '!=', 'task-due'),
          exists(
            selectFrom('reader')
              .select('reader.case_id')
              .whereRef('reader.case_id', '=', 'outbox.case_id')
              .where('reader.member_id', '=', member),
          ),
        ]),
      )
      // Whom an alert did call is nothing for whoever it leaves out either.
      .where(mayKnowAlert(sql.ref('outbox.alert_id'), member))
      .orderBy('created_at', 'desc')
      .orderBy('id')
      .limit(most)
      .execute()
  )
}
