import { type Duty, onCall } from '../procedure/roster.ts'
import type { Db, Tx } from './store.ts'

/** What has to be known of a community when a report arrives. */
export interface Committee {
  readonly id: string
  readonly timeZone: string
  /** JSON of its playbook. */
  readonly playbook: string
  readonly contact: string
  readonly recoveryRecipient: string | null
  /** Active members of the committee, in the order of the rotation. */
  readonly members: readonly { readonly id: string; readonly account: string }[]
  readonly organizers: readonly { readonly id: string; readonly account: string }[]
  /** Who is on call at the instant asked for. */
  readonly pair: Duty | null
}

/**
 * Reads the committee of a community as it stands at an instant.
 *
 * @param now - epoch milliseconds.
 * @returns null if there is no such community.
 */
export async function readCommittee(db: Db | Tx, community: string, now: number): Promise<Committee | null> {
  const row = await db
    .selectFrom('community')
    .select(['id', 'time_zone', 'playbook', 'contact', 'recovery_recipient'])
    .where('id', '=', community)
    .executeTakeFirst()
  if (!row) return null
  const members = await db
    .selectFrom('member')
    .select(['id', 'account_id as account', 'standing'])
    .where('community_id', '=', community)
    .where('left_at', 'is', null)
    .orderBy('rotation')
    .orderBy('id')
    .execute()
  const duties = await db
    .selectFrom('duty')
    .select(['starts_at as from', 'primary_id as primary', 'secondary_id as secondary'])
    .where('community_id', '=', community)
    .where('starts_at', '<=', now)
    .orderBy('starts_at', 'desc')
    .orderBy('set_at', 'desc')
    .limit(1)
    .execute()
  return {
    id: row.id,
    timeZone: row.time_zone,
    playbook: row.playbook,
    contact: row.contact,
    recoveryRecipient: row.recovery_recipient,
    members: members.filter(({ standing }) => standing === 'member'),
    organizers: members.filter(({ standing }) => standing === 'organizer'),
    pair: onCall(duties, now),
  }
}
