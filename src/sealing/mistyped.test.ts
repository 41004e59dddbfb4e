import { expect, test } from 'vitest'
import { effLong } from './eff-long.ts'
import { mistakeIn } from './mistyped.ts'
import { receiptWords } from './receipt.ts'
import { drawWords } from './words.ts'

test('a code is found right however it is typed, the words with a hyphen included', () => {
  for (let again = 0; again < 50; again += 1) {
    const words = drawWords(receiptWords)
    for (const typed of [words.join(' '), words.join('-'), ` ${words.join('\n').toUpperCase()}. `])
      expect(mistakeIn(typed, receiptWords)).toBeNull()
  }
  const hyphened = effLong.filter((word) => word.includes('-'))
  expect(hyphened.length).toBeGreaterThan(0)
  expect(mistakeIn(hyphened.join('-'), hyphened.length)).toBeNull()
})

test('a slip is named', () => {
  const words = drawWords(receiptWords)
  expect(mistakeIn(words.slice(1).join(' '), receiptWords)).toEqual({ what: 'length', found: 7 })
  expect(mistakeIn('', receiptWords)).toEqual({ what: 'length', found: 0 })
  expect(mistakeIn(['marbel', ...words.slice(1)].join(' '), receiptWords)).toEqual({
    what: 'word',
    word: 'marbel',
  })
})
