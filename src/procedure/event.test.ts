import { describe, expect, test } from 'vitest'
import { EventDetails, isOn, numbersAt, onlyOneOn, pairAt } from './event.ts'
import { chipyPlaybook } from './playbook.ts'

const event = (more: object = {}) =>
  EventDetails.parse({
    slug: 'autumn-day',
    name: 'Autumn day',
    from: '2027-10-30',
    to: '2027-10-31',
    ...more,
  })
const at = (text: string): number => Date.parse(text)
const chicago = 'America/Chicago'

describe('an event is on from its first day until the morning after its last, as clocks show it there', () => {
  // Written by hand: CDT is five hours behind UTC, CST six. Clocks change in Chicago on 7 November 2027.
  test.each([
    ['the evening before', '2027-10-30T04:59:59Z', false],
    ['midnight of its first day', '2027-10-30T05:00:00Z', true],
    ['the last second of its last day', '2027-11-01T04:59:59Z', true],
    ['one in the morning after', '2027-11-01T06:00:00Z', true],
    ['five in the morning after', '2027-11-01T10:00:00Z', false],
  ])('%s', (_, instant, on) => expect(isOn(event(), at(instant), chicago)).toBe(on))

  test('over a change of the clocks, and where the shift is half an hour', () => {
    const sunday = event({ from: '2027-11-07', to: '2027-11-07' })
    expect(isOn(sunday, at('2027-11-08T05:59:59Z'), chicago)).toBe(true)
    expect(isOn(sunday, at('2027-11-08T10:59:59Z'), chicago)).toBe(true)
    expect(isOn(sunday, at('2027-11-08T11:00:00Z'), chicago)).toBe(false)
    // Lord Howe moves on by 30 minutes on 3 October 2027 at 2:00: from +10:30 to +11.
    const lordHowe = event({ from: '2027-10-03', to: '2027-10-03' })
    expect(isOn(lordHowe, at('2027-10-02T13:29:59Z'), 'Australia/Lord_Howe')).toBe(false)
    expect(isOn(lordHowe, at('2027-10-02T13:30:00Z'), 'Australia/Lord_Howe')).toBe(true)
    expect(isOn(lordHowe, at('2027-10-03T17:59:59Z'), 'Australia/Lord_Howe')).toBe(true)
    expect(isOn(lordHowe, at('2027-10-03T18:00:00Z'), 'Australia/Lord_Howe')).toBe(false)
  })

  test('one that is on alone is chosen; of two neither is', () => {
    const [one, other] = [event(), event({ slug: 'sprint', from: '2027-10-31', to: '2027-11-02' })]
    expect(onlyOneOn([one, other], at('2027-10-30T20:00:00Z'), chicago)).toBe(one)
    expect(onlyOneOn([one, other], at('2027-10-31T20:00:00Z'), chicago)).toBeNull()
    expect(onlyOneOn([one, other], at('2027-11-05T20:00:00Z'), chicago)).toBeNull()
  })
})

describe('A1: the numbers and the address are the event’s, then the playbook’s', () => {
  const playbook = {
    phones: { ...chipyPlaybook.phones, security: '312 555 0100', committee: '312 555 0101' },
    venue: { name: 'The Mill', address: ['1 Mill St'] },
  }

  test('number by number', () => {
    const { phones } = numbersAt(playbook, event({ phones: { emergency: '112', security: '312 555 0999' } }))
    expect(phones).toEqual({
      emergency: '112',
      security: '312 555 0999',
      nonEmergency: '311',
      committee: '312 555 0101',
    })
    expect(numbersAt(playbook, null)).toEqual(playbook)
  })

  test('the address of another place is never read out', () => {
    expect(numbersAt(playbook, event()).venue).toEqual(playbook.venue)
    expect(numbersAt(playbook, event({ place: 'The Harbor' })).venue).toEqual({
      name: 'The Harbor',
      address: [],
    })
  })
})

test('G1: the pair of an event is on call while it is on, and nobody of it before or after', () => {
  const own = event({ primary: 'pat', secondary: 'sam' })
  expect(pairAt(own, at('2027-10-30T20:00:00Z'), chicago)).toEqual({ primary: 'pat', secondary: 'sam' })
  expect(pairAt(own, at('2027-11-02T20:00:00Z'), chicago)).toBeNull()
  expect(pairAt(event(), at('2027-10-30T20:00:00Z'), chicago)).toBeNull()
})

test.each([
  ['an end before its beginning', { to: '2027-10-01' }, 'to'],
  ['a day the calendar does not have', { from: '2027-02-30' }, 'from'],
  ['a secondary alone', { secondary: 'sam' }, 'primary'],
  ['one person twice', { primary: 'sam', secondary: 'sam' }, 'secondary'],
  ['an address that means no event', { slug: 'none' }, 'slug'],
  ['a number that cannot be called', { phones: { security: 'ask Bo' } }, 'phones.security'],
  ['a misspelt setting', { adress: ['1 Mill St'] }, ''],
])('an event with %s is refused', (_, wrong, path) => {
  const given = { slug: 'day', name: 'Day', from: '2027-10-30', to: '2027-10-31', ...wrong }
  const read = EventDetails.safeParse(given)
  expect(read.error?.issues.map((issue) => issue.path.join('.'))).toContain(path)
})
