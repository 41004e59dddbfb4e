import { newId } from '../sealing/bytes.ts'
import { fingerprint, type PublicKeys, type SignedText } from '../sealing/directory.ts'
import { accountByEmail, accountById, addAccount } from '../store/accounts.ts'
import { directoryEntries, holdCommunity } from '../store/communities.ts'
import { isDuplicate } from '../store/failure.ts'
import { deleteGrants } from '../store/grants.ts'
import { invitationById, useInvitation } from '../store/invitations.ts'
import { appendLog } from '../store/log.ts'
import { activeMember, addMember, everyMember, membershipsOf } from '../store/members.ts'
import type { InvitationTable, MemberTable } from '../store/schema.ts'
import { endSessions } from '../store/sessions.ts'
import type { Tx } from '../store/store.ts'
import { announceSignedOut } from './announce.ts'
import { append, type Vouched, vouched } from './directory-entry.ts'
import type { Office } from './office.ts'
import type { Place } from './passkeys.ts'
import { Refused } from './refused.ts'
import { type Begun, begin, type Device, type SignedIn, signedIn } from './sign-in.ts'
import { checkFirstUnlockers, checkUnlockers, keepUnlockers, type NewUnlocker } from './unlockers.ts'

/** What whoever holds an invitation's link is told of it. */
export interface InvitationView {
  readonly community: {
    readonly id: string
    readonly shortName: string
    readonly name: string
    readonly fingerprint: string
  }
  readonly standing: 'member' | 'organizer'
  readonly replaces: { readonly id: string; readonly name: string } | null
  readonly delegation: SignedText
  /** The key directory that the acceptance continues. */
  readonly directory: readonly SignedText[]
  readonly invitedBy: string
  readonly expiresAt: number
  /** The server's clock, epoch milliseconds: the entry's time is taken from it. */
  readonly now: number
}

/**
 * Reads an invitation for whoever holds its link.
 *
 * @throws {Refused} `not-found`, `link-used`, `link-expired`.
 */
export async function readInvitation({ store, clock }: Office, id: string): Promise<InvitationView> {
  const invitation = await openInvitation(await invitationById(store.db, id), clock.now())
  const community = await store.db
    .selectFrom('community')
    .select(['id', 'short_name', 'name'])
    .where('id', '=', invitation.community_id)
    .executeTakeFirstOrThrow()
  const directory = await directoryEntries(store.db, community.id)
  const members = await everyMember(store.db, community.id)
  const nameOf = (member: string): string => members.find(({ id }) => id === member)?.name ?? ''
  const { standing, replaces, delegation, invited_by, expires_at } = invitation
  return {
    community: {
      id: community.id,
      shortName: community.short_name,
      name: community.name,
      fingerprint: fingerprint(directory[0] as SignedText),
    },
    standing,
    replaces: replaces === null ? null : { id: replaces, name: nameOf(replaces) },
    delegation: JSON.parse(delegation) as SignedText,
    directory,
    invitedBy: nameOf(invited_by),
    expiresAt: expires_at,
    now: clock.now(),
  }
}

function openInvitation(invitation: InvitationTable | null, now: number): InvitationTable {
  if (!invitation) throw new Refused('not-found')
  if (invitation.used_at !== null || invitation.revoked_at !== null) throw new Refused('link-used')
  if (invitation.expires_at <= now) throw new Refused('link-expired')
  return invitation
}

/** An invitation accepted in a browser. */
export interface Acceptance {
  readonly invitation: string
  /** Made by the browser, or the member whose keys are replaced. */
  readonly memberId: string
  /** Of somebody new; null: the account signed in, or the one whose keys are replaced. */
  readonly account: { readonly name: string; readonly email: string } | null
  readonly keys: PublicKeys
  readonly directoryEntry: SignedText
  /** Ways to open the new keyring. None: the keyring of the account signed in serves here too. */
  readonly unlockers: readonly NewUnlocker[]
}

/**
 * Lets the holder of an invitation in, with keys the directory vouches for, and signs them in. Whoever replaces
 * lost keys keeps their place, and the cases they were handed; what opened those goes with the old keys, and others'
 * consoles offer to grant them again. K4: somebody new is handed no old case.
 *
 * A chair can give new keys for their own community alone: where the account is also in another one, its
 * membership here moves to a new account (or to the one signed in), and the old account stays as it is.
 *
 * @param accountId - the account signed in on this browser, or null.
 * @throws {Refused} `not-found`, `link-used`, `link-expired`, `not-signed-in`, `address-taken`, `invalid-input`,
 * `directory-refused`, `directory-changed`, `passkey-failed`.
 */
export async function acceptInvitation(
  office: Office,
  place: Place,
  accountId: string | null,
  acceptance: Acceptance,
  device: Device,
): Promise<Begun<SignedIn>> {
  const { store, clock } = office
  const { memberId, keys, unlockers } = acceptance
  const invitation = openInvitation(await invitationById(store.db, acceptance.invitation), clock.now())
  const own = unlockers.length === 0
  if (own && accountId === null) throw new Refused('not-signed-in')
  if (!own) checkFirstUnlockers(unlockers)
  const entered = await vouched(store.db, invitation.community_id, acceptance.directoryEntry, 'enter')
  checkEntry(entered.entry, acceptance, invitation)
  const checked = await checkUnlockers(office, place, unlockers)
  const now = clock.now()
  const enter = () =>
    store.write(async (tx) => {
      await holdCommunity(tx, store.kind, invitation.community_id)
      if (!(await useInvitation(tx, invitation.id, now))) throw new Refused('link-used')
      await append(tx, entered)
      const account = own
        ? await joinWith(tx, accountId as string, invitation, keys)
        : await accountFor(tx, acceptance, invitation, now)
      if (invitation.replaces === null)
        await addMember(tx, {
          id: memberId,
          community_id: invitation.community_id,
          account_id: account,
          standing: invitation.standing,
          chair: invitation.chair,
          joined_at: now,
        })
      else await tx.updateTable('member').set({ account_id: account }).where('id', '=', memberId).execute()
      await keepUnlockers(tx, account, checked, now)
      await appendLog(tx, [
        {
          community: invitation.community_id,
          at: now,
          case: null,
          actor: memberId,
          deed: invitation.replaces === null ? 'member-entered' : 'keys-replaced',
          detail: { invitation: invitation.id, standing: invitation.standing },
        },
      ])
      return { account, token: await begin(tx, account, device, now) }
    })
  const { account, token } = await enter().catch((error) => {
    // Somebody else took the address between our look and our write: look again, once.
    if (isDuplicate(error)) return enter()
    throw error
  })
  if (invitation.replaces !== null) await announceSignedOut(office)
  // The browser made the keyring, or has it open: nothing needs to be unlocked.
  return { answer: await signedIn(office, account, null), token }
}

function checkEntry(
  entry: Vouched<'enter'>['entry'],
  { memberId, keys }: Acceptance,
  { delegation, replaces }: InvitationTable,
): void {
  const sent = JSON.parse(delegation) as SignedText
  const invited =
    entry.delegation.text === sent.text &&
    entry.delegation.signature === sent.signature &&
    entry.member === memberId &&
    (replaces === null || replaces === memberId)
  if (!invited) throw new Refused('directory-refused', { reason: 'It is an entry for somebody else.' })
  if (entry.keys.recipient !== keys.recipient || entry.keys.verifyKey !== keys.verifyKey)
    throw new Refused('directory-refused', { reason: 'It is an entry with other keys.' })
}

/** The account signed in, whose keyring serves in this community too. */
async function joinWith(
  tx: Tx,
  accountId: string,
  invitation: InvitationTable,
  keys: PublicKeys,
): Promise<string> {
  const account = await accountById(tx, accountId)
  if (!account) throw new Refused('not-signed-in')
  if (account.recipient !== keys.recipient || account.verify_key !== keys.verifyKey)
    throw new Refused('directory-refused', { reason: 'It is an entry with other keys.' })
  const here = (await membershipsOf(tx, accountId)).some(
    ({ community }) => community.id === invitation.community_id,
  )
  if (here) throw new Refused('address-taken')
  if (invitation.replaces !== null) await retireKeys(tx, await replacedMember(tx, invitation))
  return accountId
}

/** The account that gets the new keys: a new one, or the one that lost its keys. */
async function accountFor(
  tx: Tx,
  { account, keys }: Acceptance,
  invitation: InvitationTable,
  now: number,
): Promise<string> {
  const made = { recipient: keys.recipient, verify_key: keys.verifyKey }
  const replaced = invitation.replaces === null ? null : await replacedMember(tx, invitation)
  if (replaced) await retireKeys(tx, replaced)
  const same = account && (await accountByEmail(tx, account.email))
  const elsewhere = replaced && (await membershipsOf(tx, replaced.account_id)).length > 1
  if (replaced && !elsewhere) {
    if (same && same.id !== replaced.account_id) throw new Refused('address-taken')
    await endSessions(tx, replaced.account_id)
    await tx.deleteFrom('unlocker').where('account_id', '=', replaced.account_id).execute()
    await tx
      .updateTable('account')
      .set({ ...made, ...(account && { name: account.name, email: account.email.trim().toLowerCase() }) })
      .where('id', '=', replaced.account_id)
      .execute()
    return replaced.account_id
  }
  if (!account) throw new Refused('invalid-input', { field: 'account', reason: 'is missing' })
  if (same) throw new Refused('address-taken')
  const id = newId()
  await addAccount(tx, { id, ...account, ...made, created_at: now })
  return id
}

async function replacedMember(tx: Tx, { community_id, replaces }: InvitationTable): Promise<MemberTable> {
  const member = await activeMember(tx, community_id, replaces as string)
  if (!member) throw new Refused('not-found')
  return member
}

/** What only the lost keys open goes; being handed a case does not. */
async function retireKeys(tx: Tx, { community_id, id }: MemberTable): Promise<void> {
  await deleteGrants(tx, community_id, id)
}
