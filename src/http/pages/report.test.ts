import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ServedApp, serveApp } from '../../../test/support/app.ts'
import { foundCommunity, type TestCommunity } from '../../../test/support/community.ts'
import { type Desk, deskOf } from '../../../test/support/desk.ts'
import { everyValue } from '../../../test/support/every-row.ts'
import { storeKinds, type TestOffice, testOffice } from '../../../test/support/office.ts'
import { type PlainPage, submit, submitFiles, unescaped, visit } from '../../../test/support/plain.ts'
import { raiseAlert } from '../../casework/raise-alert.ts'
import { limits } from '../../procedure/records.ts'
import type { ReportBody } from '../../procedure/report.ts'
import { newId } from '../../sealing/bytes.ts'
import { openFile } from '../../sealing/evidence.ts'
import { openGrant } from '../../sealing/grant.ts'
import { receiptOf } from '../../sealing/receipt.ts'
import { alertById } from '../../store/alerts.ts'
import { en } from '../../words/en/index.ts'

describe.each(storeKinds)('a report without JavaScript on %s', (kind) => {
  let office: TestOffice
  let served: ServedApp
  let dataDir: string
  let community: TestCommunity
  let pat: Desk

  beforeAll(async () => {
    office = await testOffice(kind)
    dataDir = await mkdtemp(join(tmpdir(), 'bellwether-report-'))
    served = await serveApp(office, dataDir)
    community = await foundCommunity(office, { organizers: ['Org'] })
    pat = await deskOf(office, served.send, community, 'Pat')
  })
  afterAll(async () => {
    await served.stop()
    await office.drop()
    await rm(dataDir, { recursive: true, force: true })
  })

  /** What the form carries: whom it offers as possibly involved. */
  const offered = (): [string, string] => [
    'offered',
    ['Pat', 'Sam', 'Mei', 'Gus'].map((name) => community.person(name).id).join(' '),
  ]
  const review = (fields: [string, string][]): Promise<PlainPage> =>
    submit(served.send, '/chipy/report', [...fields, offered()])
  const send = (
    fields: Iterable<readonly [string, string]>,
    files: readonly File[] = [],
  ): Promise<PlainPage> => submitFiles(served.send, '/chipy/report/send', fields, 'evidence', files)
  const codeOn = ({ text }: PlainPage): string => /data-code>([a-z -]+)</.exec(text)?.[1] ?? ''
  const caseOf = async (code: string): Promise<string> => {
    const { lookup } = await receiptOf(code)
    const row = await office.store.db
      .selectFrom('incident')
      .select('id')
      .where('receipt_lookup', '=', lookup)
      .executeTakeFirstOrThrow()
    return row.id
  }
  const count = async (): Promise<number> =>
    (await office.store.db.selectFrom('incident').select('id').execute()).length

  test('is read over, sealed by the server, said to be so, and read by who may', async () => {
    const bytes = Buffer.from('grackle-in-the-bytes'.repeat(20_000))
    const reviewed = await review([
      ['narrative', 'quaggadrome\r\nover two lines'],
      ['whoLooks', 'vermilion waistcoat'],
      ['when.kind', 'exact'],
      ['when.date', '2027-10-28'],
      ['involved', community.person('Sam').id],
      ['notice', 'moonwhistle@example.org'],
    ])
    expect(reviewed.status).toBe(200)
    expect(reviewed.text).toContain(en['form.no-js.label'])
    expect(reviewed.text).toContain('Left out: Sam.')
    const receipt = await send(reviewed.hidden(), [
      new File([bytes], 'C:\\photos\\plinthmarmot.png', { type: 'image/png' }),
    ])
    expect(receipt.status).toBe(200)
    expect(receipt.headers.get('set-cookie')).toBeNull()
    expect(receipt.headers.get('cache-control')).toBe('no-store')
    expect(receipt.text).toMatch(/You will have an answer by .+ C[SD]T\./)
    const code = codeOn(receipt)
    const caseId = await caseOf(code)

    const { view, entries } = await pat.open(caseId)
    expect(view.channel).toBe('web-plain')
    expect(entries).toMatchObject([
      { sealedByServer: true, doubts: [], record: { author: { who: 'server' } } },
    ])
    const body = entries[0]?.record?.body as ReportBody
    expect(body).toMatchObject({
      narrative: 'quaggadrome\nover two lines',
      whoLooks: 'vermilion waistcoat',
      when: { exact: '2027-10-28' },
      involved: [community.person('Sam').id],
      reportedAt: office.clock.now(),
    })
    expect(body.evidence).toMatchObject([
      {
        name: 'plinthmarmot.png',
        type: 'image/png',
        size: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('hex'),
      },
    ])
    const file = body.evidence?.[0]
    if (!file) throw new Error('No evidence.')
    const answered = await pat.ask(`/cases/${caseId}/files/${file.upload}`)
    const [epoch] = view.epochs
    const grant = await openGrant(
      Buffer.from(epoch?.grant ?? '', 'base64'),
      community.person('Pat').keyring.identity,
      { case: caseId, epoch: 1, recipient: epoch?.recipient ?? '' },
    )
    expect(Buffer.compare(await openFile(answered.body as never, grant.identity, file), bytes)).toBe(0)

    // K1: Sam is left out; nothing readable is kept.
    const sam = await deskOf(office, served.send, community, 'Sam')
    expect((await sam.ask(`/cases/${caseId}`)).status).toBe(404)
    const planted = [
      'quaggadrome',
      'vermilion',
      'grackle',
      'plinthmarmot',
      'moonwhistle',
      code.split(' ').slice(0, 2).join(' '),
    ]
    for (const { table, column, value } of await everyValue(office.store.db, kind)) {
      const text = typeof value === 'number' ? '' : Buffer.from(value as never).toString('latin1')
      for (const word of planted) expect(text.includes(word), `${word} in ${table}.${column}`).toBe(false)
    }
  })

  test('F3: the same page sent twice, at once or again, is one report with one code', async () => {
    const reviewed = await review([['narrative', 'Twice']])
    const before = await count()
    const pages = await Promise.all([send(reviewed.hidden()), send(reviewed.hidden())])
    pages.push(await send(reviewed.hidden()))
    expect(pages.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(new Set(pages.map(codeOn)).size).toBe(1)
    expect(codeOn(pages[0] as PlainPage).split(' ')).toHaveLength(8)
    expect(await count()).toBe(before + 1)
  })

  test('A4: written after an alert, it is the report that the alert ends with', async () => {
    const token = newId()
    const { alert } = await raiseAlert(office, {
      community: community.id,
      token,
      event: null,
      place: null,
      words: null,
      involved: [],
      offered: ['Pat', 'Sam', 'Mei', 'Gus'].map((name) => community.person(name).id),
    })
    const form = await visit(served.send, `/chipy/report?alert=${token}`)
    const reviewed = await review([...form.hidden(), ['narrative', 'by the coat racks']])
    const receipt = await send(reviewed.hidden())
    expect((await alertById(office.store.db, alert))?.report_case).toBe(await caseOf(codeOn(receipt)))
    const odd = await visit(served.send, '/chipy/report?alert=%22%3E%3Cscript%3E')
    expect(odd.hidden().map(([name]) => name)).not.toContain('alert')
  })

  test('a mistake shows the form again with everything in it', async () => {
    const typed: [string, string][] = [
      ['narrative', ''],
      ['whoName', 'tall "Lee" & co'],
      ['dealtWith', 'no'],
      ['when.kind', 'range'],
      ['when.fromDate', '2027-10-28'],
      ['when.toDate', '2027-10-27'],
      ['involved', community.person('Mei').id],
      ['nothingDone', 'yes'],
      ['reach', 'ask at the desk'],
    ]
    const page = await review(typed)
    expect(page.status).toBe(422)
    expect(page.text).toContain(en['error.narrative-missing'])
    expect(page.text).toContain(en['error.time-order'])
    expect(unescaped(page.text)).toContain('value="tall "Lee" & co"')
    expect(page.text).toContain('name="dealtWith" value="no" checked')
    expect(page.text).toContain('name="when.fromDate" value="2027-10-28"')
    expect(page.text).toContain(`value="${community.person('Mei').id}" checked`)
    expect(page.text).toMatch(/name="nothingDone" value="yes"[^>]* checked/)
    expect(page.text).toContain('value="ask at the desk"')
  })

  test('K1: somebody who joined meanwhile is offered before anything is sealed to them', async () => {
    const reviewed = await review([['narrative', 'Before Ida came']])
    const before = await count()
    const fields = reviewed
      .hidden()
      .map(([name, value]): [string, string] => [
        name,
        name === 'offered' ? value.split(' ').slice(1).join(' ') : value,
      ])
    const page = await send(fields)
    expect(page.status).toBe(422)
    expect(page.text).toContain(en['site.problem.committee-changed'])
    expect(page.text).toContain('Before Ida came')
    expect(page.hidden()).toContainEqual(offered())
    expect(await count()).toBe(before)
  })

  test('“Change it” brings everything back', async () => {
    const fields: [string, string][] = [
      ['narrative', 'two\r\nlines'],
      ['needs', 'somebody to walk with me'],
      ['notice', 'ana@example.org'],
      ['when.phrase', 'at lunch'],
    ]
    const reviewed = await review(fields)
    const form = await submit(served.send, '/chipy/report/change', reviewed.hidden())
    expect(form.status).toBe(200)
    for (const [, value] of fields)
      expect(unescaped(form.text).replaceAll('\r', '')).toContain(value.replaceAll('\r', ''))
  })

  test('J4: everybody is involved: the way out is shown first, and it is taken all the same', async () => {
    const everybody = ['Pat', 'Sam', 'Mei', 'Gus'].map((name): [string, string] => [
      'involved',
      community.person(name).id,
    ])
    const reviewed = await review([['narrative', 'All of them'], ...everybody])
    expect(reviewed.text).toContain(en['form.involved.all-title'])
    expect(reviewed.text).toContain('mailto:organizers@example.org')
    const receipt = await send(reviewed.hidden())
    expect(receipt.text).toContain(en['receipt.everybody-involved'])
    expect(receipt.text).not.toContain('You will have an answer by')
    const grants = await office.store.db
      .selectFrom('grant_')
      .select('member_id')
      .where('case_id', '=', await caseOf(codeOn(receipt)))
      .execute()
    expect(grants).toEqual([{ member_id: 'recovery' }])
  })

  test('a file too large, or one too many, is refused with the text still there, and nothing is filed', async () => {
    const reviewed = await review([['narrative', 'With a film']])
    const before = await count()
    const large = await send(reviewed.hidden(), [new File([Buffer.alloc(limits.fileBytes + 1)], 'film.mov')])
    const many = await send(
      reviewed.hidden(),
      Array.from({ length: limits.files + 1 }, (_, index) => new File(['x'], `${index}.txt`)),
    )
    for (const page of [large, many]) {
      expect(page.status).toBe(413)
      expect(page.text).toContain(en['error.files-again'])
      expect(page.hidden()).toEqual(reviewed.hidden())
    }
    expect(await count()).toBe(before)
  })

  test('what is no form, or cut off, is told as a page', async () => {
    const broken = await submit(served.send, '/chipy/report/send', [['narrative', 'x']])
    expect(broken.status).toBe(400)
    expect(broken.text).toContain('<h1>')
  })

  test('too many from one place: wait a minute, and nothing typed is lost', async () => {
    const busy = await serveApp(office, dataDir)
    try {
      // What has a mistake in it is counted, and not sealed.
      const typed: [string, string][] = [
        ['narrative', 'The sixty-first'],
        ['notice', 'no address'],
      ]
      const pages: PlainPage[] = []
      while (pages.length < 130 && pages.at(-1)?.status !== 429)
        pages.push(await submitFiles(busy.send, '/chipy/report/send', typed, 'evidence', []))
      expect(pages.length).toBeGreaterThan(60)
      const last = pages.at(-1) as PlainPage
      expect(last.status).toBe(429)
      expect(last.text).toContain(en['error.slow-down'])
      for (const field of typed) expect(last.hidden()).toContainEqual(field)
    } finally {
      await busy.stop()
    }
  })
})
