import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { loadServerKey } from '../../src/casework/server-key.ts'
import { systemClock } from '../../src/clock.ts'
import type { ReportSubmission } from '../../src/http/api/reports.ts'
import { newId } from '../../src/sealing/bytes.ts'
import { verifyLog } from '../../src/store/log.ts'
import { openSqlite } from '../../src/store/sqlite.ts'
import type { Store } from '../../src/store/store.ts'
import { serveApp } from '../support/app.ts'
import { foundCommunity, type TestCommunity } from '../support/community.ts'
import { sealedReport } from '../support/report.ts'
import { startServer } from '../support/server.ts'
import { another, bodyOf, fileOver } from '../support/submission.ts'
import { type Send, wireTo } from '../support/wire.ts'

const folder = mkdtempSync(join(tmpdir(), 'bellwether-full-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function found(path: string, dataDir: string) {
  const store = await openSqlite(path)
  const office = {
    store,
    clock: systemClock,
    serverKey: await loadServerKey(undefined, dataDir),
    hasMail: true,
  }
  const community = await foundCommunity(office)
  const pattern = bodyOf((await sealedReport(community)).filing)
  return { store, office, community, pattern }
}

/** Files reports, several at once, until some are refused. Returns those that were taken and those that were not. */
async function fileUntilFull(send: Send, community: TestCommunity, pattern: ReportSubmission) {
  const taken = new Set<string>()
  const refused: { body: ReportSubmission; key: string }[] = []
  const reporter = async (): Promise<void> => {
    while (refused.length === 0 && taken.size < 2000) {
      const sent = { body: another(pattern), key: newId() }
      const answer = await fileOver(send, community.shortName, sent.body, sent.key)
      if (answer.status === 201) {
        taken.add(sent.body.case)
        continue
      }
      refused.push(sent)
      expect(answer.status).toBe(503)
      expect(answer.headers.get('content-type')).toBe('application/problem+json')
      expect(answer.headers.get('retry-after')).toMatch(/^\d+$/)
      expect(await answer.json()).toMatchObject({ code: 'unavailable', status: 503 })
    }
  }
  await Promise.all(Array.from({ length: 4 }, reporter))
  expect(refused.length).toBeGreaterThan(0)
  expect(taken.size).toBeGreaterThan(3)
  return { taken, refused }
}

/** Sends what was refused again: the same under the same key. */
async function fileAgain(
  send: Send,
  community: TestCommunity,
  refused: readonly { body: ReportSubmission; key: string }[],
  taken: Set<string>,
): Promise<void> {
  for (const { body, key } of refused) {
    expect((await fileOver(send, community.shortName, body, key)).status).toBe(201)
    taken.add(body.case)
  }
}

async function expectWhole({ db }: Store, community: string, taken: ReadonlySet<string>): Promise<void> {
  for (const table of ['epoch', 'record'] as const) {
    const rows = await db.selectFrom(table).select('case_id').execute()
    expect(rows.map(({ case_id }) => case_id).sort()).toEqual([...taken].sort())
  }
  const cases = await db.selectFrom('incident').select('id').execute()
  expect(cases.map(({ id }) => id).sort()).toEqual([...taken].sort())
  expect(await db.selectFrom('outbox').select('id').execute()).toHaveLength(2 * taken.size)
  expect(await db.selectFrom('answered_request').select('id').execute()).toHaveLength(taken.size)
  expect(await verifyLog(db, community)).toMatchObject({ ok: true, entries: taken.size })
  expect((await sql<{ integrity_check: string }>`pragma integrity_check`.execute(db)).rows).toEqual([
    { integrity_check: 'ok' },
  ])
}

test('a database that may not grow: 503 before accepting, nothing half-written, and on when there is room', async () => {
  const { store, office, community, pattern } = await found(join(folder, 'small.db'), folder)
  const served = await serveApp(office, folder, { trustProxy: true })
  const grow = (pages: number) =>
    store.write(async (tx) => {
      await sql`pragma max_page_count = ${sql.raw(String(pages))}`.execute(tx)
    })
  await grow(400)
  const { taken, refused } = await fileUntilFull(served.send, community, pattern)
  await expectWhole(store, community.id, taken)
  // Reading goes on all the while.
  expect((await served.send(`/api/v1/communities/${community.shortName}/intake`)).status).toBe(200)
  await grow(100_000)
  await fileAgain(served.send, community, refused, taken)
  await expectWhole(store, community.id, taken)
  await served.stop()
  await store.close()
}, 60_000)

// Only root can mount one; what SQLite says is the same above.
for (const disk of tinyDisk())
  test('a disk that is full: 503 before accepting, nothing half-written, and on when there is room', async () => {
    const path = join(disk, 'bellwether.db')
    const { store, community, pattern } = await found(path, disk)
    await store.close()
    const server = await startServer({ DATA_DIR: disk, TRUST_PROXY: 'true' })
    const send = wireTo(`http://localhost:${server.port}`)
    const ballast = join(disk, 'ballast')
    const free = (): number => {
      const { bavail, bsize } = statfsSync(disk)
      return bavail * bsize
    }
    writeFileSync(ballast, Buffer.alloc(Math.max(0, free() - 2 * 1024 * 1024)))

    const { taken, refused } = await fileUntilFull(send, community, pattern)
    expect((await send('/healthz')).status).toBe(200)
    expect((await send(`/api/v1/communities/${community.shortName}/intake`)).status).toBe(200)
    rmSync(ballast)
    await fileAgain(send, community, refused, taken)
    for (let more = 0; more < 20; more += 1) {
      const body = another(pattern)
      expect((await fileOver(send, community.shortName, body)).status).toBe(201)
      taken.add(body.case)
    }
    expect(await server.stop()).toBe(0)
    const after = await openSqlite(path)
    await expectWhole(after, community.id, taken)
    await after.close()
  }, 90_000)

/** A file system of a few megabytes, in a list; none where it cannot be mounted. */
function tinyDisk(): string[] {
  const disk = join(folder, 'disk')
  mkdirSync(disk)
  const options = ['-t', 'tmpfs', '-o', 'size=24m,mode=0700', 'tmpfs', disk]
  if (process.platform !== 'linux' || spawnSync('mount', options).status !== 0) return []
  afterAll(() => void spawnSync('umount', ['-l', disk]))
  return [disk]
}
