import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type ServedApp, serveApp } from '../../../test/support/app.ts'
import { letIn, type MadeMember, setUp } from '../../../test/support/browser.ts'
import { storeKinds, type TestOffice, testOffice } from '../../../test/support/office.ts'
import { reportOver } from '../../../test/support/reporter.ts'
import { setupToken } from '../../casework/setup-link.ts'
import { chipyPlaybook } from '../../procedure/playbook.ts'
import type { MailTestAnswer, NoticeLine } from './mail.ts'
import type { SettingsAnswer } from './settings.ts'

describe.each(storeKinds)('what a community sets on %s', (kind) => {
  let office: TestOffice
  let served: ServedApp
  let chair: MadeMember
  let sam: MadeMember
  let organizer: MadeMember
  let outsider: MadeMember
  const at = (path: string) => `/communities/chipy/${path}`

  beforeAll(async () => {
    office = await testOffice(kind)
    served = await serveApp(office, tmpdir())
    const found = async (name: string, shortName: string) =>
      setUp(served.send, (await setupToken(office, { always: true })) as string, {
        name,
        shortName,
        now: office.clock.now(),
      })
    const { founder, community } = await found('Pat', 'chipy')
    chair = founder
    const place = { id: community, shortName: 'chipy' }
    const now = office.clock.now()
    sam = await letIn(served.send, chair, place, 'Sam', { now })
    await letIn(served.send, chair, place, 'Kim', { now })
    organizer = await letIn(served.send, chair, place, 'Olu', { now, standing: 'organizer' })
    outsider = (await found('Zed', 'elsewhere')).founder
  })
  afterAll(async () => {
    await served?.stop()
    await office?.drop()
  })

  describe('settings', () => {
    const read = async () => (await chair.browser.call<SettingsAnswer>('GET', at('settings'))).body

    it('are shown to the chair, with where mail goes', async () => {
      expect(await read()).toEqual({
        name: 'Chicago Python',
        shortName: 'chipy',
        timeZone: 'America/Chicago',
        contact: { email: 'conduct@example.org', organizersEmail: null, phone: null },
        playbook: chipyPlaybook,
        recoveryRecipient: null,
        mail: { configured: false, folder: join(tmpdir(), 'mail'), calls: true },
      })
    })

    it('change one by one; what is left out stays', async () => {
      const contact = { email: null, organizersEmail: 'board@example.org', phone: '+1 312 555 0100' }
      expect((await chair.browser.call('PATCH', at('settings'), { name: '  PyChi  ' })).status).toBe(204)
      expect((await chair.browser.call('PATCH', at('settings'), { contact })).status).toBe(204)
      expect((await chair.browser.call('PATCH', at('settings'), { timeZone: 'Europe/Madrid' })).status).toBe(
        204,
      )
      expect((await chair.browser.call('PATCH', at('settings'), {})).status).toBe(204)
      expect(await read()).toMatchObject({ name: 'PyChi', contact, timeZone: 'Europe/Madrid' })
      expect(await chair.browser.call('GET', '/communities/chipy')).toMatchObject({
        body: { name: 'PyChi', contact },
      })
    })

    it('are refused where they make no sense', async () => {
      const before = await read()
      for (const change of [
        { name: '' },
        { name: 'x'.repeat(101) },
        { timeZone: 'Chicago' },
        { contact: { email: 'nobody' } },
      ])
        expect(await chair.browser.call('PATCH', at('settings'), change)).toMatchObject({
          status: 400,
          body: { code: 'invalid-input' },
        })
      expect(await read()).toEqual(before)
    })
  })

  describe('the playbook', () => {
    it('is replaced whole, with defaults for what it leaves out; members read it', async () => {
      const playbook = { times: { acknowledgeHours: 8, acknowledgeIdealHours: 1 }, quorum: 3 }
      expect((await chair.browser.call('PUT', at('playbook'), { playbook })).status).toBe(204)
      const { body } = await sam.browser.call<{ playbook: unknown }>('GET', at('playbook'))
      expect(body.playbook).toEqual({
        ...chipyPlaybook,
        quorum: 3,
        times: { ...chipyPlaybook.times, acknowledgeHours: 8, acknowledgeIdealHours: 1 },
      })
    })

    it('is refused with the setting that is wrong and why, and stays', async () => {
      const put = (playbook: unknown) => chair.browser.call('PUT', at('playbook'), { playbook })
      expect(await put({ times: { acknowledgeHours: 0 } })).toMatchObject({
        status: 422,
        body: { code: 'playbook-invalid', field: 'times.acknowledgeHours', reason: expect.any(String) },
      })
      expect(await put({ quorumm: 2 })).toMatchObject({ body: { field: 'quorumm', reason: 'is no setting' } })
      expect(await put({ messages: { en: { M1: { subject: 'Hi', body: '{nobody}' } } } })).toMatchObject({
        body: { field: 'messages.en.M1.body' },
      })
      for (const wrong of [null, 'text', 7]) expect((await put(wrong)).status).toBe(422)
      expect(await sam.browser.call('GET', at('playbook'))).toMatchObject({
        body: { playbook: { quorum: 3 } },
      })
    })
  })

  describe('mail', () => {
    it('is tested on the way that every notice takes, and the answer waits for how it fared', async () => {
      const testing = chair.browser.call<MailTestAnswer>('POST', at('mail-test'))
      const queued = async () =>
        office.store.db
          .selectFrom('outbox')
          .innerJoin('account', 'account.id', 'outbox.account_id')
          .select(['outbox.id', 'account.email'])
          .where('outbox.notice', '=', 'mail-test')
          .where('outbox.state', '=', 'queued')
          .executeTakeFirst()
      const { id, email } = await vi.waitFor(
        async () => (await queued()) ?? Promise.reject(new Error('None yet.')),
      )
      expect(email).toBe(chair.email)
      await office.store.write((tx) =>
        tx
          .updateTable('outbox')
          .set({ state: 'failed-for-now', failure: 'sign-in' })
          .where('id', '=', id)
          .execute(),
      )
      expect((await testing).body).toEqual({ sent: false, configured: false, failure: 'sign-in' })
      const { body } = await chair.browser.call<NoticeLine[]>('GET', at('outbox'))
      expect(body).toMatchObject([{ notice: 'mail-test', state: 'failed-for-now', failure: 'sign-in' }])
      expect(JSON.stringify(body)).not.toContain('@')
    })
  })

  it('shows a chair no trace of a case that is not theirs to know, not in the outbox either (K1)', async () => {
    const lines = async () => (await chair.browser.call<NoticeLine[]>('GET', at('outbox'))).body
    const before = await lines()
    await reportOver(served.send, 'chipy', { narrative: 'It was Pat.', involved: [chair.id] })
    expect(await lines()).toEqual(before)
    await reportOver(served.send, 'chipy', { narrative: 'It was somebody else.' })
    expect((await lines()).length).toBeGreaterThan(before.length)
  })

  it('is for chairs to set, and for members of this community to see', async () => {
    const chairsAlone = [
      ['GET', 'settings'],
      ['PATCH', 'settings', { name: 'Mine' }],
      ['PUT', 'playbook', { playbook: {} }],
      ['PUT', 'roster/rule', { rule: null }],
      ['POST', 'mail-test'],
      ['GET', 'outbox'],
    ] as const
    for (const [method, path, body] of chairsAlone) {
      for (const { browser } of [sam, organizer])
        expect(await browser.call(method, at(path), body)).toMatchObject({ status: 403 })
      expect(await outsider.browser.call(method, at(path), body)).toMatchObject({ status: 404 })
    }
    for (const path of ['playbook', 'roster', 'on-call', 'directory', 'members']) {
      expect(await organizer.browser.call('GET', at(path))).toMatchObject({ status: 200 })
      expect(await outsider.browser.call('GET', at(path))).toMatchObject({ status: 404 })
    }
  })
})
