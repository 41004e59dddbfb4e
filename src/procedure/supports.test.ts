import { describe, expect, test } from 'vitest'
import { BodyError, checkSupportBody } from './records.ts'
import { checkReportBody } from './report.ts'
import { openSupports, supportsOf } from './supports.ts'

describe('B4: what is wanted and not yet arranged is an open task', () => {
  const report = checkReportBody({ narrative: 'x', escort: 'wanted', friend: 'declined', police: 'wanted' })

  test('what is wanted is open; what is declined or was never offered is not', () => {
    expect(openSupports(report, [])).toEqual(['escort', 'police'])
    expect(openSupports(checkReportBody({ narrative: 'x' }), [])).toEqual([])
    expect(openSupports(checkReportBody({ narrative: 'x', friend: 'arranged' }), [])).toEqual([])
  })

  test('what was recorded last counts, and it can be wanted again', () => {
    const arranged = { support: 'escort', state: 'arranged' } as const
    expect(openSupports(report, [arranged])).toEqual(['police'])
    expect(openSupports(report, [arranged, { support: 'escort', state: 'wanted' }])).toEqual([
      'escort',
      'police',
    ])
    expect(supportsOf(report, [arranged])).toEqual([
      { key: 'escort', state: 'arranged' },
      { key: 'friend', state: 'declined' },
      { key: 'police', state: 'wanted' },
    ])
  })

  test('a support that was not offered in the report can still come up', () => {
    expect(
      openSupports(checkReportBody({ narrative: 'x' }), [{ support: 'friend', state: 'wanted' }]),
    ).toEqual(['friend'])
  })

  test('a record of anything else is refused', () => {
    expect(checkSupportBody({ support: 'friend', state: 'declined' })).toEqual({
      support: 'friend',
      state: 'declined',
    })
    for (const wrong of [
      { support: 'taxi', state: 'wanted' },
      { support: 'friend' },
      { support: 'friend', state: 'x' },
      null,
    ])
      expect(() => checkSupportBody(wrong)).toThrow(BodyError)
    expect(() => checkReportBody({ narrative: 'x', escort: 'perhaps' })).toThrow(BodyError)
  })
})
