import { tmpdir } from 'node:os'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ServedApp, serveApp } from '../../../test/support/app.ts'
import { makeAuthenticator, type Twist } from '../../../test/support/authenticator.ts'
import {
  type Browser,
  kitFor,
  type MadeMember,
  openBrowser,
  passphraseFor,
  setUp,
} from '../../../test/support/browser.ts'
import { storeKinds, type TestOffice, testOffice } from '../../../test/support/office.ts'
import { setupToken } from '../../casework/setup-link.ts'
import { newId } from '../../sealing/bytes.ts'
import type { NewUnlockerBody } from './account-shapes.ts'
import type { SessionAnswer } from './session.ts'
import type { UnlockerLine } from './unlockers.ts'

describe.each(storeKinds)('ways to sign in on %s', (kind) => {
  let office: TestOffice
  let served: ServedApp
  let number = 0

  beforeAll(async () => {
    office = await testOffice(kind)
    served = await serveApp(office, tmpdir())
  })
  afterAll(async () => {
    await served?.stop()
    await office?.drop()
  })

  async function someone(): Promise<MadeMember & { readonly community: string }> {
    number += 1
    const token = (await setupToken(office, { always: true })) as string
    const shortName = `pat-${number}`
    const { founder } = await setUp(served.send, token, { name: `Pat${number}`, shortName })
    return { ...founder, community: shortName }
  }
  const listed = async (browser: Browser): Promise<UnlockerLine[]> =>
    (await browser.call<SessionAnswer>('GET', '/session')).body.unlockers
  const idOf = async (member: MadeMember, which: string): Promise<string> =>
    (await listed(member.browser)).find((one) => one.kind === which)?.id as string
  const signsIn = async (member: MadeMember, way: 'passphrase' | 'recovery', unlocker: NewUnlockerBody) =>
    (
      await openBrowser(served.send).call('POST', `/session/${way}`, {
        email: member.email,
        token: 'token' in unlocker ? unlocker.token : '',
      })
    ).status === 200
  const askPasskey = async ({ browser }: MadeMember) =>
    (await browser.call<{ challenge: string; options: object }>('POST', '/unlockers/passkey/options')).body
  const passkeyBody = async (
    member: MadeMember,
    device = makeAuthenticator(served.origin),
    twist: Twist = {},
  ) => {
    const { challenge, options } = await askPasskey(member)
    const { attestation } = device.create(options, twist)
    return { kind: 'passkey', label: 'Key', attestation, challenge, sealedKeyring: null }
  }

  it('lets a new passphrase take the place of the old one, which stops working', async () => {
    const member = await someone()
    const old = await passphraseFor(member.keyring, member.passphrase, member.cost)
    const made = await passphraseFor(member.keyring, 'a quite different one')
    expect(await signsIn(member, 'passphrase', old)).toBe(true)
    expect((await member.browser.call('POST', '/unlockers', made)).status).toBe(201)
    expect(await signsIn(member, 'passphrase', old)).toBe(false)
    expect(await signsIn(member, 'passphrase', made)).toBe(true)
    expect(await listed(member.browser)).toHaveLength(2)
  })

  it('lets a new kit take the place of the old one', async () => {
    const member = await someone()
    const made = await kitFor(member.keyring, 'ten other words')
    expect((await member.browser.call('POST', '/unlockers', made)).status).toBe(201)
    expect(await signsIn(member, 'recovery', await kitFor(member.keyring, member.kit))).toBe(false)
    expect(await signsIn(member, 'recovery', made)).toBe(true)
  })

  it('puts passkeys side by side, and asks no device twice', async () => {
    const member = await someone()
    const device = makeAuthenticator(served.origin)
    expect((await member.browser.call('POST', '/unlockers', await passkeyBody(member, device))).status).toBe(
      201,
    )
    expect((await member.browser.call('POST', '/unlockers', await passkeyBody(member))).status).toBe(201)
    expect((await listed(member.browser)).filter((one) => one.kind === 'passkey')).toHaveLength(2)
    await expect(passkeyBody(member, device)).rejects.toThrow('already')
  })

  it('asks for a discoverable passkey, with PRF, and no attestation', async () => {
    const member = await someone()
    expect((await askPasskey(member)).options).toMatchObject({
      rp: { id: 'localhost' },
      user: { name: member.email, displayName: member.name },
      attestation: 'none',
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      extensions: { prf: { eval: { first: 'YmVsbHdldGhlci91bmxvY2tlci9wYXNza2V5L3Yx' } } },
    })
  })

  it('refuses a passkey that is unverified, made elsewhere, known already, or for a challenge used before', async () => {
    const member = await someone()
    const refused = async (body: unknown) =>
      expect(await member.browser.call('POST', '/unlockers', body)).toMatchObject({
        status: 401,
        body: { code: 'passkey-failed' },
      })
    await refused(await passkeyBody(member, undefined, { verified: false }))
    await refused(await passkeyBody(member, undefined, { origin: 'https://evil.example' }))
    const good = await passkeyBody(member)
    const other = await passkeyBody(member)
    await refused({ ...good, challenge: other.challenge })
    expect((await member.browser.call('POST', '/unlockers', good)).status).toBe(201)
    await refused(good)
    const { attestation } = makeAuthenticator(served.origin).create({
      challenge: good.challenge,
      rp: { id: 'localhost' },
    })
    await refused({ ...good, attestation })
  })

  it('takes no certificate of a device’s maker, which nobody asked for', async () => {
    const member = await someone()
    const body = await passkeyBody(member, undefined, { tellsMake: true })
    expect(await member.browser.call('POST', '/unlockers', body)).toMatchObject({
      status: 401,
      body: { code: 'passkey-failed' },
    })
  })

  it('never takes the last one that opens the keyring away', async () => {
    const member = await someone()
    await member.browser.call('POST', '/unlockers', await passkeyBody(member))
    const remove = async (which: string) =>
      member.browser.call('DELETE', `/unlockers/${await idOf(member, which)}`)
    expect(await remove('recovery')).toMatchObject({ status: 204 })
    expect(await remove('passphrase')).toMatchObject({ status: 409, body: { code: 'last-unlocker' } })
    expect(await remove('passkey')).toMatchObject({ status: 204 })
    expect((await listed(member.browser)).map((one) => one.kind)).toEqual(['passphrase'])
  })

  it('does not take one of the two away from somebody on call', async () => {
    const member = await someone()
    const from = office.clock.now() + 1000
    const duty = { id: newId(), from, to: null, primary: member.id, secondary: null, why: null }
    const set = await member.browser.call('POST', `/communities/${member.community}/roster/overrides`, duty)
    expect(set.status).toBe(204)
    const kit = await idOf(member, 'recovery')
    expect(await member.browser.call('DELETE', `/unlockers/${kit}`)).toMatchObject({
      status: 409,
      body: { code: 'one-unlocker' },
    })
  })

  it('is nobody else’s to take away', async () => {
    const [one, two] = [await someone(), await someone()]
    const kit = await idOf(one, 'recovery')
    expect((await two.browser.call('DELETE', `/unlockers/${kit}`)).status).toBe(404)
    expect((await two.browser.call('DELETE', `/unlockers/${newId()}`)).status).toBe(404)
    expect(await idOf(one, 'recovery')).toBe(kit)
  })

  it('takes no more than twenty', async () => {
    const member = await someone()
    for (let more = 0; more < 18; more += 1)
      expect((await member.browser.call('POST', '/unlockers', await passkeyBody(member))).status).toBe(201)
    expect((await member.browser.call('POST', '/unlockers', await passkeyBody(member))).status).toBe(413)
  })
})
