import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BodyError, limits } from './records.ts'
import {
  checkApproximateTime,
  checkReportBody,
  fieldGroups,
  onFileFacts,
  type ReportBody,
  reportFields,
} from './report.ts'

const file = { upload: 'u1', name: 'corridor.jpg', type: 'image/jpeg', size: 1200, sha256: 'ab'.repeat(32) }
const whole: Required<ReportBody> = {
  narrative: 'He kept following me.',
  circumstances: 'Between two talks.',
  whoName: 'unknown',
  whoBadge: '114',
  whoLooks: 'tall, grey hoodie',
  when: { phrase: 'during the second talk' },
  reportedAt: 1_824_852_600_000,
  event: { id: 'AAAAAAAAAAAAAAAAAAAAAA', name: 'Autumn day' },
  where: 'by the coat racks',
  others: 'the volunteer at the door',
  evidence: [file],
  goingOn: 'unsure',
  dealtWith: 'yes',
  dealtHow: 'A member spoke to him.',
  needs: 'Not to meet him.',
  nothingDone: 'yes',
  decisionWanted: 'no',
  escort: 'wanted',
  friend: 'declined',
  police: 'arranged',
  takerName: 'Cy',
  logged: 'warning',
  warnedAt: { exact: '2027-10-28T18:25' },
  warnedBy: 'Eli',
  reporterName: 'Cara',
  reach: 'cara@example.org',
  involved: ['gus'],
}

describe('C: the incident report', () => {
  test('every field is there, and only the narrative is needed (B2)', () => {
    expect(reportFields.map((field) => field.key).sort()).toEqual(Object.keys(whole).sort())
    expect(reportFields.filter((field) => !field.optional).map((field) => field.key)).toEqual(['narrative'])
    expect(checkReportBody({ narrative: 'x' })).toEqual({ narrative: 'x' })
    expect(checkReportBody(whole)).toEqual(whole)
  })

  test('each group has a field, and fields of a group stand together', () => {
    const order = reportFields.map((field) => field.group)
    expect(order.filter((group, index) => group !== order[index - 1])).toEqual([...fieldGroups])
  })

  test('B2: any of the others may be missing', () => {
    fc.assert(
      fc.property(fc.subarray(reportFields.filter((field) => field.optional)), (left) => {
        const given = Object.fromEntries(left.map(({ key }) => [key, whole[key]]))
        expect(checkReportBody({ narrative: 'x', ...given })).toEqual({ narrative: 'x', ...given })
      }),
    )
  })

  test('a report without words, or with only blanks, is none', () => {
    expect(() => checkReportBody({})).toThrow('“narrative” is not a text')
    expect(() => checkReportBody({ narrative: ' \n' })).toThrow('“narrative” is empty')
  })

  test('sizes: as long as allowed and no longer', () => {
    for (const { key, kind, max } of reportFields) {
      if (kind !== 'text' && kind !== 'long') continue
      expect(checkReportBody({ ...whole, [key]: 'x'.repeat(max) })).toHaveProperty(key)
      expect(() => checkReportBody({ ...whole, [key]: 'x'.repeat(max + 1) })).toThrow(`“${key}” is too long`)
    }
    expect(limits.narrative).toBe(50_000)
    const eleven = Array.from({ length: 11 }, () => file)
    expect(() => checkReportBody({ ...whole, evidence: eleven })).toThrow('more than 10 files')
    const large = { ...file, size: 25 * 1024 * 1024 + 1 }
    expect(() => checkReportBody({ ...whole, evidence: [large] })).toThrow(
      '“evidence[0].size” is larger than 25 MB',
    )
  })

  test('a field that does not belong there is refused', () => {
    expect(() => checkReportBody({ ...whole, severity: 5 })).toThrow('severity')
    expect(() => checkReportBody(JSON.parse('{"narrative":"x","__proto__":{}}'))).toThrow(BodyError)
  })

  test.each([
    ['involved', []],
    ['involved', ['']],
    ['goingOn', 'maybe'],
    ['nothingDone', 'no'],
    ['when', 'yesterday'],
    ['reportedAt', '2027'],
    ['where', 5],
    ['evidence', file],
    ['narrative', 'a\ud800b'],
  ])('a wrong %s is named: %j', (key, value) => {
    expect(() => checkReportBody({ ...whole, [key]: value })).toThrow(`“${key}`)
  })

  test('whatever is opened, it is a report or a BodyError', () => {
    const almost = fc.record(
      Object.fromEntries(
        reportFields.map(({ key }) => [key, fc.oneof(fc.constant(whole[key]), fc.jsonValue())]),
      ),
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), almost), (value) => {
        try {
          const report = checkReportBody(value)
          expect(checkReportBody(JSON.parse(JSON.stringify(report)))).toEqual(report)
        } catch (error) {
          if (!(error instanceof BodyError)) throw error
        }
      }),
    )
  })
})

describe('C: approximate is real', () => {
  test.each([
    [{ phrase: 'during the second talk' }],
    [{ from: '2027-10-28T18:00', to: '2027-10-28T18:30' }],
    [{ from: '2027-10-28', to: '2027-10-28T18:30' }],
    [{ from: '2027-10-28T18:30', to: '2027-10-28' }],
    [{ exact: '2027-10-28T18:10' }],
    [{ exact: '2028-02-29' }],
  ])('%j', (time) => {
    expect(checkApproximateTime(time)).toEqual(time)
  })

  test.each([
    [{}],
    [{ from: '2027-10-28' }],
    [{ phrase: 'x', exact: '2027-10-28' }],
    [{ phrase: '' }],
    [{ exact: '2027-02-29' }],
    [{ exact: '2027-13-01' }],
    [{ exact: '2027-10-28T24:00' }],
    [{ exact: '28.10.2027' }],
    [{ from: '2027-10-28T18:30', to: '2027-10-28T18:00' }],
    [{ from: '2027-10-29T18:30', to: '2027-10-28' }],
  ])('not %j', (time) => {
    expect(() => checkApproximateTime(time)).toThrow(BodyError)
  })
})

test('H3: the facts that decide on M2 are read from the report as it stands', () => {
  const facts = (said: Partial<ReportBody>) => onFileFacts({ narrative: 'x', ...said })
  expect(facts({})).toEqual({ actionTaken: null, decisionWanted: null })
  expect(facts({ dealtWith: 'yes', decisionWanted: 'no' })).toEqual({
    actionTaken: true,
    decisionWanted: false,
  })
  expect(facts({ dealtWith: 'no', decisionWanted: 'yes' })).toEqual({
    actionTaken: false,
    decisionWanted: true,
  })
  expect(facts({ dealtWith: 'unsure', decisionWanted: 'unsure' })).toEqual({
    actionTaken: null,
    decisionWanted: true,
  })
})
