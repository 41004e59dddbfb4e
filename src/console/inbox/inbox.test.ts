import { expect, it } from 'vitest'
import type { CaseLine } from '../api/shapes.ts'
import { markOf } from './inbox.ts'

const now = Date.UTC(2027, 9, 28)
const day = 24 * 3_600_000
const line = (some: Partial<CaseLine>): CaseLine =>
  ({
    state: 'acknowledged',
    overdue: false,
    blocked: false,
    due: { what: 'resolve', at: now + 10 * day },
    ...some,
  }) as CaseLine

it('marks a line with what is most pressing about its case', () => {
  expect(markOf(line({}), now)).toBe('state')
  expect(markOf(line({ due: { what: 'resolve', at: now + 4 * day } }), now)).toBe('due')
  expect(markOf(line({ overdue: true }), now)).toBe('overdue')
  expect(markOf(line({ overdue: true, blocked: true }), now)).toBe('blocked')
  expect(markOf(line({ state: 'on-file', due: { what: null, at: null } }), now)).toBe('state')
})
