import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pino from 'pino'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startAlerts } from '../../src/alerts/start.ts'
import { startDue } from '../../src/casework/due.ts'
import { itGotWorse } from '../../src/casework/it-got-worse.ts'
import type { AlertBody } from '../../src/http/api/alerts.ts'
import { alertReaders, openAlertWords, sealAlertWords } from '../../src/sealing/alert-words.ts'
import { fromBase64, newId, toBase64 } from '../../src/sealing/bytes.ts'
import { type ServedApp, serveApp } from '../support/app.ts'
import { foundCommunity, type TestCommunity } from '../support/community.ts'
import { everyValue } from '../support/every-row.ts'
import { storeKinds, type TestOffice, testOffice } from '../support/office.ts'
import { sessionOf } from '../support/sessions.ts'
import { answerOf, json } from '../support/wire.ts'

const minute = 60_000
const plantedPlace = 'zanzibar staircase'
const plantedWords = 'He keeps a quokka in the cloakroom.'

describe.each(storeKinds)('an alert that leaves a member out, on %s', (kind) => {
  let office: TestOffice
  let served: ServedApp
  let community: TestCommunity
  let dataDir: string
  const logged: string[] = []

  beforeEach(async () => {
    logged.length = 0
    dataDir = await mkdtemp(join(tmpdir(), 'bellwether-alert-'))
    office = await testOffice(kind)
    community = await foundCommunity(office)
    const log = pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) })
    served = await serveApp(office, dataDir, {}, log)
  })
  afterEach(async () => {
    await served.stop()
    await office.drop()
    await rm(dataDir, { recursive: true, force: true })
  })

  const id = (name: string): string => community.person(name).id
  const offered = (): string[] => Object.values(community.people).map((person) => person.id)
  const get = async (name: string, path: string): Promise<string> => {
    const { cookie } = await sessionOf(office, community.person(name).account)
    return (await served.send(`/api/v1${path}`, { headers: { cookie } })).text()
  }
  const post = (body: AlertBody): Promise<Response> =>
    served.send(`/api/v1/communities/${community.shortName}/alerts`, json('POST', body))
  const call = async (involved: readonly string[], token = newId()): Promise<string> => {
    const given = { involved: involved.map(id), offered: offered(), event: null }
    const readers = alertReaders(community.directory, given)
    const sealed = await sealAlertWords(community.id, plantedWords, community.directory, readers)
    const words = { sealed: toBase64(sealed), directory: community.directory.head }
    await answerOf(post({ ...given, token, place: plantedPlace, words }))
    const { id: alert } = await office.store.db.selectFrom('alert').select('id').executeTakeFirstOrThrow()
    return alert
  }
  /** What somebody hears of while `during` happens. */
  const heard = async (name: string, during: () => Promise<unknown>): Promise<string> => {
    const { cookie } = await sessionOf(office, community.person(name).account)
    const stream = await served.send('/api/v1/live', { headers: { cookie } })
    const reader = (stream.body as ReadableStream<Uint8Array>).getReader()
    let text = ''
    const reading = (async () => {
      for (;;) {
        const { value, done } = await reader.read()
        if (done) return
        text += new TextDecoder().decode(value)
      }
    })().catch(() => {})
    await during()
    await wait(400)
    await reader.cancel()
    await reading
    return text
  }

  test('K1: no row of theirs, no notice, no event, no answer that differs', async () => {
    const before = await get('Pat', '/alerts')
    const casesBefore = await get('Pat', '/cases')
    const log = pino({ level: 'silent' })
    const due = startDue(office, log)
    const alerts = startAlerts(office, {
      smtpUrl: undefined,
      mailFrom: undefined,
      vapidSubject: undefined,
      reachPrivate: false,
      dataDir,
      publicUrl: () => served.origin,
      log,
    })
    let alert = ''
    const told = await heard('Pat', async () => {
      alert = await call(['Pat'])
      for (const at of [2, 5, 10, 15]) {
        office.clock.set(office.clock.now() + at * minute)
        await due.runDue()
        await alerts.runDue()
      }
      await itGotWorse(office, alert)
    })
    expect(told).not.toContain('alert')
    expect(await get('Pat', '/alerts')).toBe(before)
    expect(await get('Pat', '/cases')).toBe(casesBefore)
    expect(await get('Pat', '/communities/chipy/outbox')).not.toContain('alert')
    // In the whole database they stand where they are left out, and in nothing else of it.
    const { account } = community.person('Pat')
    const mine = (await everyValue(office.store.db, kind)).filter(
      ({ value, table }) =>
        typeof value === 'string' &&
        (value.includes(id('Pat')) || value === account) &&
        (table.startsWith('alert') || table === 'outbox' || table === 'log'),
    )
    expect([...new Set(mine.map(({ table }) => table))]).toEqual(['alert_exclusion'])
    // The others hear of it.
    expect(
      await heard('Sam', () => itGotWorse(office, alert).then(() => office.store.publish('alert', alert))),
    ).toContain(`event: alert`)
    expect(await get('Sam', '/alerts')).toContain(alert)
    await alerts.stop()
    await due.stop()
  })

  test('K1: not even with the whole database and all their keys are the words theirs', async () => {
    const alert = await call(['Gus'])
    const answer = JSON.parse(await get('Sam', `/alerts/${alert}`)) as { sealedWords: string; place: string }
    expect(answer.place).toBe(plantedPlace)
    const sealed = fromBase64(answer.sealedWords)
    const open = (name: string) =>
      openAlertWords(sealed, community.person(name).keyring.identity, community.id)
    expect(await open('Sam')).toBe(plantedWords)
    await expect(open('Gus')).rejects.toThrow()
  })

  test('words sealed to somebody who is left out, or by an old directory, are refused', async () => {
    const given = { involved: [id('Gus')], offered: offered(), token: newId(), event: null, place: null }
    const everybody = alertReaders(community.directory, { involved: [], offered: [] })
    const sealed = toBase64(await sealAlertWords(community.id, 'x', community.directory, everybody))
    for (const directory of [community.directory.head, '0'.repeat(64)]) {
      const answer = await post({ ...given, words: { sealed, directory } })
      expect(await answer.json()).toMatchObject({ code: 'recipients-changed' })
    }
    expect(await office.store.db.selectFrom('alert').select('id').execute()).toEqual([])
  })

  test('the place and the words stand nowhere in the clear: not in the database, the log, an address', async () => {
    const token = newId()
    await call([], token)
    const form = new URLSearchParams({
      token: newId(),
      place: plantedPlace,
      words: plantedWords,
      offered: offered().join(' '),
    })
    const plain = await served.send('/chipy/alert', { method: 'POST', body: form, redirect: 'manual' })
    expect(plain.status).toBe(303)
    expect(plain.headers.get('location')).not.toMatch(/quokka|zanzibar/)
    const whole = (await everyValue(office.store.db, kind)).map(({ value }) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value),
    )
    expect(whole.length).toBeGreaterThan(50)
    for (const planted of ['quokka', 'zanzibar', 'staircase', 'cloakroom', token])
      expect([planted, whole.filter((value) => value.includes(planted))]).toEqual([planted, []])
    expect(logged.join('')).not.toMatch(/quokka|zanzibar|staircase|cloakroom/)
    // Whoever called sees where they said they are; nobody sees the words again.
    const page = await (await served.send(`/chipy/alert/${token}`)).text()
    expect(page).toContain(plantedPlace)
    expect(page).not.toContain('quokka')
  })

  test('D3: with everybody involved, the page says at once that nobody can be called, with the numbers', async () => {
    const form = new URLSearchParams([
      ['token', newId()],
      ['offered', offered().join(' ')],
      ...offered().map((one) => ['involved', one]),
    ])
    const answer = await served.send('/chipy/alert', { method: 'POST', body: form })
    expect(answer.status).toBe(409)
    const text = await answer.text()
    expect(text).toContain('Nobody can be called this way')
    expect(text).toContain('href="tel:911"')
  })

  test('many calls from one place: the API asks for work, the page says that nobody was called, with the numbers', async () => {
    const given = { involved: [], offered: [], event: null, place: null, words: null }
    const token = newId()
    for (let sent = 0; sent < 60; sent += 1) await post({ ...given, token })
    const refused = await post({ ...given, token: newId() })
    expect(await refused.json()).toMatchObject({ code: 'too-many', challenge: expect.any(String) })
    const page = await served.send('/chipy/alert', {
      method: 'POST',
      body: new URLSearchParams({ token: newId(), place: 'here' }),
    })
    expect(page.status).toBe(429)
    const text = await page.text()
    expect(text).toContain('value="here"')
    expect(text).toContain('href="tel:911"')
    expect(await office.store.db.selectFrom('alert').select('id').execute()).toHaveLength(1)
  })
})
