import { describe, expect, test } from 'vitest'
import type { CaseView } from '../api/shapes.ts'
import { decidingModes } from './deciding-modes.ts'

const proposal = { id: 'p', record: 'r', by: 'pat', at: 0, groupLevel: false, agreed: 0, needed: 2 }
const view = (more: Partial<CaseView>, answers: readonly { agrees: boolean }[] = [], groupLevel = false) =>
  ({
    acknowledgedAt: 1,
    shepherd: 'pat',
    shepherdIntroducedAt: 1,
    blocked: false,
    informedAt: null,
    delayedTo: null,
    decisions: {
      proposals: [{ ...proposal, ended: 'agreed', groupLevel, answers }],
      drafts: [],
      motions: [],
    },
    ...more,
  }) as unknown as CaseView

describe('what a member can write from discussion on', () => {
  test('J2: the shepherd proposes, the others answer; a no lets anybody take it back', () => {
    expect(decidingModes(view({ state: 'discussion' }), 'pat')).toEqual(['proposal', 'delay'])
    expect(decidingModes(view({ state: 'discussion' }), 'mei')).toEqual([])
    expect(decidingModes(view({ state: 'proposed' }), 'pat')).toEqual(['return-to-discussion', 'delay'])
    expect(decidingModes(view({ state: 'proposed' }), 'mei')).toEqual(['agreement'])
    expect(decidingModes(view({ state: 'proposed' }, [{ agrees: false }]), 'mei')).toEqual([
      'agreement',
      'return-to-discussion',
    ])
  })
  test('J4: nothing is proposed while it is blocked', () => {
    expect(decidingModes(view({ state: 'discussion', blocked: true }), 'pat')).toEqual(['delay'])
  })
  test('J3, L1: the motion first where it needs the organizers, M5 otherwise, and closing only after M5', () => {
    expect(decidingModes(view({ state: 'agreed' }, [], true), 'pat')).toEqual(['motion', 'draft', 'delay'])
    expect(decidingModes(view({ state: 'agreed' }), 'pat')).toEqual(['M5', 'draft', 'delay'])
    expect(decidingModes(view({ state: 'motion' }, [], true), 'pat')).toEqual(['M5', 'draft', 'delay'])
    expect(decidingModes(view({ state: 'acting' }), 'pat')).not.toContain('closing')
    expect(decidingModes(view({ state: 'acting', informedAt: 1 }), 'pat')).toEqual([
      'closing',
      'go-on',
      'draft',
      'delay',
    ])
  })
  test('I4, L6: M10 after a new date; a closed case can only be opened again, by anybody who has it', () => {
    expect(decidingModes(view({ state: 'discussion', delayedTo: 2 }), 'pat')).toContain('M10')
    expect(decidingModes(view({ state: 'resolved' }), 'mei')).toEqual(['reopen'])
    expect(decidingModes(view({ state: 'on-file' }), 'mei')).toEqual(['reopen'])
  })
})
