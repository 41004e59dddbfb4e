import { utf8 } from './bytes.ts'
import { derive, digest } from './derive.ts'
import { isHybridRecipient } from './identity.ts'
import { sign, verify, verifyKeyOf } from './signing.ts'

/** `organizer`: reads only what is addressed to the organizers. */
export type Standing = 'member' | 'organizer'

/** Leave, signed by a member, for the holder of an invitation key to enter themselves once. */
export interface Delegation {
  readonly v: 1
  readonly community: string
  /** Verify key (base64) of the invitation; its seed travels in the fragment of the invitation link. */
  readonly invitation: string
  readonly standing: Standing
  /** The member whose keys are replaced, or null for somebody new. */
  readonly replaces: string | null
  /** Epoch milliseconds. */
  readonly expires: number
  /** The member who invites. */
  readonly by: string
}

/** A text and the Ed25519 signature (base64) over it. */
export interface SignedText {
  readonly text: string
  readonly signature: string
}

/** One line of a community's key directory. Times are epoch milliseconds. */
export type DirectoryEntry = {
  readonly v: 1
  readonly community: string
  /** Hash of the entry before, null for the founder's. */
  readonly previous: string | null
  readonly at: number
  readonly member: string
} & (
  | {
      readonly act: 'found'
      readonly keys: PublicKeys
      /** Recipient of the community's printed recovery kit; null: declined. Signed, so that nobody can put in theirs. */
      readonly recovery: string | null
    }
  | { readonly act: 'enter'; readonly keys: PublicKeys; readonly delegation: SignedText }
  | { readonly act: 'remove'; readonly by: string }
)

/** A member's public keys: age recipient (`age1pq1…`) and Ed25519 verify key (base64). */
export interface PublicKeys {
  readonly recipient: string
  readonly verifyKey: string
}

export interface ListedMember extends PublicKeys {
  readonly id: string
  readonly standing: Standing
  /** Every verify key the member has had, newest first: older records stay verifiable. */
  readonly verifyKeys: readonly string[]
  readonly active: boolean
}

/** A directory whose every entry has been verified. */
export interface Directory {
  readonly members: ReadonlyMap<string, ListedMember>
  /** The community's recovery recipient, as its founder signed it; null: declined. */
  readonly recovery: string | null
  /** Hash of the newest entry; a console pins the one it saw last. */
  readonly head: string
  /** Hashes of all entries, oldest first. */
  readonly hashes: readonly string[]
}

/** An entry nobody entitled vouched for, or a list that is not a chain. `at` is the index of the entry. */
export class DirectoryBroken extends Error {
  override name = 'DirectoryBroken'
  readonly at: number
  constructor(at: number, reason: string) {
    super(`Entry ${at + 1} of the key directory is not valid: ${reason}`)
    this.at = at
  }
}

/** Signs a directory entry with the seed of whoever vouches for it: founder, invitation, or removing member. */
export function signEntry(entry: DirectoryEntry, seed: Uint8Array): SignedText {
  const text = JSON.stringify(entry)
  return { text, signature: sign('directory', text, seed) }
}

/** Signs an invitation's delegation with the inviting member's seed. */
export function signDelegation(delegation: Delegation, seed: Uint8Array): SignedText {
  const text = JSON.stringify(delegation)
  return { text, signature: sign('delegation', text, seed) }
}

/** The delegation inside its signature, unverified. Throws `SyntaxError` if it is not JSON. */
export const delegationOf = (signed: SignedText): Delegation => JSON.parse(signed.text) as Delegation

/** The verify key (base64) of an invitation seed. */
export const invitationKey = (seed: Uint8Array): string => verifyKeyOf(seed)

/** Hash (hex) by which the next entry refers to this one. */
export const entryHash = ({ text, signature }: SignedText): string => digest(utf8(`${text}\n${signature}`))

/**
 * Verifies a whole directory, from the founder's entry on: every entry follows the one before and is signed by
 * somebody who was in it at that point, or by an invitation such a member signed.
 *
 * @throws {DirectoryBroken} at the first entry that is not.
 */
export function verifyDirectory(community: string, entries: readonly SignedText[]): Directory {
  const members = new Map<string, ListedMember>()
  const invitations = new Set<string>()
  const hashes: string[] = []
  let recovery: string | null = null
  for (const [index, signed] of entries.entries()) {
    const refuse = (reason: string): never => {
      throw new DirectoryBroken(index, reason)
    }
    const entry = parse(signed, index)
    if (entry.v !== 1 || entry.community !== community) refuse('it is of another community or version.')
    if (entry.previous !== (hashes.at(-1) ?? null)) refuse('it does not follow the entry before it.')
    if ((entry.act === 'found') !== (index === 0)) refuse('only the first entry founds a community.')
    if (entry.act === 'remove') {
      const by = members.get(entry.by)
      const leaving = members.get(entry.member)
      if (!by?.active || !verify('directory', signed.text, signed.signature, by.verifyKey))
        throw new DirectoryBroken(index, 'nobody in the directory signed it.')
      if (!leaving?.active)
        throw new DirectoryBroken(index, 'it removes somebody who is not in the directory.')
      members.set(leaving.id, { ...leaving, active: false })
    } else {
      if (!isHybridRecipient(entry.keys?.recipient)) refuse('its recipient is not a hybrid one.')
      if (entry.act === 'found') {
        if (entry.recovery !== null && !isHybridRecipient(entry.recovery))
          refuse('its recovery recipient is not a hybrid one.')
        recovery = entry.recovery
      }
      const standing =
        entry.act === 'found'
          ? founderStanding(signed, entry.keys, refuse)
          : delegatedStanding(signed, entry, members, invitations, refuse)
      const before = members.get(entry.member)
      members.set(entry.member, {
        id: entry.member,
        standing,
        ...entry.keys,
        verifyKeys: [entry.keys.verifyKey, ...(before?.verifyKeys ?? [])],
        active: true,
      })
    }
    hashes.push(entryHash(signed))
  }
  const head = hashes.at(-1)
  if (head === undefined) throw new DirectoryBroken(0, 'the directory is empty.')
  return { members, recovery, head, hashes }
}

type Refuse = (reason: string) => never

function founderStanding(signed: SignedText, keys: PublicKeys, refuse: Refuse): Standing {
  if (!verify('directory', signed.text, signed.signature, keys.verifyKey))
    refuse('the founder did not sign it.')
  return 'member'
}

function delegatedStanding(
  signed: SignedText,
  entry: DirectoryEntry & { act: 'enter' },
  members: ReadonlyMap<string, ListedMember>,
  invitations: Set<string>,
  refuse: Refuse,
): Standing {
  const delegation = delegationOf(entry.delegation)
  const by = members.get(delegation.by)
  if (!by?.active || !verify('delegation', entry.delegation.text, entry.delegation.signature, by.verifyKey))
    refuse('nobody in the directory signed its invitation.')
  if (delegation.community !== entry.community) refuse('its invitation is for another community.')
  if (invitations.has(delegation.invitation)) refuse('its invitation was used before.')
  if (entry.at > delegation.expires) refuse('its invitation had expired.')
  if (!verify('directory', signed.text, signed.signature, delegation.invitation))
    refuse('it is not signed with its invitation.')
  const before = members.get(entry.member)
  if (
    delegation.replaces === null
      ? before !== undefined
      : delegation.replaces !== entry.member || !before?.active
  )
    refuse('its invitation is for somebody else.')
  if (before && before.standing !== delegation.standing) refuse('it changes the standing of a member.')
  invitations.add(delegation.invitation)
  return delegation.standing
}

function parse({ text }: SignedText, index: number): DirectoryEntry {
  try {
    return JSON.parse(text) as DirectoryEntry
  } catch {
    throw new DirectoryBroken(index, 'it is not JSON.')
  }
}

/**
 * The fingerprint of a community: stands for its first directory entry and so for everything that follows from
 * it. Short enough to be printed on a poster and compared by eye: 6 groups of 4 of Crockford's base32.
 *
 * @param first - the founder's entry.
 */
export function fingerprint(first: SignedText): string {
  const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
  const bytes = derive(utf8(entryHash(first)), 'directory/fingerprint', 24)
  const symbols = Array.from(bytes, (byte) => alphabet[byte % 32]).join('')
  return (symbols.match(/.{4}/g) as string[]).join(' ')
}
