import { tmpdir } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ServedApp, serveApp } from '../../../test/support/app.ts'
import {
  acceptanceBody,
  invitationBody,
  letIn,
  type MadeMember,
  openBrowser,
  removalBody,
  setUp,
} from '../../../test/support/browser.ts'
import { listen, openPushService } from '../../../test/support/listeners.ts'
import { storeKinds, type TestOffice, testOffice } from '../../../test/support/office.ts'
import { reportOver } from '../../../test/support/reporter.ts'
import { startAlerts } from '../../alerts/start.ts'
import { pushKey } from '../../casework/push-key.ts'
import { setupToken } from '../../casework/setup-link.ts'
import { newId } from '../../sealing/bytes.ts'
import { signEntry, verifyDirectory } from '../../sealing/directory.ts'
import { newKeyring } from '../../sealing/keyring.ts'
import { recoveryUnlocker } from '../../sealing/unlocker.ts'
import { holdCommunity } from '../../store/communities.ts'
import { deleteGrants } from '../../store/grants.ts'
import { verifyLog } from '../../store/log.ts'
import { claimNotices, queueNotices } from '../../store/outbox.ts'
import type { Tx } from '../../store/store.ts'
import type { DirectoryAnswer } from './directory.ts'
import type { MemberLine } from './members.ts'

describe.each(storeKinds)('members on %s', (kind) => {
  let office: TestOffice
  let served: ServedApp
  let number = 0

  beforeAll(async () => {
    office = await testOffice(kind)
    served = await serveApp(office, tmpdir())
  })
  afterAll(async () => {
    await served?.stop()
    await office?.drop()
  })

  interface Place {
    readonly chair: MadeMember
    readonly id: string
    readonly shortName: string
  }
  async function somewhere(): Promise<Place> {
    number += 1
    const token = (await setupToken(office, { always: true })) as string
    const shortName = `place-${number}`
    const { founder, community } = await setUp(served.send, token, {
      name: `Pat${number}`,
      shortName,
      now: office.clock.now(),
    })
    return { chair: founder, id: community, shortName }
  }
  const enter = (place: Place, options: Parameters<typeof letIn>[4] = {}) =>
    letIn(served.send, place.chair, place, `Sam${++number}`, { now: office.clock.now(), ...options })
  const list = async (browser: MadeMember['browser'], { shortName }: Place) =>
    (await browser.call<MemberLine[]>('GET', `/communities/${shortName}/members`)).body
  const change = ({ chair, shortName }: Place, member: string, body: unknown) =>
    chair.browser.call('PATCH', `/communities/${shortName}/members/${member}`, body)
  const remove = async (place: Place, member: MadeMember, by = place.chair) =>
    by.browser.call(
      'DELETE',
      `/communities/${place.shortName}/members/${member.id}`,
      await removalBody(by, place, member.id),
    )
  const isOnCall = (place: Place, primary: MadeMember, secondary: MadeMember | null) =>
    place.chair.browser.call('POST', `/communities/${place.shortName}/roster/overrides`, {
      id: newId(),
      from: office.clock.now(),
      to: null,
      primary: primary.id,
      secondary: secondary?.id ?? null,
      why: null,
    })
  const rows = async (table: 'grant_' | 'reader', member: MadeMember) =>
    (
      await office.store.db.selectFrom(table).select('case_id').where('member_id', '=', member.id).execute()
    ).map(({ case_id }) => case_id)

  it('are listed for members; addresses and ways in for chairs alone', async () => {
    const place = await somewhere()
    const sam = await enter(place)
    const organizer = await enter(place, { standing: 'organizer' })
    await isOnCall(place, sam, null)
    expect(await list(place.chair.browser, place)).toMatchObject([
      {
        id: place.chair.id,
        email: place.chair.email,
        chair: true,
        unlockers: 2,
        active: true,
        onCall: false,
      },
      { id: sam.id, email: sam.email, chair: false, unlockers: 2, standing: 'member', onCall: true },
      { id: organizer.id, standing: 'organizer', onCall: false },
    ])
    for (const browser of [sam.browser, organizer.browser])
      for (const line of await list(browser, place))
        expect(line).toMatchObject({ email: null, unlockers: null })
  })

  it('are nobody else’s to see', async () => {
    const [one, two] = [await somewhere(), await somewhere()]
    expect(await two.chair.browser.call('GET', `/communities/${one.shortName}/members`)).toMatchObject({
      status: 404,
      body: { code: 'not-found' },
    })
  })

  it('become chair and cease to be, but never the last one', async () => {
    const place = await somewhere()
    const sam = await enter(place)
    expect(await change(place, place.chair.id, { chair: false })).toMatchObject({
      status: 409,
      body: { code: 'last-chair' },
    })
    expect((await change(place, sam.id, { chair: true })).status).toBe(204)
    expect((await change(place, place.chair.id, { chair: false })).status).toBe(204)
    expect(await change(place, sam.id, { chair: false })).toMatchObject({ status: 403 })
    expect((await list(sam.browser, place)).filter(({ chair }) => chair)).toMatchObject([{ id: sam.id }])
  })

  /** Runs a deed to its end, and keeps it from being seen by others until they had every chance to overlook it. */
  const slowly = (place: Place, deed: (tx: Tx) => Promise<unknown>) => {
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
    const ended = office.store.write(async (tx) => {
      await holdCommunity(tx, kind, place.id)
      await deed(tx)
      begin()
      await wait(500)
    })
    return { begun, ended }
  }

  it('who are the only two chairs cannot both cease to be at the same instant', async () => {
    const place = await somewhere()
    const sam = await enter(place, { isChair: true })
    const other = slowly(place, (tx) =>
      tx.updateTable('member').set({ chair: 0 }).where('id', '=', place.chair.id).execute(),
    )
    await other.begun
    const path = `/communities/${place.shortName}/members/${sam.id}`
    expect(await sam.browser.call('PATCH', path, { chair: false })).toMatchObject({
      status: 409,
      body: { code: 'last-chair' },
    })
    await other.ended
  })

  it('who are organizers do not become chair', async () => {
    const place = await somewhere()
    const organizer = await enter(place, { standing: 'organizer' })
    expect((await change(place, organizer.id, { chair: true })).status).toBe(400)
    expect((await change(place, newId(), { chair: true })).status).toBe(404)
  })

  it('move in the rotation', async () => {
    const place = await somewhere()
    const sam = await enter(place)
    expect((await change(place, sam.id, { rotation: 0 })).status).toBe(204)
    expect((await list(sam.browser, place)).map(({ id }) => id)).toEqual([sam.id, place.chair.id])
  })

  describe('who leave (K4)', () => {
    it('are signed out at once, and hold and see nothing of any case', async () => {
      const place = await somewhere()
      const sam = await enter(place)
      await isOnCall(place, sam, place.chair)
      const reporter = await reportOver(served.send, place.shortName, { narrative: 'It happened again.' })
      expect(await rows('grant_', sam)).toEqual([reporter.case])
      expect(await rows('reader', sam)).toEqual([reporter.case])
      expect((await remove(place, sam)).status).toBe(204)
      expect((await sam.browser.call('GET', '/session')).status).toBe(401)
      expect(await rows('grant_', sam)).toEqual([])
      expect(await rows('reader', sam)).toEqual([])
      expect(await rows('reader', place.chair)).toEqual([reporter.case])
      const again = await sam.browser.call('POST', '/session/recovery', {
        email: sam.email,
        token: recoveryUnlocker(sam.kit).token,
      })
      expect(again).toMatchObject({ status: 200, body: { memberships: [] } })
      expect((await sam.browser.call('GET', `/communities/${place.shortName}/members`)).status).toBe(404)
    })

    it('hold nothing of a report that is filed at the same instant', async () => {
      const place = await somewhere()
      const sam = await enter(place)
      const leaving = slowly(place, async (tx) => {
        await tx.updateTable('member').set({ left_at: office.clock.now() }).where('id', '=', sam.id).execute()
        await deleteGrants(tx, place.id, sam.id)
      })
      await leaving.begun
      const report = reportOver(served.send, place.shortName, { narrative: 'Just now.' })
      await expect(report).rejects.toThrow('recipients-changed')
      await leaving.ended
      expect(await rows('grant_', sam)).toEqual([])
      expect(await rows('reader', sam)).toEqual([])
    })

    it('stay in the directory and the list as somebody who was there', async () => {
      const place = await somewhere()
      const sam = await enter(place)
      await remove(place, sam)
      const { body } = await place.chair.browser.call<DirectoryAnswer>(
        'GET',
        `/communities/${place.shortName}/directory`,
      )
      const directory = verifyDirectory(place.id, body.entries)
      expect(directory.members.get(sam.id)?.active).toBe(false)
      expect(directory.head).toBe(body.head)
      expect((await list(place.chair.browser, place)).find(({ id }) => id === sam.id)).toMatchObject({
        name: sam.name,
        email: null,
        active: false,
        unlockers: null,
      })
      expect(await verifyLog(office.store.db, place.id)).toMatchObject({ ok: true })
    })

    it('leave no case forgotten: the next on call, if not involved, is handed what nobody else had', async () => {
      const place = await somewhere()
      const [sam, kim, lee] = [await enter(place), await enter(place), await enter(place)]
      await isOnCall(place, sam, null)
      const involved = [place.chair.id, kim.id]
      const reporter = await reportOver(served.send, place.shortName, { narrative: 'Once more.', involved })
      await office.store.write((tx) => tx.deleteFrom('reader').where('member_id', '=', lee.id).execute())
      expect(await rows('reader', sam)).toEqual([reporter.case])
      await remove(place, sam)
      expect(await rows('reader', lee)).toEqual([reporter.case])
      for (const other of [place.chair, kim]) expect(await rows('reader', other)).toEqual([])
      const told = await office.store.db
        .selectFrom('outbox')
        .innerJoin('account', 'account.id', 'outbox.account_id')
        .select(['account.email', 'outbox.notice'])
        .where('outbox.case_id', '=', reporter.case)
        .where('outbox.notice', '=', 'case-inherited')
        .execute()
      expect(told).toEqual([{ email: lee.email, notice: 'case-inherited' }])
    })

    it('leave a case that only they could read to the organizers, marked as blocked (J4)', async () => {
      const place = await somewhere()
      const [sam, organizer] = [await enter(place), await enter(place, { standing: 'organizer' })]
      await isOnCall(place, sam, null)
      const reporter = await reportOver(served.send, place.shortName, {
        narrative: 'And again.',
        involved: [place.chair.id],
      })
      await remove(place, sam)
      const { db } = office.store
      const found = await db
        .selectFrom('incident')
        .select('blocked')
        .where('id', '=', reporter.case)
        .executeTakeFirstOrThrow()
      expect(found.blocked).toBe(1)
      expect(await rows('reader', place.chair)).toEqual([])
      const told = await db
        .selectFrom('outbox')
        .innerJoin('account', 'account.id', 'outbox.account_id')
        .select('account.email')
        .where('outbox.case_id', '=', reporter.case)
        .where('outbox.notice', '=', 'report-for-organizers')
        .execute()
      expect(told).toEqual([{ email: organizer.email }])
    })

    it('are never the last chair', async () => {
      const place = await somewhere()
      await enter(place)
      expect(await remove(place, place.chair)).toMatchObject({ status: 409, body: { code: 'last-chair' } })
      const second = await enter(place, { isChair: true })
      expect((await remove(place, place.chair)).status).toBe(204)
      expect((await list(second.browser, place)).filter(({ chair }) => chair)).toMatchObject([
        { id: second.id },
      ])
    })

    it('are removed by a chair’s own signature over just that, and by nothing else', async () => {
      const place = await somewhere()
      const [sam, kim] = [await enter(place), await enter(place)]
      const path = `/communities/${place.shortName}/members/${sam.id}`
      const good = await removalBody(place.chair, place, sam.id)
      const entry = { ...JSON.parse(good.directoryEntry.text), at: 1 }
      const refused = async (directoryEntry: unknown, code = 'directory-refused') =>
        expect(await place.chair.browser.call('DELETE', path, { directoryEntry })).toMatchObject({
          body: { code },
        })
      await refused(signEntry(entry, newKeyring().signingSeed))
      await refused(signEntry({ ...entry, member: kim.id }, place.chair.keyring.signingSeed))
      await refused(signEntry({ ...entry, by: kim.id }, kim.keyring.signingSeed))
      await refused(signEntry({ ...entry, note: 'because' }, place.chair.keyring.signingSeed))
      await refused(
        signEntry({ ...entry, previous: 'f'.repeat(64) }, place.chair.keyring.signingSeed),
        'directory-changed',
      )
      await refused({ text: 'null', signature: good.directoryEntry.signature })
      await refused({ text: '{', signature: '' })
      expect((await sam.browser.call('DELETE', path, good)).body).toMatchObject({ code: 'not-allowed' })
      expect((await list(place.chair.browser, place)).every(({ active }) => active)).toBe(true)
      expect((await place.chair.browser.call('DELETE', path, good)).status).toBe(204)
      expect((await place.chair.browser.call('DELETE', path, good)).status).toBe(404)
    })

    it('keep their place in other communities', async () => {
      const [home, place] = [await somewhere(), await somewhere()]
      const { body, seed } = invitationBody(place.chair, place.id, { now: office.clock.now() })
      await place.chair.browser.call('POST', `/communities/${place.shortName}/invitations`, body)
      const { body: invitation } = await openBrowser(served.send).call('GET', `/invitations/${body.id}`)
      const joining = await acceptanceBody(invitation as never, seed, { member: home.chair, unlockers: [] })
      await home.chair.browser.call('POST', `/invitations/${body.id}/accept`, joining)
      expect((await remove(place, { ...home.chair, id: joining.memberId })).status).toBe(204)
      const back = await openBrowser(served.send).call('POST', '/session/recovery', {
        email: home.chair.email,
        token: recoveryUnlocker(home.chair.kit).token,
      })
      expect(back).toMatchObject({ status: 200, body: { memberships: [{ id: home.chair.id }] } })
    })

    it('lose their phones too: push and ntfy are forgotten, and what was queued for them goes nowhere (K4)', async () => {
      const place = await somewhere()
      const [sam, kim] = [await enter(place), await enter(place)]
      const ntfy = await listen()
      const { publicKey } = await pushKey(office)
      const push = await openPushService(() => publicKey)
      const accounts = new Map<string, string>()
      for (const { id, browser } of [sam, kim]) {
        await browser.call('POST', '/channels/push', { ...push.subscription(id), replaces: null })
        const topic = { server: ntfy.origin, topic: id, token: null, priority: 5 }
        expect((await browser.call('POST', '/channels/ntfy', topic)).status).toBe(201)
        const quietHours = { from: 0, until: 1 }
        await browser.call('PUT', '/channels/quiet-hours', { quietHours })
        const found = await office.store.db
          .selectFrom('member')
          .select('account_id')
          .where('id', '=', id)
          .executeTakeFirstOrThrow()
        accounts.set(id, found.account_id)
      }
      await office.store.write((tx) =>
        queueNotices(
          tx,
          [sam, kim].map(({ id }) => ({
            ...{ community: place.id, case: null, alert: newId(), urgent: true },
            ...{ account: accounts.get(id) as string, notice: 'alert' as const },
            ...{ detail: {}, at: office.clock.now() },
          })),
        ),
      )
      // Shared out to their channels already, and in the hand of a process that dies.
      await claimNotices(office, office.clock.now(), { urgent: true, most: 2 })
      expect((await remove(place, sam)).status).toBe(204)
      const alerts = startAlerts(office, {
        ...{ smtpUrl: undefined, mailFrom: undefined, vapidSubject: undefined, reachPrivate: true },
        ...{ dataDir: tmpdir(), publicUrl: () => served.origin, log: pino({ level: 'silent' }) },
      })
      await alerts.runDue()
      await alerts.stop()
      expect(push.heard.map(({ path }) => path)).toEqual([`/push/${kim.id}`])
      expect(ntfy.heard.map(({ body }) => JSON.parse(String(body)).topic)).toEqual([kim.id])
      for (const table of ['channel', 'quiet_hours'] as const) {
        const left = await office.store.db
          .selectFrom(table)
          .select('account_id')
          .where('account_id', 'in', [...accounts.values()])
          .execute()
        expect(new Set(left.map(({ account_id }) => account_id))).toEqual(new Set([accounts.get(kim.id)]))
      }
      await ntfy.stop()
      await push.stop()
    })

    it('keep their phones as long as they are in another community', async () => {
      const [home, place] = [await somewhere(), await somewhere()]
      const sam = await enter(home)
      const topic = { server: 'https://ntfy.example.org', topic: 'sam', token: null, priority: 5 }
      await sam.browser.call('POST', '/channels/ntfy', topic)
      const { account_id } = await office.store.db
        .selectFrom('member')
        .select('account_id')
        .where('id', '=', sam.id)
        .executeTakeFirstOrThrow()
      const also = { id: newId(), community_id: place.id, account_id, standing: 'member' } as const
      await office.store.write((tx) =>
        tx
          .insertInto('member')
          .values({ ...also, chair: 0, rotation: 9, joined_at: office.clock.now(), left_at: null })
          .execute(),
      )
      expect((await remove(home, sam)).status).toBe(204)
      const kept = await office.store.db
        .selectFrom('channel')
        .select('kind')
        .where('account_id', '=', account_id)
        .execute()
      expect(kept).toContainEqual({ kind: 'ntfy' })
    })
  })

  it('who are two, removed at the same instant by two chairs, leave one directory', async () => {
    const place = await somewhere()
    const second = await enter(place, { isChair: true })
    const [sam, kim] = [await enter(place), await enter(place)]
    const removals = [
      { by: place.chair, member: sam.id, body: await removalBody(place.chair, place, sam.id) },
      { by: second, member: kim.id, body: await removalBody(second, place, kim.id) },
    ]
    const answers = await Promise.all(
      removals.map(({ by, member, body }) =>
        by.browser.call('DELETE', `/communities/${place.shortName}/members/${member}`, body),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 409])
    const { body } = await place.chair.browser.call<DirectoryAnswer>(
      'GET',
      `/communities/${place.shortName}/directory`,
    )
    expect(verifyDirectory(place.id, body.entries).hashes).toHaveLength(5)
  })
})
