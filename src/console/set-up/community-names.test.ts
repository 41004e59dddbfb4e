import { expect, it } from 'vitest'
import { isEmail, isShortName, shortNameFrom, timeZones } from './community-names.ts'

it('makes a short name that can be one, from any name', () => {
  expect(shortNameFrom('Chicago Python (ChiPy)')).toBe('chicago-python-chipy')
  expect(shortNameFrom('Ágora Málaga')).toBe('agora-malaga')
  expect(shortNameFrom('東京')).toBe('')
  expect(isShortName(shortNameFrom(`${'x'.repeat(39)} y`))).toBe(true)
  expect(isShortName('-a')).toBe(false)
  expect(isShortName('a')).toBe(false)
})

it('offers the browser’s own zone even if the list does not have it', () => {
  expect(timeZones('Mars/Olympus')[0]).toBe('Mars/Olympus')
  expect(timeZones('America/Chicago')).toContain('America/Chicago')
})

it('knows what cannot be a mail address', () => {
  expect(isEmail(' pat@example.org ')).toBe(true)
  expect(isEmail('pat@example')).toBe(false)
  expect(isEmail('pat example.org')).toBe(false)
})
