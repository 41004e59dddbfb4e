import { randomBytes } from 'node:crypto'
import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestOffice, testOffice } from '../../test/support/office.ts'
import { cookieName, type Env, type GuardSettings, guard } from './guard.ts'
import { answerProblem, refusalOf } from './problems.ts'

let office: TestOffice
beforeAll(async () => {
  office = await testOffice('sqlite')
})
afterAll(() => office?.drop())

const ours = 'https://help.example.org'

/** What a request is answered that changes something, on a route for anybody. */
function asking(settings: Partial<GuardSettings> = {}) {
  const app = new Hono<Env>()
  const all = { secure: true, origin: ours, metricsToken: undefined, testClock: false, ...settings }
  for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'])
    app.on(method, '/', guard('anybody', office, all), (c) => c.text('done'))
  app.onError((error, c) => answerProblem(c, refusalOf(error)))
  return async (headers: Record<string, string>, method = 'POST'): Promise<number> =>
    (await app.request(`${ours}/`, { method, headers })).status
}

describe('where a request comes from', () => {
  const foreign = [
    'https://evil.example.org',
    'http://help.example.org',
    'https://help.example.org:8443',
    'https://help.example.org.evil.example',
    'https://sub.help.example.org',
  ]

  test('our own pages may change something, others may not, whatever the method', async () => {
    const ask = asking()
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      expect(await ask({ origin: ours }, method)).toBe(200)
      for (const origin of foreign) expect(await ask({ origin }, method)).toBe(403)
    }
  })

  test('reading is for whoever asks', async () => {
    for (const method of ['GET', 'HEAD'])
      expect(await asking()({ origin: foreign[0] as string }, method)).toBe(200)
  })

  test('a form on a page without a referrer says null: then the browser’s own word counts', async () => {
    const ask = asking()
    expect(await ask({ origin: 'null', 'sec-fetch-site': 'same-origin' })).toBe(200)
    for (const site of ['cross-site', 'same-site', 'something'])
      expect(await ask({ origin: 'null', 'sec-fetch-site': site })).toBe(403)
  })

  test('a foreign origin stays one, whatever else is said', async () => {
    expect(await asking()({ origin: foreign[0] as string, 'sec-fetch-site': 'same-origin' })).toBe(403)
  })

  test('with neither, only who brings no session may: it cannot be somebody else’s', async () => {
    for (const secure of [true, false]) {
      const ask = asking({ secure })
      const cookie = `${cookieName(secure)}=${randomBytes(32).toString('base64url')}`
      for (const headers of [{}, { origin: 'null' }] as Record<string, string>[]) {
        expect(await ask(headers)).toBe(200)
        expect(await ask({ ...headers, cookie })).toBe(403)
      }
      expect(await ask({ 'sec-fetch-site': 'same-origin', cookie })).toBe(200)
      expect(await ask({ 'sec-fetch-site': 'none', cookie })).toBe(200)
    }
  })

  test('without a public address it is the host that was asked', async () => {
    const ask = asking({ origin: undefined })
    expect(await ask({ origin: ours })).toBe(200)
    for (const origin of foreign) expect(await ask({ origin })).toBe(403)
  })
})

test('the cookie has the name that browsers guard, wherever there is HTTPS', () => {
  expect(cookieName(true)).toBe('__Host-session')
  expect(cookieName(false)).toBe('session')
})
