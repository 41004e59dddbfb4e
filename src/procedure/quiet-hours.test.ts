import { expect, test } from 'vitest'
import { quietUntil } from './quiet-hours.ts'

const chicago = 'America/Chicago'
const at = (iso: string): number => Date.parse(iso)
const night = { from: 22 * 60, until: 7 * 60 }

test('past midnight: quiet from the evening until the morning, on the wall clock, ends not included', () => {
  const morning = at('2026-06-02T07:00-05:00')
  expect(quietUntil(night, chicago, at('2026-06-01T21:59-05:00'))).toBeNull()
  expect(quietUntil(night, chicago, at('2026-06-01T22:00-05:00'))).toBe(morning)
  expect(quietUntil(night, chicago, at('2026-06-02T03:00-05:00'))).toBe(morning)
  expect(quietUntil(night, chicago, at('2026-06-02T06:59-05:00'))).toBe(morning)
  expect(quietUntil(night, chicago, morning)).toBeNull()
})

test('within a day, and a whole day where both ends are the same', () => {
  const lunch = { from: 12 * 60, until: 13 * 60 + 30 }
  expect(quietUntil(lunch, chicago, at('2026-06-01T12:30-05:00'))).toBe(at('2026-06-01T13:30-05:00'))
  expect(quietUntil(lunch, chicago, at('2026-06-01T11:00-05:00'))).toBeNull()
  const always = { from: 0, until: 0 }
  expect(quietUntil(always, chicago, at('2026-06-01T12:30-05:00'))).toBe(at('2026-06-02T00:00-05:00'))
})

test('the wall clock decides where daylight saving changes: Chicago loses an hour, gains one, Lord Howe half of one', () => {
  expect(quietUntil(night, chicago, at('2026-03-08T01:00-06:00'))).toBe(at('2026-03-08T07:00-05:00'))
  expect(quietUntil(night, chicago, at('2026-11-01T01:30-06:00'))).toBe(at('2026-11-01T07:00-06:00'))
  expect(quietUntil(night, 'Australia/Lord_Howe', at('2026-10-04T01:00+10:30'))).toBe(
    at('2026-10-04T07:00+11:00'),
  )
  // 02:30 is skipped on that day in Chicago: it is quiet until 03:30 of the new time, the same instant later.
  expect(quietUntil({ from: 0, until: 150 }, chicago, at('2026-03-08T01:59-06:00'))).toBe(
    at('2026-03-08T03:30-05:00'),
  )
})

test('the zone of the community decides, not that of the machine', () => {
  const noonInChicago = at('2026-06-01T12:00-05:00')
  expect(quietUntil(night, chicago, noonInChicago)).toBeNull()
  expect(quietUntil(night, 'Asia/Kolkata', noonInChicago)).toBe(at('2026-06-02T07:00+05:30'))
})
