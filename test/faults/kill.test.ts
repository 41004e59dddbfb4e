import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { loadServerKey } from '../../src/casework/server-key.ts'
import { systemClock } from '../../src/clock.ts'
import type { ReportSubmission } from '../../src/http/api/reports.ts'
import { newId } from '../../src/sealing/bytes.ts'
import { verifyLog } from '../../src/store/log.ts'
import { openStore } from '../../src/store/open.ts'
import { foundCommunity } from '../support/community.ts'
import { storeKinds } from '../support/office.ts'
import { freshDatabase } from '../support/postgres.ts'
import { sealedReport } from '../support/report.ts'
import { startServer } from '../support/server.ts'
import { another, bodyOf, fileOver } from '../support/submission.ts'
import { wireTo } from '../support/wire.ts'

const rounds = 6
const atOnce = 8

interface Sent {
  readonly body: ReportSubmission
  readonly key: string
}

describe.each(storeKinds)('on %s', (kind) => {
  test('kill -9 under load, again and again: what was acknowledged is there, once, whole, with its notices', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'bellwether-kill-'))
    const database = kind === 'postgres' ? await freshDatabase() : null
    const open = () => openStore(database?.url, dataDir)
    const store = await open()
    const office = {
      store,
      clock: systemClock,
      serverKey: await loadServerKey(undefined, dataDir),
      hasMail: true,
    }
    const community = await foundCommunity(office)
    const pattern = bodyOf((await sealedReport(community)).filing)
    await store.close()

    const acknowledged = new Set<string>()
    let unanswered: Sent[] = []
    for (let round = 0; round <= rounds; round += 1) {
      const server = await startServer({
        DATA_DIR: dataDir,
        DATABASE_URL: database?.url,
        TRUST_PROXY: 'true',
      })
      const send = wireTo(`http://localhost:${server.port}`)
      // Whoever got no answer sends the same again, and gets the one that is true.
      await Promise.all(
        unanswered.map(async ({ body, key }) => {
          const answer = await fileOver(send, community.shortName, body, key)
          expect(answer.status).toBe(201)
          acknowledged.add(body.case)
        }),
      )
      unanswered = []
      if (round === rounds) {
        expect(await server.stop()).toBe(0)
        break
      }
      let alive = true
      const reporter = async (): Promise<void> => {
        while (alive) {
          const sent = { body: another(pattern), key: newId() }
          try {
            const answer = await fileOver(send, community.shortName, sent.body, sent.key)
            expect(answer.status).toBe(201)
            acknowledged.add(sent.body.case)
          } catch (error) {
            // The connection broke: it may have been kept or not.
            if (!(error instanceof TypeError)) throw error
            unanswered.push(sent)
            return
          }
        }
      }
      const load = Promise.all(Array.from({ length: atOnce }, reporter))
      await wait(60 + Math.random() * 240)
      await server.kill()
      alive = false
      await load
    }

    expect(acknowledged.size).toBeGreaterThan(rounds)
    const { db, close } = await open()
    const cases = await db.selectFrom('incident').select('id').execute()
    expect(new Set(cases.map(({ id }) => id))).toEqual(acknowledged)
    const each = async (
      table: 'epoch' | 'grant_' | 'record' | 'reader' | 'due' | 'log',
    ): Promise<number[]> => {
      const rows = await db
        .selectFrom(table)
        .select(({ fn }) => ['case_id', fn.countAll<string>().as('rows')])
        .where('case_id', 'is not', null)
        .groupBy('case_id')
        .execute()
      expect(new Set(rows.map((row) => row.case_id))).toEqual(acknowledged)
      return [...new Set(rows.map((row) => Number(row.rows)))]
    }
    expect(await each('record')).toEqual([1])
    expect(await each('epoch')).toEqual([1])
    expect(await each('log')).toEqual([1])
    expect(await each('grant_')).toEqual([pattern.grants.length])
    expect(await each('reader')).toEqual([2])
    // Until it is answered (G3, H1, G4), and until it is resolved (L5).
    expect(await each('due')).toEqual([6])

    const notices = await db.selectFrom('outbox').select(['id', 'case_id', 'state']).execute()
    expect(notices).toHaveLength(2 * acknowledged.size)
    expect(new Set(notices.map(({ case_id }) => case_id))).toEqual(acknowledged)
    const letters = new Set(await readdir(join(dataDir, 'mail')).catch(() => []))
    for (const { id, state } of notices)
      expect(state === 'sent' ? letters.has(`${id}.eml`) : state).toEqual(
        state === 'sent' ? true : expect.stringMatching(/^(queued|failed-for-now)$/),
      )
    expect(notices.some(({ state }) => state === 'sent')).toBe(true)

    expect(await verifyLog(db, community.id)).toMatchObject({ ok: true, entries: acknowledged.size })
    await close()
    await database?.drop()
    await rm(dataDir, { recursive: true })
  }, 120_000)
})
