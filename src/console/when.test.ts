import { expect, it } from 'vitest'
import { dateAndTime, dayOf, fromNow, shortTime } from './when.ts'

const at = Date.UTC(2027, 9, 28, 23, 30)
const zone = 'America/Chicago'
const hour = 3_600_000

it('says an instant in the community’s zone, and the year only where it is another', () => {
  expect(dateAndTime(at, at, zone, 'en')).toBe('Thu 28 Oct 18:30')
  expect(dateAndTime(at, Date.UTC(2028, 3, 1), zone, 'en')).toBe('Thu 28 Oct 2027 18:30')
  expect(shortTime(at, at + hour, zone, 'en')).toBe('18:30')
  // Midnight UTC is not midnight there.
  expect(shortTime(at, at + 10 * hour, zone, 'en')).toBe('Thu 28 Oct 18:30')
  expect(dayOf(at, zone, 'en')).toBe('Thursday, October 28')
})

it('says how far away an instant is, in one unit, never more than there is', () => {
  expect(fromNow(at + 4 * 24 * hour, at, 'en')).toBe('in 4 days')
  expect(fromNow(at + 47 * hour, at, 'en')).toBe('in 47 hours')
  expect(fromNow(at + 3.9 * hour, at, 'en')).toBe('in 3 hours')
  expect(fromNow(at + hour / 2, at, 'en')).toBe('in 30 minutes')
  expect(fromNow(at - 2 * hour, at, 'en')).toBe('2 hours ago')
  expect(fromNow(at + 1000, at, 'en')).toBe('in 1 minute')
  expect(fromNow(at - 1000, at, 'es')).toBe('hace 1 minuto')
})
