/** When somebody is reminded of what they are to do (B4, E3). Instants are epoch milliseconds. */

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** When the responders are first reminded of what the person who reported waits for (B4). */
export const followUpAt = (arrivedAt: number): number => arrivedAt + 15 * minute

/** When a member is first reminded to speak to a presenter, unless they say another time (E3). */
export const speakAt = (now: number): number => now + 3 * hour

/** The farthest off that a task may be due. */
export const farthestDueAt = (now: number): number => now + 90 * day

/**
 * The next reminder of what is still not done: after an hour, then as late again as it is overdue, at least once a
 * day.
 */
export const remindAgainAt = (dueAt: number, now: number): number =>
  now + Math.min(Math.max(now - dueAt, hour), day)
