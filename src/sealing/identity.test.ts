import { bech32 } from '@scure/base'
import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { randomBytes } from './bytes.ts'
import { identityOf, isHybridRecipient, newIdentity, recipientOf } from './identity.ts'

const recipient = await recipientOf(newIdentity())

test('a recipient made from any identity is a hybrid one, and the same each time', async () => {
  const seed = randomBytes(32)
  const made = await recipientOf(identityOf(seed))
  expect(isHybridRecipient(made)).toBe(true)
  expect(await recipientOf(identityOf(seed))).toBe(made)
})

test('with any character changed, cut or added it is none', () => {
  const character = fc.constantFrom(...'qpzry9x8gf2tvdw0s3jn54khce6mua7l1bioQ \u00e9')
  fc.assert(
    fc.property(fc.nat(recipient.length - 1), character, (at, other) => {
      fc.pre(recipient[at] !== other)
      expect(isHybridRecipient(recipient.slice(0, at) + other + recipient.slice(at + 1))).toBe(false)
      expect(isHybridRecipient(recipient.slice(0, at))).toBe(false)
      expect(isHybridRecipient(recipient.slice(0, at) + other + recipient.slice(at))).toBe(false)
    }),
  )
})

test('what the library of bech32 itself would refuse or read as something else is none', async () => {
  const { words } = bech32.decode(recipient as `${string}1${string}`, false)
  const encoded = (prefix: string, five: number[]): string => bech32.encode(prefix, five, false)
  expect(encoded('age1pq', words)).toBe(recipient)
  expect(isHybridRecipient(encoded('age1pz', words))).toBe(false)
  expect(isHybridRecipient(encoded('age', words))).toBe(false)
  expect(isHybridRecipient(encoded('age1pq', words.slice(8)))).toBe(false)
  // Bits after the last byte that are not zero: the same bytes under another name.
  for (const bits of [1, 2, 3])
    expect(
      isHybridRecipient(encoded('age1pq', [...words.slice(0, -1), (words.at(-1) as number) | bits])),
    ).toBe(false)
  expect(isHybridRecipient(recipient.toUpperCase())).toBe(false)
  expect(isHybridRecipient(await identityToRecipient(await generateX25519Identity()))).toBe(false)
  for (const other of [undefined, null, 7, {}, '']) expect(isHybridRecipient(other)).toBe(false)
})
