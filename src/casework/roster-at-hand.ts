import type { Rotation } from '../procedure/rotation.ts'
import { holdCommunity } from '../store/communities.ts'
import type { NoticeKind } from '../store/outbox.ts'
import { queueNotices } from '../store/outbox.ts'
import { readRotation } from '../store/roster.ts'
import type { CommunityTable } from '../store/schema.ts'
import type { Store, Tx } from '../store/store.ts'
import { unlockingCounts } from '../store/unlockers.ts'
import { unlockersOnCall } from './change-unlockers.ts'
import { Refused } from './refused.ts'

/** A roster while it is changed. */
export interface RosterAtHand {
  readonly community: CommunityTable
  readonly rotation: Rotation
  /** The accounts of the active members of the committee, by member id. */
  readonly accounts: ReadonlyMap<string, string>
}

/**
 * Reads a roster that is about to change; nobody else changes it until the transaction ends.
 *
 * @throws {Refused} `not-found`.
 */
export async function rosterAtHand(tx: Tx, kind: Store['kind'], id: string): Promise<RosterAtHand> {
  const community = await holdCommunity(tx, kind, id)
  if (!community) throw new Refused('not-found')
  const members = await tx
    .selectFrom('member')
    .select(['id', 'account_id'])
    .where('community_id', '=', id)
    .where('standing', '=', 'member')
    .where('left_at', 'is', null)
    .execute()
  return {
    community,
    rotation: await readRotation(tx, id),
    accounts: new Map(members.map((member) => [member.id, member.account_id])),
  }
}

/**
 * Whether members can be put on call.
 *
 * @param seats - for each member the field that names them; null: nobody.
 * @throws {Refused} `invalid-input` for somebody who is not on the committee, `one-unlocker` for a member who could
 * be locked out on the day it matters.
 */
export async function mayBeOnCall(
  tx: Tx,
  { accounts }: RosterAtHand,
  seats: readonly (readonly [field: string, member: string | null])[],
): Promise<void> {
  const counts = await unlockingCounts(tx, [...accounts.values()])
  for (const [field, member] of seats) {
    if (member === null) continue
    const account = accounts.get(member)
    if (account === undefined)
      throw new Refused('invalid-input', { field, reason: 'is not on the committee' })
    if ((counts.get(account) ?? 0) < unlockersOnCall) throw new Refused('one-unlocker', { member })
  }
}

/** Tells members that something about the roster concerns them, each once; whoever did it knows. */
export async function tellOfRoster(
  tx: Tx,
  { community, accounts }: RosterAtHand,
  members: readonly (string | null | undefined)[],
  notice: NoticeKind,
  { by, at }: { readonly by: string | null; readonly at: number },
): Promise<void> {
  const told = new Set(
    members.flatMap((member) => {
      const account = member == null || member === by ? undefined : accounts.get(member)
      return account === undefined ? [] : [account]
    }),
  )
  await queueNotices(
    tx,
    [...told].map((account) => ({ community: community.id, case: null, account, notice, detail: {}, at })),
  )
}
