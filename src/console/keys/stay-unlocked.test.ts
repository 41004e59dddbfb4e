import { expect, it } from 'vitest'
import { newKeyring } from '../../sealing/keyring.ts'
import { keepKeys, makeDevice, openKept } from './stay-unlocked.ts'

it('keeps a keyring with a key that cannot be taken out of the browser', async () => {
  const held = { account: 'pat', keyring: newKeyring() }
  const kept = await keepKeys(held, 1000)
  expect(kept.key.extractable).toBe(false)
  await expect(crypto.subtle.exportKey('raw', kept.key)).rejects.toThrow()
  expect(await openKept(kept)).toEqual(held)
})

it('opens nothing whose end or owner was changed', async () => {
  const kept = await keepKeys({ account: 'pat', keyring: newKeyring() }, 1000)
  await expect(openKept({ ...kept, until: 2000 })).rejects.toThrow()
  await expect(openKept({ ...kept, account: 'sam' })).rejects.toThrow()
})

it('keeps nothing, and fails at nothing, where the browser has no store', async () => {
  const device = makeDevice(() => 0)
  await device.stayUnlocked({ account: 'pat', keyring: newKeyring() })
  expect(await device.unlocked('pat')).toBeNull()
  expect(await device.until()).toBeNull()
})
