import { expect, it } from 'vitest'
import { instantOf, wallClockOf } from './wall-time.ts'

it('takes a wall-clock time in the community’s zone, through the changes of the clock', () => {
  expect(instantOf('2027-11-04T18:30', 'America/Chicago')).toBe(Date.UTC(2027, 10, 4, 23, 30))
  expect(instantOf('2027-11-11T18:30', 'America/Chicago')).toBe(Date.UTC(2027, 10, 12, 0, 30))
  // Twice on that day: the first. Not at all: as much later as the clock was moved on.
  expect(instantOf('2027-11-07T01:30', 'America/Chicago')).toBe(Date.UTC(2027, 10, 7, 6, 30))
  expect(instantOf('2027-03-14T02:30', 'America/Chicago')).toBe(Date.UTC(2027, 2, 14, 8, 30))
  expect(instantOf('', 'America/Chicago')).toBeNull()
})

it('gives it back as it was', () => {
  const at = instantOf('2027-11-11T18:30', 'Australia/Lord_Howe')
  expect(wallClockOf(at as number, 'Australia/Lord_Howe')).toBe('2027-11-11T18:30')
})
