import type { Directory } from './directory.ts'
import { sealGrant } from './grant.ts'
import { newIdentity, recipientOf } from './identity.ts'
import { recovery } from './intake.ts'
import { sealRecord } from './record.ts'

/** What a new epoch of a case is made of: from then on nothing is sealed to whoever is not in it (K3). */
export interface NextEpoch {
  readonly community: string
  readonly case: string
  /** Number of the new one. */
  readonly epoch: number
  /** Verified: nobody is granted it who is not in it, the recovery recipient included. */
  readonly directory: Directory
  /** Ids of the members it is for. */
  readonly members: readonly string[]
  /** Who makes it, and their 32-byte Ed25519 seed. */
  readonly author: string
  readonly signingSeed: Uint8Array
  /** Epoch milliseconds, by the author's clock. */
  readonly at: number
  /** Hash of the newest record, and the newest that the reporter can read. */
  readonly after: string
  readonly afterShared: string | null
  /** The reporter's recipient, so that their browser knows whom to seal to from now on; null: nobody returns. */
  readonly reporter: string | null
}

/** A new epoch, sealed: what is sent to the server. */
export interface SealedEpoch {
  /** Head of the directory it was sealed by. */
  readonly directory: string
  readonly recipient: string
  readonly grants: readonly { readonly member: string; readonly sealed: Uint8Array }[]
  /** A record that says so, signed: it vouches for the recipient. */
  readonly record: Uint8Array
}

/**
 * Draws a new identity for a case, grants it to members and to the recovery recipient, and signs a record that vouches
 * for it (K3). Who made it knows the identity while they do: a member who leaves makes one for the others, and the next
 * of those makes another.
 *
 * @throws if one of the members is not active in the directory.
 */
export async function sealEpoch(made: NextEpoch): Promise<SealedEpoch> {
  const { community, case: id, epoch, directory, author, reporter } = made
  const identity = newIdentity()
  const recipient = await recipientOf(identity)
  const readers = made.members.map((member) => {
    const listed = directory.members.get(member)
    if (!listed?.active || listed.standing !== 'member') throw new Error('Not in the key directory.')
    return { member, recipient: listed.recipient }
  })
  if (directory.recovery !== null) readers.push({ member: recovery, recipient: directory.recovery })
  const grants: { member: string; sealed: Uint8Array }[] = []
  for (const reader of readers)
    grants.push({
      member: reader.member,
      sealed: await sealGrant({ v: 1, community, case: id, epoch, identity }, reader.recipient),
    })
  const record = await sealRecord(
    {
      v: 1,
      community,
      case: id,
      epoch,
      kind: 'epoch',
      author: { who: 'member', id: author },
      at: made.at,
      body: {},
      after: made.after,
      afterShared: made.afterShared,
    },
    made.signingSeed,
    reporter === null ? [recipient] : [recipient, reporter],
  )
  return { directory: directory.head, recipient, grants, record }
}
