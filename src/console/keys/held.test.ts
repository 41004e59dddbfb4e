import { expect, it, vi } from 'vitest'
import { newKeyring } from '../../sealing/keyring.ts'
import { makeKeyHolder } from './held.ts'

it('forgets the keys, what they opened, and tells whoever shows it', () => {
  const forget = vi.fn()
  const holder = makeKeyHolder(forget)
  const told = vi.fn()
  const stop = holder.subscribe(told)
  const keyring = newKeyring()
  holder.hold({ account: 'pat', keyring })
  expect(holder.current()?.account).toBe('pat')
  holder.drop()
  expect(holder.current()).toBeNull()
  expect(keyring.signingSeed.every((byte) => byte === 0)).toBe(true)
  expect(forget).toHaveBeenCalledOnce()
  expect(told).toHaveBeenCalledTimes(2)
  stop()
  holder.drop()
  expect(told).toHaveBeenCalledTimes(2)
})
