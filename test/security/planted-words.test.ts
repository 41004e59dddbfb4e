import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { serverKey } from '../../src/casework/server-key.ts'
import { toBase64 } from '../../src/sealing/bytes.ts'
import { receiptOf } from '../../src/sealing/receipt.ts'
import { openStore } from '../../src/store/open.ts'
import { foundCommunity, type TestCommunity } from '../support/community.ts'
import { everyValue } from '../support/every-row.ts'
import { signInOver } from '../support/member.ts'
import { openPostOffice, type PostOffice } from '../support/post-office.ts'
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts'
import { answerOver, openMailbox, type Reporter, reportOver } from '../support/reporter.ts'
import { type ServerProcess, startServer } from '../support/server.ts'
import { everyFile, formsOf, searchFor, type Trace } from '../support/traces.ts'
import { giveWaysIn, type WaysIn } from '../support/ways-in.ts'
import { answerOf, json, type Send, wireTo } from '../support/wire.ts'

// A whole committee's keys and conversations, on a machine that may be busy.
vi.setConfig({ testTimeout: 120_000 })

/** Words that occur nowhere else, some of them with letters that are escaped in one place or another. */
const planted = {
  narrative: 'quaggadrome',
  circumstances: 'Zürnbachfels & <hullabaloo>',
  subject: 'Thaddeus Vexelbrook',
  badge: 'badge-kumquat-7741',
  looks: 'vermilion waistcoat',
  others: 'Ottoline Fjordquist',
  where: 'the ¡Ñandú! mezzanine',
  reporter: 'Anastasia Quillfeather',
  reach: 'carrier-pigeon-loft-9',
  phrase: 'during the zither recital',
  fileName: 'plinthmarmot.png',
  fileText: 'grackle-in-the-bytes',
  note: 'whortleberry suspicion',
  completion: 'flibbertigibbet summary',
  message: 'Dear Anastasia, snollygoster regards',
  answer: 'I forgot: xylophagous beetles',
  answerFile: 'bumbershoot.txt',
  answerFileText: 'gallimaufry-of-bytes',
  logged: 'kerfuffle in the hallway',
  warned: 'Ludovic Brambleshanks',
  bias: 'we once shared a gazebo in Ypsilanti',
  taskWords: 'collywobbles on slide four',
  refused: 'widdershins-narrative',
  notice: 'ana.moonwhistle@post.example.net',
} as const

const otherWays = 'skedaddle passphrase of nobody here'

describe('the search itself', () => {
  test.each(['quaggadrome', planted.circumstances, planted.where])('finds %s in every form', (word) => {
    const search = searchFor([word])
    for (const { form, bytes } of formsOf(word))
      expect(
        search('here', Buffer.concat([Buffer.from([1, 255, 0]), bytes, Buffer.from('=x')])),
        form,
      ).not.toEqual([])
    for (const before of ['', 'a', 'ab', 'abc'])
      expect(search('here', Buffer.from(`${before}${word}, and so on`).toString('base64'))).not.toEqual([])
    expect(search('here', gzipSync('something else'))).toEqual([])
  })
})

const settings = [
  { kind: 'sqlite', post: 'a mail server' },
  { kind: 'postgres', post: 'a mail server' },
  { kind: 'sqlite', post: 'files' },
] as const

describe.each(settings)(
  'what the server keeps, writes and sends ($kind, mail to $post)',
  ({ kind, post }) => {
    let dataDir: string
    let database: FreshDatabase | null
    let office: PostOffice
    let server: ServerProcess
    let send: Send
    let community: TestCommunity
    let ways: Readonly<Record<string, WaysIn>>

    afterEach(async () => {
      await server.stop()
      await office.stop()
      await database?.drop()
      await rm(dataDir, { recursive: true, force: true })
    })

    async function begin(): Promise<void> {
      dataDir = await mkdtemp(join(tmpdir(), 'bellwether-planted-'))
      database = kind === 'postgres' ? await freshDatabase() : null
      office = await openPostOffice()
      const store = await openStore(database?.url, dataDir)
      const founding = { store, clock: { now: () => Date.now() }, serverKey: serverKey(new Uint8Array(32)) }
      community = await foundCommunity(founding, { members: ['Pat', 'Sam', 'Gus'] })
      ways = await giveWaysIn(founding, community)
      await store.close()
      server = await startServer(
        {
          DATA_DIR: dataDir,
          DATABASE_URL: database?.url,
          SMTP_URL: post === 'files' ? undefined : office.url,
          LOG_LEVEL: 'trace',
        },
        [],
        ['--test-clock'],
      )
      send = wireTo(`http://localhost:${server.port}`)
    }

    /** A report with everything in it, read, answered, discussed, answered back: as in S1 and S3. */
    async function wholeConversation(): Promise<Reporter> {
      const png = Buffer.concat([
        Buffer.from('89504e470d0a1a0a', 'hex'),
        Buffer.from(`tEXt${planted.fileText}`.repeat(3000)),
      ])
      const reporter = await reportOver(send, community.shortName, {
        narrative: `It was a ${planted.narrative}, a real ${planted.narrative}.`,
        body: {
          circumstances: planted.circumstances,
          whoName: planted.subject,
          whoBadge: planted.badge,
          whoLooks: planted.looks,
          others: planted.others,
          where: planted.where,
          when: { phrase: planted.phrase },
          reporterName: planted.reporter,
          reach: planted.reach,
        },
        involved: [community.person('Gus').id],
        files: [{ name: planted.fileName, type: 'image/png', bytes: png }],
        notice: planted.notice,
      })
      const pat = await signInOver(send, {
        email: 'pat@example.org',
        passphrase: (ways.Pat as WaysIn).passphrase,
        now: Date.now,
      })
      await pat.write(reporter.case, { kind: 'note', body: { text: planted.note } })
      await pat.write(reporter.case, {
        kind: 'completion',
        body: { who: planted.subject, what: planted.completion, actionTaken: null, decisionWanted: null },
      })
      await pat.acknowledge(reporter.case, 'M1', planted.message)
      const { mailbox, entries } = await openMailbox(send, reporter)
      expect(entries.map(({ record, doubts }) => [record?.kind, doubts])).toEqual([
        ['report', []],
        ['message', []],
      ])
      await answerOf(
        send(
          '/api/v1/mailbox/opened',
          json(
            'POST',
            { records: mailbox.records.map(({ id }) => id) },
            { authorization: reporter.authorization },
          ),
        ),
      )
      await answerOver(send, community.shortName, reporter, {
        text: planted.answer,
        files: [{ name: planted.answerFile, type: 'text/plain', bytes: Buffer.from(planted.answerFileText) }],
      })
      await pat.bring(reporter.case)
      await pat.offer(reporter.case, planted.bias)
      const log = await pat.log({
        narrative: planted.logged,
        warnedBy: planted.warned,
        logged: 'warning',
        escort: 'wanted',
      })
      await pat.write(log, { kind: 'support', body: { support: 'escort', state: 'arranged' } })
      await pat.remind(planted.taskWords)
      const { records } = await pat.openCase(reporter.case)
      expect(records.map(({ content, doubts }) => [content?.kind, doubts])).toEqual(
        ['report', 'note', 'completion', 'message', 'answer', 'shepherd'].map((one) => [one, []]),
      )
      return reporter
    }

    /** The same without JavaScript, where the server has all of it in memory. Returns the receipt code. */
    async function plainConversation(): Promise<string> {
      const home = `/${community.shortName}`
      const form = await (await send(`${home}/report`)).text()
      const typed = {
        ...Object.fromEntries(hiddenIn(form)),
        narrative: `It was a ${planted.narrative}.`,
        circumstances: planted.circumstances,
        whoName: planted.subject,
        where: planted.where,
        reporterName: planted.reporter,
        reach: planted.reach,
        notice: planted.notice,
        'when.kind': 'phrase',
        'when.phrase': planted.phrase,
      }
      const review = await page(`${home}/report`, new URLSearchParams(typed))
      const sending = new FormData()
      for (const [name, value] of hiddenIn(review)) sending.append(name, value)
      sending.append('evidence', new Blob([planted.fileText]), planted.fileName)
      const receipt = await page(`${home}/report/send`, sending)
      const code = /data-code>([^<]+)</.exec(receipt)?.[1] as string
      expect(code.split(' ')).toHaveLength(8)
      const mailbox = await page(`${home}/mailbox`, new URLSearchParams({ code }))
      expect(mailbox).toContain(planted.narrative)
      const answering = new FormData()
      for (const [name, value] of hiddenIn(mailbox)) if (name !== 'upload') answering.set(name, value)
      answering.append('text', planted.answer)
      answering.append('files', new Blob([planted.answerFileText]), planted.answerFile)
      expect(await page(`${home}/mailbox/answer`, answering)).toContain('xylophagous')
      const upload = hiddenIn(mailbox).find(([name]) => name === 'upload')?.[1] as string
      expect(await page(`${home}/mailbox/file`, new URLSearchParams({ code, upload }))).toBe(planted.fileText)
      return code
    }

    async function page(path: string, body: URLSearchParams | FormData): Promise<string> {
      const answer = await send(path, { method: 'POST', body })
      expect(answer.status).toBe(200)
      return answer.text()
    }

    /** Requests that fail in one way or another, each with words in it that must not be quoted anywhere. */
    async function mishaps(): Promise<void> {
      const attempts: [path: string, init: RequestInit][] = [
        [`/api/v1/communities/${community.shortName}/reports`, json('POST', { narrative: planted.refused })],
        [
          `/api/v1/communities/${community.shortName}/reports`,
          { method: 'POST', headers: { 'content-type': 'application/json' }, body: `{"${planted.refused}` },
        ],
        [`/api/v1/communities/${encodeURIComponent(planted.refused)}/intake`, {}],
        [`/${encodeURIComponent(planted.refused)}/report?way=${planted.refused}`, {}],
        [`/api/v1/cases/${encodeURIComponent(planted.refused)}`, {}],
        ['/api/v1/session/passphrase/cost', json('POST', { email: planted.notice })],
        ['/api/v1/session/recovery', json('POST', { email: planted.notice, token: 'A'.repeat(43) })],
        ['/api/v1/mailbox', { headers: { authorization: `Receipt ${planted.refused}` } }],
        [
          `/${community.shortName}/report`,
          {
            method: 'POST',
            headers: { 'content-type': 'application/x-www-form-urlencoded' },
            body: new URLSearchParams({ narrative: planted.refused, whoName: planted.subject }).toString(),
          },
        ],
      ]
      for (const [path, init] of attempts) expect((await send(path, init)).status).not.toBe(500)
    }

    test('no word of a report, message, name, file, code, passphrase or address is found in any form', async () => {
      await begin()
      const reporter = await wholeConversation()
      const plainCode = await plainConversation()
      const plain = await receiptOf(plainCode)
      await mishaps()
      const mailed =
        post === 'files'
          ? await untilWritten(join(dataDir, 'mail'), planted.notice)
          : (await office.arrived(planted.notice, 1)).length
      expect(mailed).toBe(1)
      expect((await send('/api/v1/session/passphrase', json('POST', { email: otherWays }))).status).toBe(400)

      const search = searchFor([
        ...Object.values(planted),
        otherWays,
        ...[reporter.code, plainCode],
        ...[reporter.receipt, plain].flatMap(({ token, identity, signingSeed }) => [
          token,
          identity,
          toBase64(signingSeed),
        ]),
        community.recoveryIdentity,
        ...Object.values(ways).flatMap(({ passphrase, recoveryWords, prf, unlockers }) => [
          passphrase,
          recoveryWords,
          toBase64(prf),
          ...unlockers.flatMap(({ identity, token }) => [identity, token]),
        ]),
        ...Object.values(community.people).flatMap(({ keyring }) => [
          keyring.identity,
          toBase64(keyring.signingSeed),
        ]),
      ])
      const traces: Trace[] = []
      const look = (where: string, bytes: Uint8Array | string): void =>
        void traces.push(...search(where, bytes))

      look('metrics', await (await send('/metrics')).text())
      // While it runs, with what has not reached the database's own file yet, and after it was closed.
      for (const { path, bytes } of await everyFile(dataDir))
        look(`${path} while running`, withoutTo(path, bytes))
      expect(await server.stop()).toBe(0)
      for (const { path, bytes } of await everyFile(dataDir)) look(path, withoutTo(path, bytes))
      const store = await openStore(database?.url, dataDir)
      for (const { table, column, value } of await everyValue(store.db, store.kind))
        look(`${table}.${column}`, typeof value === 'number' ? String(value) : value)
      await store.close()
      look('the log', server.printed())
      for (const { raw } of office.mails) look('a mail', withoutTo('.eml', Buffer.from(raw, 'latin1')))

      expect(traces).toEqual([])
      // That the search looks in the right places: what the server may know is found there.
      const known = searchFor(['pat@example.org'])
      const files = await everyFile(dataDir)
      expect(kind === 'postgres' || files.some(({ bytes }) => known('', bytes).length > 0)).toBe(true)
      expect(server.printed().length).toBeGreaterThan(20)
    })
  },
)

/** Names and values of what the forms of a page carry on. */
const hiddenIn = (page: string): [string, string][] =>
  [...page.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)].map(([, name, value]) => [
    name as string,
    unescaped(value as string),
  ])

const unescaped = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')

/** A mail without the header that says to whom it goes, which alone may hold an address. */
function withoutTo(path: string, bytes: Buffer): Buffer {
  if (!path.includes('.eml')) return bytes
  const text = bytes.toString('latin1')
  const end = text.indexOf('\r\n\r\n')
  return Buffer.from(text.slice(0, end).replace(/^To: .*\r\n/m, '') + text.slice(end), 'latin1')
}

/** Waits until a mail to an address lies in a folder. Returns how many do. */
async function untilWritten(folder: string, address: string): Promise<number> {
  for (const limit = Date.now() + 15_000; Date.now() < limit; ) {
    const files = await everyFile(folder).catch(() => [])
    const count = files.filter(({ path, bytes }) => path.endsWith('.eml') && bytes.includes(address)).length
    if (count > 0) return count
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return 0
}
