import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { type Alerts, startAlerts } from '../../src/alerts/start.ts'
import { addNtfy, addPush, addWebhook, orderChannels } from '../../src/casework/channels.ts'
import { type Due, startDue } from '../../src/casework/due.ts'
import { reportFiler } from '../../src/casework/file-report.ts'
import { linkCalendar } from '../../src/casework/link-calendar.ts'
import type { Office } from '../../src/casework/office.ts'
import { pushKey } from '../../src/casework/push-key.ts'
import { raiseAlert } from '../../src/casework/raise-alert.ts'
import { serverKey } from '../../src/casework/server-key.ts'
import { cookieName } from '../../src/http/guard.ts'
import { newId } from '../../src/sealing/bytes.ts'
import { tokenHash } from '../../src/sealing/receipt.ts'
import { type ServedApp, serveApp } from '../support/app.ts'
import { foundCommunity, type TestCommunity } from '../support/community.ts'
import { putRows, type Rows, takeRows } from '../support/copy-rows.ts'
import { deskOf } from '../support/desk.ts'
import { type Listener, listen as listenTo, openPushService } from '../support/listeners.ts'
import { signInOver } from '../support/member.ts'
import { storeKinds, type TestOffice, testOffice } from '../support/office.ts'
import { openPostOffice, type PostOffice } from '../support/post-office.ts'
import { sealedReport } from '../support/report.ts'
import { answerOver, reportOver } from '../support/reporter.ts'
import { giveWaysIn, type WaysIn } from '../support/ways-in.ts'

// A whole committee's keys and conversations, on a machine that may be busy.
vi.setConfig({ testTimeout: 120_000 })

const minute = 60 * 1000
const hour = 60 * minute
const beginning = Date.parse('2027-10-28T18:30:00-05:00')
const gusToken = 'gus-and-nobody-else'
const gusCookie = `${cookieName(false)}=${gusToken}`

/** What both worlds begin with: a committee whose chair and primary is Gus, and a case that he was handed. */
interface Seed {
  readonly community: TestCommunity
  readonly ways: Readonly<Record<string, WaysIn>>
  readonly rows: Rows
  /** Gus's own calendar, as an address. */
  readonly feed: string
  /** The case that Gus may read. */
  readonly theirs: string
  /** A report that arrives later in both worlds, and is no secret. */
  readonly later: Awaited<ReturnType<typeof sealedReport>>['filing']
}

const sameKey = serverKey(new Uint8Array(32).fill(7))

async function makeSeed(): Promise<Seed> {
  const office: TestOffice = { ...(await testOffice('sqlite')), serverKey: sameKey }
  office.clock.set(beginning)
  // Made once, as everything that is random.
  await pushKey(office)
  const community = await foundCommunity(office, {
    members: ['Gus', 'Pat', 'Sam', 'Mei', 'Uma'],
    organizers: ['Olu'],
  })
  const ways = await giveWaysIn(office, community)
  const chair = { community: community.id, standing: 'member', chair: true } as const
  const feed = `/feeds/${await linkCalendar(office, { ...chair, id: community.person('Gus').id })}.ics`
  const { filing } = await sealedReport(community, { narrative: 'The music was too loud.', at: beginning })
  await reportFiler(office)(filing)
  await office.store.write(async (tx) => {
    await tx.deleteFrom('outbox').execute()
    await tx
      .insertInto('session')
      .values({
        id: tokenHash(gusToken),
        account_id: community.person('Gus').account,
        handle: newId(),
        label: 'Test',
        created_at: beginning,
        seen_at: beginning,
      })
      .execute()
  })
  const rows = await takeRows(office.store)
  await office.drop()
  const later = await sealedReport(community, { narrative: 'A lost scarf.', at: beginning })
  return { community, ways, rows, feed, theirs: filing.submission.case, later: later.filing }
}

/** A server of its own on a copy of the seed. */
interface World {
  readonly office: TestOffice
  readonly served: ServedApp
  readonly mail: PostOffice
  readonly push: Awaited<ReturnType<typeof openPushService>>
  readonly ntfy: Listener
  /** A chat room of the community. */
  readonly room: Listener
  readonly alerts: Alerts
  readonly due: Due
  /** What Gus's browser has heard of events. */
  events(): string
  /** Moves the clock, and has everything due happen. */
  moveTo(instant: number): Promise<void>
  stop(): Promise<void>
}

async function makeWorld(kind: (typeof storeKinds)[number], seed: Seed): Promise<World> {
  const dataDir = await mkdtemp(join(tmpdir(), 'bellwether-trace-'))
  const made = await testOffice(kind)
  const office: TestOffice = { ...made, serverKey: sameKey }
  office.clock.set(beginning)
  await putRows(office.store, seed.rows)
  const log = pino({ level: 'silent' })
  const mail = await openPostOffice()
  const { publicKey } = await pushKey(office)
  const push = await openPushService(() => publicKey)
  const [ntfy, room] = [await listenTo(), await listenTo()]
  await giveChannels(office, seed, { push, ntfy, room })
  const served = await serveApp(office, dataDir, { mailConfigured: true }, log)
  // The same links in both worlds' mails, whatever their ports.
  const publicUrl = (): string => 'https://help.example.org'
  const alerts = startAlerts(office, {
    smtpUrl: mail.url,
    mailFrom: 'desk@example.org',
    vapidSubject: undefined,
    reachPrivate: true,
    dataDir,
    publicUrl,
    log,
  })
  const due = startDue(office, log)
  const events = await listen(served)
  return {
    office,
    served,
    mail,
    push,
    ntfy,
    room,
    alerts,
    due,
    events,
    async moveTo(instant) {
      office.clock.set(instant)
      await due.runDue()
      await alerts.runDue()
      // Gus is at work all the time.
      await office.store.write(async (tx) => {
        await tx
          .updateTable('session')
          .set({ seen_at: instant })
          .where('id', '=', tokenHash(gusToken))
          .execute()
      })
    },
    async stop() {
      await due.stop()
      await alerts.stop()
      await served.stop()
      for (const one of [mail, push, ntfy, room]) await one.stop()
      await office.drop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** Gus and Pat are told by push first, and by ntfy; the community has a chat room. */
async function giveChannels(
  office: TestOffice,
  { community }: Seed,
  { push, ntfy, room }: Pick<World, 'push' | 'ntfy' | 'room'>,
): Promise<void> {
  for (const name of ['Gus', 'Pat']) {
    const { account } = community.person(name)
    const first = await addPush(office, account, { ...push.subscription(name), label: '', replaces: null })
    await orderChannels(office, account, [first])
    await addNtfy(office, account, { server: ntfy.origin, topic: name, token: null, priority: 5 })
  }
  const chair = { id: community.person('Gus').id, community: community.id, chair: true } as const
  await addWebhook(office, { ...chair, standing: 'member' }, { url: room.origin, format: 'slack' })
}

/** What arrived on Gus's phone and in the chat room everybody may read. */
function phonesOf({ push, ntfy, room }: World, name: string): string {
  const bare = (text: string) => text.replaceAll(/#seen-[\w-]{22}/g, '#seen')
  const pushes = push.heard.flatMap(({ path }, index) => {
    const { title, body, path: leads, rings, urgent } = push.read()[index] ?? {}
    return path === `/push/${name}` ? [JSON.stringify({ title, body, leads, rings, urgent })] : []
  })
  const topics = ntfy.heard.map(({ body }) => String(body)).filter((body) => JSON.parse(body).topic === name)
  const said = room.heard.map(({ body }) => String(body))
  return [pushes, topics, said].map((some) => bare(some.sort().join('\n'))).join('\n\n')
}

/** Keeps Gus's event stream open. Returns what it has said so far, without its signs of life. */
async function listen({ send }: ServedApp): Promise<() => string> {
  const answer = await send('/api/v1/live', { headers: { cookie: gusCookie } })
  let heard = ''
  const reading = (async () => {
    for await (const chunk of answer.body as ReadableStream<Uint8Array>)
      heard += Buffer.from(chunk).toString()
  })()
  reading.catch(() => {})
  return () => heard.replaceAll(': here\n\n', '')
}

describe.each(storeKinds)('K1: a case about Gus leaves no trace for him (%s)', (kind) => {
  let withCase: World
  let without: World
  afterEach(async () => {
    await withCase.stop()
    await without.stop()
  })

  test('every answer, event and mail is the same as where the case does not exist', async () => {
    const seed = await makeSeed()
    withCase = await makeWorld(kind, seed)
    without = await makeWorld(kind, seed)
    const both = [withCase, without]
    const secrets = await workOn(withCase, seed)
    await without.moveTo(withCase.office.clock.now())
    // A report that is no secret comes after it: its name and its place show what is counted.
    for (const { office, alerts } of both) {
      await reportFiler(office)(seed.later)
      const open = { event: null, place: 'By the door', words: null, involved: [], offered: [] }
      await raiseAlert(office, { ...open, community: seed.community.id, token: 'later-and-no-secret' })
      await alerts.runDue()
    }
    for (const world of both) await world.moveTo(beginning + 26 * hour)

    // Ids that nobody told him, in case he came by them.
    const uploads = await withCase.office.store.db.selectFrom('upload').select('id').execute()
    const ids = [...secrets, ...uploads.map(({ id }) => id), ...seedMembers(seed)]
    const addresses = everyAddress(seed, without, ids)
    const [seen, expected] = await Promise.all(both.map((world) => everythingGusSees(world, seed, addresses)))
    expect(seen?.size).toBe(expected?.size)
    for (const [what, answer] of expected as Map<string, string>)
      expect([what, seen?.get(what)]).toEqual([what, answer])

    // That the comparison would notice: Pat, who reads the secret cases, sees a difference in each of these.
    const pat = await Promise.all(both.map((world) => everythingSeen(world, seed, addresses, 'Pat')))
    for (const what of ['GET /api/v1/cases', ...secrets.slice(0, 2).map((id) => `GET /api/v1/cases/${id}`)])
      expect(pat[0]?.get(what)).not.toEqual(pat[1]?.get(what))
    expect(phonesOf(withCase, 'Pat').length).toBeGreaterThan(phonesOf(without, 'Pat').length)
    expect(phonesOf(without, 'Gus')).toContain('By the door')
  })

  test('K2: while an alert about Gus, who is on call, goes on, his roster, calendar, console and phone are minute by minute as without it', async () => {
    const seed = await makeSeed()
    withCase = await makeWorld(kind, seed)
    without = await makeWorld(kind, seed)
    const both = [withCase, without] as const
    const gus = seed.community.person('Gus').id
    await callAbout(withCase, seed, gus)
    const inside = `/api/v1/communities/${seed.community.shortName}`
    const now = [
      ...['/alerts', '/cases', '/tasks', '/deliveries', '/channels', '/session'].map(
        (path) => `/api/v1${path}`,
      ),
      ...['/roster', '/members', '/outbox', '/webhooks'].map((path) => `${inside}${path}`),
      seed.feed,
    ]
    for (let passed = 0; passed <= 16; passed += 1) {
      for (const world of both) await world.moveTo(beginning + passed * minute)
      const [seen, expected] = await Promise.all(both.map((world) => everythingGusSees(world, seed, now)))
      expect([passed, [...(seen ?? [])]]).toEqual([passed, [...(expected ?? [])]])
      expect(expected?.get(`GET ${seed.feed}`)).toMatch(/^\[200,/)
    }
    // The others were called all the while.
    expect(phonesOf(withCase, 'Pat')).toContain('Somebody needs a committee member')
    expect(withCase.mail.to('sam@example.org').length).toBeGreaterThan(3)
    expect(without.push.heard).toEqual([])
  })

  test('a case about Gus and one that does not exist take as long to be refused', async () => {
    const seed = await makeSeed()
    withCase = await makeWorld(kind, seed)
    without = await makeWorld(kind, seed)
    const [secret = ''] = await workOn(withCase, seed)
    const took = { secret: [] as number[], none: [] as number[] }
    for (let round = 0; round < 150; round += 1)
      for (const [which, id] of [
        ['secret', secret],
        ['none', newId()],
      ] as const) {
        const began = performance.now()
        await (await withCase.served.send(`/api/v1/cases/${id}`, { headers: { cookie: gusCookie } })).text()
        took[which].push(performance.now() - began)
      }
    const median = (times: number[]): number => times.toSorted((a, b) => a - b)[times.length >> 1] as number
    const [secretly, normally] = [median(took.secret), median(took.none)]
    // Rough: it tells a missing query from one that is made, not a microsecond from another.
    expect(Math.abs(secretly - normally)).toBeLessThan(Math.max(0.5 * normally, 0.5))
  })
})

const seedMembers = ({ community }: Seed): string[] => Object.values(community.people).map(({ id }) => id)

/** Somebody calls because of Gus. Returns the call's id. */
async function callAbout({ office }: World, { community }: Seed, gus: string): Promise<string> {
  const offered = Object.values(community.people).map(({ id }) => id)
  const open = { event: null, place: 'Behind the stage', words: null, involved: [gus], offered }
  return (await raiseAlert(office, { ...open, community: community.id, token: 'about-gus' })).alert
}

/**
 * A call and cases about Gus: one that is answered, discussed and brought to the committee, one that nobody answers for a day, one
 * that names the whole committee, and one that a member logged. Returns their ids, and those of open tasks.
 */
async function workOn(world: World, seed: Seed): Promise<string[]> {
  const { served, office } = world
  const { community, ways } = seed
  const gus = community.person('Gus').id
  const handled = await reportOver(served.send, community.shortName, {
    narrative: 'Gus shouted at me in front of everybody.',
    involved: [gus],
    files: [{ name: 'gus.txt', type: 'text/plain', bytes: Buffer.from('He shouted.') }],
    notice: 'ida@example.net',
  })
  const unanswered = await reportOver(served.send, community.shortName, {
    narrative: 'Gus again.',
    involved: [gus],
  })
  const everybody = await reportOver(served.send, community.shortName, {
    narrative: 'All of them.',
    involved: ['Gus', 'Pat', 'Sam', 'Mei', 'Uma'].map((name) => community.person(name).id),
  })
  const call = await callAbout(world, seed, gus)
  await world.moveTo(beginning + hour / 2)
  const pat = await signInOver(served.send, {
    email: 'pat@example.org',
    passphrase: (ways.Pat as WaysIn).passphrase,
    now: () => office.clock.now(),
  })
  await pat.write(handled.case, { kind: 'note', body: { text: 'Gus must not know.' } })
  await pat.acknowledge(handled.case, 'M1', 'Thank you, Ida.')
  await pat.bring(handled.case)
  await shepherd(world, seed, handled.case)
  // What a member is told in private about him, with somebody waiting for something, and a reminder of their own (F2, E3).
  const told = await pat.log({
    narrative: 'Ida says that Gus shouted at her.',
    logged: 'told',
    escort: 'wanted',
    involved: [gus],
  })
  await pat.write(told, { kind: 'support', body: { support: 'friend', state: 'wanted' } })
  await pat.remind('Speak to the presenter.')
  await answerOver(served.send, community.shortName, handled, { text: 'There is a witness.' })
  await office.store.write(async (tx) => {
    await tx.deleteFrom('session').where('account_id', '=', community.person('Pat').account).execute()
  })
  const tasks = await office.store.db.selectFrom('task').select('id').execute()
  return [handled.case, unanswered.case, everybody.case, told, call, ...tasks.map(({ id }) => id)]
}

/**
 * A shepherd is found, a member steps aside, and another says of Gus that he has a conflict in a case that he may read,
 * which nobody has decided yet (I2 to I7, K3).
 */
async function shepherd(
  { served, office }: World,
  { community, theirs }: Seed,
  caseId: string,
): Promise<void> {
  const desk = (name: string) => deskOf(office, served.send, community, name)
  const [pat, mei, uma] = [await desk('Pat'), await desk('Mei'), await desk('Uma')]
  await mei.shepherd(caseId, 'propose', mei.person.id, { bias: true, text: 'I know Gus.' })
  await pat.shepherd(caseId, 'assign', mei.person.id)
  await pat.tell(caseId, 'M3')
  await mei.tell(caseId, 'M4')
  const { view } = await uma.open(caseId)
  const left = await uma.post(`/cases/${caseId}/step-aside`, await uma.epoch(view, [uma.person.id]))
  const said = await pat.ask(`/cases/${theirs}/conflicts/${community.person('Gus').id}`, { method: 'PUT' })
  if (left.status !== 204 || said.status !== 204) throw new Error(`${left.status} ${said.status}`)
  const accounts = [mei, uma].map(({ person }) => person.account)
  await office.store.write(async (tx) => {
    await tx.deleteFrom('session').where('account_id', 'in', accounts).execute()
  })
}

/** Every address that can be read, for every value its words can take here. */
function everyAddress(seed: Seed, { served }: World, ids: readonly string[]): string[] {
  const values: Record<string, readonly string[]> = {
    community: [seed.community.shortName, 'nowhere'],
    case: [seed.theirs, ...ids],
    upload: ids,
    invitation: ids,
    member: ids,
    file: ['none.js', 'new.svg'],
    language: ['en'],
    alert: ids,
    token: ids,
    event: ['nowhere'],
  }
  const found = served.app.routes
    .filter(({ method }) => method.toLowerCase() === 'get')
    .flatMap(({ path }) => {
      let addresses = [path]
      for (const [, braced, colon] of path.matchAll(/\{(\w+)\}|:(\w+)/g)) {
        const word = (braced ?? colon) as string
        const choices = values[word]
        if (!choices) throw new Error(`No value is known for ${word} in ${path}.`)
        addresses = addresses.flatMap((address) =>
          choices.map((value) => address.replace(`{${word}}`, value).replace(`:${word}`, value)),
        )
      }
      return addresses
    })
  const queries = ['?open=0', '?open=1&limit=1', `?community=${seed.community.shortName}`, '?limit=100']
  return [
    ...found,
    ...queries.map((query) => `/api/v1/cases${query}`),
    '/api/v1/openapi.json',
    '/nowhere',
  ].filter((address) => address !== '/api/v1/live')
}

/** Everything that Gus is told, in whatever way. */
async function everythingGusSees(
  world: World,
  seed: Seed,
  addresses: readonly string[],
): Promise<Map<string, string>> {
  const seen = await everythingSeen(world, seed, addresses, 'Gus')
  const settle = normaliser(seed)
  seen.set('events', settle(world.events().split('\n\n').sort().join('\n\n')))
  // Those of the same instant go out in any order; the id of a delivery is random.
  const letters = world.mail
    .to('gus@example.org')
    .map(({ email, to }) => JSON.stringify([to, email.subject, email.text]))
    .map((letter) => letter.replaceAll(/#seen-[\w-]{22}/g, '#seen'))
  seen.set('mails', settle(letters.sort().join('\n')))
  seen.set('phones', settle(phonesOf(world, 'Gus')))
  return seen
}

/** Whole answers, but for their dates and what is random in any answer. */
async function everythingSeen(
  { served, office }: World,
  seed: Seed,
  addresses: readonly string[],
  name: string,
): Promise<Map<string, string>> {
  const cookie = name === 'Gus' ? gusCookie : await cookieOf(office, seed, name)
  const seen = new Map<string, string>()
  const settle = normaliser(seed)
  for (const address of addresses) {
    const answer = await served.send(address, {
      headers: { cookie, 'x-forwarded-for': '192.0.2.1', 'accept-encoding': 'identity' },
    })
    const headers = [...answer.headers]
      .filter(([header]) => !['date', 'content-length'].includes(header))
      .sort()
    const body = /\/(outbox|deliveries)$/.test(address) ? inOrder(await answer.text()) : await answer.text()
    const told = JSON.stringify([answer.status, headers, body])
    seen.set(`GET ${address}`, settle(withoutCode(told.replaceAll(new URL(served.origin).host, 'here'))))
  }
  return seen
}

/** Notices of the same instant stand in the order of their ids, which are random. */
function inOrder(list: string): string {
  const notices = JSON.parse(list) as { id?: string }[]
  return Array.isArray(notices)
    ? notices
        .map(({ id: _, ...rest }) => JSON.stringify(rest))
        .sort()
        .join()
    : list
}

async function cookieOf(office: Office, seed: Seed, name: string): Promise<string> {
  const now = office.clock.now()
  const token = newId()
  await office.store.write(async (tx) => {
    await tx
      .insertInto('session')
      .values({
        id: tokenHash(token),
        account_id: seed.community.person(name).account,
        handle: newId(),
        label: 'Test',
        created_at: now,
        seen_at: now,
      })
      .execute()
  })
  return `${cookieName(false)}=${token}`
}

/** A poster's code is a picture of the address under it, which has another port in either world. */
const withoutCode = (text: string): string => text.replace(/ d=\\*"M[\dhvz,.M -]*\\*"/g, ' code')

/**
 * Replaces what each world draws for itself, ids and code names that the seed does not hold, by numbers in the order
 * in which they turn up: a case more or less then still shows.
 */
function normaliser(seed: Seed): (text: string) => string {
  const known = JSON.stringify(seed.rows)
  const numbers = new Map<string, string>()
  return (text) =>
    text
      .replace(/codeName\\?":\\?"[^"\\]+/g, (found) =>
        known.includes(found.split('"').at(-1) as string) ? found : 'codeName',
      )
      .replace(/(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{22}(?![A-Za-z0-9_-])/g, (id) => {
        if (known.includes(id) || JSON.stringify(seed.later).includes(id)) return id
        const number = numbers.get(id) ?? `#${numbers.size}`
        numbers.set(id, number)
        return number
      })
}
