import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { loadServerKey } from '../../src/casework/server-key.ts'
import { beginUpload, uploadState } from '../../src/casework/upload.ts'
import { systemClock } from '../../src/clock.ts'
import { newId } from '../../src/sealing/bytes.ts'
import { openStore } from '../../src/store/open.ts'
import { foundCommunity } from '../support/community.ts'
import { storeKinds } from '../support/office.ts'
import { freshDatabase } from '../support/postgres.ts'
import { sealedReport } from '../support/report.ts'
import { startServer } from '../support/server.ts'
import { sessionOf } from '../support/sessions.ts'
import { another, bodyOf, fileOver } from '../support/submission.ts'
import { wireTo } from '../support/wire.ts'

/** Opens a connection and sends what is given. */
async function sending(
  port: number,
  bytes: string | Buffer,
): Promise<{ socket: Socket; answer: Promise<string> }> {
  const socket = connect({ port, host: '127.0.0.1' })
  await once(socket, 'connect')
  let text = ''
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    text += chunk
  })
  const answer = once(socket, 'close').then(() => text)
  socket.write(bytes)
  return { socket, answer }
}

describe.each(storeKinds)('on %s', (kind) => {
  test('SIGTERM: what is in flight is finished, slow uploads too, streams end, the store closes, and the next start has it all', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'bellwether-stop-'))
    const database = kind === 'postgres' ? await freshDatabase() : null
    const store = await openStore(database?.url, dataDir)
    const office = {
      store,
      clock: systemClock,
      serverKey: await loadServerKey(undefined, dataDir),
      hasMail: true,
    }
    const community = await foundCommunity(office)
    const pattern = bodyOf((await sealedReport(community)).filing)
    const { upload, token } = await beginUpload(office, community.id)
    const { cookie } = await sessionOf(office, community.person('Pat').account)
    await store.close()

    const settings = { DATA_DIR: dataDir, DATABASE_URL: database?.url, TRUST_PROXY: 'true' }
    const server = await startServer(settings)
    const { port } = server
    const host = `host: localhost:${port}\r\n`
    const live = await sending(port, `GET /api/v1/live HTTP/1.1\r\n${host}cookie: ${cookie}\r\n\r\n`)
    const idle = await sending(port, `GET /healthz HTTP/1.1\r\n${host}\r\n`)
    const part = Buffer.alloc(100_000, 7)
    const slow = await sending(
      port,
      Buffer.concat([
        Buffer.from(
          `PUT /api/v1/uploads/${upload}/parts/0 HTTP/1.1\r\n${host}authorization: Upload ${token}\r\n` +
            `content-type: application/octet-stream\r\ncontent-length: ${part.length}\r\n\r\n`,
        ),
        part.subarray(0, 50_000),
      ]),
    )
    const report = JSON.stringify(another(pattern))
    const filing = await sending(
      port,
      `POST /api/v1/communities/${community.shortName}/reports HTTP/1.1\r\n${host}` +
        `content-type: application/json\r\nidempotency-key: ${newId()}\r\n` +
        `content-length: ${report.length}\r\n\r\n${report.slice(0, 1000)}`,
    )
    await wait(300)

    const stopped = server.stop()
    await wait(300)
    await expect(
      fileOver(wireTo(`http://localhost:${port}`), community.shortName, another(pattern)),
    ).rejects.toThrow()
    expect(await live.answer).toMatch(/^HTTP\/1.1 200 /)
    expect(await idle.answer).toMatch(/^HTTP\/1.1 200 /)
    for (let sent = 50_000; sent < part.length; sent += 10_000) {
      slow.socket.write(part.subarray(sent, sent + 10_000))
      await wait(50)
    }
    filing.socket.write(report.slice(1000))
    expect(await slow.answer).toMatch(/^HTTP\/1.1 204 /)
    expect(await filing.answer).toMatch(/^HTTP\/1.1 201 /)
    expect(await stopped).toBe(0)
    expect(server.printed()).not.toMatch(/error/i)

    const after = await openStore(database?.url, dataDir)
    expect(await uploadState({ ...office, store: after }, upload)).toEqual({ parts: [0], completed: false })
    expect(await after.db.selectFrom('incident').select('id').execute()).toEqual([
      { id: JSON.parse(report).case },
    ])
    await after.close()
    await database?.drop()
    await rm(dataDir, { recursive: true })
  }, 60_000)
})
