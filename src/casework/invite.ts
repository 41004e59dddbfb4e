import type { SignedText } from '../sealing/directory.ts'
import { verify } from '../sealing/signing.ts'
import { directoryEntries, holdCommunity } from '../store/communities.ts'
import { invitationById } from '../store/invitations.ts'
import { appendLog } from '../store/log.ts'
import { activeMember, type Membership } from '../store/members.ts'
import { readDelegation, verified } from './directory-entry.ts'
import type { Office } from './office.ts'
import { Refused } from './refused.ts'

/** An invitation as the inviting chair's browser made it. */
export interface NewInvitation {
  /** Made by the browser, which also makes the link. */
  readonly id: string
  readonly standing: 'member' | 'organizer'
  readonly chair: boolean
  /** For whom, in the inviter's words. */
  readonly note: string
  readonly delegation: SignedText
  /** The member who lost their keys and gets new ones; null: somebody new. */
  readonly replaces: string | null
}

const days = 24 * 60 * 60 * 1000

/** How long an invitation can be accepted, milliseconds. */
export const invitationLife = 7 * days

/**
 * Invites somebody into a community with a link that works once, for seven days. The same invitation sent again
 * is one invitation.
 *
 * @returns when it ends, epoch milliseconds.
 * @throws {Refused} `directory-refused` where the chair did not sign just this, `invalid-input`, `key-reused`.
 */
export async function invite(
  { store, clock }: Office,
  chair: Membership,
  invitation: NewInvitation,
): Promise<{ expiresAt: number }> {
  const now = clock.now()
  const { id, standing, delegation, replaces } = invitation
  if (standing === 'organizer' && invitation.chair)
    throw new Refused('invalid-input', { field: 'chair', reason: 'is for members of the committee' })
  const given = readDelegation(delegation)
  const directory = verified(chair.community, await directoryEntries(store.db, chair.community))
  const by = directory.members.get(chair.id)
  const signedByChair =
    by?.active === true &&
    given.by === chair.id &&
    verify('delegation', delegation.text, delegation.signature, by.verifyKey)
  if (!signedByChair || given.community !== chair.community)
    throw new Refused('directory-refused', { reason: 'You did not sign this invitation.' })
  if (given.standing !== standing || given.replaces !== replaces)
    throw new Refused('directory-refused', { reason: 'What you signed is another invitation.' })
  // A day's grace: the browser's clock may be off.
  if (given.expires <= now || given.expires > now + invitationLife + days)
    throw new Refused('directory-refused', { reason: 'An invitation is for seven days.' })
  const expiresAt = Math.min(given.expires, now + invitationLife)
  return store.write(async (tx) => {
    await holdCommunity(tx, store.kind, chair.community)
    const known = await invitationById(tx, id)
    if (known?.delegation === JSON.stringify(delegation)) return { expiresAt: known.expires_at }
    if (known) throw new Refused('key-reused')
    if (replaces !== null) {
      const replaced = await activeMember(tx, chair.community, replaces)
      if (replaced?.standing !== standing) throw new Refused('not-found')
    }
    await tx
      .insertInto('invitation')
      .values({
        id,
        community_id: chair.community,
        standing,
        chair: invitation.chair ? 1 : 0,
        note: invitation.note,
        delegation: JSON.stringify(delegation),
        replaces,
        invited_by: chair.id,
        created_at: now,
        expires_at: expiresAt,
        used_at: null,
        revoked_at: null,
      })
      .execute()
    await appendLog(tx, [
      {
        community: chair.community,
        at: now,
        case: null,
        actor: chair.id,
        deed: 'member-invited',
        detail: { invitation: id, standing, chair: invitation.chair, replaces },
      },
    ])
    return { expiresAt }
  })
}
