import { expect, test } from 'vitest'
import { followUpAt, remindAgainAt } from './tasks.ts'

const hour = 3_600_000

test('B4, E3: reminders go on until it is done: after 1, 2, 4, 8 and 16 hours, then every day', () => {
  const due = followUpAt(Date.UTC(2027, 9, 28, 18))
  expect(due).toBe(Date.UTC(2027, 9, 28, 18, 15))
  const after: number[] = []
  for (let at = due; after.length < 8; ) {
    at = remindAgainAt(due, at)
    after.push((at - due) / hour)
  }
  expect(after).toEqual([1, 2, 4, 8, 16, 32, 56, 80])
})
