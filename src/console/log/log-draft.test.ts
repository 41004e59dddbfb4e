import { describe, expect, test } from 'vitest'
import { mayKeepOnFile } from '../../procedure/lifecycle.ts'
import { BodyError } from '../../procedure/records.ts'
import { onFileFacts } from '../../procedure/report.ts'
import { emptyLog, reportOf, wallClock } from './log-draft.ts'

const given = {
  name: 'Eli',
  now: Date.parse('2027-10-28T18:30:00-05:00'),
  timeZone: 'America/Chicago',
  said: 'A verbal warning.',
}

describe('E1: a warning', () => {
  test('only the behavior is needed; who warned and when are there from the start', () => {
    const draft = emptyLog('warning', given)
    expect(() => reportOf('warning', draft)).toThrow(BodyError)
    expect(reportOf('warning', { ...draft, narrative: ' He shouted. ' })).toEqual({
      narrative: 'He shouted.',
      warnedBy: 'Eli',
      warnedAt: { exact: '2027-10-28T18:30' },
      dealtWith: 'yes',
      dealtHow: 'A verbal warning.',
      decisionWanted: 'no',
      logged: 'warning',
    })
  })

  test('E2, H3: it can be kept on file; a talk that was stopped cannot, since the committee decides (E4)', () => {
    const facts = (kind: 'warning' | 'talk') =>
      onFileFacts(reportOf(kind, { ...emptyLog(kind, given), narrative: 'x' }))
    expect(mayKeepOnFile(facts('warning')).ok).toBe(true)
    expect(mayKeepOnFile(facts('talk'))).toEqual({ ok: false, reason: 'decision-wanted' })
  })

  test('F2: what somebody told in private says nothing that they did not say', () => {
    const draft = { ...emptyLog('told', given), narrative: 'x', nothingDone: true, involved: ['gus'] }
    expect(reportOf('told', { ...draft, supports: { escort: 'wanted' } })).toEqual({
      narrative: 'x',
      nothingDone: 'yes',
      escort: 'wanted',
      involved: ['gus'],
      logged: 'told',
    })
  })

  test('times are those of the community, also in the hour that comes twice and on another day', () => {
    expect(wallClock(Date.parse('2027-11-07T06:30:00Z'), 'America/Chicago')).toBe('2027-11-07T01:30')
    expect(wallClock(Date.parse('2027-11-07T07:30:00Z'), 'America/Chicago')).toBe('2027-11-07T01:30')
    expect(wallClock(Date.parse('2027-12-31T13:00:00Z'), 'Australia/Lord_Howe')).toBe('2028-01-01T00:00')
  })
})
