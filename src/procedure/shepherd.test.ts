import { describe, expect, test } from 'vitest'
import { states } from './lifecycle.ts'
import { actsOf, checkShepherdBody, mayPick } from './shepherd.ts'

describe('who may say what of a shepherd', () => {
  const proposed = { member: 'uma', declared: false, assigned: false }

  test('I2: anybody on the committee may propose', () => {
    expect(actsOf('pat', null)).toEqual(['propose'])
  })

  test('I3: whoever is proposed declares a bias first, and nobody decides before that', () => {
    expect(actsOf('uma', proposed)).toEqual(['declare', 'decline'])
    expect(actsOf('pat', proposed)).toEqual(['propose'])
  })

  test('I2, I3: another member decides, never whoever was proposed', () => {
    const declared = { ...proposed, declared: true }
    expect(actsOf('pat', declared)).toEqual(['assign', 'matters', 'propose'])
    expect(actsOf('uma', declared)).toEqual(['decline'])
  })

  test('I3, I4: a shepherd can step down, and the others can pick another', () => {
    const assigned = { member: 'uma', declared: true, assigned: true }
    expect(actsOf('uma', assigned)).toEqual(['step-down'])
    expect(actsOf('pat', assigned)).toEqual(['matters'])
  })

  test('I1, L6: nobody is picked before the case is brought, or once it is closed', () => {
    expect(states.filter((state) => mayPick(state) === 'too-early')).toEqual(['new', 'acknowledged'])
    expect(states.filter((state) => mayPick(state) === 'closed')).toEqual(['resolved', 'on-file'])
  })
})

describe('what was said', () => {
  const body = { act: 'declare', member: 'uma', bias: false, text: '' } as const

  test('I3: a bias is described, none needs no words', () => {
    expect(checkShepherdBody(body)).toEqual(body)
    expect(() => checkShepherdBody({ ...body, bias: true })).toThrow('“text” is empty')
    expect(checkShepherdBody({ ...body, bias: true, text: 'We are cousins.' }).bias).toBe(true)
  })

  test.each([
    { ...body, act: 'crown' },
    { ...body, member: '' },
    { ...body, bias: 'no' },
    { ...body, more: 1 },
  ])('refuses what is not that: %j', (wrong) => {
    expect(() => checkShepherdBody(wrong)).toThrow()
  })
})
