import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Duty } from './roster.ts'
import {
  dutiesBetween,
  dutyAt,
  gapsAhead,
  gapsBetween,
  type MonthDay,
  type MovedHandOver,
  type Override,
  type Rotation,
  type RotationRule,
  type Weekday,
} from './rotation.ts'

const chicago = 'America/Chicago'
const lordHowe = 'Australia/Lord_Howe'
const at = (text: string) => Date.parse(text)
const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

const order = ['pat', 'sam', 'mei']
const monthly = (changes: object = {}): RotationRule => ({
  kind: 'monthly',
  order,
  start: '2027-01-01',
  handOverTime: '18:00',
  handOverDay: { day: 1 },
  zone: chicago,
  ...changes,
})
const weekly = (changes: object = {}): RotationRule => ({
  kind: 'weekly',
  order,
  start: '2027-01-04',
  handOverTime: '09:00',
  handOverDay: 1,
  zone: chicago,
  ...changes,
})
const byRule = (rule: RotationRule | null, changes: Partial<Rotation> = {}): Rotation => ({
  rules: [{ from: 0, rule, setAt: 0 }],
  moved: [],
  overrides: [],
  left: new Map(),
  ...changes,
})
const override = (changes: Partial<Override>): Override => ({
  id: 'o',
  from: 0,
  to: null,
  primary: null,
  secondary: null,
  setAt: 0,
  takenBackAt: null,
  ...changes,
})
const moved = (instead: string, date: string, changes: Partial<MovedHandOver> = {}): MovedHandOver => ({
  instead,
  date,
  time: '18:00',
  setAt: 0,
  ...changes,
})

/** `pat+sam`, `pat` alone, or `-`. */
const pair = (rotation: Rotation, when: string | number) => {
  const duty = dutyAt(rotation, typeof when === 'number' ? when : at(when))
  return duty === null ? '-' : [duty.primary, duty.secondary].filter((who) => who !== null).join('+')
}
const handOvers = (rotation: Rotation, from: string, to: string) =>
  dutiesBetween(rotation, at(from), at(to)).map((shift) => new Date(shift.from).toISOString())
const turnsOf = (rotation: Rotation, from: string, to: string) =>
  dutiesBetween(rotation, at(from), at(to)).map(({ turn, primary, secondary }) => [turn, primary, secondary])

describe('G1: turns go round, the secondary has the next one', () => {
  test('month by month, and from the beginning again', () => {
    expect(turnsOf(byRule(monthly()), '2027-01-01T18:00-06:00', '2027-05-01')).toEqual([
      ['2027-01-01', 'pat', 'sam'],
      ['2027-02-01', 'sam', 'mei'],
      ['2027-03-01', 'mei', 'pat'],
      ['2027-04-01', 'pat', 'sam'],
    ])
  })

  test('handed over at the minute, not before; nobody before the first', () => {
    const rotation = byRule(monthly())
    expect(pair(rotation, '2027-01-01T17:59:59.999-06:00')).toBe('-')
    expect(pair(rotation, '2027-01-01T18:00-06:00')).toBe('pat+sam')
    expect(pair(rotation, '2027-02-01T17:59:59.999-06:00')).toBe('pat+sam')
    expect(pair(rotation, '2027-02-01T18:00-06:00')).toBe('sam+mei')
  })

  test('the first turn begins at the start, whatever day it is', () => {
    expect(turnsOf(byRule(monthly({ start: '2027-01-20' })), '2027-01-21', '2027-03-01')).toEqual([
      ['2027-01-20', 'pat', 'sam'],
      ['2027-02-01', 'sam', 'mei'],
    ])
    expect(turnsOf(byRule(weekly({ start: '2027-01-06' })), '2027-01-07', '2027-01-18')).toEqual([
      ['2027-01-06', 'pat', 'sam'],
      ['2027-01-11', 'sam', 'mei'],
    ])
  })

  test('week by week', () => {
    expect(handOvers(byRule(weekly()), '2027-01-05', '2027-01-26')).toEqual([
      '2027-01-04T15:00:00.000Z',
      '2027-01-11T15:00:00.000Z',
      '2027-01-18T15:00:00.000Z',
      '2027-01-25T15:00:00.000Z',
    ])
  })

  test('event by event, in any order of writing; after the last its pair stays', () => {
    const rule = monthly({ kind: 'event', handOverDates: ['2027-06-05', '2027-03-20', '2027-06-05'] })
    expect(turnsOf(byRule(rule), '2027-01-02', '2031-01-01')).toEqual([
      ['2027-01-01', 'pat', 'sam'],
      ['2027-03-20', 'sam', 'mei'],
      ['2027-06-05', 'mei', 'pat'],
    ])
    expect(dutyAt(byRule(rule), at('2031-01-01'))?.to).toBeNull()
  })

  test('one member has every turn, alone', () => {
    const rotation = byRule(monthly({ order: ['pat'] }))
    expect(turnsOf(rotation, '2027-01-03', '2027-02-03')).toEqual([
      ['2027-01-01', 'pat', null],
      ['2027-02-01', 'pat', null],
    ])
    expect(gapsBetween(rotation, at('2027-01-03'), at('2027-03-03'))).toEqual([
      { kind: 'no-secondary', from: at('2027-01-03'), to: at('2027-03-03') },
    ])
  })

  test('no members, no rule, no roster at all: nobody', () => {
    for (const rotation of [byRule(monthly({ order: [] })), byRule(null), { ...byRule(null), rules: [] }]) {
      expect(pair(rotation, '2027-02-02')).toBe('-')
      expect(dutiesBetween(rotation, 0, at('2029-01-01'))).toEqual([])
      expect(gapsBetween(rotation, 5, 10)).toEqual([{ kind: 'nobody', from: 5, to: 10 }])
    }
  })

  test('a time, date or zone that does not exist is refused', () => {
    for (const wrong of [{ handOverTime: '25:00' }, { start: '2027-02-30' }, { zone: 'America/Chigaco' }]) {
      expect(() => pair(byRule(monthly(wrong)), '2027-02-02')).toThrow(RangeError)
    }
  })
})

describe('G1: the day of the month', () => {
  const dates = (handOverDay: MonthDay, start: string, to: string) =>
    dutiesBetween(byRule(monthly({ handOverDay, start })), at(`${start}T23:59Z`), at(to)).map(
      ({ turn }) => turn,
    )

  test.each<[string, MonthDay, string]>([
    ['the 31st', { day: 31 }, '2027-01-31 2027-02-28 2027-03-31 2027-04-30 2027-05-31 2027-06-30'],
    ['the 30th', { day: 30 }, '2027-01-30 2027-02-28 2027-03-30 2027-04-30 2027-05-30 2027-06-30'],
    ['the 29th', { day: 29 }, '2027-01-29 2027-02-28 2027-03-29 2027-04-29 2027-05-29 2027-06-29'],
    ['the 31st, leap year', { day: 31 }, '2028-01-31 2028-02-29 2028-03-31 2028-04-30'],
    ['the 30th, leap year', { day: 30 }, '2028-01-30 2028-02-29 2028-03-30 2028-04-30'],
    ['the 29th, leap year', { day: 29 }, '2028-01-29 2028-02-29 2028-03-29 2028-04-29'],
    ['from a leap day', { day: 29 }, '2028-02-29 2028-03-29 2028-04-29'],
    ['from the end of February', { day: 31 }, '2027-02-28 2027-03-31 2027-04-30'],
    ['over the new year', { day: 15 }, '2027-11-15 2027-12-15 2028-01-15'],
    [
      'the first Thursday',
      { nth: 1, weekday: 4 },
      '2027-01-07 2027-02-04 2027-03-04 2027-04-01 2027-05-06 2027-06-03 2027-07-01 2027-08-05 2027-09-02 2027-10-07 2027-11-04 2027-12-02',
    ],
    ['the second Monday', { nth: 2, weekday: 1 }, '2027-01-11 2027-02-08 2027-03-08 2027-04-12'],
    ['the fifth Sunday, or the last', { nth: 5, weekday: 7 }, '2027-01-31 2027-02-28 2027-03-28 2027-04-25'],
  ])('%s', (_, handOverDay, expected) => {
    const wanted = expected.split(' ')
    expect(dates(handOverDay, wanted[0] as string, `${wanted.at(-1)}T24:00-12:00`)).toEqual(wanted)
  })
})

describe('G1: minute by minute through the changes of the clocks', () => {
  // Everybody's hand-over on the Sunday of the change, and the same hand-over a week before and after it.
  test.each<[string, string, string, string, string, string, string]>([
    // zone, what, wall time, the Sunday, then in UTC: the hand-over a week before, on the day, a week after
    [chicago, 'before the hour left out', '01:59', '2027-03-14', '07:59Z', '2027-03-14T07:59Z', '06:59Z'],
    [chicago, 'its first minute', '02:00', '2027-03-14', '08:00Z', '2027-03-14T08:00Z', '07:00Z'],
    [chicago, 'in the middle of it', '02:30', '2027-03-14', '08:30Z', '2027-03-14T08:30Z', '07:30Z'],
    [chicago, 'after it', '03:00', '2027-03-14', '09:00Z', '2027-03-14T08:00Z', '08:00Z'],
    [
      chicago,
      'before the hour that is twice',
      '00:59',
      '2027-11-07',
      '05:59Z',
      '2027-11-07T05:59Z',
      '06:59Z',
    ],
    [chicago, 'its first minute', '01:00', '2027-11-07', '06:00Z', '2027-11-07T06:00Z', '07:00Z'],
    [chicago, 'in the middle of it', '01:30', '2027-11-07', '06:30Z', '2027-11-07T06:30Z', '07:30Z'],
    [chicago, 'after it', '02:00', '2027-11-07', '07:00Z', '2027-11-07T08:00Z', '08:00Z'],
    [
      lordHowe,
      'before the half hour that is twice',
      '01:29',
      '2027-04-04',
      '14:29Z',
      '2027-04-03T14:29Z',
      '14:59Z',
    ],
    [lordHowe, 'in the middle of it', '01:45', '2027-04-04', '14:45Z', '2027-04-03T14:45Z', '15:15Z'],
    [lordHowe, 'after it', '02:00', '2027-04-04', '15:00Z', '2027-04-03T15:30Z', '15:30Z'],
    [
      lordHowe,
      'before the half hour left out',
      '01:59',
      '2027-10-03',
      '15:29Z',
      '2027-10-02T15:29Z',
      '14:59Z',
    ],
    [lordHowe, 'its first minute', '02:00', '2027-10-03', '15:30Z', '2027-10-02T15:30Z', '15:00Z'],
    [lordHowe, 'in the middle of it', '02:15', '2027-10-03', '15:45Z', '2027-10-02T15:45Z', '15:15Z'],
    [lordHowe, 'after it', '02:30', '2027-10-03', '16:00Z', '2027-10-02T15:30Z', '15:30Z'],
  ])('%s, %s: %s on %s', (zone, _, handOverTime, sunday, before, onTheDay, after) => {
    const dayOf = (instant: number) => new Date(instant).toISOString().slice(0, 10)
    const change = at(onTheDay)
    const previous = at(`${dayOf(change - 7 * day)}T${before}`)
    const next = at(`${dayOf(change + 7 * day)}T${after}`)
    const start = new Date(at(sunday) - 7 * day).toISOString().slice(0, 10)
    const rotation = byRule(weekly({ start, handOverTime, handOverDay: 7, zone }))
    const wrong: string[] = []
    const check = (from: number, to: number) => {
      for (let now = from; now < to; now += minute) {
        const expected = now < previous ? '-' : now < change ? 'pat+sam' : now < next ? 'sam+mei' : 'mei+pat'
        const got = pair(rotation, now)
        if (got !== expected) wrong.push(`${new Date(now).toISOString()} ${got}, not ${expected}`)
      }
    }
    check(change - 6 * hour, change + 6 * hour)
    check(previous - 5 * minute, previous + 5 * minute)
    check(next - 5 * minute, next + 5 * minute)
    expect(wrong).toEqual([])
  })

  test('a month in which the clocks change is an hour shorter or longer', () => {
    const lengths = (zone: string, from: string, to: string) =>
      dutiesBetween(byRule(monthly({ zone })), at(from), at(to)).map(
        (shift) => ((shift.to ?? 0) - shift.from) / hour,
      )
    expect(lengths(chicago, '2027-03-05', '2027-03-06')).toEqual([31 * 24 - 1])
    expect(lengths(chicago, '2027-11-05', '2027-11-06')).toEqual([30 * 24 + 1])
    expect(lengths(lordHowe, '2027-04-03', '2027-04-04')).toEqual([30 * 24 + 0.5])
    expect(lengths(lordHowe, '2027-10-03', '2027-10-04')).toEqual([31 * 24 - 0.5])
  })
})

describe('G1: hand-overs set by hand', () => {
  test('later: the outgoing pair stays until then; the turns and their order are the same', () => {
    const rotation = byRule(monthly(), { moved: [moved('2027-02-01', '2027-02-11', { time: '19:30' })] })
    expect(handOvers(rotation, '2027-01-05', '2027-03-05')).toEqual([
      '2027-01-02T00:00:00.000Z',
      '2027-02-12T01:30:00.000Z',
      '2027-03-02T00:00:00.000Z',
    ])
    expect(pair(rotation, '2027-02-11T19:29-06:00')).toBe('pat+sam')
    expect(pair(rotation, '2027-02-11T19:30-06:00')).toBe('sam+mei')
    expect(pair(rotation, '2027-03-01')).toBe('sam+mei')
    expect(pair(rotation, '2027-03-03')).toBe('mei+pat')
  })

  test('earlier, again, and back to its own day', () => {
    const first = moved('2027-02-01', '2027-01-25', { setAt: at('2027-01-10') })
    const again = moved('2027-02-01', '2027-02-05', { setAt: at('2027-01-11') })
    const back = moved('2027-02-01', '2027-02-01', { setAt: at('2027-01-12') })
    const dateOf = (moves: MovedHandOver[]) =>
      handOvers(byRule(monthly(), { moved: moves }), '2027-01-05', '2027-02-20')[1]
    expect(dateOf([first])).toBe('2027-01-26T00:00:00.000Z')
    expect(dateOf([again, first])).toBe('2027-02-06T00:00:00.000Z')
    expect(dateOf([first, again, back])).toBe('2027-02-02T00:00:00.000Z')
  })

  test('beyond the next one, nobody loses a turn', () => {
    const rotation = byRule(weekly(), { moved: [moved('2027-01-11', '2027-01-20')] })
    expect(dutiesBetween(rotation, at('2027-01-05'), at('2027-01-26')).map(({ primary }) => primary)).toEqual(
      ['pat', 'sam', 'mei', 'pat'],
    )
  })

  test('what has taken place cannot be moved, and nothing can be moved into the past', () => {
    const late = byRule(monthly(), {
      moved: [moved('2027-02-01', '2027-02-11', { setAt: at('2027-02-03') })],
    })
    expect(pair(late, '2027-02-02T12:00Z')).toBe('sam+mei')
    expect(pair(late, '2027-02-10')).toBe('sam+mei')
    const setAt = at('2027-01-20')
    const early = byRule(monthly(), { moved: [moved('2027-02-01', '2027-01-15', { setAt })] })
    expect(pair(early, setAt - 1)).toBe('pat+sam')
    expect(pair(early, setAt)).toBe('sam+mei')
  })
})

describe('G5: overrides and swaps', () => {
  const cover = { from: at('2027-01-10'), to: at('2027-01-12'), id: 'cover' }

  test('from–to, for one seat: the other stays', () => {
    const rotation = byRule(monthly(), { overrides: [override({ ...cover, secondary: 'uma' })] })
    expect(pair(rotation, cover.from - 1)).toBe('pat+sam')
    expect(pair(rotation, cover.from)).toBe('pat+uma')
    expect(pair(rotation, cover.to - 1)).toBe('pat+uma')
    expect(pair(rotation, cover.to)).toBe('pat+sam')
    expect(dutyAt(rotation, cover.from)).toEqual({
      from: cover.from,
      to: cover.to,
      primary: 'pat',
      secondary: 'uma',
      turn: '2027-01-01',
      overrides: ['cover'],
    })
  })

  test('who is replaced is not made secondary instead, and nobody has both seats', () => {
    const during = (overridden: Partial<Override>, among = order) =>
      pair(
        byRule(monthly({ order: among }), { overrides: [override({ ...cover, ...overridden })] }),
        cover.from,
      )
    expect(during({ primary: 'uma' })).toBe('uma+sam')
    expect(during({ primary: 'sam' })).toBe('sam+mei')
    expect(during({ primary: 'sam' }, ['pat', 'sam'])).toBe('sam')
    expect(during({ primary: 'sam', secondary: 'pat' })).toBe('sam+pat')
    expect(during({ secondary: 'pat' })).toBe('sam+pat')
    expect(during({ secondary: 'pat' }, ['pat'])).toBe('pat')
    expect(during({ primary: 'uma', secondary: 'uma' })).toBe('uma+sam')
  })

  test('of several the one set last; taken back, what was before', () => {
    const first = override({ ...cover, id: '1', primary: 'uma', setAt: at('2027-01-03') })
    const second = override({ ...cover, id: '2', primary: 'raj', setAt: at('2027-01-04') })
    const takenBackAt = cover.from + hour
    expect(pair(byRule(monthly(), { overrides: [second, first] }), cover.from)).toBe('raj+sam')
    const rotation = byRule(monthly(), { overrides: [{ ...second, takenBackAt }, first] })
    expect(pair(rotation, takenBackAt - 1)).toBe('raj+sam')
    expect(pair(rotation, takenBackAt)).toBe('uma+sam')
  })

  test('a swap of two turns', () => {
    const overrides = [
      override({ id: '1', from: { handOver: '2027-02-01' }, primary: 'mei' }),
      override({ id: '2', from: { handOver: '2027-03-01' }, primary: 'sam' }),
    ]
    expect(turnsOf(byRule(monthly(), { overrides }), '2027-01-05', '2027-04-10')).toEqual([
      ['2027-01-01', 'pat', 'sam'],
      ['2027-02-01', 'mei', 'pat'],
      ['2027-03-01', 'sam', 'pat'],
      ['2027-04-01', 'pat', 'sam'],
    ])
  })

  test('from a hand-over on, for that turn alone, and it moves with the hand-over', () => {
    const overrides = [override({ from: { handOver: '2027-02-01' }, primary: 'uma', secondary: 'raj' })]
    const rotation = byRule(monthly(), { overrides, moved: [moved('2027-02-01', '2027-02-11')] })
    expect(pair(rotation, '2027-02-11T17:59-06:00')).toBe('pat+sam')
    expect(pair(rotation, '2027-02-11T18:00-06:00')).toBe('uma+raj')
    expect(pair(rotation, '2027-03-01T17:59-06:00')).toBe('uma+raj')
    expect(pair(rotation, '2027-03-01T18:00-06:00')).toBe('mei+pat')
  })

  test('set when its turn is over, it does nothing', () => {
    const late = override({ from: { handOver: '2027-02-01' }, primary: 'uma', setAt: at('2027-03-05') })
    expect(pair(byRule(monthly(), { overrides: [late] }), '2027-03-06')).toBe('mei+pat')
  })

  test('a naming stays until the next hand-over, and one from–to counts more', () => {
    const naming = override({ from: at('2027-01-05'), primary: 'uma', secondary: 'raj', setAt: 2 })
    const event = override({ ...cover, primary: 'mei', setAt: 1 })
    const rotation = byRule(monthly(), { overrides: [event, naming] })
    expect(pair(rotation, '2027-01-06')).toBe('uma+raj')
    expect(pair(rotation, cover.from)).toBe('mei+raj')
    expect(pair(rotation, cover.to)).toBe('uma+raj')
    expect(pair(rotation, '2027-02-02T12:00Z')).toBe('sam+mei')
  })
})

describe('G1: pairs named by hand, without a rule', () => {
  const named = (from: string, primary: string, secondary: string | null) =>
    override({ id: from, from: at(from), primary, secondary })

  test('the outgoing pair stays until the next is named, also where days for it are set', () => {
    const overrides = [named('2027-01-03', 'pat', 'sam'), named('2027-03-10', 'mei', null)]
    for (const rule of [null, monthly({ order: [] })]) {
      const rotation = byRule(rule, { overrides })
      expect(pair(rotation, '2027-01-02')).toBe('-')
      expect(pair(rotation, '2027-01-03')).toBe('pat+sam')
      expect(pair(rotation, '2027-03-09')).toBe('pat+sam')
      expect(pair(rotation, '2027-03-10')).toBe('mei')
      expect(pair(rotation, '2037-03-10')).toBe('mei')
    }
  })

  test('for a hand-over of the days that are set', () => {
    const overrides = [override({ from: { handOver: '2027-02-01' }, primary: 'pat', secondary: 'sam' })]
    const rotation = byRule(monthly({ order: [] }), { overrides })
    expect(pair(rotation, '2027-02-01T17:59-06:00')).toBe('-')
    expect(pair(rotation, '2027-02-01T18:00-06:00')).toBe('pat+sam')
  })

  test('G5: a hand-over for which nobody is named is a gap until somebody is', () => {
    const overrides = [named('2027-01-03', 'pat', 'sam'), named('2027-03-10', 'mei', 'raj')]
    const rotation = byRule(monthly({ order: [] }), { overrides })
    expect(gapsBetween(rotation, at('2027-01-05'), at('2027-03-31'))).toEqual([
      { kind: 'not-named', from: at('2027-02-01T18:00-06:00'), to: at('2027-03-10') },
    ])
    expect(gapsBetween(byRule(null, { overrides }), at('2027-01-05'), at('2027-03-31'))).toEqual([])
  })

  test('G5: none where somebody is named for the very hand-over, or from–to across it', () => {
    const before = named('2027-01-03', 'pat', 'sam')
    const gapsWith = (one: Override) =>
      gapsBetween(
        byRule(monthly({ order: [] }), { overrides: [before, one] }),
        at('2027-01-05'),
        at('2027-02-20'),
      )
    const naming = override({ from: { handOver: '2027-02-01' }, primary: 'mei', secondary: 'raj' })
    expect(gapsWith(naming)).toEqual([])
    const cover = { ...naming, from: at('2027-01-20'), to: at('2027-02-10') }
    expect(gapsWith(cover)).toEqual([{ kind: 'not-named', from: at('2027-02-10'), to: at('2027-02-20') }])
  })

  test('the same as the list of pairs that was there before there were rules', () => {
    const pairs = fc
      .uniqueArray(fc.nat(1000))
      .map((starts) =>
        starts.map(
          (from): Duty => ({ from, primary: `p${from}`, secondary: from % 2 === 0 ? null : `s${from}` }),
        ),
      )
    fc.assert(
      fc.property(pairs, fc.nat(1200), (duties, now) => {
        const overrides = duties.map((duty) => override({ ...duty, id: String(duty.from) }))
        const found = dutyAt(byRule(null, { overrides }), now)
        const begun = [...duties].sort((a, b) => a.from - b.from).filter(({ from }) => from <= now)
        expect(found && { from: found.from, primary: found.primary, secondary: found.secondary }).toEqual(
          begun.at(-1) ?? null,
        )
      }),
    )
  })
})

describe('members who left are passed over', () => {
  const left = (who: string, when: string) => ({ left: new Map([[who, at(when)]]) })

  test('in the middle of their turn the secondary takes over, who keeps their own', () => {
    const rotation = byRule(monthly(), left('pat', '2027-01-15'))
    expect(pair(rotation, at('2027-01-15') - 1)).toBe('pat+sam')
    expect(pair(rotation, '2027-01-15')).toBe('sam+mei')
    expect(pair(rotation, '2027-02-15')).toBe('sam+mei')
    expect(pair(rotation, '2027-03-15')).toBe('mei+sam')
  })

  test('nobody has two turns one after the other because of it', () => {
    const rotation = byRule(monthly({ order: ['pat', 'sam', 'mei', 'raj'] }), left('mei', '2027-01-15'))
    expect(dutiesBetween(rotation, at('2027-01-20'), at('2027-06-10')).map(({ primary }) => primary)).toEqual(
      ['pat', 'sam', 'raj', 'pat', 'sam', 'raj'],
    )
  })

  test('all of them gone: the outgoing pair stays, and if they are gone too, nobody', () => {
    const then = {
      rules: [
        { from: 0, rule: monthly(), setAt: 0 },
        { from: at('2027-02-20'), rule: monthly({ start: '2027-03-01', order: ['uma'] }), setAt: 0 },
      ],
    }
    expect(pair(byRule(null, { ...then, ...left('uma', '2027-02-25') }), '2027-05-05')).toBe('sam+mei')
    expect(pair(byRule(monthly({ order: ['pat'] }), left('pat', '2027-01-15')), '2027-02-05')).toBe('-')
  })

  test('who was named by hand and left: the secondary, or what would be without', () => {
    const overrides = [override({ from: at('2027-01-10'), to: null, primary: 'uma', secondary: 'raj' })]
    const rotation = byRule(monthly(), { overrides, ...left('uma', '2027-01-15') })
    expect(pair(rotation, '2027-01-14')).toBe('uma+raj')
    expect(pair(rotation, '2027-01-15')).toBe('raj+sam')
    const alone = byRule(monthly(), {
      overrides: [override({ from: at('2027-01-10'), primary: 'uma' })],
      ...left('uma', '2027-01-15'),
    })
    expect(pair(alone, '2027-01-15')).toBe('pat+sam')
  })
})

describe('rules that change', () => {
  const changed = at('2027-02-10')
  const two = (rule: RotationRule | null, from = changed): Rotation =>
    byRule(null, {
      rules: [
        { from: 0, rule: monthly(), setAt: 0 },
        { from, rule, setAt: changed },
      ],
    })

  test('the outgoing pair stays until the new rule begins', () => {
    const rotation = two(weekly({ start: '2027-02-22', order: ['uma', 'raj'] }))
    expect(pair(rotation, '2027-02-22T08:59-06:00')).toBe('sam+mei')
    expect(pair(rotation, '2027-02-22T09:00-06:00')).toBe('uma+raj')
    expect(pair(two(null), '2029-01-01')).toBe('sam+mei')
  })

  test('begun in the past, its running turn begins with it', () => {
    const rotation = two(weekly({ start: '2027-02-01', order: ['uma', 'raj'] }))
    expect(pair(rotation, changed - 1)).toBe('sam+mei')
    expect(pair(rotation, changed)).toBe('raj+uma')
    expect(pair(rotation, '2027-02-15T09:00-06:00')).toBe('uma+raj')
  })

  test('another time of day only: everybody keeps their turns', () => {
    const rotation = two(monthly({ handOverTime: '20:00' }))
    expect(dutiesBetween(rotation, at('2027-02-05'), at('2027-03-20'))).toMatchObject([
      { primary: 'sam', from: at('2027-02-01T18:00-06:00'), to: at('2027-03-01T20:00-06:00') },
      { primary: 'mei', from: at('2027-03-01T20:00-06:00'), to: at('2027-04-01T20:00-05:00') },
    ])
  })

  test('set for a time that is past, it counts from when it was set', () => {
    const rotation = two(weekly({ order: ['uma', 'raj'] }), at('2027-01-10'))
    expect(pair(rotation, '2027-01-20')).toBe('pat+sam')
    expect(pair(rotation, changed)).toBe('raj+uma')
  })
})

describe('G5: gaps in the coming 45 days', () => {
  const now = at('2027-01-05')

  test('looked for as far ahead as the rule says', () => {
    expect(gapsAhead).toBe(45 * day)
    const emptied = { rules: [{ from: 0, rule: monthly({ start: '2029-01-01' }), setAt: 0 }] }
    expect(gapsBetween(byRule(null, emptied), now)).toEqual([
      { kind: 'nobody', from: now, to: now + 45 * day },
    ])
  })

  test('none where there is none', () => {
    expect(gapsBetween(byRule(monthly()), now)).toEqual([])
  })

  test('one who is named and has left', () => {
    const overrides = [
      override({ from: at('2027-01-20'), to: at('2027-01-22'), primary: 'uma' }),
      override({ from: at('2027-01-21'), to: at('2027-01-23'), primary: 'uma' }),
      override({ from: at('2027-02-05'), to: at('2027-02-06'), secondary: 'raj' }),
    ]
    const left = new Map([
      ['uma', at('2027-01-02')],
      ['raj', at('2027-02-05T12:00Z')],
      ['hal', 0],
    ])
    expect(gapsBetween(byRule(monthly(), { overrides, left }), now)).toEqual([
      { kind: 'gone', member: 'uma', from: at('2027-01-20'), to: at('2027-01-23') },
      { kind: 'gone', member: 'raj', from: at('2027-02-05T12:00Z'), to: at('2027-02-06') },
    ])
  })

  test('one whose turn it is and who has left; not the turns of those who are passed over later', () => {
    const left = new Map([['pat', at('2027-01-15')]])
    expect(gapsBetween(byRule(monthly(), { left }), now, at('2027-06-01'))).toEqual([
      { kind: 'gone', member: 'pat', from: at('2027-01-15'), to: at('2027-02-01T18:00-06:00') },
    ])
    const overrides = [override({ from: at('2027-01-10'), primary: 'uma' })]
    expect(gapsBetween(byRule(monthly(), { left, overrides }), now, at('2027-06-01'))).toEqual([])
  })

  test('one after the other, by beginning', () => {
    const overrides = [
      override({ from: at('2027-01-20'), to: at('2027-01-22'), primary: 'uma' }),
      override({ from: at('2027-01-22'), to: at('2027-01-24'), primary: 'raj' }),
      override({ id: 'lost', from: { handOver: '2027-01-08' }, primary: 'raj' }),
    ]
    const left = new Map([
      ['uma', 0],
      ['raj', 0],
    ])
    expect(gapsBetween(byRule(monthly(), { overrides, left }), now)).toEqual([
      { kind: 'unplaced', override: 'lost', from: at('2027-01-08'), to: at('2027-01-09') },
      { kind: 'gone', member: 'uma', from: at('2027-01-20'), to: at('2027-01-22') },
      { kind: 'gone', member: 'raj', from: at('2027-01-22'), to: at('2027-01-24') },
    ])
  })

  test('an override for a hand-over that is not there', () => {
    const lost = override({ id: 'lost', from: { handOver: '2027-02-03' }, primary: 'uma' })
    const span = { kind: 'unplaced', override: 'lost', from: at('2027-02-03'), to: at('2027-02-04') }
    expect(gapsBetween(byRule(monthly(), { overrides: [lost] }), now)).toEqual([span])
    expect(gapsBetween(byRule(monthly(), { overrides: [{ ...lost, takenBackAt: now }] }), now)).toEqual([])
    const far = { ...lost, from: { handOver: '2028-02-01' } }
    expect(gapsBetween(byRule(monthly(), { overrides: [far] }), now)).toEqual([])
  })
})

describe('whatever the roster', () => {
  const begin = at('2027-01-01')
  const year = at('2028-01-01') - begin
  const who = fc.constantFrom('pat', 'sam', 'mei', 'raj', 'uma')
  const instant = fc.nat(Math.floor(year / hour)).map((hours) => begin + hours * hour)
  const date = fc.nat(364).map((days) => new Date(begin + days * day).toISOString().slice(0, 10))
  const time = fc.constantFrom('00:00', '01:30', '02:15', '02:30', '09:00', '23:59')
  const common = {
    order: fc.uniqueArray(who, { maxLength: 5 }),
    start: date,
    handOverTime: time,
    zone: fc.constantFrom(chicago, lordHowe),
  }
  const weekday = fc.constantFrom<Weekday[]>(1, 2, 3, 4, 5, 6, 7)
  const anyRule = fc.oneof(
    fc.record({
      ...common,
      kind: fc.constant('monthly' as const),
      handOverDay: fc.oneof(
        fc.record({ day: fc.integer({ min: 1, max: 31 }) }),
        fc.record({ nth: fc.constantFrom<(1 | 2 | 3 | 4 | 5)[]>(1, 2, 3, 4, 5), weekday }),
      ),
    }),
    fc.record({ ...common, kind: fc.constant('weekly' as const), handOverDay: weekday }),
    fc.record({
      ...common,
      kind: fc.constant('event' as const),
      handOverDates: fc.array(date, { maxLength: 6 }),
    }),
  )
  const rules = fc.array(
    fc.record({ from: instant, rule: fc.option(anyRule, { freq: 6 }), setAt: instant }),
    { maxLength: 3 },
  )
  const left = fc.array(fc.tuple(who, instant), { maxLength: 3 }).map((leavers) => new Map(leavers))
  // Dates that matter are picked from the hand-overs that there are, by number.
  const byHand = { setAt: instant }
  const moves = fc.array(
    fc.record({ ...byHand, pick: fc.nat(), later: fc.integer({ min: -20, max: 20 }), time }),
    {
      maxLength: 4,
    },
  )
  const changes = fc.array(
    fc.record({
      ...byHand,
      from: fc.oneof(instant, fc.record({ pick: fc.nat() })),
      to: fc.option(instant, { freq: 1 }),
      primary: fc.option(who, { freq: 2 }),
      secondary: fc.option(who, { freq: 1 }),
      takenBackAfter: fc.option(fc.nat(90 * 24), { freq: 1 }),
    }),
    { maxLength: 6 },
  )
  const anyRotation = fc
    .tuple(rules, left, moves, changes)
    .map(([versions, gone, moving, changing]): Rotation => {
      const plain = { rules: versions, moved: [], overrides: [], left: new Map() }
      const known = dutiesBetween(plain, begin, begin + year).flatMap(({ turn }) => turn ?? [])
      const picked = (pick: number) => known[pick % known.length] ?? '2027-05-01'
      return {
        rules: versions,
        left: gone,
        moved: moving.map(({ pick, later, ...rest }) => ({
          ...rest,
          instead: picked(pick),
          date: new Date(at(picked(pick)) + later * day).toISOString().slice(0, 10),
        })),
        overrides: changing.map(({ from, takenBackAfter, ...rest }, index) => ({
          ...rest,
          id: String(index),
          from: typeof from === 'number' ? from : { handOver: picked(from.pick) },
          takenBackAt: takenBackAfter === null ? null : rest.setAt + takenBackAfter * hour,
        })),
      }
    })
  const anyInstant = fc.nat(Math.floor(year / minute)).map((minutes) => begin + minutes * minute)
  const seats = (rotation: Rotation, now: number) => {
    const duty = dutyAt(rotation, now)
    return duty && [duty.primary, duty.secondary]
  }
  const runs = { numRuns: 200 }

  test('G1: at each instant at most one pair of two different people who are there', () => {
    fc.assert(
      fc.property(anyRotation, anyInstant, (rotation, now) => {
        const shifts = dutiesBetween(rotation, begin, begin + year)
        const current = shifts.filter((shift) => shift.from <= now && now < (shift.to ?? Infinity))
        expect(current.length).toBeLessThanOrEqual(1)
        expect(current[0] ?? null).toEqual(dutyAt(rotation, now))
        const { primary = null, secondary = null } = current[0] ?? {}
        if (primary !== null) expect(primary).not.toBe(secondary)
        for (const one of [primary, secondary]) {
          if (one !== null) expect(rotation.left.get(one) ?? Infinity).toBeGreaterThan(now)
        }
      }),
      runs,
    )
  })

  test('G1: a primary wherever anybody of the order is there, a secondary wherever anybody else is', () => {
    fc.assert(
      fc.property(anyRule, anyRotation, anyInstant, (rule, { left, moved, overrides }, now) => {
        const rotation = byRule(rule, { left, moved, overrides })
        const first = dutiesBetween(byRule({ ...rule, order: ['x'] }, { moved }), 0, begin + 2 * year)[0]
          ?.from as number
        const there = rule.order.filter((one) => (left.get(one) ?? Infinity) > now)
        const someoneHadATurn = rule.order.some((one) => (left.get(one) ?? Infinity) > first)
        if (now < first || !someoneHadATurn) return
        if (there.length > 0) expect(dutyAt(rotation, now)).not.toBeNull()
        const plain = dutyAt({ ...rotation, overrides: [] }, now)
        expect(plain === null).toBe(there.length === 0)
        if (plain) expect(plain.secondary === null).toBe(there.length === 1)
      }),
      runs,
    )
  })

  test('G5: no gap without a warning, and no warning without a gap', () => {
    fc.assert(
      fc.property(anyRotation, anyInstant, anyInstant, (rotation, from, now) => {
        const to = from + gapsAhead
        const gaps = gapsBetween(rotation, from)
        for (const gap of gaps) {
          expect(gap.from).toBeGreaterThanOrEqual(from)
          expect(gap.to).toBeLessThanOrEqual(to)
          expect(gap.from).toBeLessThan(gap.to)
        }
        const within = from + ((now - begin) % gapsAhead)
        const warned = (kind: string) =>
          gaps.filter((gap) => gap.kind === kind && gap.from <= within && within < gap.to).length
        const duty = dutyAt(rotation, within)
        expect(warned('nobody')).toBe(duty === null ? 1 : 0)
        expect(warned('no-secondary')).toBe(duty !== null && duty.secondary === null ? 1 : 0)
      }),
      runs,
    )
  })

  test('a shift is the same whatever part of it is asked for', () => {
    fc.assert(
      fc.property(anyRotation, anyInstant, anyInstant, (rotation, one, other) => {
        const [from, to] = one < other ? [one, other] : [other, one + 1]
        const shifts = dutiesBetween(rotation, from, to)
        shifts.forEach((shift, index) => {
          expect(shift.from).toBeLessThan(shift.to ?? Infinity)
          expect(shift.from).toBeGreaterThanOrEqual(shifts[index - 1]?.to ?? -Infinity)
          expect(dutyAt(rotation, Math.max(shift.from, from))).toEqual(shift)
          expect(dutyAt(rotation, Math.min(shift.to ?? Infinity, to) - 1)).toEqual(shift)
        })
        const covered = dutyAt(rotation, one)
        if (covered && one >= from && one < to) expect(shifts).toContainEqual(covered)
      }),
      runs,
    )
  })

  test('G5: the past stays what it was, whatever is set later', () => {
    fc.assert(
      fc.property(anyRotation, anyInstant, anyInstant, (rotation, one, other) => {
        const [then, now] = one < other ? [one, other] : [other, one]
        const known = <Set extends { readonly setAt: number }>(set: readonly Set[]) =>
          set.filter(({ setAt }) => setAt <= now)
        const asItWas: Rotation = {
          rules: known(rotation.rules),
          moved: known(rotation.moved),
          overrides: known(rotation.overrides).map(({ takenBackAt, ...rest }) => ({
            ...rest,
            takenBackAt: takenBackAt !== null && takenBackAt <= now ? takenBackAt : null,
          })),
          left: new Map([...rotation.left].filter(([, when]) => when <= now)),
        }
        const before = dutyAt(asItWas, then)
        const after = dutyAt(rotation, then)
        expect(after && { ...after, to: null }).toEqual(before && { ...before, to: null })
      }),
      { numRuns: 500 },
    )
  })

  test('G5: an override taken back restores what was', () => {
    fc.assert(
      fc.property(anyRotation, fc.nat(), anyInstant, anyInstant, (rotation, pick, back, now) => {
        const chosen = rotation.overrides[pick % rotation.overrides.length]
        if (chosen === undefined) return
        const others = rotation.overrides.filter((one) => one !== chosen)
        const with_ = (takenBackAt: number | null) => ({
          ...rotation,
          overrides: rotation.overrides.map((one) => (one === chosen ? { ...one, takenBackAt } : one)),
        })
        const expected = now < back ? with_(null) : { ...rotation, overrides: others }
        expect(seats(with_(back), now)).toEqual(seats(expected, now))
      }),
      { numRuns: 500 },
    )
  })

  test('G1: without changes by hand the turns go round, and the secondary has the next', () => {
    fc.assert(
      fc.property(anyRule, (rule) => {
        const shifts = dutiesBetween(byRule(rule), begin, begin + 2 * year)
        shifts.forEach((shift, index) => {
          expect(shift.primary).toBe(rule.order[index % rule.order.length])
          const next = shifts[index + 1]
          if (next) expect(shift.to).toBe(next.from)
          if (next && rule.order.length > 1) expect(shift.secondary).toBe(next.primary)
        })
      }),
      runs,
    )
  })
})
