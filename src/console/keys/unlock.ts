import { fromBase64, toBase64 } from '../../sealing/bytes.ts'
import { recipientOf } from '../../sealing/identity.ts'
import { type Keyring, openKeyring, publicKeysOf, sealKeyring } from '../../sealing/keyring.ts'
import { passkeyUnlocker, recoveryUnlocker, recoveryWords, type Unlocker } from '../../sealing/unlocker.ts'
import type {
  NewUnlocker,
  PassphraseCost,
  PublicKeys,
  RegistrationResponseJSON,
  SealedUnlocker,
} from '../api/shapes.ts'

/** The keyring did not open with this unlocker, or is not the one whose public keys are known. */
export class WrongUnlocker extends Error {
  override name = 'WrongUnlocker'
}

/**
 * Opens a keyring and checks that it is the account's own.
 *
 * @param sealed - the sealed keyring, standard base64.
 * @param identity - of the unlocker.
 * @param keys - the account's public keys.
 * @throws {WrongUnlocker}
 */
export async function unlock(sealed: string, identity: string, keys: PublicKeys): Promise<Keyring> {
  const keyring = await openKeyring(fromBase64(sealed), identity).catch(() => {
    throw new WrongUnlocker()
  })
  const own = await publicKeysOf(keyring)
  if (own.recipient !== keys.recipient || own.verifyKey !== keys.verifyKey) throw new WrongUnlocker()
  return keyring
}

/** Opens with the first unlocker of one kind that fits (there may be several kits or passkeys). Throws {@link WrongUnlocker}. */
export async function unlockWithAny(
  unlockers: readonly SealedUnlocker[],
  identity: string,
  keys: PublicKeys,
): Promise<Keyring> {
  for (const { sealedKeyring } of unlockers) {
    if (sealedKeyring === null) continue
    const keyring = await unlock(sealedKeyring, identity, keys).catch(() => null)
    if (keyring !== null) return keyring
  }
  throw new WrongUnlocker()
}

/** Whether somebody typed as many words as a recovery kit has. */
export const isWholeKit = (typed: string): boolean =>
  (typed.match(/[a-z][a-z-]*/gi) ?? []).length === recoveryWords

const sealTo = async (keyring: Keyring, { identity }: Unlocker): Promise<string> =>
  toBase64(await sealKeyring(keyring, await recipientOf(identity)))

/** A passphrase as the server keeps it: the sealed keyring and the token that signs in, never the passphrase. */
export async function newPassphrase(
  keyring: Keyring,
  unlocker: Unlocker,
  cost: PassphraseCost,
  label: string,
): Promise<NewUnlocker> {
  return {
    kind: 'passphrase',
    label,
    cost,
    token: unlocker.token,
    sealedKeyring: await sealTo(keyring, unlocker),
  }
}

/** A printed kit of `words` as the server keeps it. */
export async function newRecoveryKit(
  keyring: Keyring,
  words: readonly string[],
  label: string,
): Promise<NewUnlocker> {
  const unlocker = recoveryUnlocker(words.join(' '))
  return { kind: 'recovery', label, token: unlocker.token, sealedKeyring: await sealTo(keyring, unlocker) }
}

/** A passkey as the server keeps it; without a PRF result it signs in and does not unlock. */
export async function newPasskey(
  keyring: Keyring,
  passkey: { readonly attestation: RegistrationResponseJSON; readonly prf: Uint8Array | null },
  challenge: string,
  label: string,
): Promise<NewUnlocker> {
  return {
    kind: 'passkey',
    label,
    challenge,
    attestation: passkey.attestation,
    sealedKeyring: passkey.prf && (await sealTo(keyring, passkeyUnlocker(passkey.prf))),
  }
}
