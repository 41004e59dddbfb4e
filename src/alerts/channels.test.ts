import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { foundCommunity, type TestCommunity } from '../../test/support/community.ts'
import { everyValue } from '../../test/support/every-row.ts'
import { type Listener, listen, openPushService } from '../../test/support/listeners.ts'
import { storeKinds, type TestOffice, testOffice } from '../../test/support/office.ts'
import { openPostOffice, type PostOffice } from '../../test/support/post-office.ts'
import { sealedReport } from '../../test/support/report.ts'
import {
  addNtfy,
  addPush,
  addWebhook,
  dropChannel,
  orderChannels,
  setQuiet,
  testChannel,
} from '../casework/channels.ts'
import { checkChannels } from '../casework/check-channels.ts'
import { noticeSeen, pushDelivered } from '../casework/deliveries.ts'
import { reportFiler } from '../casework/file-report.ts'
import { pushKey } from '../casework/push-key.ts'
import { newId } from '../sealing/bytes.ts'
import { keepAlert, withdrawCalls } from '../store/alerts.ts'
import { channelsOf, works } from '../store/channels.ts'
import { deliveriesTo } from '../store/deliveries.ts'
import { claimNotices, type Notice, queueNotices } from '../store/outbox.ts'
import { type Alerts, startAlerts } from './start.ts'

const minute = 60_000
const day = 24 * 60 * minute
const line = 'By the stairs, xylophone'

describe.each(storeKinds)('on %s', (kind) => {
  let office: TestOffice
  let community: TestCommunity
  let mail: PostOffice
  let push: Awaited<ReturnType<typeof openPushService>>
  let ntfy: Listener
  let room: Listener
  let alerts: Alerts
  let dataDir: string
  let logged: string[]

  beforeEach(async () => {
    office = await testOffice(kind)
    community = await foundCommunity(office, { members: ['Zelda', 'Sam', 'Mei'] })
    mail = await openPostOffice()
    const { publicKey } = await pushKey(office)
    push = await openPushService(() => publicKey)
    ntfy = await listen()
    room = await listen()
    dataDir = await mkdtemp(join(tmpdir(), 'bellwether-channels-'))
    logged = []
    alerts = begin()
  })
  afterEach(async () => {
    await alerts.stop()
    for (const one of [push, ntfy, room, mail]) await one.stop()
    await office.drop()
    await rm(dataDir, { recursive: true, force: true })
  })

  const begin = ({ reachPrivate = true } = {}): Alerts =>
    startAlerts(office, {
      smtpUrl: mail.url,
      mailFrom: 'desk@example.org',
      vapidSubject: 'mailto:ops@example.org',
      reachPrivate,
      dataDir,
      publicUrl: () => 'https://help.example.org',
      log: pino({ level: 'trace' }, { write: (text: string) => void logged.push(text) }),
    })
  const account = (name: string): string => community.person(name).account
  const withPush = (name: string, endpoint = 'one') =>
    addPush(office, account(name), {
      ...push.subscription(endpoint),
      label: 'Firefox, Linux',
      replaces: null,
    })
  const withNtfy = (name: string, priority = 5) =>
    addNtfy(office, account(name), { server: ntfy.origin, topic: 'zeldas', token: 'tk_quokka', priority })
  const queue = (name: string, more: Partial<Notice> = {}) =>
    office.store.write((tx) =>
      queueNotices(tx, [
        {
          community: community.id,
          case: null,
          account: account(name),
          notice: 'case-brought',
          detail: {},
          at: office.clock.now(),
          ...more,
        },
      ]),
    )
  /** One step of an alert: everybody it goes to is queued at once. */
  const alarm = (names: string | readonly string[], alert = newId()) =>
    office.store.write((tx) =>
      queueNotices(
        tx,
        [names].flat().map((name) => ({
          community: community.id,
          case: null,
          account: account(name),
          notice: 'alert' as const,
          alert,
          urgent: true,
          sealedLine: office.serverKey.seal(line),
          detail: {},
          at: office.clock.now(),
        })),
      ),
    )
  const states = async (name: string) =>
    (await deliveriesTo(office.store.db, account(name), 50))
      .map(({ channel, state, failure }) => `${channel} ${state}${failure ? ` ${failure}` : ''}`)
      .sort()
  const working = async (name: string) =>
    (await channelsOf(office.store.db, [account(name)]))
      .get(account(name))
      ?.filter((one) => works(one, office.hasMail)).length
  const told = () => ({ mail: mail.mails.length, push: push.heard.length, ntfy: ntfy.heard.length })

  test('D1: an alert rings by every channel at once, with its one line, and says nothing else', async () => {
    await withPush('Zelda')
    await withNtfy('Zelda')
    const alert = newId()
    await alarm('Zelda', alert)
    await alerts.runDue()
    expect(told()).toEqual({ mail: 1, push: 1, ntfy: 1 })
    const [pushed] = push.read()
    expect(pushed).toMatchObject({
      title: 'Somebody needs a committee member now · Chicago Python',
      body: line,
      urgent: true,
      rings: true,
    })
    expect(pushed?.path).toMatch(new RegExp(`^/console/alerts/${alert}#seen-`))
    expect(push.heard[0]?.headers).toMatchObject({ urgency: 'high', ttl: '3600' })
    const published = JSON.parse(String(ntfy.heard[0]?.body))
    expect(published).toMatchObject({ topic: 'zeldas', message: line, priority: 5 })
    expect(published.click).toMatch(new RegExp(`^https://help.example.org/console/alerts/${alert}#seen-`))
    expect(ntfy.heard[0]).toMatchObject({ path: '/', headers: { authorization: 'Bearer tk_quokka' } })
    expect(mail.mails[0]?.email.text).toContain(line)
    expect(await states('Zelda')).toEqual(['mail sent', 'ntfy sent', 'push sent'])
  })

  test('a member without a channel of their own is reached by mail', async () => {
    await alarm('Mei')
    await alerts.runDue()
    expect(mail.to('mei@example.org')).toHaveLength(1)
  })

  test('what does not ring goes by the first channel of the member’s order, and by no other', async () => {
    const id = await withPush('Zelda')
    await orderChannels(office, account('Zelda'), [id])
    await queue('Zelda')
    await alerts.runDue()
    expect(told()).toEqual({ mail: 0, push: 1, ntfy: 0 })
    expect(push.read()[0]).toMatchObject({ body: '', urgent: false })
  })

  test.each([
    ['500', { status: 500 }, 'failed-for-now busy'],
    ['429', { status: 429, headers: { 'retry-after': '120' } }, 'failed-for-now busy'],
    ['413', { status: 413 }, 'failed-for-good refused'],
    ['410', { status: 410 }, 'failed-for-good gone'],
    ['404', { status: 404 }, 'failed-for-good gone'],
    ['a redirect', { status: 307, headers: { location: 'http://127.0.0.1:9/' } }, 'failed-for-good refused'],
  ] as const)(
    'a push service that answers %s: the next channel takes it at once',
    async (_, manner, state) => {
      const id = await withPush('Zelda')
      await orderChannels(office, account('Zelda'), [id])
      push.behave(manner)
      await queue('Zelda')
      await alerts.runDue()
      expect(told()).toEqual({ mail: 1, push: 0, ntfy: 0 })
      // What another channel took needs no further try.
      const shown = state.startsWith('failed-for-now') ? [] : [`push ${state}`]
      expect(await states('Zelda')).toEqual(['mail sent', ...shown])
      expect(logged.join('')).not.toContain('words of a server')
    },
  )

  test('429 with Retry-After: an alert is tried again when the push service says, and not sooner', async () => {
    await withPush('Zelda')
    push.behave({ status: 429, headers: { 'retry-after': '120' } })
    await alarm('Zelda')
    await alerts.runDue()
    expect(await states('Zelda')).toEqual(['mail sent', 'push failed-for-now busy'])
    push.behave({ status: 201 })
    office.clock.set(office.clock.now() + 119_000)
    await alerts.runDue()
    expect(push.heard).toHaveLength(0)
    office.clock.set(office.clock.now() + 1000)
    await alerts.runDue()
    expect(await states('Zelda')).toEqual(['mail sent', 'push sent'])
  })

  test('410: the endpoint is forgotten, the member sees that the channel is dead, and nothing goes there again', async () => {
    const id = await withPush('Zelda')
    push.behave({ status: 410 })
    await testChannel(office, account('Zelda'), id)
    await alerts.runDue()
    const all = (await channelsOf(office.store.db, [account('Zelda')])).get(account('Zelda'))
    expect(all?.find((channel) => channel.id === id)).toMatchObject({
      dead: 1,
      sealed: null,
      failure: 'gone',
    })
    push.behave({ status: 201 })
    await alarm('Zelda')
    await alerts.runDue()
    expect(told()).toEqual({ mail: 1, push: 0, ntfy: 0 })
    await withPush('Zelda')
    await testChannel(office, account('Zelda'), id)
    await alerts.runDue()
    expect(await working('Zelda')).toBe(2)
  })

  test('fewer than two working channels shows: one counts once it has carried something', async () => {
    const count = () => working('Zelda')
    expect(await count()).toBe(1)
    const id = await withNtfy('Zelda')
    expect(await count()).toBe(1)
    await testChannel(office, account('Zelda'), id)
    await alerts.runDue()
    expect(await count()).toBe(2)
  })

  test('an endpoint that is renewed takes the place of the one before, and is kept once', async () => {
    const first = await withPush('Zelda', 'one')
    expect(await withPush('Zelda', 'one')).toBe(first)
    const second = await addPush(office, account('Zelda'), {
      ...push.subscription('two'),
      label: 'Firefox, Linux',
      replaces: first,
    })
    // Somebody else's browser is not to be replaced.
    await addPush(office, account('Sam'), { ...push.subscription('three'), label: '', replaces: second })
    const ids = (await channelsOf(office.store.db, [account('Zelda')]))
      .get(account('Zelda'))
      ?.map(({ id }) => id)
    expect(ids).toEqual([account('Zelda'), second])
  })

  test('a channel that is removed meanwhile: what waited for it goes by the next', async () => {
    const id = await withPush('Zelda')
    await orderChannels(office, account('Zelda'), [id])
    push.behave({ status: 500 })
    await alerts.stop()
    await queue('Zelda')
    await claimNotices(office, office.clock.now(), { urgent: false, most: 1 })
    await dropChannel(office, account('Zelda'), id)
    alerts = begin()
    await alerts.runDue()
    expect(told()).toEqual({ mail: 1, push: 0, ntfy: 0 })
  })

  test('killed between two channels: each gets it at least once', async () => {
    await withPush('Zelda')
    await withNtfy('Zelda')
    await alerts.stop()
    await alarm('Zelda')
    // Shared out and in hand when the process ended.
    expect(await claimNotices(office, office.clock.now() + minute, { urgent: true, most: 1 })).toHaveLength(3)
    if (kind === 'postgres') office.clock.set(office.clock.now() + 2 * minute)
    alerts = begin()
    await alerts.runDue()
    expect(told()).toEqual({ mail: 1, push: 1, ntfy: 1 })
  })

  test('K1, K4: who is left out, or has left, gets nothing by any channel, and their log shows nothing', async () => {
    const { filing } = await sealedReport(community)
    await reportFiler(office)(filing)
    for (const name of ['Sam', 'Mei']) {
      await withNtfy(name)
      await addPush(office, account(name), { ...push.subscription(name), label: '', replaces: null })
    }
    await alerts.runDue()
    const before = mail.mails.length
    const left = community.person('Sam').id
    await office.store.write((tx) =>
      tx.updateTable('member').set({ left_at: 1 }).where('id', '=', left).execute(),
    )
    const about = { case: filing.submission.case, urgent: true } as const
    await queue('Sam', about)
    await queue('Mei', about)
    await alerts.runDue()
    expect(mail.mails.length - before).toBe(0)
    expect([push.heard.length, ntfy.heard.length]).toEqual([0, 0])
    expect([await states('Sam'), await states('Mei')]).toEqual([[], []])
  })

  test('K1: who is left out of an alert gets nothing of it by any channel, though it was queued for them', async () => {
    await withPush('Zelda')
    await withNtfy('Sam')
    const alert = newId()
    const nothing = { worse_at: null, over_at: null, taken_at: null, taken_by: null, withdrawn_at: null }
    const unended = { closed_at: null, closed_by: null, close_reason: null, sealed_note: null }
    const unsettled = { report_case: null, no_report: null, no_report_by: null, reminded: null }
    const bare = { event_id: null, sealed_place: null, sealed_words: null, words_by_server: 0 }
    const about = { id: alert, community_id: community.id, token_hash: alert, raised_at: office.clock.now() }
    await office.store.write((tx) =>
      keepAlert(tx, { ...about, ...bare, ...nothing, ...unended, ...unsettled }, [
        community.person('Sam').id,
      ]),
    )
    await alarm(['Sam', 'Zelda'], alert)
    // Their log shows nothing of it while it waits either.
    expect(await states('Sam')).toEqual([])
    await alerts.runDue()
    expect(await states('Sam')).toEqual([])
    expect(mail.mails.map(({ to }) => to[0])).toEqual(['zelda@example.org'])
    expect([push.heard.length, ntfy.heard.length]).toEqual([1, 0])
    expect(await states('Zelda')).toEqual(['mail sent', 'push sent'])
  })

  test('D3: letters in a folder are no channel: what does not ring goes by another, and they keep nobody’s phone quiet', async () => {
    await alerts.stop()
    office = { ...office, hasMail: false }
    alerts = startAlerts(office, {
      ...{ smtpUrl: undefined, mailFrom: undefined, vapidSubject: undefined, reachPrivate: true, dataDir },
      publicUrl: () => 'https://help.example.org',
      log: pino({ level: 'silent' }),
    })
    await withNtfy('Zelda')
    expect(await working('Mei')).toBe(0)
    await queue('Zelda')
    await alerts.runDue()
    expect(await states('Zelda')).toEqual(['ntfy sent'])
    office.clock.set(Date.parse('2027-06-02T02:00-05:00'))
    await setQuiet(office, account('Mei'), { from: 22 * 60, until: 7 * 60 })
    await withNtfy('Mei')
    const alert = newId()
    await alarm('Sam', alert)
    await alerts.runDue()
    expect(await states('Sam')).toEqual(['mail sent'])
    await alarm('Mei', alert)
    await alerts.runDue()
    expect(await states('Mei')).toEqual(['mail sent', 'ntfy sent'])
  })

  describe('quiet hours', () => {
    const nightIn = async (...names: string[]) => {
      office.clock.set(Date.parse('2027-06-02T02:00-05:00'))
      for (const name of names) await setQuiet(office, account(name), { from: 22 * 60, until: 7 * 60 })
    }

    test('hold back what does not ring until they are over; who is on call is told', async () => {
      await nightIn('Mei', 'Zelda')
      await queue('Mei')
      await queue('Zelda')
      await alerts.runDue()
      expect(mail.mails.map(({ to }) => to[0])).toEqual(['zelda@example.org'])
      office.clock.set(Date.parse('2027-06-02T07:00-05:00'))
      await alerts.runDue()
      expect(mail.mails.map(({ to }) => to[0])).toEqual(['zelda@example.org', 'mei@example.org'])
    })

    test('hold back an alert while it rings somebody else, and not one that would ring nobody', async () => {
      await nightIn('Mei')
      const alert = newId()
      await alarm(['Mei', 'Zelda'], alert)
      await alerts.runDue()
      expect(mail.mails.map(({ to }) => to[0])).toEqual(['zelda@example.org'])
      await alarm('Mei')
      await alerts.runDue()
      expect(mail.to('mei@example.org')).toHaveLength(1)
    })

    test('ring all the same once everybody else’s channels have failed', async () => {
      await nightIn('Mei')
      const alert = newId()
      await withNtfy('Mei')
      await alerts.stop()
      const away = mail
      mail = { ...away, url: 'smtp://127.0.0.1:9' }
      await alarm(['Mei', 'Sam'], alert)
      alerts = begin()
      await alerts.runDue()
      await alerts.runDue()
      expect(JSON.parse(String(ntfy.heard[0]?.body))).toMatchObject({ message: line })
      mail = away
    })

    test('an alert that repeats all night rings once in the morning', async () => {
      await nightIn('Mei')
      const alert = newId()
      await alarm('Zelda', alert)
      for (const _ of [1, 2, 3]) {
        await alarm('Mei', alert)
        await alerts.runDue()
        office.clock.set(office.clock.now() + 5 * minute)
      }
      office.clock.set(Date.parse('2027-06-02T07:00-05:00'))
      await alerts.runDue()
      expect(mail.to('mei@example.org')).toHaveLength(1)
    })
  })

  test('D2: an alert that is taken rings nobody who was not rung yet', async () => {
    push.behave({ status: 500 })
    await withPush('Zelda')
    const alert = newId()
    await alarm('Zelda', alert)
    await alerts.runDue()
    await office.store.write((tx) => withdrawCalls(tx, alert))
    push.behave({ status: 201 })
    office.clock.set(office.clock.now() + minute)
    await alerts.runDue()
    expect(push.heard).toHaveLength(0)
  })

  test('chat rooms hear that somebody is needed and where, never the line; without one it is nobody’s', async () => {
    const chair = {
      id: community.person('Zelda').id,
      community: community.id,
      standing: 'member',
      chair: true,
    } as const
    const ring = () =>
      office.store.write((tx) =>
        queueNotices(tx, [
          {
            community: community.id,
            case: null,
            alert: newId(),
            webhooks: true,
            urgent: true,
            sealedLine: office.serverKey.seal(line),
            notice: 'alert',
            detail: {},
            at: office.clock.now(),
          },
        ]),
      )
    await ring()
    await alerts.runDue()
    expect(room.heard).toEqual([])
    await addWebhook(office, chair, { url: `${room.origin}/slack`, format: 'slack' })
    await addWebhook(office, chair, { url: `${room.origin}/discord`, format: 'discord' })
    await ring()
    await alerts.runDue()
    const said = Object.fromEntries(room.heard.map(({ path, body }) => [path, JSON.parse(String(body))]))
    expect(said['/slack'].text).toMatch(
      /^Somebody needs a committee member now · Chicago Python\nhttps:\/\/help\.example\.org\/console\/alerts\/[\w-]{22}$/,
    )
    expect(said['/discord']).toEqual({ content: said['/slack'].text, allowed_mentions: { parse: [] } })
    expect(JSON.stringify(said)).not.toContain('xylophone')
  })

  test('the log says sent, delivered when the browser has it, seen when its link was opened, each by whom it may be', async () => {
    await withPush('Zelda')
    const alert = newId()
    await alarm('Zelda', alert)
    await alerts.runDue()
    const [pushed] = push.read()
    const { id = '', receipt = '' } = pushed ?? {}
    const one = async () =>
      (await deliveriesTo(office.store.db, account('Zelda'), 50)).find((delivery) => delivery.id === id)
    await expect(pushDelivered(office, id, receipt.replace(/^./, 'x'))).rejects.toMatchObject({
      code: 'not-found',
    })
    expect(await one()).toMatchObject({ state: 'sent', delivered_at: null })
    await pushDelivered(office, id, receipt)
    expect(await one()).toMatchObject({ delivered_at: office.clock.now(), seen_at: null })
    await noticeSeen(office, account('Sam'), id)
    expect(await one()).toMatchObject({ seen_at: null })
    await noticeSeen(office, account('Zelda'), id)
    expect(await one()).toMatchObject({ seen_at: office.clock.now() })
  })

  test('every channel is checked weekly, without a sound, if nothing else went through it; daily while it fails', async () => {
    await withPush('Zelda')
    const check = async () => {
      await checkChannels(office)
      await alerts.runDue()
      return told()
    }
    expect(await check()).toEqual({ mail: 0, push: 0, ntfy: 0 })
    office.clock.set(office.clock.now() + 7 * day)
    push.behave({ status: 500 })
    expect(await check()).toEqual({ mail: 3, push: 0, ntfy: 0 })
    expect(await check()).toEqual({ mail: 3, push: 0, ntfy: 0 })
    push.behave({ status: 201 })
    office.clock.set(office.clock.now() + day)
    expect((await check()).push).toBeGreaterThan(0)
    expect(push.read()[0]).toMatchObject({ rings: false, urgent: false })
    expect(push.heard[0]?.headers.urgency).toBe('normal')
  })

  test('addresses of the operator’s own network are not called unless the operator allows it', async () => {
    await alerts.stop()
    alerts = begin({ reachPrivate: false })
    const id = await withNtfy('Zelda')
    await testChannel(office, account('Zelda'), id)
    await alerts.runDue()
    expect(ntfy.heard).toEqual([])
    expect(await states('Zelda')).toEqual(['ntfy failed-for-good private'])
  })

  test('no endpoint, key, topic, token or line is kept in the clear or logged', async () => {
    await withPush('Zelda')
    await withNtfy('Zelda')
    await alarm('Zelda')
    await alerts.runDue()
    const kept = (await everyValue(office.store.db, kind))
      .map(({ value }) => (value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value))
      .join('\n')
    const { endpoint, keys } = push.subscription()
    const { privateKey } = await pushKey(office)
    for (const secret of [
      endpoint,
      keys.p256dh,
      keys.auth,
      'zeldas',
      'tk_quokka',
      'xylophone',
      privateKey,
      ntfy.origin,
    ]) {
      expect(kept).not.toContain(secret)
      expect(logged.join('')).not.toContain(secret)
    }
  })
})
