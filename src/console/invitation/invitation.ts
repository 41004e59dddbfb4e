import { fromBase64Url, newId, randomBytes, toBase64Url } from '../../sealing/bytes.ts'
import {
  type Delegation,
  type Directory,
  delegationOf,
  fingerprint,
  invitationKey,
  type PublicKeys,
  type SignedText,
  signDelegation,
  signEntry,
  verifyDirectory,
} from '../../sealing/directory.ts'
import { verify } from '../../sealing/signing.ts'
import type { Invitation } from '../api/shapes.ts'

/** How long an invitation can be accepted, milliseconds. */
export const invitationLife = 7 * 24 * 60 * 60 * 1000

/** An invitation just made: what the server keeps, and the link whose seed it never sees. */
export interface NewInvitation {
  readonly id: string
  readonly delegation: SignedText
  readonly link: string
}

/**
 * Makes an invitation, signed by the inviting member.
 *
 * @param origin - of the link.
 */
export function newInvitation(
  about: Pick<Delegation, 'community' | 'standing' | 'replaces' | 'by' | 'expires'>,
  signingSeed: Uint8Array,
  origin: string,
): NewInvitation {
  const id = newId()
  const seed = randomBytes(32)
  const delegation = signDelegation({ v: 1, ...about, invitation: invitationKey(seed) }, signingSeed)
  return { id, delegation, link: `${origin}/console/invitation/${id}#${toBase64Url(seed)}` }
}

/** The link and what the server says of it do not belong together: mistyped, cut, or tampered with. */
export class BrokenInvitation extends Error {
  override name = 'BrokenInvitation'
}

/** An invitation that has been verified, with the seed from its link. */
export interface CheckedInvitation {
  readonly invitation: Invitation
  readonly directory: Directory
  readonly fingerprint: string
  readonly seed: Uint8Array
}

/**
 * Verifies an invitation: its directory is whole, its delegation was signed by a member who is in it, is for this
 * community and this link, and says what the server says.
 *
 * @param fragment - the seed from the link, base64url.
 * @throws {BrokenInvitation}
 */
export function checkInvitation(invitation: Invitation, fragment: string): CheckedInvitation {
  try {
    const seed = fromBase64Url(fragment)
    const directory = verifyDirectory(invitation.community.id, invitation.directory)
    const delegation = delegationOf(invitation.delegation)
    const by = directory.members.get(delegation.by)
    const holds =
      seed.length === 32 &&
      by?.active === true &&
      verify('delegation', invitation.delegation.text, invitation.delegation.signature, by.verifyKey) &&
      delegation.invitation === invitationKey(seed) &&
      delegation.community === invitation.community.id &&
      delegation.standing === invitation.standing &&
      delegation.replaces === (invitation.replaces?.id ?? null)
    if (!holds) throw new BrokenInvitation()
    return { invitation, directory, fingerprint: fingerprint(invitation.directory[0] as SignedText), seed }
  } catch {
    throw new BrokenInvitation()
  }
}

/** The directory entry with which the holder of an invitation enters, signed with the invitation's seed. */
export function enterWith(
  { invitation, directory, seed }: CheckedInvitation,
  member: string,
  keys: PublicKeys,
): SignedText {
  return signEntry(
    {
      v: 1,
      community: invitation.community.id,
      previous: directory.head,
      at: invitation.now,
      member,
      act: 'enter',
      keys,
      delegation: invitation.delegation,
    },
    seed,
  )
}
