import type { QuietHours } from '../procedure/quiet-hours.ts'
import { newId, toBase64Url } from '../sealing/bytes.ts'
import {
  addChannel,
  canCarry,
  changeChannel,
  channelsOf,
  removeChannel,
  setQuietHours,
  webhooksOf,
} from '../store/channels.ts'
import { appendLog } from '../store/log.ts'
import { type Membership, membershipsOf } from '../store/members.ts'
import { queueNotices } from '../store/outbox.ts'
import type { ChannelKind } from '../store/schema.ts'
import type { Office } from './office.ts'
import { Refused } from './refused.ts'

const mostChannels = 10
const mostRooms = 5

/** A browser that takes pushes. */
export interface NewPush {
  readonly endpoint: string
  readonly keys: { readonly p256dh: string; readonly auth: string }
  /** Browser and system in two words. */
  readonly label: string
  /** The channel of the same browser, where its endpoint has changed. */
  readonly replaces: string | null
}

/** A topic on a server of ntfy. */
export interface NewNtfy {
  readonly server: string
  readonly topic: string
  readonly token: string | null
  readonly priority: number
}

/** A chat room that takes messages. */
export interface NewWebhook {
  readonly url: string
  readonly format: 'slack' | 'discord' | 'matrix'
}

/**
 * Adds a browser to an account's channels, or renews what is known of it: a browser is the same as long as its
 * endpoint is, and keeps its place when it says which one it takes the place of.
 *
 * @returns the channel's id.
 * @throws {Refused} `invalid-input` where there are too many.
 */
export async function addPush(
  { store, serverKey, clock }: Office,
  account: string,
  push: NewPush,
): Promise<string> {
  const { endpoint, keys, label, replaces } = push
  const digest = Buffer.from(serverKey.disguise(`push ${account} ${endpoint}`), 'hex')
  const id = toBase64Url(digest.subarray(0, 16))
  const sealed = serverKey.seal(JSON.stringify({ endpoint, keys }))
  await store.write(async (tx) => {
    const channels = (await channelsOf(tx, [account])).get(account) ?? []
    const former = channels.find((channel) => channel.id === replaces && channel.kind === 'push')
    if (channels.some((channel) => channel.id === id)) await changeChannel(tx, account, id, { sealed, label })
    else {
      if (former) await removeChannel(tx, former.id, { account })
      else if (channels.length >= mostChannels) throw tooMany(mostChannels)
      await addChannel(tx, {
        id,
        account_id: account,
        community_id: null,
        kind: 'push',
        label,
        sealed,
        created_at: clock.now(),
      })
      if (former) {
        const { position, heartbeat } = former
        await changeChannel(tx, account, id, { position, heartbeat })
      }
    }
  })
  return id
}

/**
 * Adds a topic of ntfy to an account's channels.
 *
 * @returns the channel's id.
 * @throws {Refused} `invalid-input` where there are too many.
 */
export async function addNtfy(
  { store, serverKey, clock }: Office,
  account: string,
  ntfy: NewNtfy,
): Promise<string> {
  const id = newId()
  await store.write(async (tx) => {
    const channels = (await channelsOf(tx, [account])).get(account) ?? []
    if (channels.length >= mostChannels) throw tooMany(mostChannels)
    await addChannel(tx, {
      id,
      account_id: account,
      community_id: null,
      kind: 'ntfy',
      label: '',
      sealed: serverKey.seal(JSON.stringify(ntfy)),
      created_at: clock.now(),
    })
  })
  return id
}

/**
 * Takes a channel away. Mail stays.
 *
 * @throws {Refused} `not-found`.
 */
export async function dropChannel({ store }: Office, account: string, channel: string): Promise<void> {
  if (!(await store.write((tx) => removeChannel(tx, channel, { account })))) throw new Refused('not-found')
}

/**
 * Says whether a channel is checked weekly.
 *
 * @throws {Refused} `not-found`.
 */
export async function setHeartbeat(
  { store }: Office,
  account: string,
  channel: string,
  on: boolean,
): Promise<void> {
  await store.write(async (tx) => {
    await ownChannel(tx, account, channel)
    await changeChannel(tx, account, channel, { heartbeat: on ? 1 : 0 })
  })
}

/**
 * Puts an account's channels in an order. Those left out come after.
 *
 * @throws {Refused} `not-found` for one that is not theirs.
 */
export async function orderChannels(
  { store }: Office,
  account: string,
  order: readonly string[],
): Promise<void> {
  await store.write(async (tx) => {
    const ids = ((await channelsOf(tx, [account])).get(account) ?? []).map(({ id }) => id)
    if (order.some((id) => !ids.includes(id))) throw new Refused('not-found')
    const whole = [...new Set([...order, ...ids])]
    for (const [position, id] of whole.entries()) await changeChannel(tx, account, id, { position })
  })
}

/** Sets when an account is not to be rung; null: always. */
export async function setQuiet({ store }: Office, account: string, hours: QuietHours | null): Promise<void> {
  await store.write((tx) => setQuietHours(tx, account, hours))
}

/**
 * Queues a test to one channel, on the way that every notice takes.
 *
 * @returns the delivery's id.
 * @throws {Refused} `not-found`, also for somebody who is in no community any more.
 */
export async function testChannel(office: Office, account: string, channel: string): Promise<string> {
  const { store, clock } = office
  const [id = ''] = await store.write(async (tx) => {
    const { kind } = await ownChannel(tx, account, channel)
    const [membership] = await membershipsOf(tx, account)
    if (!membership) throw new Refused('not-found')
    return queueNotices(tx, [
      {
        community: membership.community.id,
        case: null,
        account,
        channel: { id: channel, kind },
        notice: 'channel-test',
        detail: {},
        at: clock.now(),
      },
    ])
  })
  await store.publish('outbox', '')
  return id
}

type Tx = Parameters<typeof addChannel>[0]

async function ownChannel(tx: Tx, account: string, channel: string): Promise<{ kind: ChannelKind }> {
  const found = (await channelsOf(tx, [account])).get(account)?.find(({ id }) => id === channel)
  if (!found || !canCarry(found)) throw new Refused('not-found')
  return found
}

const tooMany = (most: number): Refused =>
  new Refused('invalid-input', { field: 'channels', reason: `must be at most ${most}; remove one first` })

/**
 * Adds a chat room of a community (D1). Only that somebody needs a committee member is ever said there.
 *
 * @returns the channel's id.
 * @throws {Refused} `invalid-input` where there are too many.
 */
export async function addWebhook(
  { store, serverKey, clock }: Office,
  { id: actor, community }: Membership,
  webhook: NewWebhook,
): Promise<string> {
  const id = newId()
  const now = clock.now()
  await store.write(async (tx) => {
    if ((await webhooksOf(tx, community)).length >= mostRooms) throw tooMany(mostRooms)
    await addChannel(tx, {
      id,
      account_id: null,
      community_id: community,
      kind: 'webhook',
      label: webhook.format,
      sealed: serverKey.seal(JSON.stringify(webhook)),
      created_at: now,
    })
    await appendLog(tx, [{ community, at: now, case: null, actor, deed: 'webhook-added' }])
  })
  return id
}

/**
 * Takes a chat room away.
 *
 * @throws {Refused} `not-found`.
 */
export async function dropWebhook(
  { store, clock }: Office,
  { id: actor, community }: Membership,
  webhook: string,
): Promise<void> {
  await store.write(async (tx) => {
    if (!(await removeChannel(tx, webhook, { community }))) throw new Refused('not-found')
    await appendLog(tx, [{ community, at: clock.now(), case: null, actor, deed: 'webhook-removed' }])
  })
}

/**
 * Queues a test to a chat room.
 *
 * @returns the delivery's id.
 * @throws {Refused} `not-found`.
 */
export async function testWebhook(
  office: Office,
  { community }: Membership,
  webhook: string,
): Promise<string> {
  const { store, clock } = office
  const [id = ''] = await store.write(async (tx) => {
    if (!(await webhooksOf(tx, community)).some((room) => room.id === webhook)) throw new Refused('not-found')
    return queueNotices(tx, [
      {
        community,
        case: null,
        channel: { id: webhook, kind: 'webhook' },
        notice: 'channel-test',
        detail: {},
        at: clock.now(),
      },
    ])
  })
  await store.publish('outbox', '')
  return id
}
