import { describe, expect, it } from 'vitest'
import { newKeyring, publicKeysOf } from '../../sealing/keyring.ts'
import {
  passkeyUnlocker,
  passphraseCost,
  passphraseUnlocker,
  recoveryUnlocker,
} from '../../sealing/unlocker.ts'
import { prfResult, withoutPrf } from './passkey.ts'
import {
  isWholeKit,
  newPasskey,
  newPassphrase,
  newRecoveryKit,
  unlock,
  unlockWithAny,
  WrongUnlocker,
} from './unlock.ts'

const kit = 'utopia campfire rewrap crease railcar slashed green dry accompany snore'.split(' ')
const cost = { ...passphraseCost(new Uint8Array(16)), memory: 8 * 1024, passes: 1 }

describe('an unlocker', () => {
  it('opens the keyring it was made for: passphrase, kit and passkey', async () => {
    const keyring = newKeyring()
    const keys = await publicKeysOf(keyring)
    const phrase = await passphraseUnlocker('correct horse battery', cost)
    const byPhrase = await newPassphrase(keyring, phrase, cost, '')
    expect(byPhrase).toMatchObject({ kind: 'passphrase', token: phrase.token })
    expect((await unlock(byPhrase.sealedKeyring as string, phrase.identity, keys)).identity).toBe(
      keyring.identity,
    )
    const byKit = await newRecoveryKit(keyring, kit, '')
    const typed = recoveryUnlocker(` ${kit.join(', ').toUpperCase()}\n`)
    expect((await unlock(byKit.sealedKeyring as string, typed.identity, keys)).identity).toBe(
      keyring.identity,
    )
    const prf = new Uint8Array(32).fill(7)
    const byPasskey = await newPasskey(keyring, { attestation: {} as never, prf }, 'challenge', '')
    expect(
      (await unlock(byPasskey.sealedKeyring as string, passkeyUnlocker(prf).identity, keys)).identity,
    ).toBe(keyring.identity)
  })

  it('is refused when it is wrong, and when the server hands out somebody else’s keyring', async () => {
    const keyring = newKeyring()
    const keys = await publicKeysOf(keyring)
    const sealed = (await newRecoveryKit(keyring, kit, '')).sealedKeyring as string
    const wrong = recoveryUnlocker([...kit].reverse().join(' '))
    await expect(unlock(sealed, wrong.identity, keys)).rejects.toThrow(WrongUnlocker)
    const foreign = (await newRecoveryKit(newKeyring(), kit, '')).sealedKeyring as string
    const right = recoveryUnlocker(kit.join(' '))
    await expect(unlock(foreign, right.identity, keys)).rejects.toThrow(WrongUnlocker)
    const any = [foreign, sealed].map((sealedKeyring, index) => ({
      id: String(index),
      kind: 'recovery' as const,
      cost: null,
      sealedKeyring,
      credentialId: null,
    }))
    expect((await unlockWithAny(any, right.identity, keys)).identity).toBe(keyring.identity)
  })

  it('signs in but does not unlock where the device gives no PRF result', async () => {
    const made = await newPasskey(newKeyring(), { attestation: {} as never, prf: null }, 'challenge', '')
    expect(made.sealedKeyring).toBeNull()
  })
})

it('never sends the PRF result, which is a key', () => {
  const prf = new Uint8Array(32).fill(9).buffer
  const answer = {
    id: 'x',
    clientExtensionResults: { credProps: { rk: true }, prf: { results: { first: prf } } },
  }
  expect(prfResult(answer.clientExtensionResults)).toEqual(new Uint8Array(32).fill(9))
  expect(withoutPrf(answer)).toEqual({ id: 'x', clientExtensionResults: { credProps: { rk: true } } })
  expect(prfResult({ prf: { results: { first: new Uint8Array(16) } } })).toBeNull()
  expect(prfResult({})).toBeNull()
})

it('knows a whole recovery kit from a part of one', () => {
  expect(isWholeKit(kit.join(' '))).toBe(true)
  expect(isWholeKit(`1. ${kit.join('\n2. ')}`)).toBe(true)
  expect(isWholeKit(kit.slice(1).join(' '))).toBe(false)
  expect(isWholeKit('')).toBe(false)
})
