/** Which channels a notice goes out by, and what becomes of it on the others. */
import { type QuietHours, quietUntil } from '../procedure/quiet-hours.ts'
import { type Channel, canCarry, channelsOf, isFit, quietHoursOf, webhooksOf } from './channels.ts'
import { readCommittee } from './committee.ts'
import { rowId } from './ids.ts'
import type { OutboxTable } from './schema.ts'
import type { Tx } from './store.ts'

/** As much of a notice as decides what becomes of it on other channels. */
interface OnOneChannel {
  readonly id: string
  /** The first row of the same notice. */
  readonly group: string
  readonly notice: string
  readonly accountId: string | null
  readonly alertId: string | null
  readonly urgent: boolean
  readonly attempts: number
}

/** What is so while notices are shared out. */
interface Given {
  readonly now: number
  /** Whether letters reach somebody: in a folder they ring nobody. */
  readonly hasMail: boolean
}

/** Notices that are about one channel, and so go out by no other. */
const ofOneChannel = new Set(['channel-test', 'channel-check', 'mail-test'])

/**
 * Shares notices out to the channels of the accounts they are for: urgent ones to all at once, others to the first
 * that works in the member's order. Quiet hours hold them back, except of whoever has the duty, and never so that
 * an alert rings nobody.
 *
 * @param ids - of notices of channel `any`, due.
 * @returns the ids of the rows that were added, due now. Those that are held back are due later.
 */
export async function shareOut(tx: Tx, ids: readonly string[], given: Given): Promise<string[]> {
  const { now } = given
  if (ids.length === 0) return []
  const rows = await tx
    .selectFrom('outbox')
    .innerJoin('community', 'community.id', 'outbox.community_id')
    .selectAll('outbox')
    .select('community.time_zone as zone')
    .where('outbox.id', 'in', [...ids])
    .execute()
  const accounts = [...new Set(rows.flatMap(({ account_id }) => account_id ?? []))]
  const channels = await channelsOf(tx, accounts)
  const quiet = await quietHoursOf(tx, accounts)
  const added: OutboxTable[] = []
  for (const { zone, ...row } of rows) {
    const hours = row.account_id === null ? undefined : quiet.get(row.account_id)
    const held = hours === undefined ? null : await heldUntil(tx, row, hours, zone, given)
    if (held !== null) {
      await hold(tx, row, held)
      continue
    }
    const [first, ...others] =
      row.account_id === null
        ? (await webhooksOf(tx, row.community_id)).filter(canCarry)
        : firstOf(channels.get(row.account_id) ?? [], row.urgent === 1, given)
    await tx
      .updateTable('outbox')
      // A community without a chat room: there is nobody to tell there.
      .set(first ? { channel: first.kind, channel_id: first.id } : { state: 'withdrawn' })
      .where('id', '=', row.id)
      .execute()
    for (const channel of others) added.push(onChannel(row, channel, now))
  }
  if (added.length > 0) await tx.insertInto('outbox').values(added).execute()
  return added.map(({ id }) => id)
}

/** Those a notice goes out by first: at least one, since mail can always be tried. */
function firstOf(channels: readonly Channel[], urgent: boolean, { now, hasMail }: Given): readonly Channel[] {
  const able = channels.filter(canCarry)
  if (urgent) return able
  return [able.find((channel) => isFit(channel, now, hasMail)) ?? able[0]].filter((one) => one !== undefined)
}

const onChannel = (
  row: OutboxTable,
  { id, kind }: Pick<Channel, 'id' | 'kind'>,
  now: number,
): OutboxTable => ({
  ...row,
  id: rowId(now),
  group_id: row.group_id ?? row.id,
  channel: kind,
  channel_id: id,
  next_at: now,
  attempts: 0,
  state: 'queued',
  failure: null,
  sent_at: null,
  delivered_at: null,
  seen_at: null,
  claimed_until: 0,
})

/** Until when quiet hours hold a notice back; null: it goes out now. */
async function heldUntil(
  tx: Tx,
  row: OutboxTable,
  hours: QuietHours,
  zone: string,
  given: Given,
): Promise<number | null> {
  const { now } = given
  const until = quietUntil(hours, zone, now)
  if (until === null || row.on_duty === 1) return null
  const onCall = await accountsOnCall(tx, row.community_id, now)
  if (onCall.has(row.account_id as string)) return null
  if (row.urgent === 1 && !(await ringsSomebody(tx, row, onCall, zone, given))) return null
  return until
}

async function accountsOnCall(tx: Tx, community: string, now: number): Promise<ReadonlySet<string>> {
  const committee = await readCommittee(tx, community, now)
  const pair = [committee?.pair?.primary, committee?.pair?.secondary]
  return new Set(committee?.members.flatMap(({ id, account }) => (pair.includes(id) ? [account] : [])))
}

/**
 * Whether an alert rings, or has rung, anybody else: by a channel that did not fail, or about to because no quiet
 * hours hold theirs back.
 */
async function ringsSomebody(
  tx: Tx,
  { id, alert_id, account_id, community_id }: OutboxTable,
  onCall: ReadonlySet<string>,
  zone: string,
  { now, hasMail }: Given,
): Promise<boolean> {
  if (alert_id === null) return false
  const others = await tx
    .selectFrom('outbox')
    .select(['account_id', 'channel', 'on_duty'])
    .where('alert_id', '=', alert_id)
    .where('community_id', '=', community_id)
    .where('urgent', '=', 1)
    .where('id', '!=', id)
    .where('account_id', 'is not', null)
    .where('account_id', '!=', account_id)
    .where('state', 'in', ['queued', 'sent'])
    .$if(!hasMail, (query) => query.where('channel', '!=', 'mail'))
    .execute()
  const quiet = await quietHoursOf(
    tx,
    others.flatMap((other) => other.account_id ?? []),
  )
  return others.some(({ account_id: other, channel, on_duty }) => {
    const hours = quiet.get(other as string)
    const rings = hours === undefined || quietUntil(hours, zone, now) === null
    return channel !== 'any' || on_duty === 1 || onCall.has(other as string) || rings
  })
}

/** Holds a notice back. Of an alert that repeats, the newest is enough. */
async function hold(tx: Tx, { id, alert_id, account_id }: OutboxTable, until: number): Promise<void> {
  await tx.updateTable('outbox').set({ next_at: until }).where('id', '=', id).execute()
  if (alert_id === null) return
  await tx
    .updateTable('outbox')
    .set({ state: 'withdrawn' })
    .where('alert_id', '=', alert_id)
    .where('account_id', '=', account_id)
    .where('channel', '=', 'any')
    .where('state', '=', 'queued')
    .where('id', '!=', id)
    .execute()
}

/** After a notice went out by one channel: the others it was to fall back on need not try again. */
export async function callOff(tx: Tx, { id, group, urgent, attempts }: OnOneChannel): Promise<void> {
  if (urgent || (group === id && attempts === 0)) return
  await tx
    .updateTable('outbox')
    .set({ state: 'withdrawn', claimed_until: 0 })
    .where(({ or, eb }) => or([eb('group_id', '=', group), eb('id', '=', group)]))
    .where('id', '!=', id)
    .where('state', 'in', ['queued', 'failed-for-now'])
    .execute()
}

/**
 * After a notice did not go out by one channel: it is queued for the next that it was not tried on. Of an alert,
 * those whose quiet hours held theirs back since others were rung are looked at again.
 */
export async function passOn(tx: Tx, notice: OnOneChannel, now: number): Promise<void> {
  const { id, group, accountId, urgent, alertId } = notice
  if (urgent) {
    if (alertId !== null)
      await tx
        .updateTable('outbox')
        .set({ next_at: now })
        .where('alert_id', '=', alertId)
        .where('channel', '=', 'any')
        .where('state', '=', 'queued')
        .where('next_at', '>', now)
        .execute()
    return
  }
  if (accountId === null || ofOneChannel.has(notice.notice)) return
  const rows = await tx
    .selectFrom('outbox')
    .selectAll()
    .where(({ or, eb }) => or([eb('group_id', '=', group), eb('id', '=', group)]))
    .execute()
  const tried = new Set(rows.map(({ channel_id }) => channel_id))
  const able = ((await channelsOf(tx, [accountId])).get(accountId) ?? []).filter(canCarry)
  const next = able.find((channel) => !tried.has(channel.id))
  const row = rows.find((one) => one.id === id)
  if (!next || !row) return
  await tx
    .insertInto('outbox')
    .values(onChannel(row, next, now))
    .execute()
}
