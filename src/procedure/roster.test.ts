import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { receivers } from './roster.ts'

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
