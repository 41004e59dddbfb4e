import type { RegistrationResponseJSON } from '@simplewebauthn/server'
import { newId, toBase64 } from '../sealing/bytes.ts'
import { countRecipients } from '../sealing/envelope.ts'
import { tokenHash } from '../sealing/receipt.ts'
import type { PassphraseCost } from '../sealing/unlocker.ts'
import { spendChallenge } from '../store/challenges.ts'
import type { UnlockerTable } from '../store/schema.ts'
import type { Tx } from '../store/store.ts'
import { passkeyByCredential } from '../store/unlockers.ts'
import type { Office } from './office.ts'
import { type Challenge, checkNewPasskey, type Passkey, type Place } from './passkeys.ts'
import { Refused } from './refused.ts'

/** A way to sign in and to open the keyring, as a browser made it. */
export type NewUnlocker =
  | {
      readonly kind: 'passphrase'
      readonly label: string
      readonly cost: PassphraseCost
      readonly token: string
      readonly sealedKeyring: Uint8Array
    }
  | {
      readonly kind: 'recovery'
      readonly label: string
      readonly token: string
      readonly sealedKeyring: Uint8Array
    }
  | {
      readonly kind: 'passkey'
      readonly label: string
      readonly attestation: RegistrationResponseJSON
      /** Id of the challenge it answers. */
      readonly challenge: string
      /** Null: this device has no PRF, so the passkey signs in but does not unlock. */
      readonly sealedKeyring: Uint8Array | null
    }

/** An unlocker whose every claim was checked, ready to be kept. */
export interface CheckedUnlocker {
  readonly row: Omit<UnlockerTable, 'account_id' | 'created_at'>
  /** A passkey's, to be spent. */
  readonly challenge: Challenge | null
}

/**
 * Checks new unlockers, before the transaction that keeps them.
 *
 * @throws {MalformedEnvelope} for a keyring that is not sealed to exactly one unlocker.
 * @throws {Refused} `passkey-failed`.
 */
export async function checkUnlockers(
  office: Office,
  place: Place,
  unlockers: readonly NewUnlocker[],
): Promise<CheckedUnlocker[]> {
  const checked: CheckedUnlocker[] = []
  for (const unlocker of unlockers) {
    const { kind, label, sealedKeyring } = unlocker
    if (sealedKeyring !== null && countRecipients(sealedKeyring) !== 1)
      throw new Refused('malformed-envelope', { reason: 'A keyring is sealed to one unlocker.' })
    const { passkey, challenge } =
      kind === 'passkey'
        ? await checkNewPasskey(office, place, unlocker.challenge, unlocker.attestation)
        : { passkey: notAPasskey, challenge: null }
    checked.push({
      row: {
        id: newId(),
        kind,
        label,
        ...passkey,
        cost: kind === 'passphrase' ? JSON.stringify(unlocker.cost) : null,
        token_hash: kind === 'passkey' ? null : tokenHash(unlocker.token),
        sealed_keyring: sealedKeyring,
        used_at: null,
      },
      challenge,
    })
  }
  return checked
}

const notAPasskey: Passkey = { credential_id: null, public_key: null, counter: 0, transports: null }

/**
 * Refuses a first set of unlockers with which the member would be locked out of their own keyring.
 *
 * @throws {Refused} `invalid-input`.
 */
export function checkFirstUnlockers(unlockers: readonly NewUnlocker[]): void {
  if (!unlockers.some(({ sealedKeyring }) => sealedKeyring !== null))
    throw new Refused('invalid-input', { field: 'unlockers', reason: 'none of them opens the keyring' })
}

/**
 * Keeps checked unlockers for an account. A new passphrase or recovery kit takes the place of the old one, which
 * stops working; passkeys stand side by side.
 *
 * @throws {Refused} `passkey-failed` where the challenge was answered before, or the passkey is known already.
 */
export async function keepUnlockers(
  tx: Tx,
  accountId: string,
  unlockers: readonly CheckedUnlocker[],
  now: number,
): Promise<void> {
  for (const { row, challenge } of unlockers) {
    if (challenge && !(await spendChallenge(tx, challenge.id, challenge.expiresAt, now)))
      throw new Refused('passkey-failed')
    if (row.credential_id !== null && (await passkeyByCredential(tx, row.credential_id)))
      throw new Refused('passkey-failed')
    if (row.kind !== 'passkey')
      await tx
        .deleteFrom('unlocker')
        .where('account_id', '=', accountId)
        .where('kind', '=', row.kind)
        .execute()
    await tx
      .insertInto('unlocker')
      .values({ ...row, account_id: accountId, created_at: now })
      .execute()
  }
}

/** A sealed keyring as the API carries it. */
export const keyringText = ({ sealed_keyring }: Pick<UnlockerTable, 'sealed_keyring'>): string | null =>
  sealed_keyring === null ? null : toBase64(new Uint8Array(sealed_keyring))
