import { expect, it } from 'vitest'
import type { states } from '../../procedure/lifecycle.ts'
import { progressOf } from './progress.ts'

const now = (state: (typeof states)[number]) =>
  progressOf(state).flatMap(({ station, is }) => (is === 'now' ? [station] : []))

it('shows one station at hand in every open state, and all behind once it is resolved', () => {
  expect(now('new')).toEqual(['answer'])
  expect(now('acknowledged')).toEqual(['committee'])
  expect(now('committee')).toEqual(['shepherd'])
  expect(now('proposed')).toEqual(['agree'])
  expect(now('motion')).toEqual(['inform'])
  expect(now('acting')).toEqual(['act'])
  expect(progressOf('resolved').every(({ is }) => is === 'done')).toBe(true)
  expect(progressOf('on-file')).toEqual([])
})

it('never shows a station behind that is not', () => {
  expect(progressOf('committee').map(({ is }) => is)).toEqual([
    'done',
    'done',
    'now',
    'to-come',
    'to-come',
    'to-come',
    'to-come',
  ])
})
