import { tmpdir } from 'node:os'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ServedApp, serveApp } from '../../../test/support/app.ts'
import { makeAuthenticator, type Passkey } from '../../../test/support/authenticator.ts'
import { type Browser, type MadeMember, openBrowser, setUp } from '../../../test/support/browser.ts'
import { storeKinds, type TestOffice, testOffice } from '../../../test/support/office.ts'
import { setupToken } from '../../casework/setup-link.ts'
import { fromBase64, toBase64 } from '../../sealing/bytes.ts'
import { recipientOf } from '../../sealing/identity.ts'
import { openKeyring, sealKeyring } from '../../sealing/keyring.ts'
import {
  type PassphraseCost,
  passkeyUnlocker,
  passphraseUnlocker,
  recoveryUnlocker,
} from '../../sealing/unlocker.ts'
import type { SignedInAnswer } from './account-shapes.ts'
import type { KeyringsAnswer, SessionAnswer } from './session.ts'
import type { SessionLine } from './sessions.ts'

const minute = 60_000

describe.each(storeKinds)('signing in on %s', (kind) => {
  let office: TestOffice
  let served: ServedApp
  let founder: MadeMember
  let number = 0

  beforeAll(async () => {
    office = await testOffice(kind)
    served = await serveApp(office, tmpdir())
    founder = await someone()
  })
  afterAll(async () => {
    await served?.stop()
    await office?.drop()
  })

  async function someone(): Promise<MadeMember> {
    number += 1
    const token = (await setupToken(office, { always: true })) as string
    const made = await setUp(served.send, token, { name: `Pat${number}`, shortName: `pat-${number}` })
    return made.founder
  }
  const open = (userAgent?: string): Browser => openBrowser(served.send, userAgent)
  const tokenOf = async ({ passphrase, cost }: MadeMember) =>
    (await passphraseUnlocker(passphrase, cost)).token
  const signIn = async (member: MadeMember, browser = open(), token?: string) =>
    browser.call<SignedInAnswer & { code: string; seconds: number }>('POST', '/session/passphrase', {
      email: member.email,
      token: token ?? (await tokenOf(member)),
    })
  const isSignedIn = async (browser: Browser) => (await browser.call('GET', '/session')).status === 200

  describe('with a passphrase', () => {
    it('asks for its cost, signs in, and gives the keyring that it unlocks', async () => {
      const browser = open()
      const email = founder.email.toUpperCase()
      const { body } = await browser.call<{ cost: PassphraseCost }>('POST', '/session/passphrase/cost', {
        email,
      })
      const { identity, token } = await passphraseUnlocker(founder.passphrase, body.cost)
      const answer = await browser.call<SignedInAnswer>('POST', '/session/passphrase', { email, token })
      expect(answer).toMatchObject({
        status: 200,
        body: { account: { email: founder.email }, memberships: [{ id: founder.id, chair: true }] },
      })
      const sealed = fromBase64(answer.body.sealedKeyring as string)
      expect(await openKeyring(sealed, identity)).toEqual(founder.keyring)
      expect(await isSignedIn(browser)).toBe(true)
    })

    it('answers for an unknown address as for a known one, always the same', async () => {
      const cost = async (email: string) =>
        (await open().call<{ cost: PassphraseCost }>('POST', '/session/passphrase/cost', { email })).body.cost
      const unknown = await cost('nobody@example.org')
      expect(unknown).toEqual(await cost('Nobody@example.org'))
      expect(unknown.salt).not.toBe((await cost('somebody@example.org')).salt)
      expect(unknown).toMatchObject({ memory: 32 * 1024, passes: 3, lanes: 1 })
      expect(fromBase64(unknown.salt)).toHaveLength(16)
    })

    it('refuses a wrong one and an unknown address with the same words', async () => {
      const member = await someone()
      const wrong = await signIn(member, open(), 'A'.repeat(43))
      const unknown = await signIn({ ...member, email: 'nobody@example.org' }, open(), 'A'.repeat(43))
      expect(wrong).toMatchObject({ status: 401, body: { code: 'sign-in-failed' } })
      expect(wrong.body).toEqual(unknown.body)
      expect(wrong.headers.get('set-cookie')).toBeNull()
    })

    it('slows guessing down, for unknown addresses too, and locks nobody out', async () => {
      const member = await someone()
      for (const email of [member.email, `nobody-${kind}@example.org`]) {
        const guess = () => signIn({ ...member, email }, open(), 'A'.repeat(43))
        for (let tries = 0; tries < 4; tries += 1) expect((await guess()).status).toBe(401)
        expect((await guess()).body).toMatchObject({ code: 'sign-in-failed', seconds: 2 })
        expect((await guess()).body).toMatchObject({ code: 'too-many', seconds: 2 })
      }
      expect((await signIn(member)).body.code).toBe('too-many')
      const kit = { email: member.email, token: recoveryUnlocker(member.kit).token }
      expect(await open().call('POST', '/session/recovery', kit)).toMatchObject({ status: 200 })
      office.clock.set(office.clock.now() + 2000)
      expect((await signIn(member)).status).toBe(200)
      expect((await signIn(member, open(), 'A'.repeat(43))).body.code).toBe('sign-in-failed')
      expect((await signIn(member)).status).toBe(200)
    })

    it('does not let many at once around that', async () => {
      const member = await someone()
      const many = await Promise.all(Array.from({ length: 30 }, () => signIn(member, open(), 'A'.repeat(43))))
      expect(many.filter(({ body }) => body.code === 'sign-in-failed')).toHaveLength(5)
      expect(many.filter(({ body }) => body.code === 'too-many')).toHaveLength(25)
    })
  })

  it('signs in with a recovery kit, and unlocks', async () => {
    const { identity, token } = recoveryUnlocker(founder.kit.toUpperCase().replaceAll(' ', '\n'))
    const answer = await open().call<SignedInAnswer>('POST', '/session/recovery', {
      email: founder.email,
      token,
    })
    expect(answer.status).toBe(200)
    const sealed = fromBase64(answer.body.sealedKeyring as string)
    expect(await openKeyring(sealed, identity)).toEqual(founder.keyring)
    const passphraseToken = { email: founder.email, token: await tokenOf(founder) }
    expect((await open().call('POST', '/session/recovery', passphraseToken)).status).toBe(401)
  })

  describe('with a passkey', () => {
    interface Asked {
      readonly challenge: string
      readonly options: { readonly rpId: string; readonly userVerification: string }
    }
    const ask = async (browser: Browser) =>
      (await browser.call<Asked>('POST', '/session/passkey/options')).body

    async function withPasskey(hasPrf = true): Promise<{ member: MadeMember; passkey: Passkey }> {
      const member = await someone()
      const { body } = await member.browser.call<Asked>('POST', '/unlockers/passkey/options')
      const { passkey, attestation } = makeAuthenticator(served.origin, { hasPrf }).create(body.options)
      const prf = passkey.prf(body.options)
      const sealed =
        prf && (await sealKeyring(member.keyring, await recipientOf(passkeyUnlocker(prf).identity)))
      const answer = await member.browser.call('POST', '/unlockers', {
        kind: 'passkey',
        label: 'Phone',
        attestation,
        challenge: body.challenge,
        sealedKeyring: sealed && toBase64(sealed),
      })
      expect(answer.status).toBe(201)
      return { member, passkey }
    }

    it('signs in and unlocks with one answer', async () => {
      const { member, passkey } = await withPasskey()
      const browser = open()
      const { challenge, options } = await ask(browser)
      expect(options).toMatchObject({ rpId: 'localhost', userVerification: 'required' })
      const assertion = passkey.assert(options)
      const answer = await browser.call<SignedInAnswer>('POST', '/session/passkey', { challenge, assertion })
      expect(answer).toMatchObject({ status: 200, body: { account: { email: member.email } } })
      const { identity } = passkeyUnlocker(passkey.prf(options) as Uint8Array)
      const sealed = fromBase64(answer.body.sealedKeyring as string)
      expect(await openKeyring(sealed, identity)).toEqual(member.keyring)
    })

    it('signs in without PRF, and gives nothing to unlock', async () => {
      const { member, passkey } = await withPasskey(false)
      const { challenge, options } = await ask(open())
      const browser = open()
      const answer = await browser.call('POST', '/session/passkey', {
        challenge,
        assertion: passkey.assert(options),
      })
      expect(answer).toMatchObject({ status: 200, body: { sealedKeyring: null } })
      const { body } = await browser.call<KeyringsAnswer>('GET', '/session/keyrings')
      expect(body.unlockers.find(({ kind: which }) => which === 'passkey')).toMatchObject({
        credentialId: passkey.id,
        sealedKeyring: null,
      })
      const passphrase = body.unlockers.find(({ kind: which }) => which === 'passphrase')
      const { identity } = await passphraseUnlocker(member.passphrase, passphrase?.cost as PassphraseCost)
      const sealed = fromBase64(passphrase?.sealedKeyring as string)
      expect(await openKeyring(sealed, identity)).toEqual(member.keyring)
    })

    it('refuses every answer that is not fresh, ours, verified, and by a passkey we know', async () => {
      const { passkey } = await withPasskey()
      const refused = async (body: unknown) =>
        expect(await open().call('POST', '/session/passkey', body)).toMatchObject({
          status: 401,
          body: { code: 'passkey-failed' },
        })
      const used = await ask(open())
      const assertion = passkey.assert(used.options)
      expect((await open().call('POST', '/session/passkey', { ...used, assertion })).status).toBe(200)
      await refused({ challenge: used.challenge, assertion })

      const other = await ask(open())
      const fresh = await ask(open())
      await refused({ challenge: other.challenge, assertion: passkey.assert(fresh.options) })
      await refused({
        challenge: fresh.challenge,
        assertion: passkey.assert(fresh.options, { origin: 'https://evil.example' }),
      })
      await refused({
        challenge: fresh.challenge,
        assertion: passkey.assert(fresh.options, { verified: false }),
      })
      await refused({ challenge: fresh.challenge, assertion: passkey.assert(fresh.options, { counter: 1 }) })
      const answered = passkey.assert(fresh.options, { counter: 100 })
      const { response } = passkey.assert(other.options, { counter: 100 })
      await refused({
        challenge: fresh.challenge,
        assertion: { ...answered, response: { ...answered.response, signature: response.signature } },
      })
      const stranger = Buffer.alloc(20, 7).toString('base64url')
      await refused({
        challenge: fresh.challenge,
        assertion: { ...answered, id: stranger, rawId: stranger },
      })
      const forged = `${fresh.challenge.slice(0, -4)}AAAA`
      await refused({ challenge: forged, assertion: passkey.assert({ challenge: forged }, { counter: 101 }) })
      await refused({ challenge: 'nonsense', assertion: answered })

      office.clock.set(office.clock.now() + 5 * minute)
      await refused({ challenge: fresh.challenge, assertion: answered })
    })

    it('is used by one of two who send the same answer at once', async () => {
      const { passkey } = await withPasskey()
      const { challenge, options } = await ask(open())
      const assertion = passkey.assert(options)
      const answers = await Promise.all(
        [1, 2].map(() => open().call('POST', '/session/passkey', { challenge, assertion })),
      )
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 401])
    })

    it('refuses, loudly, what holds the result of PRF: it would be the key itself', async () => {
      const { passkey } = await withPasskey()
      const { challenge, options } = await ask(open())
      const assertion = {
        ...passkey.assert(options),
        clientExtensionResults: { prf: { results: { first: 'c2VjcmV0' } } },
      }
      expect(await open().call('POST', '/session/passkey', { challenge, assertion })).toMatchObject({
        status: 400,
        body: { code: 'invalid-input' },
      })
    })

    it('keeps nothing of a challenge that is never answered', async () => {
      const kept = async () => (await office.store.db.selectFrom('challenge').selectAll().execute()).length
      const before = await kept()
      for (let asked = 0; asked < 5; asked += 1) await ask(open())
      expect(await kept()).toBe(before)
    })
  })

  describe('a session', () => {
    it('rests on a cookie that no script and no other site can use', async () => {
      const { headers } = await signIn(founder)
      const cookie = headers.get('set-cookie') ?? ''
      expect(cookie).toMatch(/^session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/)
      expect(headers.get('cache-control')).toBe('no-store')
    })

    it('is a __Host- cookie where HTTPS is', async () => {
      const secure = await serveApp(office, tmpdir(), { secure: true })
      const { headers } = await openBrowser(secure.send).call('POST', '/session/passphrase', {
        email: founder.email,
        token: await tokenOf(founder),
      })
      await secure.stop()
      expect(headers.get('set-cookie')).toMatch(/^__Host-session=.*; Secure/)
    })

    it('is kept as the hash of its token alone', async () => {
      const browser = open()
      await signIn(founder, browser)
      const token = (browser.cookie() as string).split('=')[1] as string
      const rows = await office.store.db.selectFrom('session').selectAll().execute()
      expect(JSON.stringify(rows)).not.toContain(token)
    })

    it('rotates at sign-in: the old token signs nobody in', async () => {
      const browser = open()
      await signIn(founder, browser)
      const old = browser.cookie() as string
      await signIn(founder, browser)
      expect(browser.cookie()).not.toBe(old)
      expect((await open().call('GET', '/session', undefined, { cookie: old })).status).toBe(401)
      expect(await isSignedIn(browser)).toBe(true)
    })

    it('ends after 30 minutes without use, and lasts while it is used', async () => {
      const browser = open()
      await signIn(founder, browser)
      for (let times = 0; times < 3; times += 1) {
        office.clock.set(office.clock.now() + 29 * minute)
        expect(await isSignedIn(browser)).toBe(true)
      }
      office.clock.set(office.clock.now() + 30 * minute)
      expect(await browser.call('GET', '/session')).toMatchObject({
        status: 401,
        body: { code: 'not-signed-in' },
      })
    })

    it('ends at sign-out, on the server too', async () => {
      const browser = open()
      await signIn(founder, browser)
      const cookie = browser.cookie() as string
      expect((await browser.call('DELETE', '/session')).status).toBe(204)
      expect(browser.cookie()).toBeNull()
      expect((await open().call('GET', '/session', undefined, { cookie })).status).toBe(401)
    })

    it('tells who is signed in, for how long, and the server’s time', async () => {
      const browser = open()
      await signIn(founder, browser)
      const { body } = await browser.call<SessionAnswer>('GET', '/session')
      expect(body).toMatchObject({ idleMs: 30 * minute, now: office.clock.now() })
      expect(body.unlockers.find(({ kind: which }) => which === 'passphrase')?.usedAt).toBe(
        office.clock.now(),
      )
      expect(JSON.stringify(body)).not.toContain('sealedKeyring')
    })

    it('is listed with others in two words, and ended from another', async () => {
      const member = await someone()
      const phone = open(
        'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Safari/604',
      )
      await signIn(member, phone)
      const { body } = await member.browser.call<SessionLine[]>('GET', '/sessions')
      expect(body.map(({ label, current }) => ({ label, current }))).toEqual(
        expect.arrayContaining([
          { label: 'Safari, iPhone', current: false },
          { label: 'Firefox, Linux', current: true },
        ]),
      )
      expect(body).toHaveLength(2)
      const other = body.find(({ current }) => !current)?.handle
      expect((await member.browser.call('DELETE', `/sessions/${other}`)).status).toBe(204)
      expect(await isSignedIn(phone)).toBe(false)
      expect(await isSignedIn(member.browser)).toBe(true)
      expect((await member.browser.call('DELETE', `/sessions/${other}`)).status).toBe(404)
    })

    it('cannot be ended by somebody else', async () => {
      const [one, two] = [await someone(), await someone()]
      const { body } = await one.browser.call<SessionLine[]>('GET', '/sessions')
      expect((await two.browser.call('DELETE', `/sessions/${body[0]?.handle}`)).status).toBe(404)
      expect(await isSignedIn(one.browser)).toBe(true)
    })

    it('cannot be used from another site', async () => {
      const browser = open()
      await signIn(founder, browser)
      const headers = { origin: 'https://evil.example' }
      expect(await browser.call('DELETE', '/session', undefined, headers)).toMatchObject({
        status: 403,
        body: { code: 'wrong-origin' },
      })
      expect(await isSignedIn(browser)).toBe(true)
    })
  })
})
