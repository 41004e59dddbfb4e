import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Duty, onCall, receivers } from './roster.ts'

describe('G1: who is on call', () => {
  const october: Duty = { from: 1000, primary: 'pat', secondary: 'sam' }
  const november: Duty = { from: 2000, primary: 'mei', secondary: null }

  test('the pair that began last; the outgoing one stays until the next is named', () => {
    expect(onCall([october, november], 999)).toBeNull()
    expect(onCall([october, november], 1000)).toBe(october)
    expect(onCall([october, november], 1999)).toBe(october)
    expect(onCall([october, november], 2000)).toBe(november)
    expect(onCall([october], 9_999_999)).toBe(october)
    expect(onCall([], 5)).toBeNull()
  })

  test('of two at the same instant the later entry counts', () => {
    expect(onCall([october, { ...november, from: 1000 }], 1000)?.primary).toBe('mei')
  })

  test('once the first is named there is exactly one at each instant', () => {
    const roster = fc
      .uniqueArray(fc.nat(1000), { minLength: 1 })
      .map((starts) =>
        starts
          .sort((a, b) => a - b)
          .map(
            (from): Duty => ({ from, primary: `p${from}`, secondary: from % 2 === 0 ? null : `s${from}` }),
          ),
      )
    fc.assert(
      fc.property(roster, fc.nat(1200), (duties, at) => {
        const begun = duties.filter((duty) => duty.from <= at)
        expect(onCall(duties, at)).toEqual(begun.length === 0 ? null : begun[begun.length - 1])
      }),
    )
  })
})

describe('F1, G3, K2: who receives a case', () => {
  const rotation = ['mei', 'pat', 'sam', 'raj', 'uma']
  const all = new Set(rotation)
  const nobody = new Set<string>()
  const pair = { primary: 'pat', secondary: 'sam' }
  const given = { pair, rotation, excluded: nobody, active: all }

  test('F1: the pair on call, primary first', () => {
    expect(receivers(given)).toEqual(['pat', 'sam'])
  })

  test('K2: the next in the rotation takes the place of an excluded one at once', () => {
    expect(receivers({ ...given, excluded: new Set(['pat']) })).toEqual(['sam', 'raj'])
    expect(receivers({ ...given, excluded: new Set(['sam']) })).toEqual(['pat', 'raj'])
    expect(receivers({ ...given, excluded: new Set(['sam', 'raj']) })).toEqual(['pat', 'uma'])
    expect(receivers({ ...given, excluded: new Set(['sam', 'raj', 'uma']) })).toEqual(['pat', 'mei'])
  })

  test('one who left the committee is passed over, as is a second place that nobody holds', () => {
    expect(receivers({ ...given, active: new Set(['sam', 'raj', 'mei']) })).toEqual(['sam', 'raj'])
    expect(receivers({ ...given, pair: { primary: 'uma', secondary: null } })).toEqual(['uma', 'mei'])
  })

  test('with nobody on call it still reaches somebody', () => {
    expect(receivers({ ...given, pair: null })).toEqual(['mei', 'pat'])
  })

  test('a pair outside the rotation, or the same member twice', () => {
    expect(
      receivers({ ...given, pair: { primary: 'gus', secondary: 'hal' }, active: new Set([...all, 'gus']) }),
    ).toEqual(['gus', 'mei'])
    expect(receivers({ ...given, pair: { primary: 'pat', secondary: 'pat' } })).toEqual(['pat', 'sam'])
  })

  test('whatever the roster: never an excluded or former member, as many as possible up to two, order kept', () => {
    const id = fc.constantFrom<string[]>('a', 'b', 'c', 'd', 'e', 'f')
    const some = fc.uniqueArray(id).map((ids) => new Set(ids))
    const anyPair = fc.option(fc.record({ primary: id, secondary: fc.option(id) }))
    fc.assert(
      fc.property(anyPair, fc.uniqueArray(id), some, some, (onDuty, order, excluded, active) => {
        const got = receivers({ pair: onDuty, rotation: order, excluded, active })
        const named = [onDuty?.primary, onDuty?.secondary].filter((one) => one != null)
        const eligible = new Set([...named, ...order].filter((one) => active.has(one) && !excluded.has(one)))
        expect(got).toHaveLength(Math.min(2, eligible.size))
        expect(new Set(got).size).toBe(got.length)
        for (const one of got) expect(eligible.has(one)).toBe(true)
        const fromPair = [...new Set(named)].filter((one) => eligible.has(one))
        expect(got.slice(0, fromPair.length)).toEqual(fromPair)
      }),
    )
  })
})
