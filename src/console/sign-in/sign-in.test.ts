import { expect, it, vi } from 'vitest'
import { newKeyring, publicKeysOf } from '../../sealing/keyring.ts'
import { passphraseCost, passphraseUnlocker, recoveryUnlocker } from '../../sealing/unlocker.ts'
import type { Api } from '../api/client.ts'
import type { SealedUnlocker, Session } from '../api/shapes.ts'
import { newPassphrase, newRecoveryKit, WrongUnlocker } from '../keys/unlock.ts'
import {
  signInWithKit,
  signInWithPassphrase,
  TooCheap,
  unlockWithPassphrase,
  waysToUnlock,
} from './sign-in.ts'

const cost = { ...passphraseCost(new Uint8Array(16)), memory: 8 * 1024, passes: 1 }
const kit = 'utopia campfire rewrap crease railcar slashed green dry accompany snore'
const workOut = (passphrase: string, given: typeof cost) => passphraseUnlocker(passphrase, given)

async function pat() {
  const keyring = newKeyring()
  const account = { id: 'pat', name: 'Pat', email: 'pat@example.org', keys: await publicKeysOf(keyring) }
  const phrase = await newPassphrase(
    keyring,
    await passphraseUnlocker('some long passphrase', cost),
    cost,
    '',
  )
  const words = await newRecoveryKit(keyring, kit.split(' '), '')
  return { keyring, account, phrase, words }
}

const apiOf = (answers: Readonly<Record<string, unknown>>) => {
  const sent: unknown[] = []
  const send = vi.fn(async (_method: string, path: string, body: unknown) => {
    sent.push(body)
    return answers[path]
  })
  return { api: { send } as unknown as Api, sent }
}

it('signs in with a passphrase that is never sent', async () => {
  const { keyring, account, phrase } = await pat()
  const signedIn = { account, sealedKeyring: phrase.sealedKeyring, unlocker: 'u', memberships: [] }
  const { api, sent } = apiOf({ '/session/passphrase/cost': { cost }, '/session/passphrase': signedIn })
  const typed = { email: account.email, passphrase: 'some long passphrase' }
  const entered = await signInWithPassphrase(api, workOut, typed, () => {})
  expect(entered.keyring?.identity).toBe(keyring.identity)
  expect(JSON.stringify(sent)).not.toContain('some long passphrase')
  expect(sent.at(-1)).toMatchObject({ token: 'token' in phrase ? phrase.token : '' })
})

it.each([{ memory: 8 }, { passes: 0 }, { lanes: 0 }])(
  'gives no token to a server that asks for one it could guess from (%o)',
  async (cheap) => {
    const { api, sent } = apiOf({ '/session/passphrase/cost': { cost: { ...cost, ...cheap } } })
    const typed = { email: 'pat@example.org', passphrase: 'some long passphrase' }
    await expect(signInWithPassphrase(api, workOut, typed, () => {})).rejects.toThrow(TooCheap)
    expect(sent).toHaveLength(1)
  },
)

it('signs in with a recovery kit, and says so where its keyring does not open', async () => {
  const { keyring, account, words } = await pat()
  const token = recoveryUnlocker(kit).token
  const signedIn = { account, sealedKeyring: words.sealedKeyring, unlocker: 'u', memberships: [] }
  const { api, sent } = apiOf({ '/session/recovery': signedIn })
  const entered = await signInWithKit(api, { email: account.email, words: kit.toUpperCase() })
  expect(entered.keyring?.identity).toBe(keyring.identity)
  expect(sent[0]).toEqual({ email: account.email, token })
  const foreign = { ...signedIn, sealedKeyring: (await pat()).words.sealedKeyring }
  const other = await signInWithKit(apiOf({ '/session/recovery': foreign }).api, {
    email: account.email,
    words: kit,
  })
  expect(other.keyring).toBeNull()
})

it('offers only the ways that hold the keyring', async () => {
  const { account, keyring, phrase } = await pat()
  const line = (some: Partial<SealedUnlocker>): SealedUnlocker => ({
    id: 'x',
    kind: 'passkey',
    cost: null,
    sealedKeyring: null,
    credentialId: 'c',
    ...some,
  })
  const ways = waysToUnlock([
    line({}),
    line({ kind: 'passphrase', cost, sealedKeyring: phrase.sealedKeyring as string, credentialId: null }),
  ])
  expect(ways.passkeys).toEqual([])
  expect(ways.kits).toEqual([])
  const session = { account } as unknown as Session
  const opened = await unlockWithPassphrase(ways, session, workOut, 'some long passphrase', () => {})
  expect(opened.identity).toBe(keyring.identity)
  await expect(
    unlockWithPassphrase(ways, session, workOut, 'another one entirely', () => {}),
  ).rejects.toThrow(WrongUnlocker)
})
