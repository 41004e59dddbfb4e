import { expect, test } from 'vitest'
import { codeSecret } from './code.ts'
import { effLong } from './eff-long.ts'
import { drawWords } from './words.ts'

test('different words never run together into the same letters: no word begins with another', () => {
  const all = effLong.map((word) => new TextDecoder().decode(codeSecret(word)))
  const letters = [...new Set(all)].sort()
  // yo-yo and yoyo are one.
  expect([all.length, letters.length]).toEqual([6 ** 5, 6 ** 5 - 1])
  // Sorted, a word that another begins with comes right before one of those.
  letters.forEach((word, index) => {
    expect(letters[index + 1]?.startsWith(word) ?? false, word).toBe(false)
  })
})

test('words are drawn from the whole list, each as likely', () => {
  const drawn = drawWords(60_000)
  expect(drawn.every((word) => effLong.includes(word))).toBe(true)
  // Of 7776 words, e^-7.7 is missed: about 3.5 of them.
  expect(new Set(drawn).size).toBeGreaterThan(7740)
})
