import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pino from 'pino'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { foundCommunity, type TestCommunity } from '../../test/support/community.ts'
import { storeKinds, type TestOffice, testOffice } from '../../test/support/office.ts'
import { sealedReport } from '../../test/support/report.ts'
import { reportFiler } from '../casework/file-report.ts'
import { queueNotices } from '../store/outbox.ts'
import { failureOf } from './mail.ts'
import { nextTry } from './outbox.ts'
import { type Alerts, startAlerts } from './start.ts'

const minute = 60_000
const hour = 60 * minute

/** What the mail server of a test does with the next letters; afterwards it takes them. */
type Manner = 'take' | 'busy' | 'refuse' | 'hang-up-after-taking'

/** A mail server that misbehaves as it is told. */
async function mailServer() {
  const taken: { to: string; email: Email; raw: string }[] = []
  let manner: Manner = 'take'
  let port = 0
  const make = (): SMTPServer =>
    new SMTPServer({
      authOptional: true,
      disabledCommands: ['AUTH', 'STARTTLS'],
      logger: false,
      onRcptTo(_address, _session, done) {
        if (manner === 'busy')
          done(Object.assign(new Error('Later, zelda@example.org'), { responseCode: 451 }))
        else if (manner === 'refuse')
          done(Object.assign(new Error('No zelda@example.org here'), { responseCode: 550 }))
        else done()
      },
      onData(stream, session, done) {
        const chunks: Buffer[] = []
        stream.on('data', (chunk: Buffer) => chunks.push(chunk))
        stream.on('end', async () => {
          const raw = Buffer.concat(chunks)
          const to = session.envelope.rcptTo[0]?.address ?? ''
          taken.push({ to, email: await PostalMime.parse(raw), raw: raw.toString('latin1') })
          if (manner === 'hang-up-after-taking') for (const one of server.connections) one.close()
          else done()
        })
      },
    })
  let server = make()
  const listen = async (): Promise<void> => {
    server.on('error', () => {})
    server.listen(port, '127.0.0.1')
    await once(server.server, 'listening')
    port = (server.server.address() as AddressInfo).port
  }
  await listen()
  return {
    taken,
    url: () => `smtp://127.0.0.1:${port}`,
    behave: (next: Manner) => {
      manner = next
    },
    fallOver: () => {
      for (const one of server.connections) one.close()
      return new Promise<void>((resolve) => server.close(() => resolve()))
    },
    getUp: async () => {
      server = make()
      await listen()
    },
  }
}

describe.each(storeKinds)('on %s', (kind) => {
  let office: TestOffice
  let community: TestCommunity
  let server: Awaited<ReturnType<typeof mailServer>>
  let dataDir: string
  let logged: string[]
  let running: Alerts[]

  beforeEach(async () => {
    office = await testOffice(kind)
    community = await foundCommunity(office, { members: ['Zelda', 'Sam'], organizers: ['Org'] })
    server = await mailServer()
    dataDir = await mkdtemp(join(tmpdir(), 'bellwether-outbox-'))
    logged = []
    running = []
  })
  afterEach(async () => {
    for (const alerts of running) await alerts.stop()
    await server.fallOver()
    await office.drop()
    await rm(dataDir, { recursive: true, force: true })
  })

  const begin = (smtpUrl: string | null = server.url()): Alerts => {
    const log = pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) })
    const alerts = startAlerts(office, {
      smtpUrl: smtpUrl ?? undefined,
      mailFrom: smtpUrl === null ? undefined : 'Bellwether <bellwether@example.org>',
      dataDir,
      publicUrl: () => 'https://help.example.org',
      vapidSubject: undefined,
      reachPrivate: true,
      log,
    })
    running.push(alerts)
    return alerts
  }
  const queue = (name = 'Zelda', notice: 'mail-test' | 'report-for-organizers' = 'mail-test') =>
    office.store.write((tx) =>
      queueNotices(tx, [
        {
          community: community.id,
          case: null,
          account: community.person(name).account,
          notice,
          detail: {},
          at: office.clock.now(),
        },
      ]),
    )
  const stands = async () =>
    office.store.db
      .selectFrom('outbox')
      .select(['state', 'failure', 'attempts', 'next_at'])
      .executeTakeFirstOrThrow()

  test('what is queued goes out, once, in our words, with an address to go to and nothing else', async () => {
    const { filing } = await sealedReport(community, { narrative: 'ferruginous', notice: 'cy@example.com' })
    await reportFiler(office)(filing)
    await begin().runDue()
    const [first] = server.taken
    expect(server.taken.map(({ to }) => to).sort()).toEqual(['sam@example.org', 'zelda@example.org'])
    expect(first?.email.subject).toBe('A report is waiting for you · Chicago Python')
    expect(first?.email.text).toContain(`https://help.example.org/console/cases/${filing.submission.case}`)
    expect(first?.email.headers.find(({ key }) => key === 'auto-submitted')?.value).toBe('auto-generated')
    expect(first?.email.html).toBeUndefined()
    for (const { raw } of server.taken) {
      expect(raw).not.toContain('ferruginous')
      expect(raw).not.toContain('cy@example.com')
      expect(raw.toLowerCase()).not.toContain('x-mailer')
    }
    await begin().runDue()
    expect(server.taken).toHaveLength(2)
    expect(await stands()).toMatchObject({ state: 'sent', failure: null, attempts: 1 })
  })

  test('busy for now: tried again after 30 s, 1, 2, 5, 15, 60 minutes, with the same message id', async () => {
    server.behave('busy')
    const [id] = await queue()
    const alerts = begin()
    for (const delay of [0.5, 1, 2, 5, 15, 60, 60]) {
      await alerts.runDue()
      const { state, failure, next_at } = await stands()
      expect({ state, failure }).toEqual({ state: 'failed-for-now', failure: 'busy' })
      expect(next_at - office.clock.now()).toBe(delay * minute)
      await alerts.runDue()
      office.clock.set(next_at)
    }
    server.behave('take')
    await alerts.runDue()
    expect(await stands()).toMatchObject({ state: 'sent', attempts: 8, failure: null })
    expect(server.taken.map(({ email }) => email.messageId)).toEqual([`<${id}@help.example.org>`])
  })

  test('given up after two days, and not a try later', async () => {
    server.behave('busy')
    await queue()
    const alerts = begin()
    for (let tries = 0; tries < 100; tries += 1) {
      await alerts.runDue()
      const { state, next_at } = await stands()
      if (state === 'failed-for-good') break
      office.clock.set(next_at)
    }
    expect(await stands()).toMatchObject({ state: 'failed-for-good', failure: 'busy' })
    server.behave('take')
    office.clock.set(office.clock.now() + 48 * hour)
    await alerts.runDue()
    expect(server.taken).toEqual([])
  })

  test('refused for good is not tried again', async () => {
    server.behave('refuse')
    await queue()
    const alerts = begin()
    await alerts.runDue()
    expect(await stands()).toMatchObject({ state: 'failed-for-good', failure: 'refused', attempts: 1 })
  })

  test('a server that is away is a failure for now, and what waited goes out when it is back', async () => {
    await server.fallOver()
    await queue()
    const alerts = begin()
    await alerts.runDue()
    expect(await stands()).toMatchObject({ state: 'failed-for-now', failure: 'connection' })
    expect(alerts.stuck()).toBe(false)
    await server.getUp()
    office.clock.set(office.clock.now() + minute)
    await alerts.runDue()
    expect(await stands()).toMatchObject({ state: 'sent' })
    expect(server.taken).toHaveLength(1)
  })

  test('a server that hangs up instead of saying yes gets it again under the same id', async () => {
    server.behave('hang-up-after-taking')
    await queue()
    const alerts = begin()
    await alerts.runDue()
    expect(await stands()).toMatchObject({ state: 'failed-for-now', failure: 'connection' })
    server.behave('take')
    office.clock.set(office.clock.now() + minute)
    await alerts.runDue()
    expect(await stands()).toMatchObject({ state: 'sent' })
    expect(new Set(server.taken.map(({ email }) => email.messageId)).size).toBe(1)
  })

  test('one that a killed process had in hand goes out, and two processes send each once', async () => {
    for (let count = 0; count < 40; count += 1) await queue()
    const [killed] = await office.store.db.selectFrom('outbox').select('id').limit(1).execute()
    await office.store.write((tx) =>
      tx
        .updateTable('outbox')
        .set({ claimed_until: office.clock.now() + minute })
        .where('id', '=', killed?.id as string)
        .execute(),
    )
    if (kind === 'postgres') {
      const [first, second] = [begin(), begin()]
      await Promise.all([first.runDue(), second.runDue()])
      expect(server.taken).toHaveLength(39)
      office.clock.set(office.clock.now() + 2 * minute)
      await first.runDue()
    } else await begin().runDue()
    expect(server.taken).toHaveLength(40)
    expect(new Set(server.taken.map(({ email }) => email.messageId)).size).toBe(40)
  })

  test('wakes at once when something is queued', async () => {
    const alerts = begin()
    await alerts.runDue()
    await wait(50)
    const from = performance.now()
    await queue()
    await office.store.publish('outbox', '')
    while (server.taken.length === 0 && performance.now() - from < 5000) await wait(5)
    expect(server.taken).toHaveLength(1)
    expect(performance.now() - from).toBeLessThan(1000)
  })

  test('K1, K4: withdrawn if its reader may not know of it any more when it is sent', async () => {
    const { filing } = await sealedReport(community)
    await reportFiler(office)(filing)
    const zelda = community.person('Zelda')
    await office.store.write((tx) => tx.deleteFrom('reader').where('member_id', '=', zelda.id).execute())
    await office.store.write((tx) =>
      tx.updateTable('member').set({ left_at: 1 }).where('id', '=', community.person('Sam').id).execute(),
    )
    await begin().runDue()
    expect(server.taken).toEqual([])
    expect(await stands()).toMatchObject({ state: 'withdrawn', attempts: 0 })
  })

  test('to a reporter: that there is something, in their language, and where; not even that it is about a report', async () => {
    await office.store.write((tx) =>
      queueNotices(tx, [
        {
          community: community.id,
          case: null,
          sealedAddress: office.serverKey.seal('cy@example.com'),
          notice: 'reporter-message',
          detail: { language: 'es' },
          at: office.clock.now(),
        },
      ]),
    )
    await begin().runDue()
    const [letter] = server.taken
    expect(letter?.to).toBe('cy@example.com')
    expect(letter?.email.subject).toBe('Hay un mensaje para ti · Chicago Python')
    expect(letter?.email.text).toContain('https://help.example.org/chipy/mailbox')
    expect(letter?.email.text).not.toMatch(/aviso|report|informe/)
  })

  test('without a mail server it is a file, the same one however often it is written', async () => {
    const [id] = await queue('Org', 'report-for-organizers')
    await begin(null).runDue()
    expect(await readdir(join(dataDir, 'mail'))).toEqual([`${id}.eml`])
    const email = await PostalMime.parse(await readFile(join(dataDir, 'mail', `${id}.eml`)))
    expect(email.to).toEqual([{ name: '', address: 'org@example.org' }])
    expect(email.from).toMatchObject({ address: 'bellwether@help.example.org' })
    expect(email.subject).toBe('A report that the committee cannot read · Chicago Python')
  })

  test('no address and nothing a mail server said is ever logged or kept', async () => {
    server.behave('refuse')
    await queue()
    const alerts = begin()
    await alerts.runDue()
    await server.fallOver()
    await queue()
    await alerts.runDue()
    expect(logged.join('')).not.toContain('zelda')
    const kept = await office.store.db.selectFrom('outbox').selectAll().execute()
    expect(JSON.stringify(kept)).not.toContain('zelda')
    await server.getUp()
  })
})

test('what an SMTP answer means for trying again', () => {
  const again = (failure: string) => ({ ok: false, again: true, failure })
  const never = { ok: false, again: false, failure: 'refused' }
  expect(failureOf({ code: 'ECONNECTION' })).toEqual(again('connection'))
  expect(failureOf({ code: 'ETIMEDOUT' })).toEqual(again('connection'))
  expect(failureOf({ code: 'EAUTH', responseCode: 535, permanent: true })).toEqual(again('sign-in'))
  expect(failureOf({ code: 'EENVELOPE', responseCode: 553, permanent: true, command: 'MAIL FROM' })).toEqual(
    again('sender'),
  )
  expect(failureOf({ code: 'EENVELOPE', responseCode: 550, permanent: true, command: 'RCPT TO' })).toEqual(
    never,
  )
  expect(failureOf({ code: 'EENVELOPE', responseCode: 452, permanent: false, command: 'RCPT TO' })).toEqual(
    again('busy'),
  )
  expect(failureOf({ code: 'EMESSAGE', responseCode: 554, permanent: true, command: 'DATA' })).toEqual(never)
  expect(failureOf({ code: 'EENVELOPE', command: 'API' })).toEqual(never)
  expect(failureOf(new Error('anything else'))).toEqual(again('connection'))
})

test('no try lies more than two days after the notice was queued', () => {
  expect(nextTry(1, 0, 0)).toBe(30_000)
  expect(nextTry(50, 0, 47 * hour)).toBe(48 * hour)
  expect(nextTry(50, 0, 47 * hour + 1)).toBeNull()
})
