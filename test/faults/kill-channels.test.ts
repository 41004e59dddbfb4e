import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { addNtfy, addPush } from '../../src/casework/channels.ts'
import type { Office } from '../../src/casework/office.ts'
import { pushKey } from '../../src/casework/push-key.ts'
import { raiseAlert } from '../../src/casework/raise-alert.ts'
import { loadServerKey } from '../../src/casework/server-key.ts'
import { systemClock } from '../../src/clock.ts'
import { newId } from '../../src/sealing/bytes.ts'
import { openStore } from '../../src/store/open.ts'
import { foundCommunity, type TestCommunity } from '../support/community.ts'
import { type Listener, listen, openPushService } from '../support/listeners.ts'
import { storeKinds } from '../support/office.ts'
import { passing } from '../support/passing.ts'
import { openPostOffice, type PostOffice } from '../support/post-office.ts'
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts'
import { type ServerProcess, startServer } from '../support/server.ts'
import { answerOf, json, wireTo } from '../support/wire.ts'

describe.each(storeKinds)('on %s', (kind) => {
  let dataDir: string
  let database: FreshDatabase | null
  let office: Office
  let community: TestCommunity
  let mail: PostOffice
  let ntfy: Listener
  let push: Awaited<ReturnType<typeof openPushService>>
  let server: ServerProcess

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'bellwether-kill-channels-'))
    database = kind === 'postgres' ? await freshDatabase() : null
    const store = await openStore(database?.url, dataDir)
    const serverKey = await loadServerKey(undefined, dataDir)
    office = { store, clock: systemClock, serverKey, hasMail: true }
    community = await foundCommunity(office)
    const { publicKey } = await pushKey(office)
    push = await openPushService(() => publicKey)
    ntfy = await listen()
    mail = await openPostOffice()
    const { account } = community.person('Pat')
    await addPush(office, account, { ...push.subscription(), label: '', replaces: null })
    const topic = { server: ntfy.origin, topic: 'pat', token: null, priority: 5 }
    await addNtfy(office, account, topic)
  })
  afterEach(async () => {
    for (const one of [server, push, ntfy, mail]) await one.stop()
    await office.store.close().catch(() => {})
    await database?.drop()
    await rm(dataDir, { recursive: true, force: true })
  })

  const call = {
    ...{ event: null, place: null, words: null, involved: [], offered: [] },
  }
  const start = async (smtpUrl = mail.url): Promise<void> => {
    server = await startServer({
      ...{ DATA_DIR: dataDir, DATABASE_URL: database?.url, SMTP_URL: smtpUrl },
      ...{ REACH_PRIVATE: 'true', TRUST_PROXY: 'true' },
    })
  }
  const until = async (what: () => boolean, patience = 20_000): Promise<void> => {
    const limit = Date.now() + patience
    while (!what() && Date.now() < limit) await wait(20)
    expect(what()).toBe(true)
  }

  test('D1: kill -9 after one channel of an alert has it and before the others: the others get it, and the first keeps it', async () => {
    // One channel takes it; the others are reached, and say nothing until the process is dead.
    push.behave('silence')
    ntfy.behave('silence')
    await raiseAlert(office, { ...call, community: community.id, token: newId() })
    await office.store.close()
    await start()
    await mail.arrived('pat@example.org', 1)
    await server.kill()
    const between = await openStore(database?.url, dataDir)
    const rows = await between.db
      .selectFrom('outbox')
      .select(['channel', 'state', 'claimed_until'])
      .where('notice', '=', 'alert')
      .execute()
    expect(rows.map(({ channel }) => channel).sort()).toEqual(['mail', 'ntfy', 'push'])
    expect(rows.filter(({ state }) => state === 'queued').map(({ channel }) => channel)).toEqual(
      expect.arrayContaining(['ntfy', 'push']),
    )
    // On a database that others share, what a dead process had in hand is taken up when its lease has run out.
    if (kind === 'postgres')
      await between.write((tx) =>
        tx
          .updateTable('outbox')
          .set((eb) => ({ claimed_until: eb('claimed_until', '-', 120_000) }))
          .where('claimed_until', '>', 0)
          .execute(),
      )
    await between.close()
    push.behave({ status: 201 })
    ntfy.behave({ status: 200 })
    await start()
    await until(() => push.heard.length > 0 && ntfy.heard.length > 0)
    expect(push.read()[0]).toMatchObject({ urgent: true })
    expect(mail.to('pat@example.org').length).toBeGreaterThanOrEqual(1)
    const ids = new Set(mail.to('pat@example.org').map(({ email }) => email.messageId))
    // A letter that was sent again is the same one.
    expect(ids.size).toBe(1)
  }, 120_000)

  test('a mail server that takes forever holds up neither push nor ntfy, nor the next step of the alert', async () => {
    const { createServer } = await import('node:net')
    // It accepts, and never says a word.
    const slow = createServer((socket) => void socket.on('error', () => {}))
    await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve))
    const { port } = slow.address() as { port: number }
    await office.store.close()
    await start(`smtp://127.0.0.1:${port}`)
    const send = wireTo(`http://localhost:${server.port}`)
    const began = Date.now()
    for (let index = 0; index < 6; index += 1)
      await answerOf(
        send(
          `/api/v1/communities/${community.shortName}/alerts`,
          json('POST', { ...call, token: newId() }, { 'x-forwarded-for': `192.0.2.${index}` }),
        ),
      )
    await until(() => push.heard.length === 6 && ntfy.heard.length === 6, 8000)
    // Far sooner than the mail server is given up.
    expect(Date.now() - began).toBeLessThan(10_000)
    const store = await openStore(database?.url, dataDir)
    await passing(store, 2)
    const limit = Date.now() + 20_000
    let stepped = 0
    while (stepped < 6 && Date.now() < limit) {
      await wait(100)
      stepped = (await store.db.selectFrom('alert_step').select('alert_id').where('step', '=', 1).execute())
        .length
    }
    expect(stepped).toBe(6)
    await store.close()
    await server.kill()
    slow.close()
  }, 120_000)
})
