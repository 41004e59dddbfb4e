import fc from 'fast-check'
import { expect, test } from 'vitest'
import { open, seal } from './envelope.ts'
import { receiptOf, receiptWords } from './receipt.ts'
import { recoveryUnlocker } from './unlocker.ts'
import { drawWords } from './words.ts'

test('a code typed in any case and with any separators leads to the same receipt', async () => {
  const words = drawWords(receiptWords)
  const expected = await receiptOf(words.join(' '))
  const separator = fc.constantFrom(' ', '  ', '\n', '-', ', ', '. ', '\t')
  await fc.assert(
    fc.asyncProperty(
      fc.array(separator, { minLength: 8, maxLength: 8 }),
      fc.boolean(),
      async (between, upper) => {
        const typed = words
          .map((word, index) => (upper ? word.toUpperCase() : word) + between[index])
          .join('')
        expect(await receiptOf(typed)).toEqual(expected)
      },
    ),
    { numRuns: 20 },
  )
})

test('one other word leads to an entirely different receipt', async () => {
  const words = drawWords(receiptWords)
  const right = await receiptOf(words.join(' '))
  const wrong = await receiptOf([...words.slice(0, 7), `${words[7]}s`].join(' '))
  for (const part of ['lookup', 'token', 'identity', 'recipient', 'verifyKey'] as const)
    expect(wrong[part]).not.toBe(right[part])
})

test('what is sealed to a receipt opens with its code on another device', async () => {
  const code = drawWords(receiptWords).join(' ')
  const sealed = await seal(new Uint8Array([1, 2, 3]), [(await receiptOf(code)).recipient])
  expect(await open(sealed, (await receiptOf(code)).identity)).toEqual(new Uint8Array([1, 2, 3]))
})

test('the parts of a receipt, and a recovery kit of the same words, share nothing', async () => {
  const code = drawWords(receiptWords).join(' ')
  const { lookup, token, identity } = await receiptOf(code)
  const kit = recoveryUnlocker(code)
  expect(new Set([lookup, token.slice(0, 22), identity, kit.identity, kit.token]).size).toBe(5)
})

test('words are drawn from the whole list, evenly', () => {
  const words = drawWords(20_000)
  // 7776 words: about 7180 of them come up; far fewer would mean a part of the list is never drawn.
  expect(new Set(words).size).toBeGreaterThan(7050)
})
