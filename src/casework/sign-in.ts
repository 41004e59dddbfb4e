import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { AuthenticationResponseJSON } from '@simplewebauthn/server'
import { newId, toBase64Url } from '../sealing/bytes.ts'
import type { PublicKeys } from '../sealing/directory.ts'
import { tokenHash } from '../sealing/receipt.ts'
import { type PassphraseCost, passphraseCost } from '../sealing/unlocker.ts'
import { accountByEmail, accountById } from '../store/accounts.ts'
import { spendChallenge } from '../store/challenges.ts'
import { membershipsOf, type OwnMembership } from '../store/members.ts'
import type { AccountTable, UnlockerTable } from '../store/schema.ts'
import { beginSession, endSession } from '../store/sessions.ts'
import type { Tx } from '../store/store.ts'
import { markUsed, passkeyByCredential, unlockersOf } from '../store/unlockers.ts'
import type { Office } from './office.ts'
import { checkAssertion, type Place } from './passkeys.ts'
import { Refused } from './refused.ts'
import type { SignInAttempts } from './sign-in-attempts.ts'
import { keyringText } from './unlockers.ts'

/** The browser that signs in. */
export interface Device {
  /** Browser and system in two words. */
  readonly label: string
  /** Id of the session whose cookie it still has: that one ends. */
  readonly former: string | null
  /** Sessions unused for this long, milliseconds, have ended. */
  readonly idle: number
}

/** The holder of an account, as they see themselves. */
export interface OwnAccount {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly keys: PublicKeys
}

/** Who signed in, and what they need to unlock. */
export interface SignedIn {
  readonly account: OwnAccount
  /** Base64, sealed to the unlocker used; null where that does not unlock. */
  readonly sealedKeyring: string | null
  /** Id of the unlocker used; null where there was none to use. */
  readonly unlocker: string | null
  readonly memberships: readonly OwnMembership[]
}

/** A session just begun: its cookie's token exists nowhere else. */
export interface Begun<Answer> {
  readonly answer: Answer
  readonly token: string
}

/** An account without what concerns the store alone. */
export const ownAccount = ({ id, name, email, recipient, verify_key }: AccountTable): OwnAccount => ({
  id,
  name,
  email,
  keys: { recipient, verifyKey: verify_key },
})

/** Begins a session on a device in the transaction of what it signs in for; returns the cookie's token. */
export async function begin(
  tx: Tx,
  accountId: string,
  { label, former, idle }: Device,
  now: number,
): Promise<string> {
  const token = toBase64Url(randomBytes(32))
  if (former !== null) await endSession(tx, former)
  const session = {
    id: tokenHash(token),
    account_id: accountId,
    handle: newId(),
    label,
    created_at: now,
    seen_at: now,
  }
  await beginSession(tx, session, now - idle)
  return token
}

/**
 * What a passphrase costs to stretch for whoever has this address. For an address nobody has, or without a
 * passphrase, an answer of the same kind that is always the same.
 */
export async function costOf({ store, serverKey }: Office, email: string): Promise<PassphraseCost> {
  const account = await accountByEmail(store.db, email)
  const unlockers = await unlockersOf(store.db, account?.id ?? '')
  const cost = unlockers.find(({ kind }) => kind === 'passphrase')?.cost
  if (cost) return JSON.parse(cost) as PassphraseCost
  const salt = Buffer.from(serverKey.disguise(`passphrase ${email.trim().toLowerCase()}`), 'hex')
  return passphraseCost(new Uint8Array(salt.subarray(0, 16)))
}

/**
 * Signs in with what the browser derived from a passphrase or a recovery kit.
 *
 * Guessing a passphrase is slowed down per account. A recovery kit has 129 bits, so nobody guesses it and nobody
 * is slowed down: whoever is kept out by somebody else's guessing still gets in with the kit or a passkey.
 *
 * @throws {Refused} `sign-in-failed`, `too-many`.
 */
export async function signInWithToken(
  office: Office,
  attempts: SignInAttempts,
  given: { readonly kind: 'passphrase' | 'recovery'; readonly email: string; readonly token: string },
  device: Device,
): Promise<Begun<SignedIn>> {
  const { store, clock, serverKey } = office
  const account = await accountByEmail(store.db, given.email)
  const key = account?.id ?? serverKey.disguise(`attempts ${given.email.trim().toLowerCase()}`)
  const seconds = given.kind === 'passphrase' ? attempts.begin(key) : 1
  const unlockers = await unlockersOf(store.db, account?.id ?? '')
  const found = unlockers.find(({ kind }) => kind === given.kind)
  const fits = same(found?.token_hash ?? tokenHash(''), tokenHash(given.token))
  if (!account || !found || !fits) throw new Refused('sign-in-failed', { seconds })
  if (given.kind === 'passphrase') attempts.succeeded(key)
  const now = clock.now()
  const token = await store.write(async (tx) => {
    await stillThere(tx, found)
    await markUsed(tx, found.id, now, 0)
    return begin(tx, account.id, device, now)
  })
  return { answer: await signedIn(office, account.id, found), token }
}

/**
 * Signs in with a passkey's answer to a challenge.
 *
 * @throws {Refused} `passkey-failed`.
 */
export async function signInWithPasskey(
  office: Office,
  place: Place,
  given: { readonly challenge: string; readonly assertion: AuthenticationResponseJSON },
  device: Device,
): Promise<Begun<SignedIn>> {
  const { store, clock } = office
  const found = await passkeyByCredential(store.db, given.assertion.id)
  if (!found) throw new Refused('passkey-failed')
  const { counter, challenge } = await checkAssertion(office, place, given.challenge, given.assertion, found)
  const now = clock.now()
  const token = await store.write(async (tx) => {
    await stillThere(tx, found)
    if (!(await spendChallenge(tx, challenge.id, challenge.expiresAt, now)))
      throw new Refused('passkey-failed')
    await markUsed(tx, found.id, now, counter)
    return begin(tx, found.account_id, device, now)
  })
  return { answer: await signedIn(office, found.account_id, found), token }
}

/** An unlocker taken away while it was being checked signs nobody in. */
async function stillThere(tx: Tx, { id, kind }: UnlockerTable): Promise<void> {
  const row = await tx.selectFrom('unlocker').select('id').where('id', '=', id).executeTakeFirst()
  if (row) return
  throw kind === 'passkey' ? new Refused('passkey-failed') : new Refused('sign-in-failed', { seconds: 1 })
}

/** What somebody who has just signed in is told. */
export async function signedIn(
  { store }: Office,
  accountId: string,
  unlocker: UnlockerTable | null,
): Promise<SignedIn> {
  const account = await accountById(store.db, accountId)
  if (!account) throw new Refused('not-signed-in')
  return {
    account: ownAccount(account),
    sealedKeyring: unlocker && keyringText(unlocker),
    unlocker: unlocker?.id ?? null,
    memberships: await membershipsOf(store.db, accountId),
  }
}

function same(left: string, right: string): boolean {
  const hashed = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(hashed(left), hashed(right))
}
