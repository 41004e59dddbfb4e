/** The labels of the procedure's two pictures in a language. */
import type { LifecycleLabel } from '../procedure/lifecycle.ts'
import { states } from '../procedure/lifecycle.ts'
import type { TriageLabel } from '../procedure/triage.ts'
import type { ProcedureWords } from './types.ts'

/** Labels for `triageDot`: a place's title, or the text of one of its answers. */
export function triageLabels(words: ProcedureWords): TriageLabel {
  const all: Readonly<Record<string, string>> = words
  return (place, answer) =>
    all[answer === undefined ? `triage.${place}.title` : `triage.${place}.${answer}`] ?? ''
}

/** Labels for `lifecycleDot`: a state's or a step's name. */
export function lifecycleLabels(words: ProcedureWords): LifecycleLabel {
  const all: Readonly<Record<string, string>> = words
  const isState = (what: string) => states.some((state) => state === what)
  return (what) => all[`${isState(what) ? 'state' : 'step'}.${what}`] ?? ''
}
