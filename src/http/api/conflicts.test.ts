import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type ServedApp, serveApp } from '../../../test/support/app.ts'
import { foundCommunity, type TestCommunity } from '../../../test/support/community.ts'
import { type Desk, deskOf } from '../../../test/support/desk.ts'
import { storeKinds, type TestOffice, testOffice } from '../../../test/support/office.ts'
import { answerOver, openMailbox, type Reporter, reportOver } from '../../../test/support/reporter.ts'
import { answerOf, json } from '../../../test/support/wire.ts'
import { open } from '../../sealing/envelope.ts'
import { verifyLog } from '../../store/log.ts'
import type { CaseAnswer, CaseLogAnswer } from './cases.ts'

const begin = Date.parse('2027-10-28T18:30:00-05:00')

describe.each(storeKinds)('a conflict found later, on %s', (kind) => {
  let office: TestOffice
  let served: ServedApp
  let community: TestCommunity
  let ida: Reporter
  let pat: Desk
  let sam: Desk
  let mei: Desk
  let gus: Desk

  beforeAll(async () => {
    office = await testOffice(kind)
    served = await serveApp(office, '/nowhere')
  })
  afterAll(async () => {
    await served.stop()
    await office.drop()
  })
  let round = 0
  beforeEach(async () => {
    office.clock.set(begin)
    round += 1
    const names = ['Pat', 'Sam', 'Mei', 'Gus'].map((name) => `${name}${round}`)
    community = await foundCommunity(office, { shortName: `chipy-${round}`, members: names })
    const desks: Desk[] = []
    for (const name of names) desks.push(await deskOf(office, served.send, community, name))
    ;[pat, sam, mei, gus] = desks as [Desk, Desk, Desk, Desk]
    ida = await reportOver(served.send, community.shortName, { narrative: 'He comments on how I look.' })
  })
  const brought = async (): Promise<void> => {
    await pat.acknowledge(ida.case)
    await pat.bring(ida.case)
  }
  const viewOf = async (desk: Desk): Promise<CaseAnswer> => (await desk.open(ida.case)).view
  const codeOf = async (answer: Promise<Response>): Promise<unknown> => {
    const { code, reason } = (await (await answer).json()) as { code?: string; reason?: string }
    return reason ?? code
  }
  const say = (desk: Desk, about: Desk, method = 'PUT'): Promise<Response> =>
    desk.ask(`/cases/${ida.case}/conflicts/${about.person.id}`, { method })
  const stepAside = async (desk: Desk): Promise<Response> =>
    desk.post(`/cases/${ida.case}/step-aside`, await desk.epoch(await viewOf(desk), [desk.person.id]))
  const decide = async (desk: Desk, about: Desk): Promise<Response> =>
    desk.post(`/cases/${ida.case}/set-aside`, {
      about: about.person.id,
      ...(await desk.epoch(await viewOf(desk), [about.person.id])),
    })
  /** Everything in the database that these keys open, of what was sealed from an epoch on. */
  const readable = async (identity: string, from: number): Promise<number> => {
    const grants = await office.store.db
      .selectFrom('grant_')
      .select('sealed')
      .where('case_id', '=', ida.case)
      .where('epoch', '>=', from)
      .execute()
    const records = await office.store.db
      .selectFrom('record')
      .select('sealed')
      .where('case_id', '=', ida.case)
      .where('epoch', '>=', from)
      .execute()
    const opened = await Promise.all(
      [...grants, ...records].map(({ sealed }) =>
        open(sealed, identity).then(
          () => 1,
          () => 0,
        ),
      ),
    )
    return opened.filter((one) => one === 1).length
  }
  const gone = async (desk: Desk): Promise<void> => {
    expect((await desk.cases()).cases).toEqual([])
    expect((await desk.cases('?open=0')).cases).toEqual([])
    for (const path of ['', '/log']) expect((await desk.ask(`/cases/${ida.case}${path}`)).status).toBe(404)
  }

  test('K3: a member steps aside, and nothing that is added later can be read with their keys', async () => {
    await brought()
    expect((await stepAside(gus)).status).toBe(204)
    await gone(gus)
    await pat.note(ida.case, 'What Gus must not read.')
    await answerOver(served.send, community.shortName, ida, { text: 'More about Gus.' })
    expect(await readable(gus.person.keyring.identity, 2)).toBe(0)
    expect(await readable(mei.person.keyring.identity, 2)).toBe(1)
    const seen = await mei.open(ida.case)
    expect(seen.view).toMatchObject({ epoch: 2, renewEpoch: true })
    expect(seen.view.readers.map(({ id }) => id)).not.toContain(gus.person.id)
    expect(seen.entries.flatMap(({ doubts }) => doubts)).toEqual([])
    expect(seen.entries.map(({ record }) => [record?.kind, record?.epoch])).toEqual([
      ['report', 1],
      ['message', 1],
      ['epoch', 2],
      ['note', 2],
      ['answer', 2],
    ])
    // Gus’s browser made that epoch: the next who opens the case makes one he never held.
    expect((await mei.post(`/cases/${ida.case}/epochs`, await mei.epoch(seen.view))).status).toBe(204)
    expect(await viewOf(pat)).toMatchObject({ epoch: 3, renewEpoch: false })
    expect(await codeOf(pat.post(`/cases/${ida.case}/epochs`, await pat.epoch(await viewOf(pat))))).toBe(
      'too-late',
    )
    const mailbox = await openMailbox(served.send, ida)
    expect(mailbox.entries.flatMap(({ doubts }) => doubts)).toEqual([])
    expect(await verifyLog(office.store.db, community.id)).toMatchObject({ ok: true })
  })

  test('K3: another is set aside by two others; until then nothing of it shows to them, and not in the log either', async () => {
    await brought()
    const before = await viewOf(gus)
    const logOf = async (desk: Desk): Promise<string[]> =>
      (await answerOf<CaseLogAnswer>(desk.ask(`/cases/${ida.case}/log`))).map(({ deed }) => deed)
    const logged = await logOf(gus)
    expect((await say(pat, gus)).status).toBe(204)
    expect((await say(pat, gus)).status).toBe(204)
    expect(await viewOf(gus)).toEqual(before)
    expect(await logOf(gus)).toEqual(logged)
    expect((await viewOf(mei)).conflicts).toEqual([
      { member: gus.person.id, saidBy: pat.person.id, at: begin },
    ])
    expect(await logOf(mei)).toContain('set-aside-proposed')
    const told = await office.store.db
      .selectFrom('outbox')
      .select('account_id')
      .where('notice', '=', 'set-aside-proposed')
      .execute()
    expect(told.map(({ account_id }) => account_id).sort()).toEqual(
      [sam.person.account, mei.person.account].sort(),
    )
    // One member cannot, and whom it is about neither decides nor learns of it by trying.
    expect(await codeOf(decide(pat, gus))).toBe('not-yours')
    expect(await codeOf(decide(gus, gus))).toBe('not-yours')
    expect(await codeOf(decide(mei, sam))).toBe('not-yours')
    expect((await say(gus, gus, 'DELETE')).status).toBe((await say(sam, mei, 'DELETE')).status)
    expect((await decide(mei, gus)).status).toBe(204)
    await gone(gus)
    await mei.note(ida.case, 'What Gus must not read.')
    expect(await readable(gus.person.keyring.identity, 2)).toBe(0)
    expect(await viewOf(sam)).toMatchObject({ epoch: 2, renewEpoch: false, conflicts: [] })
  })

  test('K3: a chair who looks after the mail does not see there what others say of them', async () => {
    await brought()
    const notices = async (): Promise<string> => {
      const answer = await pat.ask(`/communities/${community.shortName}/outbox`)
      expect(answer.status).toBe(200)
      return answer.text()
    }
    const before = await notices()
    expect(before).toContain('case-brought')
    expect((await say(mei, pat)).status).toBe(204)
    expect(await notices()).toBe(before)
  })

  test('K3: others can disagree, and the member stays', async () => {
    await brought()
    await say(pat, gus)
    expect((await say(mei, gus, 'DELETE')).status).toBe(204)
    expect(await codeOf(decide(mei, gus))).toBe('not-yours')
    expect((await viewOf(gus)).readers.map(({ id }) => id)).toContain(gus.person.id)
  })

  test('K3: an epoch that is sealed to whoever leaves is refused, and so is one that leaves out somebody else', async () => {
    await brought()
    await say(pat, gus)
    const seen = await viewOf(mei)
    const refused = async (without: readonly string[], more: object = {}): Promise<unknown> =>
      codeOf(
        mei.post(`/cases/${ida.case}/set-aside`, {
          about: gus.person.id,
          ...(await mei.epoch(seen, without)),
          ...more,
        }),
      )
    expect(await refused([])).toBe('recipients-changed')
    expect(await refused([gus.person.id, sam.person.id])).toBe('recipients-changed')
    expect(await refused([gus.person.id], { directory: '0'.repeat(64) })).toBe('recipients-changed')
    expect((await viewOf(gus)).epoch).toBe(1)
    expect((await decide(mei, gus)).status).toBe(204)
    await gone(gus)
  })

  test('K3: at the same instant, exclusion wins over what the excluded member does', async () => {
    await brought()
    await say(pat, gus)
    await gus.shepherd(ida.case, 'propose', mei.person.id)
    await mei.shepherd(ida.case, 'declare', mei.person.id, { bias: false })
    const now = await viewOf(gus)
    const written = await gus.write(now, 'shepherd', {
      act: 'assign',
      member: mei.person.id,
      bias: null,
      text: '',
    })
    const agreement = { act: 'assign', about: mei.person.id, version: now.version, ...written }
    const exclusion = {
      about: gus.person.id,
      ...(await mei.epoch(await viewOf(mei), [gus.person.id])),
    }
    const [excluded, agreed] = await Promise.all([
      mei.post(`/cases/${ida.case}/set-aside`, exclusion),
      gus.post(`/cases/${ida.case}/shepherd`, agreement),
    ])
    const last = await mei.open(ida.case)
    // Whichever came first, nothing of Gus stands after the epoch without him.
    if (excluded.status === 204) {
      expect([404, 409]).toContain(agreed.status)
      await gone(gus)
      expect(last.view.shepherd).toBeNull()
    } else {
      expect(excluded.status).toBe(409)
      expect((await decide(mei, gus)).status).toBe(204)
      await gone(gus)
    }
    const { entries } = await mei.open(ida.case)
    const epoch = entries.findIndex(({ record }) => record?.kind === 'epoch')
    const later = entries.slice(epoch).map(({ record }) => record?.author)
    expect(later).not.toContainEqual({ who: 'member', id: gus.person.id })
  })

  test('K3: what the reporter sealed for the old epoch is refused, and sealed anew it is read by the others', async () => {
    await brought()
    const { mailbox: old } = await openMailbox(served.send, ida)
    await stepAside(gus)
    const stale = json(
      'POST',
      { record: { sealed: '' }, after: old.head },
      { authorization: ida.authorization, 'idempotency-key': 'a'.repeat(22) },
    )
    const sealed = await pat.write(await viewOf(pat), 'message', { template: null, text: 'x' })
    const answer = await served.send('/api/v1/mailbox/answers', {
      ...stale,
      body: JSON.stringify({ record: sealed.record, after: old.head }),
    })
    expect(await codeOf(Promise.resolve(answer))).toBe('out-of-order')
    await answerOver(served.send, community.shortName, ida, { text: 'Sealed anew.' })
    expect((await pat.open(ida.case)).entries.at(-1)).toMatchObject({
      record: { epoch: 2, body: { text: 'Sealed anew.' } },
      doubts: [],
    })
  })

  test('K2: the primary steps aside before anybody answered; the next one on call has it at once', async () => {
    expect((await stepAside(pat)).status).toBe(204)
    await gone(pat)
    const view = await viewOf(sam)
    expect(view.nextStep).toMatchObject({ task: 'answer-reporter', member: sam.person.id })
    // The place of the secondary goes to the next in the rotation, who hears of it.
    const third = view.receivers[1] as string
    const next = third === mei.person.id ? mei : gus
    expect(await viewOf(next)).toMatchObject({ state: 'new' })
    const told = await office.store.db
      .selectFrom('outbox')
      .select('account_id')
      .where('notice', '=', 'case-inherited')
      .where('case_id', '=', ida.case)
      .execute()
    expect(told).toEqual([{ account_id: next.person.account }])
    await sam.acknowledge(ida.case)
  })

  test('I2, K3: a shepherd who steps aside is replaced, and a first responder by whoever is on call', async () => {
    await brought()
    await mei.shepherd(ida.case, 'propose', mei.person.id, { bias: false })
    await pat.shepherd(ida.case, 'assign', mei.person.id)
    await stepAside(mei)
    expect(await viewOf(pat)).toMatchObject({ shepherd: null, picks: [{ ended: 'left' }] })
    await pat.post(`/cases/${ida.case}/epochs`, await pat.epoch(await viewOf(pat)))
    await stepAside(pat)
    expect(await viewOf(sam)).toMatchObject({ responder: sam.person.id })
  })

  test('J4: when too few are left to decide, the case is blocked and shows the way out', async () => {
    await brought()
    await stepAside(gus)
    expect(await viewOf(pat)).toMatchObject({ blocked: false, nextStep: { task: 'pick-shepherd' } })
    await pat.post(`/cases/${ida.case}/epochs`, await pat.epoch(await viewOf(pat)))
    await stepAside(mei)
    expect(await viewOf(pat)).toMatchObject({ blocked: true, nextStep: { task: 'ask-organizers' } })
    expect((await pat.cases()).cases[0]).toMatchObject({ blocked: true })
  })
})
