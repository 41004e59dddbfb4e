import pino from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type ServedApp, serveApp } from '../../../test/support/app.ts'
import { foundCommunity, type TestCommunity } from '../../../test/support/community.ts'
import { type Desk, deskOf } from '../../../test/support/desk.ts'
import { storeKinds, type TestOffice, testOffice } from '../../../test/support/office.ts'
import { answerOver, openMailbox, type Reporter, reportOver } from '../../../test/support/reporter.ts'
import { json } from '../../../test/support/wire.ts'
import { caseLog } from '../../casework/case-log.ts'
import { startDue } from '../../casework/due.ts'
import { signEntry } from '../../sealing/directory.ts'

const day = 86_400_000
const begin = Date.parse('2027-10-28T18:30:00-05:00')

describe.each(storeKinds)('a shepherd on %s', (kind) => {
  let office: TestOffice
  let served: ServedApp
  let community: TestCommunity
  let cara: Reporter
  let pat: Desk
  let sam: Desk
  let mei: Desk
  let uma: Desk

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
    const names = ['Pat', 'Sam', 'Mei', 'Uma'].map((name) => `${name}${round}`)
    community = await foundCommunity(office, { shortName: `chipy-${round}`, members: names })
    const [first, second, third, fourth] = names as [string, string, string, string]
    pat = await deskOf(office, served.send, community, first)
    sam = await deskOf(office, served.send, community, second)
    mei = await deskOf(office, served.send, community, third)
    uma = await deskOf(office, served.send, community, fourth)
    cara = await reportOver(served.send, community.shortName, { narrative: 'He kept following me.' })
    await pat.acknowledge(cara.case)
    await pat.bring(cara.case)
  })
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
      .where('case_id', '=', cara.case)
      .where('notice', '=', notice)
      .orderBy('name')
      .execute()
    return rows.map(({ name }) => name.replace(/\d+$/, ''))
  }
  /** Uma is proposed, has no bias, and the committee agrees. */
  const umaAssigned = async () => {
    await mei.shepherd(cara.case, 'propose', uma.person.id)
    await uma.shepherd(cara.case, 'declare', uma.person.id, { bias: false })
    return mei.shepherd(cara.case, 'assign', uma.person.id)
  }

  test('I2, I3, I5 to I7: proposed by another, bias declared, assigned, named, introduced', async () => {
    const proposed = await mei.shepherd(cara.case, 'propose', uma.person.id)
    expect(proposed.nextStep?.task).toBe('pick-shepherd')
    expect(proposed.picks).toMatchObject([
      { member: uma.person.id, proposedBy: mei.person.id, declaredAt: null, assignedAt: null },
    ])
    expect(await told('shepherd-proposed')).toEqual(['Uma'])
    await refused(mei.shepherd(cara.case, 'assign', uma.person.id), 'not-yours')
    await refused(mei.shepherd(cara.case, 'declare', uma.person.id, { bias: false }), 'not-yours')
    await uma.shepherd(cara.case, 'declare', uma.person.id, { bias: true, text: 'We ran a meetup together.' })
    expect(await told('shepherd-declared')).toEqual(['Mei', 'Pat', 'Sam'])
    await refused(uma.shepherd(cara.case, 'assign', uma.person.id), 'not-yours')
    const assigned = await sam.shepherd(cara.case, 'assign', uma.person.id)
    expect(assigned).toMatchObject({
      state: 'committee',
      shepherd: uma.person.id,
      nextStep: { task: 'name-shepherd', member: pat.person.id },
    })
    await refused(uma.tell(cara.case, 'M4'), 'too-early')
    const named = await pat.tell(cara.case, 'M3')
    expect(named).toMatchObject({
      shepherdNamedAt: begin,
      objectionEndsAt: begin + 3 * day,
      nextStep: { task: 'wait-for-objection', turn: 'reporter' },
    })
    await refused(pat.tell(cara.case, 'M3'), 'too-late')
    await refused(pat.tell(cara.case, 'M4'), 'not-yours')
    const { mailbox } = await openMailbox(served.send, cara)
    expect(mailbox.shepherd).toEqual({ name: uma.person.name, until: begin + 3 * day })
    office.clock.set(begin + 3 * day)
    await runDue()
    uma = await deskOf(office, served.send, community, uma.person.name)
    mei = await deskOf(office, served.send, community, mei.person.name)
    expect(await told('shepherd-introduce')).toEqual(['Uma'])
    expect((await openMailbox(served.send, cara)).mailbox.shepherd).toBeNull()
    const introduced = await uma.tell(cara.case, 'M4')
    expect(introduced).toMatchObject({
      state: 'discussion',
      shepherdIntroducedAt: begin + 3 * day,
      nextStep: { task: 'discuss-and-propose', member: uma.person.id },
    })
    const { entries } = await mei.open(cara.case)
    expect(entries.flatMap(({ doubts }) => doubts)).toEqual([])
    expect(entries.map(({ record }) => record?.body)).toContainEqual({
      act: 'declare',
      member: uma.person.id,
      bias: true,
      text: 'We ran a meetup together.',
    })
    const shared = await openMailbox(served.send, cara)
    expect(shared.entries.map(({ record }) => record?.kind)).toEqual([
      'report',
      'message',
      'message',
      'message',
    ])
  })

  test('S3 (2): a first responder who is the shepherd skips M3, and the reporter may still object', async () => {
    await pat.shepherd(cara.case, 'propose', pat.person.id, { bias: false })
    await mei.shepherd(cara.case, 'assign', pat.person.id)
    const introduced = await pat.tell(cara.case, 'M4')
    expect(introduced).toMatchObject({ state: 'discussion', objectionEndsAt: begin + 3 * day })
    await answerOver(served.send, community.shortName, cara, { text: '', shepherd: 'objects' })
    const { view } = await pat.open(cara.case)
    expect(view).toMatchObject({ state: 'discussion', shepherd: null, nextStep: { task: 'pick-shepherd' } })
    await refused(pat.shepherd(cara.case, 'propose', pat.person.id, { bias: false }), 'objected')
    await umaAssigned()
    expect((await pat.tell(cara.case, 'M3')).nextStep?.task).toBe('wait-for-objection')
    expect(await uma.tell(cara.case, 'M4')).toMatchObject({
      state: 'discussion',
      nextStep: { task: 'discuss-and-propose' },
    })
  })

  test('I3: a bias that matters has another picked, before and after the shepherd was assigned', async () => {
    await uma.shepherd(cara.case, 'propose', uma.person.id, { bias: true, text: 'He is my cousin.' })
    const again = await mei.shepherd(cara.case, 'matters', uma.person.id)
    expect(again.picks.at(-1)?.ended).toBe('matters')
    await umaAssigned()
    const later = await sam.shepherd(cara.case, 'matters', uma.person.id, { text: 'I learnt of it now.' })
    expect(later).toMatchObject({ shepherd: null, nextStep: { task: 'pick-shepherd' } })
    expect(await told('shepherd-needed')).toEqual(['Mei', 'Pat', 'Pat', 'Sam', 'Uma', 'Uma'])
  })

  test('I4: a shepherd steps down, and whoever is proposed can decline', async () => {
    await umaAssigned()
    expect((await uma.shepherd(cara.case, 'step-down', uma.person.id)).shepherd).toBeNull()
    office.clock.set(begin + 1)
    await mei.shepherd(cara.case, 'propose', sam.person.id)
    expect((await sam.shepherd(cara.case, 'decline', sam.person.id)).picks.map(({ ended }) => ended)).toEqual(
      ['stepped-down', 'declined'],
    )
  })

  test('I6: the reporter agrees from the mailbox, and nobody waits any more', async () => {
    await umaAssigned()
    await pat.tell(cara.case, 'M3')
    await answerOver(served.send, community.shortName, cara, { text: 'Fine.', shepherd: 'agrees' })
    const { view, entries } = await uma.open(cara.case)
    expect(view).toMatchObject({ objectionEndsAt: null, nextStep: { task: 'introduce-shepherd' } })
    expect(entries.at(-1)).toMatchObject({ record: { body: { shepherd: 'agrees' } }, doubts: [] })
    expect(await told('shepherd-introduce')).toEqual(['Uma'])
    await refused(
      answerOver(served.send, community.shortName, cara, { text: '', shepherd: 'objects' }),
      'objection-over',
    )
  })

  test('I6: after three days an objection is too late for the mailbox, and an objection by mail is recorded by hand', async () => {
    await umaAssigned()
    await pat.tell(cara.case, 'M3')
    const seen = (await pat.open(cara.case)).view
    const written = await pat.write(seen, 'note', { text: 'Cara rang me.' })
    const objection = { said: 'objects', version: seen.version, ...written }
    office.clock.set(begin + 3 * day)
    await refused(
      answerOver(served.send, community.shortName, cara, { text: '', shepherd: 'objects' }),
      'objection-over',
    )
    office.clock.set(begin + day)
    pat = await deskOf(office, served.send, community, pat.person.name)
    mei = await deskOf(office, served.send, community, mei.person.name)
    expect((await pat.post(`/cases/${cara.case}/objection`, objection, 'k'.repeat(22))).status).toBe(201)
    // Sent twice, done once.
    expect((await pat.post(`/cases/${cara.case}/objection`, objection, 'k'.repeat(22))).status).toBe(201)
    const { view } = await mei.open(cara.case)
    expect(view.shepherd).toBeNull()
    expect(view.picks.at(-1)?.ended).toBe('objected')
    const log = await caseLog(office, cara.case, mei.person.id)
    expect(log.filter(({ deed }) => deed === 'shepherd-objected')).toHaveLength(1)
  })

  test('two act at once: the second is told, and nothing is overwritten', async () => {
    const seen = (await mei.open(cara.case)).view
    const said = async (desk: Desk, about: string) =>
      desk.post(`/cases/${cara.case}/shepherd`, {
        act: 'propose',
        about,
        version: seen.version,
        ...(await desk.write(seen, 'shepherd', { act: 'propose', member: about, bias: null, text: '' })),
      })
    const answers = await Promise.all([said(mei, uma.person.id), said(sam, pat.person.id)])
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
    expect((await mei.open(cara.case)).view.picks).toHaveLength(1)
  })

  test('I2, K4: a shepherd who leaves the committee is replaced, and the others are told', async () => {
    await umaAssigned()
    await pat.tell(cara.case, 'M3')
    await uma.tell(cara.case, 'M4')
    const removal = signEntry(
      {
        v: 1,
        community: community.id,
        previous: community.directory.head,
        at: office.clock.now(),
        act: 'remove',
        member: uma.person.id,
        by: pat.person.id,
      },
      pat.person.keyring.signingSeed,
    )
    const asked = json('DELETE', { directoryEntry: removal })
    const left = await pat.ask(`/communities/${community.shortName}/members/${uma.person.id}`, asked)
    expect(left.status).toBe(204)
    const { view } = await pat.open(cara.case)
    expect(view).toMatchObject({ state: 'discussion', shepherd: null, nextStep: { task: 'pick-shepherd' } })
    expect(view.picks.at(-1)?.ended).toBe('left')
    expect(await told('shepherd-needed')).toEqual(['Mei', 'Pat', 'Sam'])
  })

  test('I1: nobody is picked before the case is brought to the committee', async () => {
    const other = await reportOver(served.send, community.shortName, { narrative: 'Something else.' })
    await refused(pat.shepherd(other.case, 'propose', pat.person.id, { bias: false }), 'too-early')
  })
})
