import { expect, test } from 'vitest'
import { randomBytes } from '../../sealing/bytes.ts'
import { passphraseCost, passphraseUnlocker } from '../../sealing/unlocker.ts'
import { stretched } from './stretched.ts'

test('a passphrase stretched by Node opens what a browser opens with it', async () => {
  const cost = { ...passphraseCost(randomBytes(16)), memory: 256 }
  // As typed with a combining accent on one keyboard, and as one character on another.
  expect(await stretched('cafe\u0301 with oat milk', cost)).toEqual(
    await passphraseUnlocker('caf\u00e9 with oat milk', cost),
  )
})
