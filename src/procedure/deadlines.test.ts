import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import {
  acknowledgeBy,
  acknowledgeIdeallyBy,
  objectionEndsAt,
  openToAllAt,
  remindersAt,
  resolveBy,
  secondaryInheritsAt,
} from './deadlines.ts'
import { chipyPlaybook, Playbook } from './playbook.ts'

const chicago = 'America/Chicago'
const lordHowe = 'Australia/Lord_Howe'
const at = (text: string) => Date.parse(text)
const due = (arrived: string, zone = chicago) => resolveBy(at(arrived), zone, chipyPlaybook)

describe('hours are elapsed time', () => {
  test('H1: acknowledged within 12 hours, ideally 2 (S3: Thursday 18:30, due Friday 06:30)', () => {
    const arrived = at('2027-10-28T18:30-05:00')
    expect(acknowledgeBy(arrived, chipyPlaybook)).toBe(at('2027-10-29T06:30-05:00'))
    expect(acknowledgeIdeallyBy(arrived, chipyPlaybook)).toBe(at('2027-10-28T20:30-05:00'))
  })

  test('H1: 12 hours also in the night in which the clocks go back', () => {
    expect(acknowledgeBy(at('2027-11-06T18:30-05:00'), chipyPlaybook)).toBe(at('2027-11-07T05:30-06:00'))
  })

  test('G3: the secondary inherits after 6 hours', () => {
    expect(secondaryInheritsAt(at('2027-10-28T18:30-05:00'), chipyPlaybook)).toBe(
      at('2027-10-29T00:30-05:00'),
    )
  })

  test('G4: open to all after 24 hours', () => {
    expect(openToAllAt(at('2027-10-28T18:30-05:00'), chipyPlaybook)).toBe(at('2027-10-29T18:30-05:00'))
  })

  test('a community may set them', () => {
    const slow = Playbook.parse({
      times: { acknowledgeHours: 24, secondaryInheritsHours: 8, openToAllHours: 48 },
    })
    expect([acknowledgeBy(0, slow), secondaryInheritsAt(0, slow), openToAllAt(0, slow)]).toEqual(
      [24, 8, 48].map((hours) => hours * 3_600_000),
    )
  })
})

describe('L5: resolved within 14 calendar days, at the same wall-clock time', () => {
  test.each([
    ['S3, clocks go back between', '2027-10-28T18:30-05:00', '2027-11-11T18:30-06:00'],
    ['clocks go forward between', '2027-03-05T09:00-06:00', '2027-03-19T09:00-05:00'],
    ['no change between', '2027-06-01T00:00-05:00', '2027-06-15T00:00-05:00'],
    ['due at an hour that does not exist: an hour later', '2027-02-28T02:30-06:00', '2027-03-14T03:30-05:00'],
    ['due at an hour that exists twice: the first', '2027-10-24T01:30-05:00', '2027-11-07T01:30-05:00'],
    ['arrived in the second of the doubled hours', '2027-11-07T01:30-06:00', '2027-11-21T01:30-06:00'],
    ['over the 31st', '2027-08-31T23:59-05:00', '2027-09-14T23:59-05:00'],
    ['over a leap day', '2028-02-20T12:00-06:00', '2028-03-05T12:00-06:00'],
    ['to a leap day', '2028-02-15T12:00-06:00', '2028-02-29T12:00-06:00'],
    ['from a leap day', '2028-02-29T12:00-06:00', '2028-03-14T12:00-05:00'],
    ['the same without a leap day', '2027-02-20T12:00-06:00', '2027-03-06T12:00-06:00'],
    ['over the new year', '2027-12-25T07:15-06:00', '2028-01-08T07:15-06:00'],
  ])('Chicago: %s', (_, arrived, expected) => {
    expect(due(arrived)).toBe(at(expected))
  })

  test.each([
    ['half an hour back', '2027-03-30T10:00+11:00', '2027-04-13T10:00+10:30'],
    ['half an hour on', '2027-09-25T10:00+10:30', '2027-10-09T10:00+11:00'],
    ['due at a minute that does not exist', '2027-09-19T02:15+10:30', '2027-10-03T02:45+11:00'],
    ['due at a minute that exists twice', '2027-03-21T01:45+11:00', '2027-04-04T01:45+11:00'],
  ])('Lord Howe: %s', (_, arrived, expected) => {
    expect(due(arrived, lordHowe)).toBe(at(expected))
  })

  test('reminders at 7 and 12 days, across the change too', () => {
    expect(remindersAt(at('2027-10-28T18:30-05:00'), chicago, chipyPlaybook)).toEqual([
      at('2027-11-04T18:30-05:00'),
      at('2027-11-09T18:30-06:00'),
    ])
    const unordered = Playbook.parse({ times: { reminderDays: [5, 2] } })
    expect(remindersAt(at('2027-06-01T00:00Z'), 'UTC', unordered)).toEqual([
      at('2027-06-03T00:00Z'),
      at('2027-06-06T00:00Z'),
    ])
  })

  test('whatever the zone and instant: the date is 14 days on, the wall clock the same unless that time is skipped', () => {
    const zone = fc.constantFrom(
      chicago,
      lordHowe,
      'UTC',
      'Asia/Kathmandu',
      'Africa/Casablanca',
      'America/St_Johns',
    )
    const instant = fc.integer({ min: at('2020-01-01T00:00Z'), max: at('2060-01-01T00:00Z') })
    fc.assert(
      fc.property(zone, instant, (inZone, arrived) => {
        const local = (moment: number) =>
          Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(inZone).toPlainDateTime()
        const wanted = local(arrived).add({ days: 14 })
        const got = local(resolveBy(arrived, inZone, chipyPlaybook))
        const skipped = wanted.toZonedDateTime(inZone).toPlainDateTime().equals(wanted) === false
        if (skipped) expect(Temporal.PlainDateTime.compare(got, wanted)).toBe(1)
        else expect(got.toString()).toBe(wanted.toString())
        const days = (resolveBy(arrived, inZone, chipyPlaybook) - arrived) / 86_400_000
        expect(Math.abs(days - 14)).toBeLessThanOrEqual(1 / 24)
      }),
    )
  })
})

test('I6: three days to object, same wall-clock time', () => {
  expect(objectionEndsAt(at('2027-11-05T17:00-05:00'), chicago, chipyPlaybook)).toBe(
    at('2027-11-08T17:00-06:00'),
  )
})

test('an unknown zone or a fraction of a millisecond is an error', () => {
  expect(() => resolveBy(0, 'America/Chicagoo', chipyPlaybook)).toThrow(RangeError)
  expect(() => resolveBy(0.5, chicago, chipyPlaybook)).toThrow(RangeError)
})
