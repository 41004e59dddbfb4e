import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  isBlocked,
  isOverdue,
  lifecycleDot,
  mayKeepOnFile,
  nextState,
  nextStep,
  possibleSteps,
  type Standing,
  type State,
  type StepKey,
  states,
  stepKeys,
  stepOf,
  steps,
} from './lifecycle.ts'

/** The section States, written down by hand: from, to. Nothing else is possible. */
const possible: readonly [State, State][] = [
  ['new', 'acknowledged'],
  ['new', 'on-file'],
  ['acknowledged', 'on-file'],
  ['acknowledged', 'committee'],
  ['committee', 'discussion'],
  ['discussion', 'proposed'],
  ['proposed', 'agreed'],
  ['proposed', 'discussion'],
  ['agreed', 'acting'],
  ['agreed', 'motion'],
  ['motion', 'acting'],
  ['motion', 'discussion'],
  ['acting', 'resolved'],
  ['acting', 'discussion'],
  ['resolved', 'discussion'],
  ['on-file', 'discussion'],
]

describe('States', () => {
  test('the steps lead exactly where the rule book says', () => {
    const led = steps.flatMap((step) => step.from.map((from) => `${from} ${step.to}`))
    expect(led.sort()).toEqual(possible.map((pair) => pair.join(' ')).sort())
  })

  test('each step has one row', () => {
    expect(steps.map((row) => row.step)).toEqual([...stepKeys])
  })

  test('whatever is tried, the state changes only as the rule book says, and a refusal has a reason', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...stepKeys), { maxLength: 40 }), (tried) => {
        let state: State = 'new'
        for (const step of tried) {
          const result = nextState(state, step)
          const offered = possibleSteps(state).map((row) => row.step)
          expect(result.ok).toBe(offered.includes(step))
          if (!result.ok) {
            expect(result.reason).toMatch(/^(closed|still-open|too-late|too-early)$/)
            continue
          }
          expect(possible).toContainEqual([state, result.state])
          state = result.state
        }
      }),
    )
  })

  test('the way through, with every loop (S3)', () => {
    const way: [StepKey, State][] = [
      ['acknowledge', 'acknowledged'],
      ['bring-to-committee', 'committee'],
      ['introduce-shepherd', 'discussion'],
      ['propose', 'proposed'],
      ['return-to-discussion', 'discussion'],
      ['propose', 'proposed'],
      ['agree', 'agreed'],
      ['inform-reporter', 'acting'],
      ['go-on', 'discussion'],
      ['propose', 'proposed'],
      ['agree', 'agreed'],
      ['move-motion', 'motion'],
      ['pass-motion', 'acting'],
      ['resolve', 'resolved'],
      ['reopen', 'discussion'],
    ]
    let state: State = 'new'
    for (const [step, expected] of way) {
      expect(nextState(state, step)).toEqual({ ok: true, state: expected })
      state = expected
    }
  })

  test('the reason of a refusal says why', () => {
    expect(nextState('new', 'bring-to-committee')).toEqual({ ok: false, reason: 'too-early' })
    expect(nextState('new', 'resolve')).toEqual({ ok: false, reason: 'too-early' })
    expect(nextState('committee', 'acknowledge')).toEqual({ ok: false, reason: 'too-late' })
    expect(nextState('committee', 'keep-on-file')).toEqual({ ok: false, reason: 'too-late' })
    expect(nextState('acting', 'move-motion')).toEqual({ ok: false, reason: 'too-late' })
    expect(nextState('resolved', 'propose')).toEqual({ ok: false, reason: 'closed' })
    expect(nextState('on-file', 'acknowledge')).toEqual({ ok: false, reason: 'closed' })
    expect(nextState('discussion', 'reopen')).toEqual({ ok: false, reason: 'still-open' })
  })

  test('the messages go out with their steps', () => {
    const sent = steps.filter((row) => row.message !== undefined).map((row) => [row.step, row.message])
    expect(sent).toEqual([
      ['acknowledge', 'M1'],
      ['keep-on-file', 'M2'],
      ['introduce-shepherd', 'M4'],
      ['move-motion', 'M9'],
      ['inform-reporter', 'M5'],
      ['resolve', 'M7'],
    ])
  })

  test('an unknown step is an error of ours', () => {
    expect(() => stepOf('dance' as StepKey)).toThrow(RangeError)
  })

  test('the picture shows each state, each step, and where the case is', () => {
    const dot = lifecycleDot((what) => what, 'motion')
    for (const state of states) expect(dot).toContain(`id="state-${state}"`)
    for (const [from, to] of possible) expect(dot).toContain(`"${from}" -> "${to}"`)
    expect(dot.match(/ -> /g)).toHaveLength(possible.length)
    expect(dot.match(/class="state here"/g)).toHaveLength(1)
    expect(dot).toContain('id="state-motion", class="state here"')
  })
})

describe('H3: kept on file', () => {
  test('where action has been taken and no decision is asked for', () => {
    expect(mayKeepOnFile({ actionTaken: true, decisionWanted: false })).toEqual({ ok: true })
    expect(mayKeepOnFile({ actionTaken: true, decisionWanted: null })).toEqual({ ok: true })
  })

  test('not where the reporter asks for a decision, whatever else is known', () => {
    for (const actionTaken of [true, false, null, 'unknown'] as const) {
      expect(mayKeepOnFile({ actionTaken, decisionWanted: true })).toEqual({
        ok: false,
        reason: 'decision-wanted',
      })
    }
  })

  test('not where nothing was done, even if nothing done is what they want (S4)', () => {
    for (const decisionWanted of [false, null, 'unknown'] as const) {
      expect(mayKeepOnFile({ actionTaken: false, decisionWanted })).toEqual({
        ok: false,
        reason: 'nothing-done',
      })
    }
  })

  test('not before somebody has said that something was done', () => {
    expect(mayKeepOnFile({ actionTaken: null, decisionWanted: null })).toEqual({
      ok: false,
      reason: 'not-said',
    })
  })

  test('the server does not refuse what it cannot see', () => {
    expect(mayKeepOnFile({ actionTaken: 'unknown', decisionWanted: 'unknown' })).toEqual({ ok: true })
  })
})

describe('the marks', () => {
  test('L5: overdue from the millisecond after it is due, until it is closed', () => {
    expect(isOverdue('discussion', 1000, 1000)).toBe(false)
    expect(isOverdue('discussion', 1000, 1001)).toBe(true)
    expect(isOverdue('new', 1000, 1001)).toBe(true)
    expect(isOverdue('resolved', 1000, 1001)).toBe(false)
    expect(isOverdue('on-file', 1000, 1001)).toBe(false)
  })

  test('J4: blocked where fewer than the quorum are left beside the shepherd', () => {
    expect(isBlocked('discussion', 1, 2)).toBe(true)
    expect(isBlocked('discussion', 2, 2)).toBe(true)
    expect(isBlocked('discussion', 3, 2)).toBe(false)
    expect(isBlocked('resolved', 1, 2)).toBe(false)
  })
})

describe('the next step and whose it is', () => {
  const arrived: Standing = {
    state: 'new',
    now: 0,
    receivers: ['pat', 'sam'],
    secondaryInheritsAt: 6,
    openAt: 24,
    firstResponder: null,
  }
  const turn = (facts: Partial<Standing>) => {
    const next = nextStep({ ...arrived, ...facts })
    return next === null ? null : [next.task, next.turn, next.member, next.rule]
  }

  test('G2: the primary answers first', () => {
    expect(turn({})).toEqual(['answer-reporter', 'primary', 'pat', 'G2'])
    expect(turn({ now: 5 })).toEqual(['answer-reporter', 'primary', 'pat', 'G2'])
  })

  test('G3: the secondary inherits at six hours', () => {
    expect(turn({ now: 6 })).toEqual(['answer-reporter', 'secondary', 'sam', 'G3'])
    expect(turn({ now: 6, receivers: ['pat'] })).toEqual(['answer-reporter', 'primary', 'pat', 'G2'])
  })

  test('G4: after a day it is anybody’s, and with no receiver at once', () => {
    expect(turn({ now: 24 })).toEqual(['answer-reporter', 'anyone', null, 'G4'])
    expect(turn({ receivers: [] })).toEqual(['answer-reporter', 'anyone', null, 'G4'])
  })

  test('whoever took it keeps it', () => {
    expect(turn({ now: 30, firstResponder: 'mei' })).toEqual([
      'answer-reporter',
      'first-responder',
      'mei',
      'H1',
    ])
  })

  test('I1: the first responder brings it to the committee', () => {
    const acknowledged = { state: 'acknowledged', firstResponder: 'pat' } as const
    expect(turn(acknowledged)).toEqual(['bring-to-committee', 'first-responder', 'pat', 'I1'])
  })

  test('I2, I5 to I7: shepherd picked, named, objection awaited, introduced', () => {
    const brought = { state: 'committee', firstResponder: 'pat' } as const
    expect(turn(brought)).toEqual(['pick-shepherd', 'committee', null, 'I2'])
    expect(turn({ ...brought, shepherd: 'uma' })).toEqual(['name-shepherd', 'first-responder', 'pat', 'I5'])
    const named = { ...brought, shepherd: 'uma', shepherdNamed: true }
    expect(turn({ ...named, objectionEndsAt: 1 })).toEqual(['wait-for-objection', 'reporter', null, 'I6'])
    expect(turn({ ...named, objectionEndsAt: 1, now: 1 })).toEqual([
      'introduce-shepherd',
      'shepherd',
      'uma',
      'I7',
    ])
    expect(turn({ ...named, objectionEndsAt: null })).toEqual(['introduce-shepherd', 'shepherd', 'uma', 'I7'])
  })

  test('I2, I6: without a shepherd a case that is further on needs another, named and introduced', () => {
    const later = { firstResponder: 'pat', unconflicted: 4, quorum: 2, shepherdIntroduced: false }
    for (const state of ['discussion', 'agreed', 'motion', 'acting'] as const) {
      expect(turn({ ...later, state, shepherd: null })).toEqual(['pick-shepherd', 'committee', null, 'I2'])
      const picked = { ...later, state, shepherd: 'uma' }
      expect(turn(picked)).toEqual(['name-shepherd', 'first-responder', 'pat', 'I5'])
      expect(turn({ ...picked, shepherdNamed: true })).toEqual([
        'introduce-shepherd',
        'shepherd',
        'uma',
        'I7',
      ])
      expect(turn({ ...picked, shepherdIntroduced: true })?.[0]).not.toBe('introduce-shepherd')
    }
  })

  test('I5: a first responder who is the shepherd skips M3', () => {
    expect(turn({ state: 'committee', firstResponder: 'pat', shepherd: 'pat' })).toEqual([
      'introduce-shepherd',
      'shepherd',
      'pat',
      'I7',
    ])
  })

  test('J and L: later states', () => {
    const later = { firstResponder: 'pat', shepherd: 'uma', unconflicted: 4, quorum: 2 }
    expect(turn({ ...later, state: 'discussion' })?.[0]).toBe('discuss-and-propose')
    expect(turn({ ...later, state: 'proposed' })?.[0]).toBe('decide')
    expect(turn({ ...later, state: 'agreed' })?.[0]).toBe('inform-reporter')
    expect(turn({ ...later, state: 'agreed', groupLevel: true })?.[0]).toBe('move-motion')
    expect(turn({ ...later, state: 'motion', reporterInformed: false })?.[0]).toBe('inform-reporter')
    expect(turn({ ...later, state: 'motion', reporterInformed: true })?.[0]).toBe('wait-for-vote')
    expect(turn({ ...later, state: 'acting', reporterInformed: false })?.[0]).toBe('inform-reporter')
    expect(turn({ ...later, state: 'acting', reporterInformed: true })?.[0]).toBe('act-and-close')
    expect(turn({ ...later, state: 'resolved' })).toBeNull()
    expect(turn({ ...later, state: 'on-file' })).toBeNull()
  })

  test('J4: blocked turns to the organizers', () => {
    const few = { firstResponder: 'pat', shepherd: 'pat', unconflicted: 2, quorum: 2 }
    for (const state of ['committee', 'discussion', 'proposed'] as const) {
      expect(turn({ ...few, state })).toEqual(['ask-organizers', 'committee', null, 'J4'])
    }
    expect(turn({ ...few, state: 'acting' })?.[0]).toBe('act-and-close')
  })

  test('what is offered can be done', () => {
    for (const state of states) {
      for (const step of nextStep({ ...arrived, state, firstResponder: 'pat' })?.steps ?? []) {
        expect(nextState(state, step).ok).toBe(true)
      }
    }
  })
})
