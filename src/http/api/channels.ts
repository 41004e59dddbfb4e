import { setTimeout as wait } from 'node:timers/promises'
import { z } from '@hono/zod-openapi'
import {
  addNtfy,
  addPush,
  addWebhook,
  dropChannel,
  dropWebhook,
  orderChannels,
  setHeartbeat,
  setQuiet,
  testChannel,
  testWebhook,
} from '../../casework/channels.ts'
import { noticeSeen, pushDelivered } from '../../casework/deliveries.ts'
import type { Office } from '../../casework/office.ts'
import { pushKey } from '../../casework/push-key.ts'
import { type Channel, channelsOf, quietHoursOf, webhooksOf, works } from '../../store/channels.ts'
import { deliveriesTo } from '../../store/deliveries.ts'
import { noticeKinds, noticeState } from '../../store/outbox.ts'
import { channelKinds } from '../../store/schema.ts'
import { labelOf } from '../device.ts'
import type { Routes } from '../endpoint.ts'
import { accountOf, memberOf } from '../visitor.ts'
import { hash, id, instant, shortName } from './shapes.ts'

const kind = z.enum(channelKinds)

const channelLine = z
  .object({
    id,
    kind,
    /** Of a push: browser and system. Of a chat room: which kind. */
    label: z.string(),
    /** It is checked weekly. */
    heartbeat: z.boolean(),
    /** It has carried something, and nothing says that it is broken. */
    works: z.boolean(),
    /** Nothing more is expected of it. */
    dead: z.boolean(),
    workedAt: instant.nullable(),
    failingSince: instant.nullable(),
    failure: z.string().nullable(),
  })
  .openapi('Channel')

const minute = z.int().min(0).max(1439)
const quietHours = z.object({ from: minute, until: minute }).openapi('QuietHours', {
  description: 'Minutes of the day on the wall clock of the community',
})

const channelsAnswer = z
  .object({
    channels: z.array(channelLine),
    quietHours: quietHours.nullable(),
    /** For `pushManager.subscribe`, URL-safe base64. */
    pushKey: z.string(),
  })
  .openapi('Channels')

const delivery = z
  .object({
    id,
    notice: z.enum(noticeKinds),
    channel: z.enum(['any', ...kind.options]),
    channelId: z.string().nullable(),
    state: z.enum(['queued', 'sent', 'delivered', 'seen', 'failed-for-now', 'failed-for-good']),
    at: instant,
    failure: z.string().nullable(),
    attempts: z.int(),
  })
  .openapi('Delivery')

const tested = z.object({ sent: z.boolean(), failure: z.string().nullable() }).openapi('ChannelTest')

const httpAddress = z
  .url({ protocol: /^https?$/, error: 'must be an https:// address' })
  .max(2000)
  .refine((text) => new URL(text).username === '' && new URL(text).hash === '', 'must be without a name or #')
const base64Url = (bytes: number) =>
  z
    .string()
    .regex(/^[A-Za-z0-9_-]+=*$/, 'must be URL-safe base64')
    .refine((text) => Buffer.from(text, 'base64url').length === bytes, `must be ${bytes} bytes`)

const newPush = z
  .object({
    endpoint: httpAddress,
    keys: z.object({ p256dh: base64Url(65), auth: base64Url(16) }),
    /** The channel of the same browser, where its endpoint has changed. */
    replaces: id.nullable(),
  })
  .openapi('NewPush')

const newNtfy = z
  .object({
    server: httpAddress.transform((text) => text.replace(/\/+$/, '')),
    topic: z.string().regex(/^[-_A-Za-z0-9]{1,64}$/, 'must be letters, digits, - and _, at most 64'),
    token: z
      .string()
      .regex(/^[\x21-\x7e]{1,200}$/, 'must be without spaces')
      .nullable(),
    priority: z.int().min(1).max(5),
  })
  .openapi('NewNtfy')

const newWebhook = z
  .object({ url: httpAddress, format: z.enum(['slack', 'discord', 'matrix']) })
  .openapi('NewWebhook')

/** A channel of whoever is signed in, or a chat room. */
export type ChannelLine = z.infer<typeof channelLine>
export type ChannelsAnswer = z.infer<typeof channelsAnswer>
/** A notice on one channel, and how it fared. */
export type DeliveryLine = z.infer<typeof delivery>
export type ChannelTestAnswer = z.infer<typeof tested>

const shown = 50
const patience = 20_000
const pause = 100

/** Letters go into a folder, where nobody gets them. */
const noServer = 'no-server'

const line = (channel: Channel, hasMail: boolean): ChannelLine => ({
  id: channel.id,
  kind: channel.kind,
  label: channel.label,
  heartbeat: channel.heartbeat === 1,
  works: works(channel, hasMail),
  dead: channel.dead === 1,
  workedAt: channel.worked_at,
  failingSince: channel.failing_since,
  failure: channel.kind === 'mail' && !hasMail ? noServer : channel.failure,
})

/** How members are reached, the chat rooms of a community, and how what was sent fared. */
export function addChannelRoutes(routes: Routes, office: Office): void {
  const { store, hasMail } = office
  const ofChannel = z.object({ channel: id })

  async function outcomeOf(notice: string): Promise<ChannelTestAnswer> {
    for (let waited = 0; waited < patience; waited += pause) {
      const found = await noticeState(store.db, notice)
      if (found?.state === 'sent') return { sent: true, failure: null }
      if (found && found.state !== 'queued') return { sent: false, failure: found.failure }
      await wait(pause)
    }
    return { sent: false, failure: 'slow' }
  }

  routes.endpoint(
    {
      method: 'get',
      path: '/channels',
      who: 'account',
      summary: 'Your channels in your order, your quiet hours, and the key for pushes',
      answer: channelsAnswer,
    },
    async ({ c }) => {
      const { id: account } = accountOf(c.get('visitor'))
      const channels = (await channelsOf(store.db, [account])).get(account) ?? []
      const quiet = (await quietHoursOf(store.db, [account])).get(account) ?? null
      return {
        channels: channels.map((one) => line(one, hasMail)),
        quietHours: quiet,
        pushKey: (await pushKey(office)).publicKey,
      }
    },
  )

  routes.endpoint(
    {
      method: 'post',
      path: '/channels/push',
      who: 'account',
      summary: 'Add this browser, or renew what is known of it',
      body: newPush,
      answer: z.object({ id }),
      status: 201,
    },
    async ({ body, c }) => {
      const label = labelOf(c.req.header('user-agent') ?? '')
      return { id: await addPush(office, accountOf(c.get('visitor')).id, { ...body, label }) }
    },
  )

  routes.endpoint(
    {
      method: 'post',
      path: '/channels/ntfy',
      who: 'account',
      summary: 'Add a topic on a server of ntfy',
      body: newNtfy,
      answer: z.object({ id }),
      status: 201,
    },
    async ({ body, c }) => ({ id: await addNtfy(office, accountOf(c.get('visitor')).id, body) }),
  )

  routes.endpoint(
    {
      method: 'put',
      path: '/channels/order',
      who: 'account',
      summary: 'Put your channels in an order',
      body: z.object({ order: z.array(id).max(20) }),
    },
    async ({ body, c }) => {
      await orderChannels(office, accountOf(c.get('visitor')).id, body.order)
      return null
    },
  )

  routes.endpoint(
    {
      method: 'put',
      path: '/channels/quiet-hours',
      who: 'account',
      summary: 'Say when you are not to be rung, unless you are on call',
      body: z.object({ quietHours: quietHours.nullable() }),
    },
    async ({ body, c }) => {
      await setQuiet(office, accountOf(c.get('visitor')).id, body.quietHours)
      return null
    },
  )

  routes.endpoint(
    {
      method: 'patch',
      path: '/channels/{channel}',
      who: 'account',
      summary: 'Say whether a channel is checked weekly',
      params: ofChannel,
      body: z.object({ heartbeat: z.boolean() }),
    },
    async ({ params, body, c }) => {
      await setHeartbeat(office, accountOf(c.get('visitor')).id, params.channel, body.heartbeat)
      return null
    },
  )

  routes.endpoint(
    {
      method: 'delete',
      path: '/channels/{channel}',
      who: 'account',
      summary: 'Remove a channel; mail stays',
      params: ofChannel,
    },
    async ({ params, c }) => {
      await dropChannel(office, accountOf(c.get('visitor')).id, params.channel)
      return null
    },
  )

  routes.endpoint(
    {
      method: 'post',
      path: '/channels/{channel}/test',
      who: 'account',
      summary: 'Send a test to yourself by one channel; answers when it was handed over',
      params: ofChannel,
      answer: tested,
    },
    async ({ params, c }) => {
      const account = accountOf(c.get('visitor')).id
      const outcome = await outcomeOf(await testChannel(office, account, params.channel))
      // Mail's id is the account's.
      return hasMail || params.channel !== account ? outcome : { sent: false, failure: noServer }
    },
  )

  routes.endpoint(
    {
      method: 'get',
      path: '/deliveries',
      who: 'account',
      summary: 'The newest notices to you on every channel, and how they fared',
      answer: z.array(delivery),
    },
    async ({ c }) => {
      const rows = await deliveriesTo(store.db, accountOf(c.get('visitor')).id, shown)
      return rows.map((row) => ({
        id: row.id,
        notice: row.notice as DeliveryLine['notice'],
        channel: row.channel,
        channelId: row.channel_id,
        state: stateOf(row),
        at: row.seen_at ?? row.delivered_at ?? row.sent_at ?? row.created_at,
        failure: row.failure,
        attempts: row.attempts,
      }))
    },
  )

  routes.endpoint(
    {
      method: 'post',
      path: '/deliveries/{delivery}/delivered',
      who: 'anybody',
      summary: 'Say that this browser has a push; the receipt came with it',
      params: z.object({ delivery: id }),
      body: z.object({ receipt: hash }),
    },
    async ({ params, body }) => {
      await pushDelivered(office, params.delivery, body.receipt)
      return null
    },
  )

  routes.endpoint(
    {
      method: 'post',
      path: '/deliveries/{delivery}/seen',
      who: 'account',
      summary: 'Say that you opened what a notice leads to',
      params: z.object({ delivery: id }),
    },
    async ({ params, c }) => {
      await noticeSeen(office, accountOf(c.get('visitor')).id, params.delivery)
      return null
    },
  )

  const ofCommunity = z.object({ community: shortName })
  const ofWebhook = ofCommunity.extend({ webhook: id })

  routes.endpoint(
    {
      method: 'get',
      path: '/communities/{community}/webhooks',
      who: 'chair',
      summary: 'The chat rooms that hear when somebody needs a committee member',
      params: ofCommunity,
      answer: z.array(channelLine),
    },
    async ({ c }) =>
      (await webhooksOf(store.db, memberOf(c.get('visitor')).community)).map((one) => line(one, hasMail)),
  )

  routes.endpoint(
    {
      method: 'post',
      path: '/communities/{community}/webhooks',
      who: 'chair',
      summary: 'Add a chat room',
      params: ofCommunity,
      body: newWebhook,
      answer: z.object({ id }),
      status: 201,
    },
    async ({ body, c }) => ({ id: await addWebhook(office, memberOf(c.get('visitor')), body) }),
  )

  routes.endpoint(
    {
      method: 'delete',
      path: '/communities/{community}/webhooks/{webhook}',
      who: 'chair',
      summary: 'Remove a chat room',
      params: ofWebhook,
    },
    async ({ params, c }) => {
      await dropWebhook(office, memberOf(c.get('visitor')), params.webhook)
      return null
    },
  )

  routes.endpoint(
    {
      method: 'post',
      path: '/communities/{community}/webhooks/{webhook}/test',
      who: 'chair',
      summary: 'Send a test to a chat room; answers when it was handed over',
      params: ofWebhook,
      answer: tested,
    },
    async ({ params, c }) => outcomeOf(await testWebhook(office, memberOf(c.get('visitor')), params.webhook)),
  )
}

function stateOf({
  state,
  seen_at,
  delivered_at,
}: Awaited<ReturnType<typeof deliveriesTo>>[number]): DeliveryLine['state'] {
  if (seen_at !== null) return 'seen'
  if (delivered_at !== null) return 'delivered'
  // Withdrawn ones are not shown: what somebody may not know of any more leaves no trace (K1).
  return state === 'withdrawn' ? 'queued' : state
}
