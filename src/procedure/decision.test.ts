import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  checkAgreementBody,
  checkClosingBody,
  checkDraftBody,
  checkMotionBody,
  checkProposalBody,
  tally,
} from './decision.ts'
import { BodyError } from './records.ts'

const yes = (member: string) => ({ member, agrees: true })
const no = (member: string) => ({ member, agrees: false })

describe('J2: at least two other members must agree', () => {
  const entitled = ['pat', 'sam', 'mei', 'raj']
  test('two who agree are enough, whatever a third says', () => {
    expect(tally([yes('sam'), no('mei'), yes('raj')], entitled, 'pat', 2)).toEqual({
      agreed: 2,
      needed: 2,
      verdict: 'agreed',
    })
  })
  test('the shepherd is not one of them', () => {
    expect(tally([yes('pat'), yes('sam')], entitled, 'pat', 2)).toMatchObject({ agreed: 1, verdict: 'open' })
  })
  test('it is out of reach once too few are left who have not said no', () => {
    expect(tally([no('sam')], entitled, 'pat', 2).verdict).toBe('open')
    expect(tally([no('sam'), no('mei')], entitled, 'pat', 2).verdict).toBe('out-of-reach')
  })
})

test('J4: whoever is not entitled any more never counts, and all that is counted is entitled', () => {
  expect(tally([yes('gus'), yes('sam')], ['pat', 'sam', 'mei'], 'pat', 2)).toMatchObject({
    agreed: 1,
    verdict: 'open',
  })
  const member = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f')
  const answers = fc.uniqueArray(fc.record({ member, agrees: fc.boolean() }), {
    selector: (one) => one.member,
  })
  fc.assert(
    fc.property(
      answers,
      fc.uniqueArray(member),
      member,
      fc.integer({ min: 1, max: 4 }),
      (said, may, own, q) => {
        const { agreed, verdict } = tally(said, may, own, q)
        expect(agreed).toBe(
          said.filter((one) => one.agrees && one.member !== own && may.includes(one.member)).length,
        )
        expect(verdict === 'agreed').toBe(agreed >= q)
      },
    ),
  )
})

describe('what the records must have', () => {
  test('J2: a no has a reason, a yes needs none', () => {
    expect(checkAgreementBody({ agrees: true, reason: '' })).toEqual({ agrees: true, reason: '' })
    expect(() => checkAgreementBody({ agrees: false, reason: ' ' })).toThrow(BodyError)
    expect(() => checkAgreementBody({ agrees: 'no', reason: 'x' })).toThrow(BodyError)
  })
  test('L4: actions, outcome and review date, all three', () => {
    const closing = {
      actions: 'Warned him.',
      outcome: 'Resolved.',
      reviewOn: '2028-02-01',
      text: 'Resolved.',
    }
    expect(checkClosingBody(closing)).toEqual(closing)
    for (const field of ['actions', 'outcome', 'reviewOn'])
      expect(() => checkClosingBody({ ...closing, [field]: '' })).toThrow(field)
  })
  test('nothing is empty that is proposed, moved or sent', () => {
    expect(() => checkProposalBody({ text: '' })).toThrow(BodyError)
    expect(() => checkMotionBody({ text: '' })).toThrow(BodyError)
    const draft = { to: 'The speaker', address: null, subject: 'Hello', text: 'Hello.', salt: 'a'.repeat(22) }
    expect(checkDraftBody(draft)).toEqual(draft)
    for (const field of ['to', 'subject', 'text', 'salt'])
      expect(() => checkDraftBody({ ...draft, [field]: '' })).toThrow(field)
  })
})
