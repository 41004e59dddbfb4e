import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ServedApp, serveApp } from '../../../test/support/app.ts'
import { foundCommunity, type TestCommunity } from '../../../test/support/community.ts'
import { type Desk, deskOf } from '../../../test/support/desk.ts'
import { storeKinds, type TestOffice, testOffice } from '../../../test/support/office.ts'
import { type PlainPage, submit, submitFiles, unescaped } from '../../../test/support/plain.ts'
import { type Reporter, reportOver } from '../../../test/support/reporter.ts'
import type { AnswerBody } from '../../procedure/records.ts'
import { en } from '../../words/en/index.ts'

const hostile = `"><script>alert(1)</script>`

describe.each(storeKinds)('the mailbox without JavaScript on %s', (kind) => {
  let office: TestOffice
  let served: ServedApp
  let dataDir: string
  let community: TestCommunity
  let pat: Desk
  let reporter: Reporter

  beforeAll(async () => {
    office = await testOffice(kind)
    dataDir = await mkdtemp(join(tmpdir(), 'bellwether-mailbox-'))
    served = await serveApp(office, dataDir)
    community = await foundCommunity(office)
    pat = await deskOf(office, served.send, community, 'Pat')
    reporter = await reportOver(served.send, 'chipy', {
      narrative: `It happened. ${hostile}`,
      body: { whoName: 'Lee', involved: [community.person('Sam').id] },
      involved: [community.person('Sam').id],
      files: [
        { name: `cat ${hostile}.png`, type: 'text/html', bytes: Buffer.from('<script>alert(2)</script>') },
      ],
    })
  })
  afterAll(async () => {
    await served.stop()
    await office.drop()
    await rm(dataDir, { recursive: true, force: true })
  })

  const open = (code: string): Promise<PlainPage> => submit(served.send, '/chipy/mailbox', [['code', code]])
  /** What the page's answer form carries. */
  const carried = (page: PlainPage): [string, string][] =>
    ['code', 'once'].map((name) => [name, new Map(page.hidden()).get(name) ?? ''])
  const answer = (fields: [string, string][], files: readonly File[] = []): Promise<PlainPage> =>
    submitFiles(served.send, '/chipy/mailbox/answer', fields, 'files', files)

  test('shows what was said, and what is not answered yet, with the code typed in any way', async () => {
    const { status, text, headers } = await open(` ${reporter.code.toUpperCase().replaceAll(' ', '-')}\n`)
    expect(status).toBe(200)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(text).toContain(`It happened. ${'&quot;&gt;&lt;script'}`)
    expect(text).not.toContain('<script>alert')
    expect(text).toContain('Lee')
    expect(text).toContain('Sam')
    expect(text).toContain(en['mailbox.checked'])
    expect(text).toContain('No answer yet.')
    expect(text).toContain(en['mailbox.no-js'])
  })

  test('a wrong code opens nothing and says what is likely wrong', async () => {
    const words = reporter.code.split(' ')
    const short = await open(words.slice(1).join(' '))
    expect(short.status).toBe(404)
    expect(short.text).toContain('A receipt code has 8 words. This has 7.')
    expect(unescaped((await open(['zzz', ...words.slice(1)].join(' '))).text)).toContain('“zzz”')
    expect((await open([...words.slice(1), words[0]].join(' '))).text).toContain(en['error.bad-code'])
    expect((await open('')).status).toBe(404)
  })

  test('messages: an answer of the committee is delivered when it is opened', async () => {
    await pat.acknowledge(reporter.case, 'M1', `Thank you. ${hostile}`)
    const before = await pat.open(reporter.case)
    expect(before.view.records.at(-1)?.openedAt).toBeNull()
    const { text } = await open(reporter.code)
    expect(unescaped(text)).toContain(`Thank you. ${hostile}`)
    expect(text).not.toContain('<script>alert')
    expect(text).toContain('Pat, committee')
    expect(text).not.toContain('No answer yet.')
    const after = await pat.open(reporter.case)
    expect(after.view.records.at(-1)?.openedAt).toBe(office.clock.now())
  })

  test('an answer with a file is sealed by the server, said to be so, and added once', async () => {
    const opened = await open(reporter.code)
    const fields = carried(opened)
    const given: [string, string][] = [...fields, ['text', 'There was\r\na witness.']]
    const file = new File(['plinth'], 'note.txt', { type: 'text/plain' })
    const sent = await answer(given, [file])
    expect(sent.status).toBe(200)
    expect(sent.text).toContain(en['mailbox.by-server'])
    expect((await answer(given, [file])).status).toBe(200)
    const { entries } = await pat.open(reporter.case)
    const answers = entries.filter(({ record }) => record?.kind === 'answer')
    expect(answers).toMatchObject([{ sealedByServer: true, doubts: [] }])
    expect(answers[0]?.record?.body as AnswerBody).toMatchObject({
      text: 'There was\na witness.',
      files: [{ name: 'note.txt', type: 'text/plain', size: 6 }],
    })
  })

  test('an answer without words or files is refused, and a committee that writes meanwhile does not matter', async () => {
    const opened = await open(reporter.code)
    const fields = carried(opened)
    expect((await answer([...fields, ['text', ' ']])).status).toBe(400)
    await pat.note(reporter.case, 'internal: zither')
    const sent = await answer([...fields, ['text', 'One more thing']])
    expect(sent.status).toBe(200)
    expect(sent.text).toContain('One more thing')
    expect(sent.text).not.toContain('zither')
    const { entries } = await pat.open(reporter.case)
    expect(entries.flatMap(({ doubts }) => doubts)).toEqual([])
  })

  test('I6: the reporter says without JavaScript that they would rather have another shepherd', async () => {
    const seen = await reportOver(served.send, 'chipy', { narrative: 'Look after it.' })
    await pat.acknowledge(seen.case)
    await pat.bring(seen.case)
    const mei = await deskOf(office, served.send, community, 'Mei')
    await mei.shepherd(seen.case, 'propose', mei.person.id, { bias: false })
    await pat.shepherd(seen.case, 'assign', mei.person.id)
    expect((await open(seen.code)).text).not.toContain('name="shepherd"')
    await pat.tell(seen.case, 'M3')
    const asked = await open(seen.code)
    expect(asked.text).toContain('Mei looks after your report.')
    const sent = await answer([...carried(asked), ['text', ''], ['shepherd', 'objects']])
    expect(sent.status).toBe(200)
    expect(sent.text).toContain(`<p class="text">${en['mailbox.shepherd.objects']}</p>`)
    expect(sent.text).not.toContain('name="shepherd"')
    const { view, entries } = await pat.open(seen.case)
    expect(view.shepherd).toBeNull()
    expect(entries.at(-1)).toMatchObject({
      sealedByServer: true,
      record: { body: { text: '', shepherd: 'objects' } },
    })
    // Nothing chosen is no answer.
    const again = await open(seen.code)
    expect((await answer([...carried(again), ['text', ' '], ['shepherd', 'unsaid']])).status).toBe(400)
  })

  test('a file comes back as it went in, only ever as a download', async () => {
    const opened = await open(reporter.code)
    const upload = /name="upload" value="([^"]+)"/.exec(opened.text)?.[1] ?? ''
    const file = await submit(served.send, '/chipy/mailbox/file', [
      ['code', reporter.code],
      ['upload', upload],
    ])
    expect(file.status).toBe(200)
    expect(file.text).toBe('<script>alert(2)</script>')
    expect(file.headers.get('content-type')).toBe('application/octet-stream')
    expect(file.headers.get('content-disposition')).toMatch(/^attachment; filename\*=UTF-8''cat%20/)
    const other = await reportOver(served.send, 'chipy', { narrative: 'Another' })
    const foreign = await submit(served.send, '/chipy/mailbox/file', [
      ['code', other.code],
      ['upload', upload],
    ])
    expect(foreign.status).toBe(404)
  })
})
