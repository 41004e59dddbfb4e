import { checkPlaybook, type Playbook } from '../../procedure/playbook.ts'

/** Whole numbers of a playbook that are edited as such, by their path. */
export const numberSettings = [
  'times.acknowledgeHours',
  'times.acknowledgeIdealHours',
  'times.secondaryInheritsHours',
  'times.openToAllHours',
  'times.resolveDays',
  'times.objectionDays',
  'quorum',
  'confirmations',
] as const

/** Telephone numbers; empty means: not shown. Only the emergency number has to be there. */
export const phoneSettings = ['emergency', 'security', 'nonEmergency', 'committee'] as const

/** The value at a path like `times.resolveDays`. */
export const settingAt = (playbook: Playbook, path: string): unknown =>
  path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], playbook)

/** A copy of a playbook with another value at a path; whether that is a playbook, {@link problemsOf} says. */
export function withSetting(playbook: Playbook, path: string, value: unknown): Playbook {
  const copy = structuredClone(playbook)
  const keys = path.split('.')
  const last = keys.pop() as string
  const parent = keys.reduce<Record<string, unknown>>(
    (at, key) => at[key] as Record<string, unknown>,
    copy as Record<string, unknown>,
  )
  parent[last] = value
  return copy
}

/** A typed whole number, or NaN, which no playbook takes. */
export const typedNumber = (typed: string): number => (/^\s*\d+\s*$/.test(typed) ? Number(typed) : Number.NaN)

/** Typed whole numbers with commas between them; NaN for what is none. */
export const typedNumbers = (typed: string): number[] =>
  typed
    .split(',')
    .filter((part) => part.trim() !== '')
    .map(typedNumber)

/** Lines that are not empty. */
export const typedLines = (typed: string): string[] =>
  typed
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

/** What is wrong with a playbook, by path; what is wrong within a list stands at the list. */
export function problemsOf(playbook: Playbook): ReadonlyMap<string, string> {
  const checked = checkPlaybook(playbook)
  if (checked.ok) return new Map()
  return new Map(checked.problems.map(({ path, message }) => [path.replace(/\.\d+$/, ''), message]))
}
