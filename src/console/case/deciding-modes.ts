import { isClosed, type State } from '../../procedure/lifecycle.ts'
import type { CaseView } from '../api/shapes.ts'

/** What is written from discussion on (J2 to L6). Words: `write.mode.<mode>`. */
export type DecidingMode =
  | 'proposal'
  | 'agreement'
  | 'return-to-discussion'
  | 'motion'
  | 'M5'
  | 'draft'
  | 'go-on'
  | 'closing'
  | 'delay'
  | 'M10'
  | 'reopen'

/** What `me` can write in a case from discussion on, by where it stands and whose the step is. */
export function decidingModes(view: CaseView, me: string): DecidingMode[] {
  if (isClosed(view.state)) return ['reopen']
  const isShepherd = view.shepherd === me
  const modes = (isShepherd ? ofShepherd[view.state]?.(view) : ofOthers[view.state]?.(view)) ?? []
  if (view.acknowledgedAt === null) return modes
  return [
    ...modes,
    ...(isShepherd || view.shepherd === null ? (['delay'] as const) : []),
    ...(isShepherd && view.delayedTo !== null ? (['M10'] as const) : []),
  ]
}

type Modes = Partial<Readonly<Record<State, (view: CaseView) => DecidingMode[]>>>

const ofShepherd: Modes = {
  discussion: ({ blocked, shepherdIntroducedAt }) =>
    blocked || shepherdIntroducedAt === null ? [] : ['proposal'],
  proposed: () => ['return-to-discussion'],
  agreed: ({ decisions }) => [
    decisions.proposals.findLast(({ ended }) => ended === 'agreed')?.groupLevel ? 'motion' : 'M5',
    'draft',
  ],
  motion: ({ informedAt }) => (informedAt === null ? ['M5', 'draft'] : ['draft']),
  acting: ({ informedAt }) => (informedAt === null ? ['M5', 'draft'] : ['closing', 'go-on', 'draft']),
}

const ofOthers: Modes = {
  proposed: ({ decisions }) =>
    decisions.proposals.at(-1)?.answers.some(({ agrees }) => !agrees)
      ? ['agreement', 'return-to-discussion']
      : ['agreement'],
}
