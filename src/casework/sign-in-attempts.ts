import type { Clock } from './office.ts'
import { Refused } from './refused.ts'

/** Slows guessing down, account by account, in memory alone. */
export interface SignInAttempts {
  /**
   * Counts an attempt, before anything is known about it, so that many at once are no way around.
   *
   * @param key - the account, or what stands for an unknown one.
   * @returns seconds until the next attempt will be looked at, at least 1.
   * @throws {Refused} `too-many`, with the seconds left to wait; such an attempt does not make the wait longer.
   */
  begin(key: string): number
  /** Forgets the attempts of an account whose holder signed in. */
  succeeded(key: string): void
}

const free = 4
const longest = 30_000
const forgottenAfter = 15 * 60 * 1000
const mostKeys = 10_000

/** The wait grows after a few attempts, 2 s, 4 s, 8 s … and never beyond half a minute: nobody is locked out. */
export function makeSignInAttempts(clock: Clock): SignInAttempts {
  const counts = new Map<string, { attempts: number; until: number }>()
  return {
    begin(key) {
      const now = clock.now()
      const known = counts.get(key)
      if (known && known.until > now)
        throw new Refused('too-many', { seconds: Math.ceil((known.until - now) / 1000) })
      const recent = known && known.until + forgottenAfter > now ? known.attempts : 0
      const attempts = recent + 1
      const wait = attempts <= free ? 0 : Math.min(2 ** (attempts - free) * 1000, longest)
      // Put last, so that the first in the map is the one not tried for the longest time.
      counts.delete(key)
      counts.set(key, { attempts, until: now + wait })
      const [oldest] = counts.keys()
      if (counts.size > mostKeys && oldest !== undefined) counts.delete(oldest)
      return Math.max(1, wait / 1000)
    },
    succeeded: (key) => {
      counts.delete(key)
    },
  }
}
