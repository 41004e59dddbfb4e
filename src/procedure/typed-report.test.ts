import { describe, expect, test } from 'vitest'
import { fieldsFor, reportFields } from './report.ts'
import { eventOption, readTypedReport } from './typed-report.ts'

const form = (typed: Record<string, string | string[]>): URLSearchParams => {
  const filled = new URLSearchParams({ offered: 'sam pat' })
  for (const [name, values] of Object.entries(typed))
    for (const value of [values].flat()) filled.append(name, value)
  return filled
}
const read = (typed: Record<string, string | string[]>, members: string[] = ['pat', 'sam']) =>
  readTypedReport(form(typed), members)

describe('C: the form becomes a report', () => {
  test('the narrative is all that is needed; what was left empty is not said', () => {
    const empty = Object.fromEntries(reportFields.map(({ key }) => [key, '']))
    expect(read({ ...empty, narrative: ' He followed me.\r\nTwice. ' })).toEqual({
      report: { narrative: 'He followed me.\nTwice.' },
      notice: null,
      problems: [],
    })
  })

  test('every field of the form arrives', () => {
    const typed = {
      narrative: 'a',
      circumstances: 'b',
      whoName: 'c',
      whoBadge: 'd',
      whoLooks: 'e',
      where: 'f',
      others: 'g',
      goingOn: 'no',
      dealtWith: 'unsure',
      dealtHow: 'h',
      decisionWanted: 'yes',
      needs: 'i',
      nothingDone: 'yes',
      reporterName: 'j',
      reach: 'k',
    }
    const { report, notice } = read({
      ...typed,
      'when.phrase': 'l',
      involved: ['sam', 'pat'],
      event: eventOption({ id: 'AAAAAAAAAAAAAAAAAAAAAA', name: 'Day two of three' }),
      notice: 'cy@example.org',
    })
    expect(report).toEqual({
      ...typed,
      when: { phrase: 'l' },
      involved: ['sam', 'pat'],
      event: { id: 'AAAAAAAAAAAAAAAAAAAAAA', name: 'Day two of three' },
    })
    expect(notice).toBe('cy@example.org')
    const missing = fieldsFor('own').filter(
      ({ key, system, kind }) => !system && kind !== 'files' && !(key in report),
    )
    expect(missing).toEqual([])
  })

  test('B4: what only a taker is asked for is read from their form alone', () => {
    const typed = form({
      narrative: 'a',
      escort: 'wanted',
      friend: '',
      police: 'perhaps',
      takerName: 'Cy',
      warnedBy: 'x',
    })
    expect(readTypedReport(typed, [], 'taken').report).toEqual({
      narrative: 'a',
      escort: 'wanted',
      takerName: 'Cy',
    })
    expect(readTypedReport(typed, []).report).toEqual({ narrative: 'a' })
  })

  test('what is missing, too long or no address is named, and nothing else is lost', () => {
    const { report, problems } = read({
      narrative: ' ',
      where: 'x'.repeat(501),
      notice: 'at home',
      others: 'Lee',
    })
    expect(problems).toEqual([
      { field: 'narrative', problem: 'missing' },
      { field: 'where', problem: 'too-long', length: 501, max: 500 },
      { field: 'notice', problem: 'bad-address' },
    ])
    expect(report).toEqual({ others: 'Lee' })
  })

  test('choices that are not offered, fields of the program and members who are none are left out', () => {
    const { report, problems } = read({
      narrative: 'a',
      goingOn: 'maybe',
      reportedAt: '12',
      evidence: 'x',
      involved: ['pat', 'pat', 'mallory'],
      nothingDone: 'no',
    })
    expect(problems).toEqual([])
    expect(report).toEqual({ narrative: 'a', involved: ['pat'] })
  })
})

describe('C: “approximate” is real', () => {
  const when = (typed: Record<string, string>) => {
    const { report, problems } = read({ narrative: 'a', ...typed })
    return report.when ?? problems.map(({ problem }) => problem)
  }
  test('in words, a date with or without a time, between two', () => {
    expect(when({ 'when.phrase': 'during the second talk' })).toEqual({ phrase: 'during the second talk' })
    expect(when({ 'when.kind': 'exact', 'when.date': '2027-10-28' })).toEqual({ exact: '2027-10-28' })
    const exact = { 'when.kind': 'exact', 'when.date': '2027-10-28', 'when.time': '18:30:00' }
    expect(when(exact)).toEqual({ exact: '2027-10-28T18:30' })
    const range = { 'when.kind': 'range', 'when.fromDate': '2027-10-28', 'when.fromTime': '18:00' }
    expect(when({ ...range, 'when.toDate': '2027-10-28', 'when.toTime': '18:30' })).toEqual({
      from: '2027-10-28T18:00',
      to: '2027-10-28T18:30',
    })
  })
  test('only the way that was chosen counts', () => {
    expect(when({ 'when.kind': 'exact', 'when.phrase': 'at noon' })).toEqual([])
    expect(when({ 'when.kind': 'phrase', 'when.phrase': '', 'when.date': '2027-10-28' })).toEqual([])
  })
  test('what is no time is said to be none', () => {
    expect(when({ 'when.kind': 'exact', 'when.time': '18:30' })).toEqual(['bad-time'])
    expect(when({ 'when.kind': 'exact', 'when.date': '2027-02-29' })).toEqual(['bad-time'])
    expect(when({ 'when.kind': 'range', 'when.fromDate': '2027-10-28' })).toEqual(['bad-time'])
    const range = { 'when.kind': 'range', 'when.fromDate': '2027-10-28', 'when.toDate': '2027-10-27' }
    expect(when(range)).toEqual(['time-order'])
    expect(when({ 'when.phrase': 'x'.repeat(501) })).toEqual(['too-long'])
  })
})

test('K1: somebody whom the form did not offer has to be offered first', () => {
  expect(read({ narrative: 'a' }, ['pat', 'sam', 'mei']).problems).toEqual([
    { field: 'involved', problem: 'committee-changed' },
  ])
  // Somebody who left is nobody's worry.
  expect(read({ narrative: 'a', involved: 'sam' }, ['pat'])).toMatchObject({
    report: { narrative: 'a' },
    problems: [],
  })
})

test('characters that cannot be stored are mended rather than refused', () => {
  expect(read({ narrative: 'a' }).problems).toEqual([])
  const broken = { get: (name: string) => (name === 'narrative' ? 'a\ud800' : null), getAll: () => [] }
  expect(readTypedReport(broken, []).report.narrative).toBe('a\ufffd')
})
