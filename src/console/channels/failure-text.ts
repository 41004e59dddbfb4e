import type { Say } from '../desk.tsx'

const failures = ['connection', 'busy', 'refused', 'sign-in', 'gone', 'private', 'slow', 'no-server'] as const

/** Why a channel did not take something, in a sentence that says what to do. */
export const failureText = (failure: string | null, say: Say): string =>
  say(`channels.failure.${failures.find((known) => known === failure) ?? 'other'}`)
