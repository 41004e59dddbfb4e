import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import type { ReportSubmission } from '../../src/http/api/reports.ts'
import { newId } from '../../src/sealing/bytes.ts'
import { verifyLog } from '../../src/store/log.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { foundCommunity, type TestCommunity } from '../support/community.ts'
import { type Postgres, startPostgres } from '../support/postgres.ts'
import { sealedReport } from '../support/report.ts'
import { type ServerProcess, startServer } from '../support/server.ts'
import { another, bodyOf, fileOver } from '../support/submission.ts'
import { type Send, wireTo } from '../support/wire.ts'

let postgres: Postgres
let dataDir: string
let community: TestCommunity
let pattern: ReportSubmission
let server: ServerProcess
let send: Send

beforeAll(async () => {
  postgres = await startPostgres()
  dataDir = await mkdtemp(join(tmpdir(), 'bellwether-lost-'))
  const store = await openPostgres(postgres.url)
  community = await foundCommunity({ store, clock: systemClock })
  pattern = bodyOf((await sealedReport(community)).filing)
  await store.close()
  server = await startServer({ DATA_DIR: dataDir, DATABASE_URL: postgres.url, TRUST_PROXY: 'true' })
  send = wireTo(`http://localhost:${server.port}`)
})
afterAll(async () => {
  await server?.kill()
  await postgres?.stop()
  await rm(dataDir, { recursive: true, force: true })
})

const file = (body: ReportSubmission, key: string): Promise<Response> =>
  fileOver(send, community.shortName, body, key)

/** Sends the same again until it is taken, as the form does. */
async function untilTaken(body: ReportSubmission, key: string): Promise<void> {
  const patience = AbortSignal.timeout(30_000)
  for (;;) {
    const answer = await file(body, key)
    if (answer.status === 201) return
    expect(answer.status).toBe(503)
    patience.throwIfAborted()
    await wait(100)
  }
}

test('a database that goes away under load: nothing but 201 or 503, and all that was taken is there afterwards', async () => {
  const taken = new Set<string>()
  const refused: { body: ReportSubmission; key: string }[] = []
  let lost = false
  const reporter = async (): Promise<void> => {
    for (;;) {
      const sent = { body: another(pattern), key: newId() }
      const answer = await file(sent.body, sent.key)
      expect([201, 503]).toContain(answer.status)
      if (answer.status === 201) taken.add(sent.body.case)
      else refused.push(sent)
      if (lost) return
    }
  }
  const load = Promise.all(Array.from({ length: 8 }, reporter))
  await wait(500)
  await postgres.crash()
  lost = true
  await load
  expect(taken.size).toBeGreaterThan(0)

  const sent = { body: another(pattern), key: newId() }
  const answer = await file(sent.body, sent.key)
  expect(answer.status).toBe(503)
  expect(answer.headers.get('content-type')).toBe('application/problem+json')
  expect(answer.headers.get('retry-after')).toMatch(/^\d+$/)
  const problem = await answer.json()
  expect(problem).toMatchObject({ code: 'unavailable', status: 503 })
  expect(problem.detail).toMatch(/\w+ \w+ \w+/)
  expect((await send('/healthz')).status).toBe(200)
  expect((await send('/readyz')).status).toBe(503)

  await postgres.revive()
  for (const again of [sent, ...refused]) {
    await untilTaken(again.body, again.key)
    taken.add(again.body.case)
  }
  expect((await send('/readyz')).status).toBe(200)

  const store = await openPostgres(postgres.url)
  const rows = await store.db.selectFrom('incident').select('id').execute()
  expect(new Set(rows.map(({ id }) => id))).toEqual(taken)
  expect(rows).toHaveLength(taken.size)
  for (const table of ['epoch', 'record'] as const) {
    const kept = await store.db.selectFrom(table).select('case_id').execute()
    expect(kept.map(({ case_id }) => case_id).sort()).toEqual([...taken].sort())
  }
  expect(await store.db.selectFrom('outbox').select('id').execute()).toHaveLength(2 * taken.size)
  expect(await verifyLog(store.db, community.id)).toMatchObject({ ok: true, entries: taken.size })
  await store.close()
}, 120_000)

test('and what is told between processes is told again: the outbox wakes for a report filed after it', async () => {
  const body = another(pattern)
  await untilTaken(body, newId())
  const store = await openPostgres(postgres.url)
  const patience = AbortSignal.timeout(12_000)
  for (;;) {
    const notices = await store.db
      .selectFrom('outbox')
      .select('state')
      .where('case_id', '=', body.case)
      .execute()
    if (notices.length === 2 && notices.every(({ state }) => state === 'sent')) break
    patience.throwIfAborted()
    await wait(200)
  }
  await store.close()
}, 60_000)
