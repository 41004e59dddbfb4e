import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ownTurns } from './own-turns.ts'
import { dutiesBetween, type Override, type Rotation } from './rotation.ts'

const day = 86_400_000
const begin = Date.parse('2027-01-01')
const end = begin + 365 * day
const rotation = (overrides: readonly Override[] = []): Rotation => ({
  rules: [
    {
      from: begin,
      setAt: begin,
      rule: {
        kind: 'monthly',
        order: ['pat', 'sam', 'mei'],
        start: '2027-01-01',
        handOverTime: '18:00',
        handOverDay: { day: 1 },
        zone: 'America/Chicago',
      },
    },
  ],
  moved: [],
  overrides,
  left: new Map(),
})
const override = (changes: Partial<Override>): Override => ({
  id: 'o',
  from: begin,
  to: null,
  primary: null,
  secondary: null,
  setAt: begin,
  takenBackAt: null,
  ...changes,
})

describe('G5: a member’s own turns as a calendar is told of them', () => {
  test('primary and secondary, each turn under a key of its own', () => {
    const turns = ownTurns(rotation(), 'sam', begin, Date.parse('2027-04-15'))
    expect(turns.map(({ key, seat, others }) => [key, seat, ...others])).toEqual([
      ['2027-01-01/0', 'secondary', 'pat'],
      ['2027-02-01/0', 'primary', 'mei'],
      ['2027-04-01/0', 'secondary', 'pat'],
    ])
  })

  test('a partner for a weekend does not cut a turn in two; another seat does', () => {
    const from = begin + 10 * day
    const weekend = { from, to: from + 2 * day }
    const other = ownTurns(
      rotation([override({ ...weekend, secondary: 'mei' })]),
      'pat',
      begin,
      begin + 20 * day,
    )
    expect(other.map(({ key, others }) => [key, ...others])).toEqual([['2027-01-01/0', 'sam', 'mei']])
    const away = ownTurns(
      rotation([override({ ...weekend, primary: 'mei' })]),
      'pat',
      begin,
      begin + 20 * day,
    )
    expect(away.map(({ key }) => key)).toEqual(['2027-01-01/0', '2027-01-01/1'])
  })

  test('what was taken back is cancelled, and changed then', () => {
    const takenBackAt = begin + 5 * day
    const from = begin + 40 * day
    const cover = override({ from, to: from + day, primary: 'uma', setAt: begin + day, takenBackAt })
    expect(ownTurns(rotation([cover]), 'uma', begin, end)).toMatchObject([
      { from, to: from + day, isCancelled: true, changedAt: takenBackAt },
    ])
  })

  test('those that stand are whenever the roster says so, each key once, and never older than before', () => {
    const overrides = fc.array(
      fc.record({
        from: fc.nat(300).map((days) => begin + days * day),
        length: fc.integer({ min: 1, max: 40 }),
        primary: fc.constantFrom('pat', 'sam', 'mei', null),
        secondary: fc.constantFrom('pat', 'sam', 'mei', null),
        setAt: fc.nat(200).map((days) => begin + days * day),
        back: fc.option(fc.nat(60)),
      }),
      { maxLength: 5 },
    )
    fc.assert(
      fc.property(overrides, fc.nat(364), (given, days) => {
        const set = rotation(
          given.map(({ length, back, ...rest }, index) =>
            override({
              ...rest,
              id: String(index),
              to: rest.from + length * day,
              takenBackAt: back === null ? null : rest.setAt + back * day,
            }),
          ),
        )
        const turns = ownTurns(set, 'sam', begin, end)
        expect(new Set(turns.map(({ key }) => key)).size).toBe(turns.length)
        const at = begin + days * day + day / 2
        const [shift] = dutiesBetween(set, at, at + 1)
        const expected =
          shift?.primary === 'sam' ? 'primary' : shift?.secondary === 'sam' ? 'secondary' : null
        const standing = turns.filter(
          ({ isCancelled, from, to }) => !isCancelled && from <= at && at < (to ?? Infinity),
        )
        expect(standing.map(({ seat }) => seat)).toEqual(expected === null ? [] : [expected])
      }),
      { numRuns: 100 },
    )
  })
})
