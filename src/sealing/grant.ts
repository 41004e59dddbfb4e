import { fromUtf8, utf8 } from './bytes.ts'
import { open, seal } from './envelope.ts'
import { recipientOf } from './identity.ts'

/** An epoch's identity, as it is sealed to one reader of the case. */
export interface Grant {
  readonly v: 1
  readonly community: string
  readonly case: string
  readonly epoch: number
  readonly identity: string
}

/**
 * Seals an epoch's identity to one reader (a member, or the community's recovery recipient). Not padded: a grant
 * always has the same length.
 */
export const sealGrant = (grant: Grant, recipient: string): Promise<Uint8Array> =>
  seal(utf8(JSON.stringify(grant)), [recipient])

/**
 * Opens a grant and checks that it is the one expected: for this case and epoch, and the identity that belongs
 * to the epoch's recipient, so that nobody can hand a reader the key of another case.
 *
 * @throws if it cannot be opened or is not the expected one.
 */
export async function openGrant(
  sealed: Uint8Array,
  identity: string,
  expected: { readonly case: string; readonly epoch: number; readonly recipient: string },
): Promise<Grant> {
  const grant = JSON.parse(fromUtf8(await open(sealed, identity))) as Grant
  const same =
    grant.v === 1 &&
    grant.case === expected.case &&
    grant.epoch === expected.epoch &&
    (await recipientOf(grant.identity)) === expected.recipient
  if (!same) throw new Error('This grant does not belong to the case.')
  return grant
}
