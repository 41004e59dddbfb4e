import type { Clock } from './casework/office.ts'

/** The machine's clock. */
export const systemClock: Clock = { now: () => Date.now() }

/** A clock that stands still until it is set, for `--test-clock`. */
export interface TestClock extends Clock {
  set(now: number): void
}

/** A {@link TestClock} that begins at the machine's present. */
export function testClock(): TestClock {
  let instant = Date.now()
  return {
    now: () => instant,
    set: (now) => {
      instant = now
    },
  }
}
