import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  BodyError,
  checkAnswerBody,
  checkCompletionBody,
  checkFileRef,
  checkMessageBody,
  checkNoteBody,
  limits,
} from './records.ts'

const file = { upload: 'u1', name: 'a.png', type: 'image/png', size: 0, sha256: '0'.repeat(64) }

test('each body is given back as it came', () => {
  expect(checkNoteBody({ text: 'x' })).toEqual({ text: 'x' })
  expect(checkMessageBody({ template: 'M1', text: 'x' })).toEqual({ template: 'M1', text: 'x' })
  expect(checkMessageBody({ template: null, text: 'x' })).toEqual({ template: null, text: 'x' })
  expect(checkAnswerBody({ text: '', files: [file] })).toEqual({ text: '', files: [file] })
  expect(checkAnswerBody({ text: 'x', files: [] })).toEqual({ text: 'x', files: [] })
  const completion = { who: '', what: 'warning', actionTaken: true, decisionWanted: null }
  expect(checkCompletionBody(completion)).toEqual(completion)
})

test('what is empty, too long, of another template or another type is refused', () => {
  expect(() => checkNoteBody({ text: ' ' })).toThrow('“text” is empty')
  expect(() => checkNoteBody({ text: 'x'.repeat(limits.note + 1) })).toThrow('too long')
  expect(() => checkMessageBody({ template: 'M11', text: 'x' })).toThrow('“template”')
  expect(() => checkMessageBody({ text: 'x' })).toThrow('“template”')
  expect(() => checkAnswerBody({ text: '', files: [] })).toThrow('“text” is empty')
  expect(() => checkAnswerBody({ text: 'x' })).toThrow('“files”')
  expect(() => checkCompletionBody({ who: '', what: '', actionTaken: 'yes', decisionWanted: null })).toThrow(
    '“actionTaken”',
  )
})

describe('a file reference', () => {
  test.each([
    ['size', 1.5],
    ['size', -1],
    ['size', '12'],
    ['sha256', 'G'.repeat(64)],
    ['sha256', '0'.repeat(63)],
    ['upload', ''],
    ['name', 'x'.repeat(256)],
  ])('a wrong %s is named: %j', (key, value) => {
    expect(() => checkFileRef({ ...file, [key]: value })).toThrow(`“file.${key}”`)
  })
})

test('opened content is hostile: a body or a BodyError, never anything else', () => {
  const checks = [checkNoteBody, checkMessageBody, checkAnswerBody, checkCompletionBody, checkFileRef]
  fc.assert(
    fc.property(fc.anything(), fc.constantFrom(...checks), (value, check) => {
      try {
        check(value)
      } catch (error) {
        if (!(error instanceof BodyError)) throw error
      }
    }),
  )
})
