import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type ServedApp, serveApp } from '../../test/support/app.ts'
import { foundCommunity, type TestCommunity } from '../../test/support/community.ts'
import { deskOf, type Desk as MemberDesk } from '../../test/support/desk.ts'
import { storeKinds, type TestOffice, testOffice } from '../../test/support/office.ts'
import type { ReportBody } from '../procedure/report.ts'
import { fingerprint } from '../sealing/directory.ts'
import { partSize } from '../sealing/parts.ts'
import { drawWords } from '../sealing/words.ts'
import { type Desk, type Outcome, openDesk, type Progress, type ToSend } from './file-report.ts'
import type { Fetch, Line } from './request.ts'

describe.each(storeKinds)('the desk at which a report is filed, on %s', (kind) => {
  let office: TestOffice
  let served: ServedApp
  let dataDir: string
  let community: TestCommunity
  let pat: MemberDesk
  let offered: string[]

  beforeAll(async () => {
    office = await testOffice(kind)
    dataDir = await mkdtemp(join(tmpdir(), 'bellwether-desk-'))
    served = await serveApp(office, dataDir)
    community = await foundCommunity(office)
    pat = await deskOf(office, served.send, community, 'Pat')
    offered = ['Pat', 'Sam', 'Mei', 'Gus'].map((name) => community.person(name).id)
  })
  afterAll(async () => {
    await served.stop()
    await office.drop()
    await rm(dataDir, { recursive: true, force: true })
  })

  /** What happens to requests on their way; the last one given decides. */
  let way: (address: string, init: RequestInit, send: Fetch) => Promise<Response>
  let asked: string[]
  let troubles: unknown[]
  beforeEach(() => {
    way = (address, init, send) => send(address, init)
    asked = []
    troubles = []
  })
  const line: Line = {
    fetch: (address, init = {}) => {
      asked.push(`${init.method ?? 'GET'} ${address.replace(/^\/api\/v1/, '').replace(/[\w-]{22}/g, '…')}`)
      return way(address, init, (to, what = {}) => served.send(to, what))
    },
    wait: async () => {},
    trouble: (what) => troubles.push(what),
  }
  const offline = (): Promise<Response> => Promise.reject(new TypeError('Failed to fetch'))
  const desk = (mark: string | null = null): Desk =>
    openDesk(
      line,
      'chipy',
      mark,
      async (count) => drawWords(count),
      () => office.clock.now(),
    )
  const given = (more: Partial<ToSend> = {}): ToSend => ({
    report: { narrative: 'It happened.' },
    notice: null,
    language: 'en',
    alert: null,
    files: [],
    offered,
    ...more,
  })
  const send = async (at: Desk, what: ToSend = given()): Promise<{ outcome: Outcome; told: Progress[] }> => {
    const told: Progress[] = []
    return { outcome: await at.send(what, (progress) => told.push(progress)), told }
  }
  const cases = async (): Promise<string[]> =>
    (await office.store.db.selectFrom('incident').select('id').execute()).map(({ id }) => id)
  const filedNow = async (before: readonly string[]): Promise<string> => {
    const fresh = (await cases()).filter((id) => !before.includes(id))
    expect(fresh).toHaveLength(1)
    return fresh[0] as string
  }

  test('seals to everybody who is not involved, with its evidence, and gives the code once', async () => {
    const before = await cases()
    const bytes = randomBytes(2 * partSize + 5)
    const files = [{ id: 'f', file: new File([bytes], 'cat.png', { type: 'image/png' }) }]
    const sam = community.person('Sam').id
    const { outcome, told } = await send(
      desk(fingerprint(community.entries[0] as never)),
      given({ files, report: { narrative: 'It happened.', involved: [sam] }, notice: 'ana@example.org' }),
    )
    expect(outcome).toMatchObject({ what: 'filed', acknowledgeBy: office.clock.now() + 12 * 3600_000 })
    expect(outcome.what === 'filed' && outcome.code.split(' ')).toHaveLength(8)
    const sent = told.flatMap((progress) => (progress.what === 'file' ? [progress.sent] : []))
    expect(sent).toEqual([...sent].sort((a, b) => a - b))
    expect(sent.at(-1)).toBe(bytes.length)
    const id = await filedNow(before)
    const { view, entries } = await pat.open(id)
    expect(view.channel).toBe('web')
    expect(view.readers.map(({ name }) => name)).not.toContain('Sam')
    expect(entries).toMatchObject([{ doubts: [], sealedByServer: false }])
    const body = entries[0]?.record?.body as ReportBody
    expect(body.evidence).toMatchObject([
      { name: 'cat.png', size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') },
    ])
    const grants = await office.store.db
      .selectFrom('grant_')
      .select('member_id')
      .where('case_id', '=', id)
      .execute()
    expect(grants.map(({ member_id }) => member_id)).not.toContain(sam)
  })

  test('F3: an answer that is lost on its way costs nothing: the very same is sent again and is one report', async () => {
    const before = await cases()
    let lost = 0
    way = async (address, init, pass) => {
      const response = await pass(address, init)
      if (!address.endsWith('/reports') || lost === 6) return response
      lost += 1
      return offline()
    }
    const at = desk()
    const first = await send(at)
    expect(first.outcome).toEqual({ what: 'no-answer', mayBeFiled: true, away: false })
    expect(troubles).toContain('offline')
    const second = await send(at)
    expect(second.outcome.what).toBe('filed')
    await filedNow(before)
  })

  test('a connection that breaks while evidence is sent goes on where it was', async () => {
    const before = await cases()
    const bytes = randomBytes(4 * partSize)
    const files = [{ id: 'f', file: new File([bytes], 'cat.png') }]
    let parts = 0
    way = async (address, init, pass) => {
      if (!/parts/.test(address)) return pass(address, init)
      parts += 1
      // The first part arrives, its answer does not; the third does not arrive, for longer than is tried at once.
      if (parts === 1) {
        await pass(address, init)
        return offline()
      }
      return parts > 2 && parts < 9 ? offline() : pass(address, init)
    }
    const at = desk()
    expect((await send(at, given({ files }))).outcome).toEqual({
      what: 'no-answer',
      mayBeFiled: false,
      away: false,
    })
    expect((await send(at, given({ files }))).outcome.what).toBe('filed')
    const id = await filedNow(before)
    expect(asked.filter((one) => /^POST .*uploads$/.test(one))).toHaveLength(1)
    expect(asked.filter((one) => one === 'PUT /uploads/…/parts/0')).toHaveLength(1)
    expect(asked).toContain('GET /uploads/…')
    const [upload] = await office.store.db
      .selectFrom('upload')
      .selectAll()
      .where('case_id', '=', id)
      .execute()
    expect(upload?.parts).toBe(5)
  })

  test('a store that is away for a moment is waited for', async () => {
    const before = await cases()
    let away = 2
    way = (address, init, pass) => {
      if (!address.endsWith('/reports') || away === 0) return pass(address, init)
      away -= 1
      const problem = JSON.stringify({ code: 'unavailable' })
      const headers = { 'content-type': 'application/problem+json' }
      return Promise.resolve(new Response(problem, { status: 503, headers }))
    }
    expect((await send(desk())).outcome.what).toBe('filed')
    expect(troubles).toContain('busy')
    await filedNow(before)
  })

  test('F3: a store that kept it and went away before it said so costs nothing, however long it stays away', async () => {
    const before = await cases()
    let kept = false
    let away = true
    way = async (address, init, pass) => {
      if (!address.endsWith('/reports') || !away) return pass(address, init)
      if (!kept) kept = (await pass(address, init)).ok
      const problem = JSON.stringify({ code: 'unavailable' })
      const headers = { 'content-type': 'application/problem+json' }
      return new Response(problem, { status: 503, headers })
    }
    const at = desk()
    expect((await send(at)).outcome).toEqual({ what: 'no-answer', mayBeFiled: true, away: true })
    away = false
    expect((await send(at)).outcome.what).toBe('filed')
    await filedNow(before)
  })

  test('what the server refuses is told with its reason, may be changed, and is filed once it fits', async () => {
    const before = await cases()
    const at = desk()
    const { outcome } = await send(at, given({ notice: 'not an address' }))
    expect(outcome).toMatchObject({ what: 'refused' })
    expect(outcome.what === 'refused' && outcome.detail.length).toBeGreaterThan(10)
    expect((await send(at, given())).outcome.what).toBe('filed')
    await filedNow(before)
  })

  test('keys that are not those on the page, or that nobody vouches for, are not sealed to', async () => {
    const before = await cases()
    const other = desk('0000 0000 0000 0000 0000 0000')
    expect(await other.prepare()).toBe(false)
    expect((await send(other)).outcome).toEqual({ what: 'untrusted' })
    way = async (address, init, pass) => {
      const response = await pass(address, init)
      if (!address.endsWith('/intake')) return response
      const intake = await response.json()
      intake.directory[1].signature = intake.directory[0].signature
      return Response.json(intake)
    }
    expect((await send(desk())).outcome).toEqual({ what: 'untrusted' })
    expect(await cases()).toEqual(before)
  })

  test('K1: somebody who joined since the form was opened is offered before anything is sealed to them', async () => {
    const before = await cases()
    const { outcome } = await send(desk(), given({ offered: offered.slice(1) }))
    expect(outcome).toMatchObject({ what: 'committee-changed' })
    expect(outcome.what === 'committee-changed' && outcome.members.map(({ name }) => name)).toEqual([
      'Pat',
      'Sam',
      'Mei',
      'Gus',
    ])
    expect(asked.some((one) => one.endsWith('/reports'))).toBe(false)
    expect(await cases()).toEqual(before)
  })

  test('K1: a committee that changes while it is sealed is sealed to anew, with another key', async () => {
    const before = await cases()
    const keys: unknown[] = []
    let refused = false
    way = (address, init, pass) => {
      if (!address.endsWith('/reports')) return pass(address, init)
      keys.push(new Headers(init.headers).get('idempotency-key'))
      if (refused) return pass(address, init)
      refused = true
      const headers = { 'content-type': 'application/problem+json' }
      return Promise.resolve(new Response('{"code":"recipients-changed"}', { status: 409, headers }))
    }
    expect((await send(desk())).outcome.what).toBe('filed')
    expect(new Set(keys).size).toBe(2)
    await filedNow(before)
  })

  test('a file that cannot be read is named, and nothing is filed', async () => {
    const before = await cases()
    const broken = {
      name: 'x',
      size: 10,
      type: '',
      stream: () => new ReadableStream({ start: (c) => c.error(new Error('gone')) }),
    }
    const files = [{ id: 'f', file: broken as unknown as File }]
    expect((await send(desk(), given({ files }))).outcome).toEqual({ what: 'unreadable', id: 'f' })
    expect(await cases()).toEqual(before)
  })

  test('too many requests from one place: the device proves its work and is let through', async () => {
    const before = await cases()
    let busy = true
    way = async (address, init, pass) => {
      if (!address.endsWith('/reports') || !busy) return pass(address, init)
      busy = false
      const headers = { 'content-type': 'application/problem+json' }
      const problem = { code: 'too-many', challenge: 'abc', difficulty: 4 }
      return new Response(JSON.stringify(problem), { status: 429, headers })
    }
    let proof: string | null = null
    const passing = way
    way = (address, init, pass) => {
      proof ??= new Headers(init.headers).get('proof-of-work')
      return passing(address, init, pass)
    }
    expect((await send(desk())).outcome.what).toBe('filed')
    expect(proof).toMatch(/^abc:\d+$/)
    await filedNow(before)
  })

  test('an answer of something in between (a proxy, a captive portal) is no answer', async () => {
    way = (address, init, pass) =>
      address.endsWith('/reports')
        ? Promise.resolve(
            new Response('<h1>Bad gateway</h1>', { status: 502, headers: { 'content-type': 'text/html' } }),
          )
        : pass(address, init)
    expect((await send(desk())).outcome).toEqual({ what: 'no-answer', mayBeFiled: true, away: false })
  })
})
