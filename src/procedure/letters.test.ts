import { expect, test } from 'vitest'
import { readLetter } from './letters.ts'
import { BodyError } from './records.ts'

const file = { upload: 'u', name: 'a.png', type: 'image/png', size: 1, sha256: '0'.repeat(64) }

test('a report, a message and an answer are read; the report keeps everything it says', () => {
  const report = { narrative: 'It happened.', where: 'lobby', evidence: [file] }
  expect(readLetter('report', report)).toEqual({ text: 'It happened.', report, files: [file] })
  expect(readLetter('message', { template: 'M1', text: 'Thank you.' })).toEqual({
    text: 'Thank you.',
    report: null,
    files: [],
  })
  expect(readLetter('answer', { text: '', files: [file] })).toEqual({ text: '', report: null, files: [file] })
})

test('what is of another kind or shape is refused', () => {
  for (const [kind, body] of [
    ['note', { text: 'internal' }],
    ['report', { narrative: '' }],
    ['message', { text: 'x' }],
    ['answer', { text: 'x', files: [], html: '<b>' }],
  ] as const)
    expect(() => readLetter(kind, body)).toThrow(BodyError)
})
