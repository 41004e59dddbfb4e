import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { raiseAlert } from '../../src/casework/raise-alert.ts'
import { loadServerKey } from '../../src/casework/server-key.ts'
import { systemClock } from '../../src/clock.ts'
import { newId } from '../../src/sealing/bytes.ts'
import { verifyLog } from '../../src/store/log.ts'
import { openStore } from '../../src/store/open.ts'
import { foundCommunity } from '../support/community.ts'
import { storeKinds } from '../support/office.ts'
import { passing } from '../support/passing.ts'
import { openPostOffice } from '../support/post-office.ts'
import { freshDatabase } from '../support/postgres.ts'
import { startServer } from '../support/server.ts'

const raisedAtOnce = 40
const rounds = 3

describe.each(storeKinds)('on %s', (kind) => {
  test('kill -9 between the steps of an escalation: each is done once, with what it sends, and none is lost', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'bellwether-kill-alerts-'))
    const database = kind === 'postgres' ? await freshDatabase() : null
    const mail = await openPostOffice()
    const settings = { DATA_DIR: dataDir, DATABASE_URL: database?.url, SMTP_URL: mail.url }
    const first = await openStore(database?.url, dataDir)
    const office = {
      store: first,
      clock: systemClock,
      serverKey: await loadServerKey(undefined, dataDir),
      hasMail: true,
    }
    const community = await foundCommunity(office)
    const nothing = {
      community: community.id,
      event: null,
      place: null,
      words: null,
      involved: [],
      offered: [],
    }
    await Promise.all(
      Array.from({ length: raisedAtOnce }, () => raiseAlert(office, { ...nothing, token: newId() })),
    )
    await first.close()

    for (let round = 0; round <= rounds; round += 1) {
      const between = await openStore(database?.url, dataDir)
      await passing(between, 6)
      await between.close()
      const servers = await Promise.all(
        Array.from({ length: kind === 'postgres' ? 2 : 1 }, () => startServer(settings)),
      )
      if (round === rounds) {
        // The last ones are left in peace until nothing is due.
        await wait(3000)
        for (const server of servers) expect(await server.stop()).toBe(0)
        break
      }
      await wait(10 + Math.random() * 150)
      await Promise.all(servers.map((server) => server.kill()))
    }

    const { db, close } = await openStore(database?.url, dataDir)
    const steps = await db.selectFrom('alert_step').selectAll().execute()
    const notices = await db
      .selectFrom('outbox')
      .select('alert_id')
      .where('notice', '=', 'alert')
      .where('group_id', 'is', null)
      .where('account_id', 'is not', null)
      .execute()
    for (const { id } of await db.selectFrom('alert').select('id').execute()) {
      const mine = steps.filter(({ alert_id }) => alert_id === id)
      const sent = mine.reduce((all, { members }) => all + (JSON.parse(members) as string[]).length, 0)
      expect(notices.filter(({ alert_id }) => alert_id === id)).toHaveLength(sent)
      // The last round alone brings a step, whatever was cut short before.
      expect(mine.length).toBeGreaterThan(1)
    }
    const late = await db.selectFrom('due').select('id').where('at', '<=', Date.now()).execute()
    expect(late).toEqual([])
    expect(await verifyLog(db, community.id)).toMatchObject({ ok: true })
    await close()
    await mail.stop()
    await database?.drop()
    await rm(dataDir, { recursive: true })
  }, 240_000)
})
