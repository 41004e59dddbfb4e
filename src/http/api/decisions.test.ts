import pino from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type ServedApp, serveApp } from '../../../test/support/app.ts'
import { foundCommunity, type TestCommunity } from '../../../test/support/community.ts'
import { decider, draft, toDiscussion } from '../../../test/support/deciding.ts'
import { type Desk, deskOf } from '../../../test/support/desk.ts'
import { storeKinds, type TestOffice, testOffice } from '../../../test/support/office.ts'
import { answerOver, openMailbox, type Reporter, reportOver } from '../../../test/support/reporter.ts'
import { answerOf } from '../../../test/support/wire.ts'
import { caseLog } from '../../casework/case-log.ts'
import { startDue } from '../../casework/due.ts'
import { fromBase64, newId } from '../../sealing/bytes.ts'
import { openRecord } from '../../sealing/record.ts'
import { verifyLog } from '../../store/log.ts'
import type { MotionsAnswer } from './motions.ts'

const day = 86_400_000
const begin = Date.parse('2027-10-28T18:30:00-05:00')
const dueAt = Date.parse('2027-11-11T18:30:00-06:00')

describe.each(storeKinds)('deciding on %s', (kind) => {
  let office: TestOffice
  let served: ServedApp
  let community: TestCommunity
  let cara: Reporter
  let desks: Record<'Pat' | 'Sam' | 'Mei' | 'Raj' | 'Oda', Desk>
  let pat: ReturnType<typeof decider>
  let sam: ReturnType<typeof decider>
  let mei: ReturnType<typeof decider>
  let raj: ReturnType<typeof decider>

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
    const named = (name: string): string => `${name}${round}`
    community = await foundCommunity(office, {
      shortName: `chipy-${round}`,
      members: ['Pat', 'Sam', 'Mei', 'Raj'].map(named),
      organizers: [named('Oda')],
    })
    await signIn()
    cara = await reportOver(served.send, community.shortName, {
      narrative: 'He kept following me.',
      notice: 'cara@example.org',
    })
    act()
    await toDiscussion(cara.case, desks.Pat, desks.Sam)
  })
  const signIn = async (): Promise<void> => {
    const desk = (name: string): Promise<Desk> => deskOf(office, served.send, community, `${name}${round}`)
    desks = {
      Pat: await desk('Pat'),
      Sam: await desk('Sam'),
      Mei: await desk('Mei'),
      Raj: await desk('Raj'),
      Oda: await desk('Oda'),
    }
  }
  const act = (): void => {
    pat = decider(desks.Pat, cara.case)
    sam = decider(desks.Sam, cara.case)
    mei = decider(desks.Mei, cara.case)
    raj = decider(desks.Raj, cara.case)
  }
  /** Later, when everybody has to sign in again. */
  const later = async (now: number): Promise<void> => {
    office.clock.set(now)
    await signIn()
    act()
    await runDue()
  }
  const refused = (deed: Promise<unknown>, reason: string) =>
    expect(deed).rejects.toThrow(`"reason":"${reason}"`)
  const runDue = async (): Promise<void> => {
    const due = startDue(office, pino({ level: 'silent' }))
    await due.runDue()
    await due.stop()
  }
  const told = async (notice: string): Promise<string[]> => {
    const rows = await office.store.db
      .selectFrom('outbox')
      .innerJoin('account', 'account.id', 'outbox.account_id')
      .select('account.name')
      .where('community_id', '=', community.id)
      .where('notice', '=', notice)
      .orderBy('name')
      .execute()
    return rows.map(({ name }) => name.replace(/\d+$/, ''))
  }
  const agreed = async (groupLevel = false) => {
    await pat.propose('We talk to him.', groupLevel)
    await sam.answer(true)
    return mei.answer(true)
  }
  const leaveOut = async (...names: ('Sam' | 'Mei' | 'Raj')[]): Promise<void> => {
    for (const name of names) {
      const { id } = desks[name].person
      await office.store.db
        .insertInto('exclusion')
        .values({ case_id: cara.case, member_id: id, since: begin })
        .execute()
      await office.store.db
        .deleteFrom('reader')
        .where('case_id', '=', cara.case)
        .where('member_id', '=', id)
        .execute()
    }
  }

  test('S3.3, J2: one yes and one no, back to discussion; the second proposal is agreed by two others', async () => {
    await refused(sam.propose(), 'not-yours')
    const proposed = await pat.propose()
    expect(proposed).toMatchObject({
      state: 'proposed',
      nextStep: { task: 'decide', turn: 'committee' },
      decisions: { proposals: [{ by: desks.Pat.person.id, agreed: 0, needed: 2, ended: null }] },
    })
    expect(await told('proposal-new')).toEqual(['Mei', 'Raj', 'Sam'])
    await refused(pat.answer(true), 'not-yours')
    await refused(sam.back('return-to-discussion'), 'not-yours')
    await sam.answer(true)
    expect(await mei.answer(false)).toMatchObject({ state: 'proposed' })
    expect(await sam.back('return-to-discussion')).toMatchObject({ state: 'discussion' })

    await pat.propose('We talk to him, with Mei.')
    expect(await sam.answer(true)).toMatchObject({ state: 'proposed' })
    const second = await mei.answer(true)
    expect(second).toMatchObject({
      state: 'agreed',
      nextStep: { task: 'inform-reporter', turn: 'shepherd' },
      decisions: {
        proposals: [
          { ended: 'returned', answers: [{ agrees: true }, { agrees: false }] },
          { ended: 'agreed', agreed: 2 },
        ],
      },
    })
    const { entries } = await desks.Raj.open(cara.case)
    expect(entries.flatMap(({ doubts }) => doubts)).toEqual([])
    expect(entries.map(({ record }) => record?.body)).toContainEqual({
      agrees: false,
      reason: 'It is too little.',
    })
    expect(await verifyLog(office.store.db, community.id)).toMatchObject({ ok: true })
  })

  test('J2: it is discussed again by itself once too few are left who could agree', async () => {
    await pat.propose()
    await sam.answer(false)
    expect(await mei.answer(false)).toMatchObject({ state: 'discussion' })
    expect(await told('proposal-returned')).toEqual(['Pat', 'Raj', 'Sam'])
    await refused(raj.answer(true), 'too-early')
  })

  test('J2: who changes their mind counts once, as they said last', async () => {
    await pat.propose()
    await sam.answer(false)
    expect(await sam.answer(true)).toMatchObject({ decisions: { proposals: [{ agreed: 1 }] } })
    expect(await sam.answer(true)).toMatchObject({ state: 'proposed' })
  })

  test('K1, J4: an agreement of whoever is left out afterwards does not count, and they cannot answer', async () => {
    await pat.propose()
    await sam.answer(true)
    await leaveOut('Sam')
    await expect(sam.answer(true)).rejects.toThrow('not-found')
    expect(await mei.answer(true)).toMatchObject({
      state: 'proposed',
      decisions: { proposals: [{ agreed: 1 }] },
    })
  })

  test('S7.3, J4: with one other left it is blocked, and the way to the organizers is shown', async () => {
    await leaveOut('Sam', 'Mei')
    const { view } = await desks.Pat.open(cara.case)
    expect(view).toMatchObject({
      blocked: true,
      nextStep: { task: 'ask-organizers', rule: 'J4' },
      decisions: { organizers: { names: [expect.stringMatching(/^Oda/)], email: 'organizers@example.org' } },
    })
    expect((await desks.Pat.cases()).cases[0]).toMatchObject({ blocked: true })
    await refused(pat.propose(), 'blocked')
  })

  test('two members act at once: the second is told, and nothing is overwritten', async () => {
    await pat.propose()
    const { view } = await desks.Mei.open(cara.case)
    await sam.answer(true)
    const late = await desks.Mei.write(view, 'agreement', { agrees: true, reason: '' })
    const answered = await desks.Mei.post(`/cases/${cara.case}/answer-proposal`, {
      proposal: view.decisions.proposals[0]?.id,
      agrees: true,
      version: view.version,
      ...late,
    })
    expect(answered.status).toBe(409)
    expect(await answered.json()).toMatchObject({ code: 'case-changed' })
    expect(await mei.answer(true)).toMatchObject({ state: 'agreed' })
  })

  test('a request that is repeated does one thing, once', async () => {
    const { view } = await desks.Pat.open(cara.case)
    const body = {
      groupLevel: false,
      version: view.version,
      ...(await desks.Pat.write(view, 'proposal', { text: 'We talk to him.' })),
    }
    const key = newId()
    await answerOf(desks.Pat.post(`/cases/${cara.case}/proposals`, body, key))
    const again = await answerOf<typeof view>(desks.Pat.post(`/cases/${cara.case}/proposals`, body, key))
    expect(again.decisions.proposals.length).toBe(1)
  })

  test('S3.4, S3.5, L1, L2: M6 is locked until M5 is sent, confirmed by another, then mailed as confirmed', async () => {
    await refused(pat.draft(), 'too-early')
    await agreed()
    await pat.draft()
    expect(await told('draft-new')).toEqual(['Mei', 'Raj', 'Sam'])
    const mail = { mail: { ...draft, language: 'en', to: undefined } }
    await refused(pat.actOnDraft('confirm'), 'not-yours')
    await raj.actOnDraft('confirm')
    expect(await told('draft-confirmed')).toEqual(['Pat'])
    await refused(pat.actOnDraft('send', mail), 'inform-first')
    await refused(sam.inform(), 'not-yours')
    const informed = await pat.inform()
    expect(informed).toMatchObject({
      state: 'acting',
      informedAt: begin,
      nextStep: { task: 'act-and-close' },
    })
    const { entries } = await openMailbox(served.send, cara)
    expect(entries.at(-1)?.record?.body).toMatchObject({ template: 'M5' })
    await refused(pat.inform(), 'too-late')

    const other = { mail: { ...mail.mail, text: 'You are banned.' } }
    await refused(pat.actOnDraft('send', other), 'is not what was confirmed')
    const sent = await pat.actOnDraft('send', mail)
    expect(sent.decisions.drafts).toMatchObject([
      { ended: 'sent', endedBy: desks.Pat.person.id, confirmedBy: [desks.Raj.person.id] },
    ])
    const row = await office.store.db
      .selectFrom('outbox')
      .select(['sealed_address', 'sealed_line', 'detail'])
      .where('notice', '=', 'outgoing')
      .where('case_id', '=', cara.case)
      .executeTakeFirstOrThrow()
    expect(office.serverKey.open(row.sealed_address as Uint8Array)).toBe(draft.address)
    expect(JSON.parse(office.serverKey.open(row.sealed_line as Uint8Array))).toEqual({
      subject: draft.subject,
      text: draft.text,
    })
    await refused(pat.actOnDraft('send', mail), 'too-late')
  })

  test('L2: nothing is sent that nobody else has confirmed; by hand it is recorded', async () => {
    await agreed()
    await pat.inform()
    await pat.draft()
    await refused(pat.actOnDraft('send', { mail: null }), 'not-confirmed')
    await sam.actOnDraft('confirm')
    await sam.actOnDraft('confirm')
    expect((await pat.actOnDraft('send', { mail: null })).decisions.drafts).toMatchObject([
      { ended: 'handed-over', confirmedBy: [desks.Sam.person.id] },
    ])
    await pat.draft()
    expect((await pat.actOnDraft('withdraw')).decisions.drafts[1]).toMatchObject({ ended: 'withdrawn' })
    await refused(sam.actOnDraft('confirm'), 'too-late')
  })

  test('S3.6, L3: not resolved yet, so it is discussed, decided and told anew', async () => {
    await agreed()
    await pat.inform()
    await pat.draft()
    await refused(sam.back('go-on'), 'not-yours')
    expect(await pat.back('go-on')).toMatchObject({
      state: 'discussion',
      informedAt: null,
      decisions: { drafts: [{ ended: 'withdrawn' }] },
    })
    expect(await agreed()).toMatchObject({ state: 'agreed', nextStep: { task: 'inform-reporter' } })
  })

  test('S3.7, L4, L6: closed with M7, M8 and a review date; reminded on it; reopened with the old outcome kept', async () => {
    await agreed()
    await refused(pat.resolve(begin + 90 * day), 'too-early')
    await pat.inform()
    await refused(sam.resolve(begin + 90 * day), 'not-yours')
    await refused(pat.resolve(begin), 'is past or too far away')
    const resolved = await pat.resolve(begin + 90 * day)
    expect(resolved).toMatchObject({
      state: 'resolved',
      closedAt: begin,
      reviewAt: begin + 90 * day,
      nextStep: null,
    })
    expect(await told('case-closed')).toEqual(['Mei', 'Raj', 'Sam'])
    const mailbox = await openMailbox(served.send, cara)
    expect(mailbox.entries.at(-1)).toMatchObject({ record: { body: { template: 'M7' } }, doubts: [] })

    await answerOver(served.send, community.shortName, cara, { text: 'He is back.', files: [] })
    expect((await desks.Pat.cases()).cases[0]).toMatchObject({ state: 'resolved', needsMe: true })
    await later(begin + 60 * day)
    await refused(pat.inform(), 'closed')
    const reopened = await mei.back('reopen', 'He is back.')
    expect(reopened).toMatchObject({ state: 'discussion', closedAt: null, reviewAt: null, overdue: false })
    const { entries } = await desks.Mei.open(cara.case)
    expect(entries.map(({ record }) => record?.body)).toContainEqual(
      expect.objectContaining({ outcome: 'He apologised.' }),
    )
    await refused(mei.back('reopen'), 'still-open')

    await agreed()
    await pat.inform()
    await pat.resolve(begin + 120 * day)
    await later(begin + 90 * day)
    expect(await told('case-review')).toEqual([])
    await later(begin + 120 * day)
    expect(await told('case-review')).toEqual(['Pat'])
    expect((await desks.Pat.cases()).cases[0]).toMatchObject({ id: cara.case })
  })

  test('S12.2, L5, I4: reminded at 7 and 12 days, overdue at 14, with a reason and a new date', async () => {
    await later(begin + 8 * day)
    expect(await told('case-due-soon')).toEqual(['Pat'])
    await later(begin + 13 * day)
    expect(await told('case-due-soon')).toEqual(['Pat', 'Pat'])
    await later(dueAt)
    expect(await told('case-overdue')).toEqual(['Pat'])
    await later(dueAt + 1)
    expect((await desks.Pat.open(cara.case)).view).toMatchObject({ overdue: true, due: { at: dueAt } })
    await refused(sam.delay(dueAt + 7 * day), 'not-yours')
    await refused(pat.delay(dueAt), 'is not later than the date there is')
    expect(await pat.delay(dueAt + 7 * day)).toMatchObject({
      overdue: false,
      delayedTo: dueAt + 7 * day,
      due: { what: 'resolve', at: dueAt + 7 * day },
    })
    expect(await told('case-delayed')).toEqual(['Mei', 'Raj', 'Sam'])
    await later(dueAt + 7 * day)
    expect(await told('case-overdue')).toEqual(['Pat', 'Pat'])
  })

  test('I4: with a new date in time nobody is told at the old one', async () => {
    await later(begin + 9 * day)
    await pat.delay(dueAt + 7 * day)
    await later(dueAt + day)
    expect(await told('case-overdue')).toEqual([])
  })

  test('S10.3, S10.4, J3: M9 to the organizers alone, M5 says so, and nothing is in force before they vote', async () => {
    await agreed(true)
    await refused(pat.inform(), 'motion-first')
    await refused(sam.move(community), 'not-yours')
    const moved = await pat.move(community)
    expect(moved).toMatchObject({ state: 'motion', nextStep: { task: 'inform-reporter' } })
    expect(await told('motion-new')).toEqual(['Oda'])
    expect(await pat.inform('We have asked the organizers to ban him.')).toMatchObject({
      state: 'motion',
      nextStep: { task: 'wait-for-vote', turn: 'organizers' },
    })
    await pat.draft()
    await sam.actOnDraft('confirm')
    await refused(pat.actOnDraft('send', { mail: null }), 'not-in-force')

    const path = `/communities/${community.shortName}/motions`
    const [motion] = await answerOf<MotionsAnswer>(desks.Oda.ask(path))
    if (!motion) throw new Error('There is no motion.')
    const read = await openRecord(fromBase64(motion.sealed), desks.Oda.person.keyring.identity)
    expect(read).toMatchObject({
      record: { body: { text: 'We move that he is banned.' } },
      signed: { by: desks.Pat.person.keys.verifyKey },
    })
    await expect(openRecord(fromBase64(motion.sealed), desks.Sam.person.keyring.identity)).rejects.toThrow()
    expect((await desks.Sam.ask(path)).status).toBe(403)
    expect((await desks.Oda.ask(`/cases/${cara.case}`)).status).toBe(404)
    const vote = (by: Desk, outcome: string) => by.post(`${path}/${motion.id}/vote`, { outcome })
    expect((await vote(desks.Sam, 'passed')).status).toBe(403)
    expect((await vote(desks.Oda, 'passed')).status).toBe(204)
    expect((await vote(desks.Oda, 'failed')).status).toBe(409)
    expect(await told('motion-voted')).toEqual(['Mei', 'Pat', 'Raj', 'Sam'])
    const { view } = await desks.Pat.open(cara.case)
    expect(view).toMatchObject({
      state: 'acting',
      nextStep: { task: 'act-and-close' },
      decisions: { motions: [{ outcome: 'passed', votedBy: desks.Oda.person.id }] },
    })
    await pat.actOnDraft('send', { mail: null })
    expect((await caseLog(office, cara.case, desks.Pat.person.id)).map(({ deed }) => deed)).toContain(
      'motion-passed',
    )
  })

  test('J3: a motion that failed is discussed again, and the reporter is told anew', async () => {
    await agreed(true)
    await pat.move(community)
    await pat.inform()
    const path = `/communities/${community.shortName}/motions`
    const [motion] = await answerOf<MotionsAnswer>(desks.Oda.ask(path))
    await desks.Oda.post(`${path}/${motion?.id}/vote`, { outcome: 'failed' })
    expect((await desks.Pat.open(cara.case)).view).toMatchObject({
      state: 'discussion',
      informedAt: null,
      nextStep: { task: 'discuss-and-propose' },
    })
  })
})
