import { dutyAt, type Shift } from '../procedure/rotation.ts'
import { rosterQueries, rosterRows, rotationOf } from './roster.ts'
import type { Db, Tx } from './store.ts'
import { type Answers, together } from './together.ts'

/** What has to be known of a community when a report arrives. */
export interface Committee {
  readonly id: string
  readonly timeZone: string
  /** JSON of its playbook. */
  readonly playbook: string
  readonly contact: string
  readonly recoveryRecipient: string | null
  /** Hash of the newest entry of its key directory; null before the first. */
  readonly directoryHead: string | null
  /** Active members of the committee, in the order of the rotation. */
  readonly members: readonly { readonly id: string; readonly account: string }[]
  readonly organizers: readonly { readonly id: string; readonly account: string }[]
  /** Who is on call at the instant asked for, by the roster (G1). */
  readonly pair: Shift | null
}

/**
 * Reads the committee of a community as it stands at an instant.
 *
 * @param now - epoch milliseconds.
 * @returns null if there is no such community.
 */
export async function readCommittee(db: Db | Tx, community: string, now: number): Promise<Committee | null> {
  return committeeOf(await together(db, committeeQueries(db, community)), now)
}

/** The queries for {@link committeeOf}. */
export const committeeQueries = (db: Db | Tx, community: string) =>
  [
    db
      .selectFrom('community')
      .select(['id', 'time_zone', 'playbook', 'contact', 'recovery_recipient'])
      .select(({ selectFrom }) =>
        selectFrom('directory_entry')
          .select('hash')
          .where('community_id', '=', community)
          .orderBy('seq', 'desc')
          .limit(1)
          .as('directory_head'),
      )
      .where('id', '=', community),
    db
      .selectFrom('member')
      .select(['id', 'account_id as account', 'standing', 'left_at'])
      .where('community_id', '=', community)
      .orderBy('rotation')
      .orderBy('id'),
    ...rosterQueries(db, community),
  ] as const

/** A committee from the answers to {@link committeeQueries}; null if there is no such community. */
export function committeeOf(
  [[row], everybody, ...roster]: Answers<ReturnType<typeof committeeQueries>>,
  now: number,
): Committee | null {
  if (!row) return null
  const here = (wanted: 'member' | 'organizer') =>
    everybody.flatMap(({ id, account, standing, left_at }) =>
      standing === wanted && left_at === null ? [{ id, account }] : [],
    )
  return {
    id: row.id,
    timeZone: row.time_zone,
    playbook: row.playbook,
    contact: row.contact,
    recoveryRecipient: row.recovery_recipient,
    directoryHead: row.directory_head,
    members: here('member'),
    organizers: here('organizer'),
    pair: dutyAt(rotationOf(rosterRows(roster), everybody), now),
  }
}
