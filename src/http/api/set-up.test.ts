import { tmpdir } from 'node:os'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ServedApp, serveApp } from '../../../test/support/app.ts'
import { makeAuthenticator } from '../../../test/support/authenticator.ts'
import { newPerson, openBrowser, passphraseFor, setUp, setUpBody } from '../../../test/support/browser.ts'
import { storeKinds, type TestOffice, testOffice } from '../../../test/support/office.ts'
import { setupToken } from '../../casework/setup-link.ts'
import { newId, toBase64 } from '../../sealing/bytes.ts'
import { seal } from '../../sealing/envelope.ts'
import { newIdentity, recipientOf } from '../../sealing/identity.ts'
import { newKeyring, publicKeysOf, sealKeyring } from '../../sealing/keyring.ts'
import { passkeyUnlocker } from '../../sealing/unlocker.ts'
import { verifyLog } from '../../store/log.ts'

describe.each(storeKinds)('set-up on %s', (kind) => {
  let office: TestOffice
  let served: ServedApp
  const linkToken = async () => (await setupToken(office, { always: true })) as string
  const post = (token: string, body: unknown) =>
    openBrowser(served.send).call('POST', '/set-up', body, { authorization: `Setup ${token}` })

  beforeAll(async () => {
    office = await testOffice(kind)
    served = await serveApp(office, tmpdir())
  })
  afterAll(async () => {
    await served?.stop()
    await office?.drop()
  })

  it('offers a link while there is no community, and only the newest works', async () => {
    const first = (await setupToken(office)) as string
    const second = (await setupToken(office)) as string
    const body = await setUpBody(await newPerson('Ann'), { shortName: 'first' })
    expect(await post(first, body)).toMatchObject({ status: 410, body: { code: 'link-used' } })
    expect(await post(second, body)).toMatchObject({ status: 201, body: { community: 'first' } })
    expect(await setupToken(office)).toBeNull()
  })

  it('makes the founder the first member and chair, signed in, and begins the log', async () => {
    const { founder, community } = await setUp(served.send, await linkToken(), {
      name: 'Bo',
      shortName: 'bo',
    })
    expect(await founder.browser.call('GET', '/session')).toMatchObject({
      status: 200,
      body: {
        account: { name: 'Bo', email: 'bo@example.org', keys: await publicKeysOf(founder.keyring) },
        memberships: [
          {
            id: founder.id,
            standing: 'member',
            chair: true,
            community: { id: community, shortName: 'bo', name: 'Chicago Python', demo: false },
          },
        ],
        unlockers: [
          { kind: 'passphrase', unlocks: true },
          { kind: 'recovery', unlocks: true },
        ],
      },
    })
    expect(await founder.browser.call('GET', '/communities/bo')).toMatchObject({
      body: { fingerprint: expect.stringMatching(/^([0-9A-Z]{4} ){5}[0-9A-Z]{4}$/) },
    })
    expect(await verifyLog(office.store.db, community)).toMatchObject({ ok: true, entries: 1 })
  })

  it('uses the link up, even for two at the same instant', async () => {
    const token = await linkToken()
    const bodies = await Promise.all(
      ['Cy', 'Di'].map(async (name) => setUpBody(await newPerson(name), { shortName: name.toLowerCase() })),
    )
    const answers = await Promise.all(bodies.map((body) => post(token, body)))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 410])
  })

  it('takes a passkey that unlocks', async () => {
    const token = await linkToken()
    const browser = openBrowser(served.send)
    const person = { name: 'Ed', email: 'ed@example.org' }
    const { body: asked } = await browser.call<{ challenge: string; options: object }>(
      'POST',
      '/passkeys/options',
      person,
    )
    const { passkey, attestation } = makeAuthenticator(served.origin).create(asked.options)
    const made = await newPerson('Ed')
    const { identity } = passkeyUnlocker(passkey.prf(asked.options) as Uint8Array)
    const sealed = await sealKeyring(made.member.keyring, await recipientOf(identity))
    const unlocker = {
      kind: 'passkey' as const,
      label: 'Laptop',
      attestation,
      challenge: asked.challenge,
      sealedKeyring: toBase64(sealed),
    }
    const body = await setUpBody({ ...made, unlockers: [unlocker] }, { shortName: 'ed' })
    const answer = await browser.call('POST', '/set-up', body, { authorization: `Setup ${token}` })
    expect(answer).toMatchObject({ status: 201 })
    expect(await browser.call('GET', '/session')).toMatchObject({
      body: { unlockers: [{ kind: 'passkey', label: 'Laptop', unlocks: true }] },
    })
  })

  describe('keeps nothing of', () => {
    const counts = async () => {
      const { db } = office.store
      const [communities, accounts] = await Promise.all([
        db.selectFrom('community').select('id').execute(),
        db.selectFrom('account').select('id').execute(),
      ])
      return [communities.length, accounts.length]
    }
    const refuses = async (
      change: (body: Awaited<ReturnType<typeof setUpBody>>) => unknown,
      problem: { status: number; code: string },
    ) => {
      const token = await linkToken()
      const before = await counts()
      const body = await setUpBody(await newPerson('Zoe', 'zoe@example.org'), { shortName: `zoe-${kind}` })
      const { status, code } = problem
      expect(await post(token, change(body))).toMatchObject({ status, body: { code } })
      expect(await counts()).toEqual(before)
    }

    it('a wrong token', async () => {
      const body = await setUpBody(await newPerson('Zoe'))
      expect(await post('x'.repeat(43), body)).toMatchObject({ status: 410 })
      expect(await openBrowser(served.send).call('POST', '/set-up', body)).toMatchObject({ status: 404 })
    })

    it('a short name that is taken, or leads elsewhere', async () => {
      await setUp(served.send, await linkToken(), { name: 'Fay', shortName: 'fay' })
      const named = (shortName: string) => (body: Awaited<ReturnType<typeof setUpBody>>) => ({
        ...body,
        community: { ...body.community, shortName },
      })
      await refuses(named('fay'), { status: 409, code: 'name-taken' })
      await refuses(named('console'), { status: 409, code: 'name-taken' })
      await refuses(named('Fay!'), { status: 400, code: 'invalid-input' })
    })

    it('an address that somebody has, however it is capitalized', async () => {
      await setUp(served.send, await linkToken(), { name: 'Gil', shortName: 'gil' })
      await refuses((body) => ({ ...body, founder: { name: 'Gil', email: 'GIL@Example.org' } }), {
        status: 409,
        code: 'address-taken',
      })
    })

    it('a founding entry that the founder did not sign', async () => {
      const other = await setUpBody(await newPerson('Hal'))
      await refuses(
        (body) => ({
          ...body,
          directoryEntry: { ...body.directoryEntry, signature: other.directoryEntry.signature },
        }),
        { status: 422, code: 'directory-refused' },
      )
    })

    it('a founding entry for other keys, another member, another community', async () => {
      const keys = await publicKeysOf(newKeyring())
      const refused = { status: 422, code: 'directory-refused' }
      await refuses((body) => ({ ...body, keys }), refused)
      await refuses((body) => ({ ...body, memberId: newId() }), refused)
      await refuses((body) => ({ ...body, communityId: newId() }), refused)
    })

    it('a recovery recipient of another kind', async () => {
      await refuses((body) => ({ ...body, recoveryRecipient: `age1${'q'.repeat(58)}` }), {
        status: 400,
        code: 'malformed-envelope',
      })
    })

    it('a recovery recipient that the founder did not sign', async () => {
      const recoveryRecipient = await recipientOf(newIdentity())
      await refuses((body) => ({ ...body, recoveryRecipient }), { status: 422, code: 'directory-refused' })
    })

    it('unlockers of which none opens the keyring', async () => {
      await refuses((body) => ({ ...body, unlockers: [] }), { status: 400, code: 'invalid-input' })
    })

    it('a keyring that is not sealed, or sealed to two', async () => {
      const twice = await seal(new Uint8Array(10), [
        await recipientOf(newIdentity()),
        await recipientOf(newIdentity()),
      ])
      for (const sealedKeyring of [toBase64(twice), toBase64(new Uint8Array(100))])
        await refuses(
          (body) => ({ ...body, unlockers: [{ ...(body.unlockers[0] as object), sealedKeyring }] }),
          { status: 400, code: 'malformed-envelope' },
        )
    })

    it('a passphrase that is stretched too little', async () => {
      const keyring = newKeyring()
      const weak = await passphraseFor(keyring, 'correct horse', {
        salt: toBase64(new Uint8Array(16)),
        memory: 64,
        passes: 1,
        lanes: 1,
      })
      await refuses((body) => ({ ...body, unlockers: [weak] }), { status: 400, code: 'invalid-input' })
    })

    it('a time zone nobody has', async () => {
      for (const timeZone of ['Mars/Olympus', '+05:30', ''])
        await refuses((body) => ({ ...body, community: { ...body.community, timeZone } }), {
          status: 400,
          code: 'invalid-input',
        })
    })
  })
})
