import pino from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type ServedApp, serveApp } from '../../../test/support/app.ts'
import { foundCommunity, type TestCommunity } from '../../../test/support/community.ts'
import { type Desk, deskOf } from '../../../test/support/desk.ts'
import { storeKinds, type TestOffice, testOffice } from '../../../test/support/office.ts'
import { answerOver, openMailbox, type Reporter, reportOver } from '../../../test/support/reporter.ts'
import { answerOf } from '../../../test/support/wire.ts'
import { startDue } from '../../casework/due.ts'
import { fromBase64, newId, toBase64 } from '../../sealing/bytes.ts'
import { open } from '../../sealing/envelope.ts'
import { openGrant, sealGrant } from '../../sealing/grant.ts'
import { verifyLog } from '../../store/log.ts'
import type { CaseAnswer, CaseLogAnswer } from './cases.ts'

const hour = 3_600_000
const begin = Date.parse('2027-10-28T18:30:00-05:00')

interface ProblemAnswer {
  readonly code: string
  readonly [member: string]: unknown
}
const problem = async (answer: Promise<Response>): Promise<ProblemAnswer & { status: number }> => {
  const response = await answer
  return { ...((await response.json()) as ProblemAnswer), status: response.status }
}
const bodies = (entries: readonly { record: { body: unknown } | null; doubts: readonly string[] }[]) =>
  entries.map(({ record, doubts }) => ({ body: record?.body, doubts }))

describe.each(storeKinds)('on %s', (kind) => {
  let office: TestOffice
  let served: ServedApp
  let community: TestCommunity
  let desks: Record<'Pat' | 'Sam' | 'Mei' | 'Gus', Desk>

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
    community = await foundCommunity(office, { shortName: `chipy-${round}`, members: names(round) })
    const desk = (name: string): Promise<Desk> => deskOf(office, served.send, community, name)
    desks = {
      Pat: await desk(`Pat${round}`),
      Sam: await desk(`Sam${round}`),
      Mei: await desk(`Mei${round}`),
      Gus: await desk(`Gus${round}`),
    }
  })
  // Mail addresses are unique across communities.
  const names = (of: number): string[] => ['Pat', 'Sam', 'Mei', 'Gus'].map((name) => `${name}${of}`)
  const report = (more: Partial<Parameters<typeof reportOver>[2]> = {}): Promise<Reporter> =>
    reportOver(served.send, community.shortName, { narrative: 'He kept following me.', ...more })
  const runDue = async (): Promise<void> => {
    const due = startDue(office, pino({ level: 'silent' }))
    await due.runDue()
    await due.stop()
  }
  const told = async (caseId: string): Promise<{ notice: string; account_id: string | null }[]> =>
    office.store.db
      .selectFrom('outbox')
      .select(['notice', 'account_id'])
      .where('case_id', '=', caseId)
      .orderBy('notice')
      .execute()

  test('S1 (3, 4): the pair reads it, M1 reaches the reporter, and the committee gets it when it is brought', async () => {
    const ana = await report({ notice: 'ana@example.org' })
    const { Pat, Sam, Mei } = desks
    const { view, entries } = await Pat.open(ana.case)
    expect(view.state).toBe('new')
    expect(bodies(entries)).toMatchObject([{ body: { narrative: 'He kept following me.' }, doubts: [] }])
    expect((await Sam.open(ana.case)).entries[0]?.doubts).toEqual([])
    expect((await Mei.cases()).cases).toEqual([])
    expect(view.nextStep).toMatchObject({ task: 'answer-reporter', turn: 'primary', member: Pat.person.id })
    expect((await Pat.cases()).cases[0]).toMatchObject({ id: ana.case, needsMe: true, mine: false })
    expect((await Sam.cases()).cases[0]).toMatchObject({ needsMe: false })

    const answered = await Pat.acknowledge(ana.case)
    expect(answered).toMatchObject({
      state: 'acknowledged',
      acknowledgedAt: begin,
      responder: Pat.person.id,
      mine: true,
      hasNotice: true,
    })
    expect(await told(ana.case)).toEqual([
      { notice: 'report-new', account_id: expect.any(String) },
      { notice: 'report-new', account_id: expect.any(String) },
      { notice: 'reporter-message', account_id: null },
    ])
    const mailbox = await openMailbox(served.send, ana)
    expect(mailbox.mailbox.state).toBe('answered')
    expect(bodies(mailbox.entries)).toMatchObject([
      { body: { narrative: 'He kept following me.' }, doubts: [] },
      { body: { template: 'M1' }, doubts: [] },
    ])

    const brought = await Pat.bring(ana.case)
    expect(brought).toMatchObject({ state: 'committee', broughtAt: begin })
    expect(brought.readers.map(({ id }) => id).sort()).toEqual(
      Object.values(desks)
        .map(({ person }) => person.id)
        .sort(),
    )
    expect((await Mei.open(ana.case)).entries.map(({ doubts }) => doubts)).toEqual([[], []])
    expect((await told(ana.case)).filter(({ notice }) => notice === 'case-brought').length).toBe(3)
  })

  test('S3 (1): M1 is due on Friday at 06:30, the resolution on 11 November at 18:30 CST', async () => {
    const cara = await report()
    const { view } = await desks.Pat.open(cara.case)
    expect(view.due).toEqual({ what: 'acknowledge', at: Date.parse('2027-10-29T06:30:00-05:00') })
    office.clock.set(begin + 13 * hour)
    const late = await deskOf(office, served.send, community, `Pat${round}`)
    expect((await late.cases()).cases[0]).toMatchObject({ overdue: true })
    const answered = await late.acknowledge(cara.case)
    expect(answered.due).toEqual({ what: 'resolve', at: Date.parse('2027-11-11T18:30:00-06:00') })
    expect(answered.overdue).toBe(false)
  })

  test('S7 (1), K1: nothing of it reaches whoever is involved, by any route, however far the case goes', async () => {
    const { Pat, Mei, Gus } = desks
    // Being chair adds nothing.
    await office.store.write((tx) =>
      tx.updateTable('member').set({ chair: 1 }).where('id', '=', Gus.person.id).execute(),
    )
    const ida = await report({
      involved: [Gus.person.id],
      files: [{ name: 'chat.txt', type: 'text/plain', bytes: Buffer.from('what he wrote') }],
    })
    const [file] = (await Pat.open(ida.case)).view.files
    const elsewhere = newId()
    const everywhere = async (): Promise<void> => {
      const { view } = await Pat.open(ida.case)
      const written = await Pat.write(view, 'note', { text: 'x' })
      const grant = { member: Gus.person.id, epoch: 1, sealed: written.record.sealed.slice(0, 4000) }
      const tries: [string, unknown?][] = [
        [''],
        ['/log'],
        [`/files/${file?.upload}`],
        ['/records', { kind: 'note', ...written }],
        ['/acknowledge', { template: 'M1', version: view.version, ...written }],
        ['/bring', { version: view.version }],
        ['/grants', { directory: community.directory.head, grants: [grant] }],
        ['/records', 'nonsense'],
      ]
      for (const [path, body] of tries) {
        const asked = (caseId: string): Promise<Response> =>
          body === undefined ? Gus.ask(`/cases/${caseId}${path}`) : Gus.post(`/cases/${caseId}${path}`, body)
        const [there, nowhere] = [await asked(ida.case), await asked(elsewhere)]
        expect(there.status, path).toBe(404)
        expect(await there.text(), path).toBe(await nowhere.text())
        expect([...there.headers].filter(([name]) => name !== 'date')).toEqual(
          [...nowhere.headers].filter(([name]) => name !== 'date'),
        )
      }
      for (const query of ['', '?open=0', `?community=${community.shortName}`])
        expect(await Gus.cases(query)).toEqual({ cases: [], next: null, counts: { open: 0, closed: 0 } })
    }
    await everywhere()
    office.clock.set(begin + 25 * hour)
    await reSignIn()
    await runDue()
    expect((await desks.Mei.cases()).cases.length).toBe(1)
    await everywhereAgain()
    await desks.Pat.acknowledge(ida.case)
    await desks.Pat.bring(ida.case)
    await everywhereAgain()
    const accounts = (await told(ida.case)).map(({ account_id }) => account_id)
    expect(accounts).toContain(Mei.person.account)
    expect(accounts).not.toContain(Gus.person.account)
    const everyLine = await office.store.db
      .selectFrom('log')
      .selectAll()
      .where('case_id', '=', ida.case)
      .execute()
    expect(JSON.stringify(everyLine)).not.toContain(Gus.person.id)
    const refused = await desks.Pat.post(`/cases/${ida.case}/grants`, {
      directory: community.directory.head,
      grants: [{ member: Gus.person.id, epoch: 1, sealed: toBase64(await aGrant(ida.case)) }],
    })
    expect(await problem(Promise.resolve(refused))).toMatchObject({ status: 409, code: 'recipients-changed' })

    async function reSignIn(): Promise<void> {
      for (const name of ['Pat', 'Sam', 'Mei', 'Gus'] as const)
        desks[name] = await deskOf(office, served.send, community, `${name}${round}`)
    }
    async function everywhereAgain(): Promise<void> {
      const now = desks.Gus
      const known = await desks.Pat.open(ida.case)
      const pages = served.app.routes.filter(
        ({ method, path, who }) =>
          method === 'get' && who !== 'operator' && path.startsWith('/api/v1') && !path.endsWith('/live'),
      )
      expect(pages.length).toBeGreaterThan(15)
      for (const { path } of pages) {
        const filled = path
          .replace('/api/v1', '')
          .replace('{case}', ida.case)
          .replace('{community}', community.shortName)
          .replace('{upload}', file?.upload as string)
          .replace(/\{\w+\}/, elsewhere)
        const text = await (await now.ask(filled)).text()
        for (const trace of [ida.case, known.view.codeName, known.view.head, file?.upload as string])
          expect(text.includes(trace), `${path} tells of it`).toBe(false)
        if (path.endsWith('/outbox')) expect(JSON.stringify(JSON.parse(text))).not.toContain('report-new')
      }
      expect(await now.cases()).toEqual({ cases: [], next: null, counts: { open: 0, closed: 0 } })
      const [there, nowhere] = [await now.ask(`/cases/${ida.case}`), await now.ask(`/cases/${elsewhere}`)]
      expect([there.status, await there.text()]).toEqual([404, await nowhere.text()])
    }
    async function aGrant(caseId: string): Promise<Uint8Array> {
      return sealGrant(
        { v: 1, community: community.id, case: caseId, epoch: 1, identity: 'x' },
        Gus.person.keys.recipient,
      )
    }
  })

  test('S12 (1): M1 waits behind the code, and is delivered only once it is opened', async () => {
    const nobody = await report()
    await desks.Pat.acknowledge(nobody.case)
    expect((await told(nobody.case)).map(({ notice }) => notice)).toEqual(['report-new', 'report-new'])
    const message = async (): Promise<CaseAnswer['records'][number] | undefined> =>
      (await desks.Pat.open(nobody.case)).view.records[1]
    const { mailbox } = await openMailbox(served.send, nobody)
    expect((await message())?.openedAt).toBeNull()
    office.clock.set(begin + 5 * 60_000)
    const say = (records: readonly string[]): Promise<Response> =>
      served.send('/api/v1/mailbox/opened', {
        method: 'POST',
        headers: { authorization: nobody.authorization, 'content-type': 'application/json' },
        body: JSON.stringify({ records }),
      })
    const ids = mailbox.records.map(({ id }) => id)
    expect((await say(ids)).status).toBe(204)
    expect((await message())?.openedAt).toBe(begin + 5 * 60_000)
    office.clock.set(begin + 9 * 60_000)
    await say(ids)
    const { view } = await desks.Pat.open(nobody.case)
    // What the reporter wrote is not delivered to them; and the first time counts.
    expect(view.records.map(({ openedAt }) => openedAt)).toEqual([null, begin + 5 * 60_000])
  })

  test('S12 (3): the reporter writes back; whoever has it in charge is told, and it needs them', async () => {
    const cy = await report()
    await desks.Pat.acknowledge(cy.case)
    await desks.Pat.bring(cy.case)
    await answerOver(served.send, community.shortName, cy, {
      text: 'Somebody saw it.',
      files: [{ name: 'a.txt', type: 'text/plain', bytes: Buffer.from('seen it') }],
    })
    const { view, entries } = await desks.Mei.open(cy.case)
    expect(bodies(entries).at(-1)).toMatchObject({ body: { text: 'Somebody saw it.' }, doubts: [] })
    expect(view.files).toHaveLength(1)
    expect((await told(cy.case)).filter(({ notice }) => notice === 'answer-new')).toEqual([
      { notice: 'answer-new', account_id: desks.Pat.person.account },
    ])
    expect((await desks.Pat.cases()).cases[0]).toMatchObject({ id: cy.case, needsMe: true })
    const mailbox = await openMailbox(served.send, cy)
    expect(bodies(mailbox.entries).at(-1)).toMatchObject({ body: { text: 'Somebody saw it.' }, doubts: [] })
  })

  test('H3: M2 keeps it on file; an answer brings it back into the inbox until somebody looks after it', async () => {
    const cy = await report()
    const kept = await desks.Pat.acknowledge(cy.case, 'M2')
    expect(kept).toMatchObject({ state: 'on-file', due: { what: null, at: null }, closedAt: begin })
    expect(await desks.Pat.cases()).toMatchObject({ cases: [], counts: { open: 0, closed: 1 } })
    expect((await openMailbox(served.send, cy)).mailbox.state).toBe('closed')
    expect(await problem(desks.Pat.post(`/cases/${cy.case}/bring`, { version: kept.version }))).toMatchObject(
      { status: 409, code: 'impossible-step', reason: 'closed' },
    )
    await answerOver(served.send, community.shortName, cy, { text: 'It happened again.' })
    const { cases } = await desks.Pat.cases()
    expect(cases).toMatchObject([{ id: cy.case, state: 'on-file', needsMe: true }])
    await desks.Pat.note(cy.case, 'Seen.')
    expect((await desks.Pat.cases()).cases).toEqual([])
    expect((await desks.Pat.cases('?open=0')).cases).toMatchObject([{ needsMe: false }])
  })

  test('the same key is one record and the same answer; with other content it is refused', async () => {
    const cy = await report()
    const { view } = await desks.Pat.open(cy.case)
    const path = `/cases/${cy.case}/records`
    const body = { kind: 'note', ...(await desks.Pat.write(view, 'note', { text: 'once' })) }
    const key = newId()
    const [first, second] = await Promise.all([
      answerOf(desks.Pat.post(path, body, key)),
      answerOf(desks.Pat.post(path, body, key)),
    ])
    expect(second).toEqual(first)
    await desks.Sam.note(cy.case, 'something in between')
    expect(await answerOf(desks.Pat.post(path, body, key))).toEqual(first)
    expect((await desks.Pat.open(cy.case)).view.records).toHaveLength(3)
    const other = { kind: 'note', ...(await desks.Pat.write(view, 'note', { text: 'twice' })) }
    expect(await problem(desks.Pat.post(path, other, key))).toMatchObject({ status: 422, code: 'key-reused' })
    const keyless = desks.Pat.ask(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    expect(await problem(keyless)).toMatchObject({ status: 400, code: 'key-missing' })
  })

  test('the first response with one key is one response, however often it is sent', async () => {
    const cy = await report({ notice: 'cy@example.org' })
    const { view } = await desks.Pat.open(cy.case)
    const body = {
      template: 'M1',
      version: view.version,
      ...(await desks.Pat.write(view, 'message', { template: 'M1', text: 'Thank you.' })),
    }
    const key = newId()
    for (let time = 0; time < 3; time += 1)
      expect(await answerOf(desks.Pat.post(`/cases/${cy.case}/acknowledge`, body, key))).toMatchObject({
        state: 'acknowledged',
      })
    expect((await desks.Pat.open(cy.case)).view.records).toHaveLength(2)
    expect((await told(cy.case)).filter(({ notice }) => notice === 'reporter-message')).toHaveLength(1)
  })

  test('two at once: one answers, the other is told that the case changed', async () => {
    const cy = await report()
    const ready = await Promise.all(
      (['Pat', 'Sam'] as const).map(async (name) => {
        const { view } = await desks[name].open(cy.case)
        const written = await desks[name].write(view, 'message', { template: 'M1', text: name })
        return { name, body: { template: 'M1', version: view.version, ...written } }
      }),
    )
    const attempts = await Promise.all(
      ready.map(({ name, body }) => desks[name].post(`/cases/${cy.case}/acknowledge`, body)),
    )
    expect(attempts.map(({ status }) => status).sort()).toEqual([201, 409])
    const lost = attempts.find(({ status }) => status === 409) as Response
    expect(await lost.json()).toMatchObject({ code: 'case-changed' })
    expect((await desks.Pat.open(cy.case)).view.records).toHaveLength(2)
  })

  test('out of order: what does not follow the newest record is refused with the heads to follow', async () => {
    const cy = await report()
    const { view } = await desks.Pat.open(cy.case)
    const texts = Array.from({ length: 6 }, (_, index) => `note ${index}`)
    const ready = await Promise.all(
      texts.map(async (text, index) => {
        const desk = index % 2 ? desks.Pat : desks.Sam
        return { desk, body: { kind: 'note', ...(await desk.write(view, 'note', { text })) } }
      }),
    )
    const tries = await Promise.all(
      ready.map(({ desk, body }) => desk.post(`/cases/${cy.case}/records`, body)),
    )
    expect(tries.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409])
    const now = (await desks.Pat.open(cy.case)).view
    for (const lost of tries.filter(({ status }) => status === 409))
      expect(await lost.json()).toMatchObject({
        code: 'out-of-order',
        head: now.head,
        sharedHead: now.sharedHead,
      })
    for (const text of texts) await desks.Sam.note(cy.case, text)
    const { entries } = await desks.Pat.open(cy.case)
    expect(entries).toHaveLength(8)
    expect(entries.flatMap(({ doubts }) => doubts)).toEqual([])
  })

  test('a record is sealed to exactly those who may read it', async () => {
    const cy = await report()
    const { view } = await desks.Pat.open(cy.case)
    const recipient = view.epochs[0]?.recipient as string
    const reporter = view.reporterRecipient as string
    const attempt = async (kind: 'note' | 'message', recipients: readonly string[]) =>
      problem(
        desks.Pat.post(`/cases/${cy.case}/records`, {
          kind,
          ...(await desks.Pat.write(view, kind, { text: 'x', template: null }, { recipients })),
        }),
      )
    const malformed = { status: 400, code: 'malformed-envelope' }
    expect(await attempt('note', [recipient, reporter])).toMatchObject(malformed)
    expect(await attempt('message', [recipient])).toMatchObject(malformed)
    const bare = { record: { sealed: toBase64(Buffer.from('not sealed at all')) }, after: view.head }
    expect(
      await problem(desks.Pat.post(`/cases/${cy.case}/records`, { kind: 'note', ...bare })),
    ).toMatchObject(malformed)
    expect((await desks.Pat.open(cy.case)).view.records).toHaveLength(1)
  })

  test('a note is not for the reporter: not in the mailbox, and no notice of it', async () => {
    const cy = await report({ notice: 'cy@example.org' })
    await desks.Pat.note(cy.case, 'I know this person.')
    const { mailbox, entries } = await openMailbox(served.send, cy)
    expect(entries).toHaveLength(1)
    expect(mailbox).toMatchObject({ members: [], state: 'received' })
    expect((await told(cy.case)).map(({ notice }) => notice)).toEqual(['report-new', 'report-new'])
    await desks.Pat.message(cy.case, 'Where can we reach you?')
    const later = await openMailbox(served.send, cy)
    expect(later.entries.map(({ doubts }) => doubts)).toEqual([[], []])
    expect(later.mailbox).toMatchObject({
      members: [{ id: desks.Pat.person.id, name: desks.Pat.person.name }],
    })
    expect((await told(cy.case)).filter(({ notice }) => notice === 'reporter-message')).toHaveLength(1)
  })

  test('evidence comes back whole, to readers and to the reporter, and to nobody else', async () => {
    const bytes = Buffer.alloc(700_000, 'evidence ')
    const cy = await report({ files: [{ name: 'long.txt', type: 'text/plain', bytes }] })
    const { view } = await desks.Pat.open(cy.case)
    const [file] = view.files
    expect(file?.parts).toBe(3)
    const answer = await desks.Pat.ask(`/cases/${cy.case}/files/${file?.upload}`)
    expect(answer.headers.get('content-type')).toBe('application/octet-stream')
    expect(answer.headers.get('content-length')).toBe(String(file?.size))
    const sealed = new Uint8Array(await answer.arrayBuffer())
    const [epoch] = view.epochs
    const { identity } = await openGrant(
      fromBase64(epoch?.grant as string),
      desks.Pat.person.keyring.identity,
      { case: cy.case, epoch: 1, recipient: epoch?.recipient as string },
    )
    expect(Buffer.from(await open(sealed, identity)).equals(bytes)).toBe(true)
    const theirs = await served.send(`/api/v1/mailbox/files/${file?.upload}`, {
      headers: { authorization: cy.authorization },
    })
    expect(Buffer.from(await theirs.arrayBuffer()).equals(Buffer.from(sealed))).toBe(true)
    const other = await report()
    const stranger = await served.send(`/api/v1/mailbox/files/${file?.upload}`, {
      headers: { authorization: other.authorization },
    })
    expect(stranger.status).toBe(404)
    expect((await desks.Pat.ask(`/cases/${other.case}/files/${file?.upload}`)).status).toBe(404)
    expect((await desks.Mei.ask(`/cases/${cy.case}/files/${file?.upload}`)).status).toBe(404)
  })

  test('N3: what is read and done stands in the log; reading once an hour and session', async () => {
    const cy = await report()
    const log = async (): Promise<CaseLogAnswer> => answerOf(desks.Pat.ask(`/cases/${cy.case}/log`))
    await desks.Pat.open(cy.case)
    await desks.Pat.open(cy.case)
    await desks.Sam.open(cy.case)
    const again = await deskOf(office, served.send, community, `Pat${round}`)
    await again.open(cy.case)
    await Promise.all([desks.Mei.ask(`/cases/${cy.case}`), desks.Gus.ask(`/cases/${cy.case}`)])
    const { Pat, Sam } = desks
    expect((await log()).map(({ deed, actor }) => [deed, actor])).toEqual([
      ['report-filed', 'reporter'],
      ['opened', Pat.person.id],
      ['opened', Sam.person.id],
      ['opened', Pat.person.id],
    ])
    expect(JSON.stringify(await log())).not.toContain('session')
    await Pat.acknowledge(cy.case)
    await Pat.note(cy.case, 'a secret thought')
    await Pat.bring(cy.case)
    const lines = (await log()).map(({ deed }) => deed)
    expect(lines.slice(4)).toEqual(['acknowledged', 'note-added', 'brought'])
    expect(await verifyLog(office.store.db, community.id)).toMatchObject({ ok: true })
  })

  test('an inbox is read page by page: every case once, the most pressing first, closed ones newest first', async () => {
    const filed: string[] = []
    for (let index = 0; index < 7; index += 1) {
      office.clock.set(begin + (index % 3) * 60_000)
      filed.push((await report()).case)
    }
    await desks.Pat.acknowledge(filed[0] as string)
    const seen: string[] = []
    let after: string | null = null
    const dues: number[] = []
    for (let pages = 0; pages < 4; pages += 1) {
      const page: Awaited<ReturnType<Desk['cases']>> = await desks.Pat.cases(
        `?limit=3${after === null ? '' : `&after=${after}`}`,
      )
      expect(page.counts).toEqual({ open: 7, closed: 0 })
      seen.push(...page.cases.map(({ id }) => id))
      dues.push(...page.cases.map(({ due }) => due.at ?? 0))
      after = page.next
      if (after === null) break
    }
    expect(seen.toSorted()).toEqual(filed.toSorted())
    expect(dues).toEqual(dues.toSorted((a, b) => a - b))
    expect(seen.at(-1)).toBe(filed[0])
    expect(await problem(desks.Pat.ask('/cases?after=nonsense'))).toMatchObject({
      status: 400,
      code: 'invalid-input',
    })
  })

  test('K4: who lost their grant with their keys is granted it again, and who came later is not', async () => {
    const cy = await report()
    const { Pat, Mei } = desks
    await Pat.acknowledge(cy.case)
    await office.store.write((tx) => tx.deleteFrom('grant_').where('member_id', '=', Mei.person.id).execute())
    const { view } = await Pat.open(cy.case)
    expect(view.waiting).toEqual([{ id: Mei.person.id, name: Mei.person.name, epochs: [1] }])
    await Pat.bring(cy.case)
    expect((await Mei.ask(`/cases/${cy.case}`)).status).toBe(404)
    const [epoch] = view.epochs
    const expected = { case: cy.case, epoch: 1, recipient: epoch?.recipient as string }
    const { identity } = await openGrant(
      fromBase64(epoch?.grant as string),
      Pat.person.keyring.identity,
      expected,
    )
    const grant = { v: 1, community: community.id, case: cy.case, epoch: 1, identity } as const
    const sealed = toBase64(await sealGrant(grant, Mei.person.keys.recipient))
    const path = `/cases/${cy.case}/grants`
    const granting = {
      directory: community.directory.head,
      grants: [{ member: Mei.person.id, epoch: 1, sealed }],
    }
    // Sealed by a directory that has changed meanwhile: perhaps to keys that were replaced.
    const stale = { ...granting, directory: '0'.repeat(64) }
    expect(await problem(Pat.post(path, stale))).toMatchObject({ status: 409, code: 'recipients-changed' })
    await answerOf(Pat.post(path, granting))
    expect((await Mei.open(cy.case)).entries.flatMap(({ doubts }) => doubts)).toEqual([])
    expect(await problem(Pat.post(path, granting))).toMatchObject({
      status: 409,
      code: 'recipients-changed',
    })
    await office.store.write((tx) =>
      tx
        .updateTable('member')
        .set({ joined_at: begin + hour })
        .where('id', '=', desks.Gus.person.id)
        .execute(),
    )
    await office.store.write(async (tx) => {
      await tx.deleteFrom('grant_').where('member_id', '=', desks.Gus.person.id).execute()
      await tx.deleteFrom('reader').where('member_id', '=', desks.Gus.person.id).execute()
    })
    expect((await Pat.open(cy.case)).view.waiting).toEqual([])
  })

  test('who was handed a case but holds no grant for it sees that it is there, and can do nothing in it', async () => {
    const cy = await report()
    const { Sam } = desks
    const { view } = await Sam.open(cy.case)
    const written = await Sam.write(view, 'note', { text: 'x' })
    await office.store.write((tx) => tx.deleteFrom('grant_').where('member_id', '=', Sam.person.id).execute())
    const later = await Sam.open(cy.case)
    expect(later.view.epochs[0]?.grant).toBeNull()
    expect(later.entries[0]?.record).toBeNull()
    expect(await problem(Sam.post(`/cases/${cy.case}/records`, { kind: 'note', ...written }))).toMatchObject({
      status: 403,
    })
  })

  test('G2, G3: one on call takes it, hands it over to the other, who is told; nobody else knows of it', async () => {
    const ana = await report()
    const { Pat, Sam, Mei } = desks
    const { version } = (await Pat.open(ana.case)).view
    const taken = await answerOf<CaseAnswer>(Pat.post(`/cases/${ana.case}/take`, { version }))
    expect(taken.nextStep).toMatchObject({ turn: 'first-responder', member: Pat.person.id })
    const to = Sam.person.id
    const over = { to, version: taken.version }
    const handed = await answerOf<CaseAnswer>(Pat.post(`/cases/${ana.case}/hand-over`, over))
    expect(handed).toMatchObject({ responder: to, nextStep: { member: to } })
    expect(await told(ana.case)).toContainEqual({ notice: 'case-inherited', account_id: Sam.person.account })
    expect(await problem(Mei.post(`/cases/${ana.case}/take`, { version: handed.version }))).toMatchObject({
      code: 'not-found',
    })
    // Handed to somebody who is not on call: they have it from then on, and can read it.
    const more = { to: Mei.person.id, version: handed.version }
    await answerOf(Sam.post(`/cases/${ana.case}/hand-over`, more))
    expect((await Mei.cases()).cases[0]).toMatchObject({ id: ana.case, mine: true, needsMe: true })
    await Mei.acknowledge(ana.case)
  })

  test('G3, G4: a primary who took it and never answers loses it to the secondary, and after a day to anybody', async () => {
    const ana = await report()
    const { Pat, Mei } = desks
    const { version } = (await Pat.open(ana.case)).view
    await answerOf(Pat.post(`/cases/${ana.case}/take`, { version }))
    office.clock.set(begin + 6 * hour)
    await runDue()
    const Sam = await deskOf(office, served.send, community, desks.Sam.person.name)
    expect((await Sam.open(ana.case)).view.nextStep).toMatchObject({
      turn: 'secondary',
      member: Sam.person.id,
    })
    office.clock.set(begin + 24 * hour)
    await runDue()
    const mei = await deskOf(office, served.send, community, Mei.person.name)
    const open = (await mei.open(ana.case)).view
    expect(open.nextStep).toMatchObject({ turn: 'anyone' })
    const taken = await answerOf<CaseAnswer>(mei.post(`/cases/${ana.case}/take`, { version: open.version }))
    expect(taken).toMatchObject({ responder: mei.person.id, nextStep: { member: mei.person.id } })
    await mei.acknowledge(ana.case)
    const done = (await mei.open(ana.case)).view
    expect(await problem(mei.post(`/cases/${ana.case}/take`, { version: done.version }))).toMatchObject({
      code: 'impossible-step',
      reason: 'too-late',
    })
  })
})
