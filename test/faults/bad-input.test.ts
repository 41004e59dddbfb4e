import { once } from 'node:events'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ReportSubmission } from '../../src/http/api/reports.ts'
import { newId, toBase64, utf8 } from '../../src/sealing/bytes.ts'
import { seal } from '../../src/sealing/envelope.ts'
import { newIdentity, recipientOf } from '../../src/sealing/identity.ts'
import { partSize } from '../../src/sealing/parts.ts'
import { type ServedApp, serveApp } from '../support/app.ts'
import { foundCommunity, type TestCommunity } from '../support/community.ts'
import { storeKinds, type TestOffice, testOffice } from '../support/office.ts'
import { sealedReport } from '../support/report.ts'
import { another, bodyOf, fileOver } from '../support/submission.ts'
import { answerOf, json } from '../support/wire.ts'

describe.each(storeKinds)('on %s', (kind) => {
  let office: TestOffice
  let served: ServedApp
  let community: TestCommunity
  let pattern: ReportSubmission
  beforeAll(async () => {
    office = await testOffice(kind)
    community = await foundCommunity(office)
    pattern = bodyOf((await sealedReport(community)).filing)
    served = await serveApp(office, tmpdir(), { trustProxy: true })
  })
  afterAll(async () => {
    await served?.stop()
    await office?.drop()
  })

  const reports = (): string => `/api/v1/communities/${community.shortName}/reports`
  const file = (body: unknown, key = newId(), name = community.shortName): Promise<Response> =>
    fileOver(served.send, name, body as ReportSubmission, key)
  const raw = (body: NonNullable<RequestInit['body']>, headers: Record<string, string>): Promise<Response> =>
    served.send(reports(), { method: 'POST', body, headers: { 'idempotency-key': newId(), ...headers } })
  const kept = async (): Promise<number> =>
    (await office.store.db.selectFrom('incident').select('id').execute()).length

  /** Refused as a problem whose sentence a person can act on, with nothing kept. */
  async function expectProblem(answer: Response, status: number, code: string): Promise<void> {
    const text = await answer.text()
    expect([answer.status, JSON.parse(text).code], text).toEqual([status, code])
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    const problem = JSON.parse(text)
    expect(problem).toMatchObject({ status, code, type: `/docs/api#${code}` })
    expect(problem.title).toMatch(/\w/)
    // A sentence: it begins and ends like one, and no placeholder or gap is left in it.
    expect(problem.detail).toMatch(/^[A-Z].* .*[.!?]$/s)
    expect(problem.detail).not.toMatch(/[{}]| {2}| [.,:]/)
  }

  test('a report of more than 6 MB is refused unread, and one that grows past it too', async () => {
    const before = await kept()
    const big = `{"record":"${'A'.repeat(7 * 1024 * 1024)}"}`
    await expectProblem(await raw(big, { 'content-type': 'application/json' }), 413, 'too-large')
    const chunk = utf8('A'.repeat(64 * 1024))
    let sent = 0
    const growing = new ReadableStream({
      pull: (controller) => {
        if (sent++ < 120) controller.enqueue(chunk)
        else controller.close()
      },
    })
    const answer = await served.send(reports(), {
      method: 'POST',
      body: growing,
      duplex: 'half',
      headers: { 'content-type': 'application/json', 'idempotency-key': newId() },
    } as RequestInit)
    await expectProblem(answer, 413, 'too-large')
    expect(await kept()).toBe(before)
  })

  test('a record, a grant, an address or a list longer than it can be is refused', async () => {
    const grant = pattern.grants[0]
    for (const bad of [
      { record: 'A'.repeat(1_500_000) },
      { grants: [{ ...grant, sealed: 'A'.repeat(8000) }] },
      { notice: `${'a'.repeat(300)}@example.org` },
      { involved: Array.from({ length: 1000 }, newId) },
      { recipient: `age1pq1${'q'.repeat(3000)}` },
    ])
      await expectProblem(await file({ ...another(pattern), ...bad }), 400, 'invalid-input')
  })

  test('another type than JSON, broken JSON, or JSON of another shape is refused', async () => {
    const type = { 'content-type': 'application/json' }
    await expectProblem(
      await raw(JSON.stringify(pattern), { 'content-type': 'text/plain' }),
      400,
      'invalid-input',
    )
    await expectProblem(await raw(new FormData(), {}), 400, 'invalid-input')
    for (const bad of [
      '',
      '{',
      '{"case":',
      'null',
      '[]',
      '"report"',
      '7',
      '{}',
      JSON.stringify({ ...pattern, record: 7 }),
    ])
      await expectProblem(await raw(bad, type), 400, 'invalid-input')
    await expectProblem(await raw(new Uint8Array([0xff, 0xfe, 0x00]), type), 400, 'invalid-input')
    for (const bad of ['*'.repeat(3000), 'AAAA=AAA', 'ä'.repeat(8)])
      await expectProblem(await file({ ...another(pattern), record: bad }), 400, 'invalid-input')
  })

  test('an envelope that is none, is cut, or is for another number of readers is refused', async () => {
    const one = toBase64(await seal(new Uint8Array(2048), [await recipientOf(newIdentity())]))
    for (const record of ['', toBase64(utf8('not sealed at all')), pattern.record.slice(0, 400), one])
      await expectProblem(await file({ ...another(pattern), record }), 400, 'malformed-envelope')
    const [first, ...rest] = pattern.grants
    const grants = [{ ...first, sealed: pattern.record.slice(0, 4000) }, ...rest]
    await expectProblem(await file({ ...another(pattern), grants }), 400, 'malformed-envelope')
  })

  test('a recipient of another kind (X25519) is refused, wherever it stands', async () => {
    const { Encrypter } = await import('age-encryption')
    const weaker = await identityToRecipient(await generateX25519Identity())
    const encrypter = new Encrypter()
    encrypter.addRecipient(weaker)
    const sealed = toBase64(await encrypter.encrypt(new Uint8Array(100)))
    const [first, ...rest] = pattern.grants
    for (const bad of [
      { recipient: weaker },
      { receipt: { ...another(pattern).receipt, recipient: weaker } },
      { grants: [{ ...first, sealed }, ...rest] },
      { record: sealed, receipt: null },
    ])
      await expectProblem(await file({ ...another(pattern), ...bad }), 400, 'malformed-envelope')
  })

  test('an unknown community, and a name that can be none', async () => {
    await expectProblem(await file(another(pattern), newId(), 'elsewhere'), 404, 'not-found')
    for (const name of ['Not%20a%20name', 'x'.repeat(200), '..%2f..', '%00'])
      await expectProblem(await file(another(pattern), newId(), name), 400, 'invalid-input')
  })

  test('readers that are not the committee’s', async () => {
    const missing = { ...another(pattern), grants: pattern.grants.slice(1) }
    await expectProblem(await file(missing), 409, 'recipients-changed')
  })

  test('no idempotency key, or one that is none', async () => {
    const body = another(pattern)
    await expectProblem(await served.send(reports(), json('POST', body)), 400, 'key-missing')
    for (const key of ['short', 'x'.repeat(100), 'with a space in it all'])
      await expectProblem(await file(body, key), 400, 'key-missing')
  })

  test('F3: the same key twice is one report with one answer, at once and later; with another report it is refused', async () => {
    const before = await kept()
    const body = another(pattern)
    const key = newId()
    const answers = await Promise.all([1, 2, 3].map(() => file(body, key).then((answer) => answerOf(answer))))
    expect(answers[1]).toEqual(answers[0])
    expect(answers[2]).toEqual(answers[0])
    office.clock.set(office.clock.now() + 3_600_000)
    expect(await answerOf(file(body, key))).toEqual(answers[0])
    expect(await kept()).toBe(before + 1)
    const other = bodyOf((await sealedReport(community)).filing)
    await expectProblem(await file(other, key), 422, 'key-reused')
    expect(await kept()).toBe(before + 1)
  })

  test('another report under the ids of one that is there is refused, and nothing of it is kept', async () => {
    const before = await kept()
    const body = another(pattern)
    expect((await file(body)).status).toBe(201)
    const next = another(pattern)
    await expectProblem(await file({ ...next, case: body.case }), 422, 'key-reused')
    await expectProblem(await file({ ...next, receipt: body.receipt }), 422, 'key-reused')
    expect(await kept()).toBe(before + 1)
    const records = await office.store.db.selectFrom('record').select('case_id').execute()
    expect(records).toHaveLength(before + 1)
  })

  test('a report whose file has not arrived whole is refused, and its other file can be sent again with it', async () => {
    const begin = () =>
      answerOf<{ upload: string; token: string }>(
        served.send(`/api/v1/communities/${community.shortName}/uploads`, json('POST', {})),
      )
    const [whole, half] = [await begin(), await begin()]
    const authorization = (token: string) => ({ authorization: `Upload ${token}` })
    for (const { upload, token } of [whole, half])
      await answerOf(
        served.send(`/api/v1/uploads/${upload}/parts/0`, {
          method: 'PUT',
          body: new Uint8Array(100),
          headers: { ...authorization(token), 'content-type': 'application/octet-stream' },
        }),
      )
    const complete = ({ upload, token }: typeof whole, parts: number): Promise<Response> =>
      served.send(
        `/api/v1/uploads/${upload}/complete`,
        json('POST', { parts, size: 100 * parts }, authorization(token)),
      )
    expect((await complete(whole, 1)).status).toBe(204)
    await expectProblem(await complete(half, 2), 409, 'file-incomplete')
    const body = { ...another(pattern), uploads: [whole, half] }
    await expectProblem(await file(body), 409, 'file-incomplete')
    expect((await complete(half, 1)).status).toBe(204)
    expect((await file(body)).status).toBe(201)
  })

  test('a part that is too large, another one under a number that is there, and a number that can be none', async () => {
    const { upload, token } = await answerOf<{ upload: string; token: string }>(
      served.send(`/api/v1/communities/${community.shortName}/uploads`, json('POST', {})),
    )
    const put = (part: number | string, bytes: Uint8Array<ArrayBuffer>, secret = token): Promise<Response> =>
      served.send(`/api/v1/uploads/${upload}/parts/${part}`, {
        method: 'PUT',
        body: bytes,
        headers: { authorization: `Upload ${secret}`, 'content-type': 'application/octet-stream' },
      })
    await expectProblem(await put(0, new Uint8Array(partSize + 1)), 413, 'too-large')
    expect((await put(0, new Uint8Array(partSize))).status).toBe(204)
    expect((await put(0, new Uint8Array(partSize))).status).toBe(204)
    await expectProblem(await put(0, new Uint8Array(partSize).fill(1)), 409, 'part-mismatch')
    for (const part of [-1, 1.5, 100_000, 'x'])
      await expectProblem(await put(part, new Uint8Array(1)), 400, 'invalid-input')
    await expectProblem(await put(1, new Uint8Array(1), 'guessed'), 404, 'not-found')
  })

  test('what breaks off half-way leaves nothing behind', async () => {
    const before = await kept()
    const { port } = new URL(served.origin)
    const socket = connect({ port: Number(port), host: '127.0.0.1' })
    await once(socket, 'connect')
    const text = JSON.stringify(another(pattern))
    socket.write(
      `POST ${reports()} HTTP/1.1\r\nhost: localhost:${port}\r\ncontent-type: application/json\r\n` +
        `idempotency-key: ${newId()}\r\ncontent-length: ${text.length}\r\n\r\n${text.slice(0, text.length >> 1)}`,
    )
    socket.end()
    await once(socket.resume(), 'close')
    expect(await kept()).toBe(before)
    expect((await file(another(pattern))).status).toBe(201)
  })
})
