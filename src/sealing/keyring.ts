import { fromBase64, fromUtf8, randomBytes, toBase64, utf8 } from './bytes.ts'
import type { PublicKeys } from './directory.ts'
import { open, seal } from './envelope.ts'
import { newIdentity, recipientOf } from './identity.ts'
import { verifyKeyOf } from './signing.ts'

/** A member's secret keys. They exist only in the member's browser, and sealed. */
export interface Keyring {
  /** Hybrid identity, `AGE-SECRET-KEY-PQ-1…`. */
  readonly identity: string
  /** Ed25519 seed, 32 bytes. */
  readonly signingSeed: Uint8Array
}

/** A new random keyring. */
export const newKeyring = (): Keyring => ({ identity: newIdentity(), signingSeed: randomBytes(32) })

/** The public half of a keyring, as it stands in the key directory. */
export async function publicKeysOf({ identity, signingSeed }: Keyring): Promise<PublicKeys> {
  return { recipient: await recipientOf(identity), verifyKey: verifyKeyOf(signingSeed) }
}

/** Seals a keyring to the recipient of one unlocker. */
export const sealKeyring = ({ identity, signingSeed }: Keyring, recipient: string): Promise<Uint8Array> =>
  seal(utf8(JSON.stringify({ v: 1, identity, signingSeed: toBase64(signingSeed) })), [recipient])

/** Opens a sealed keyring with the identity of an unlocker. Throws if it does not fit. */
export async function openKeyring(sealed: Uint8Array, identity: string): Promise<Keyring> {
  const keyring = JSON.parse(fromUtf8(await open(sealed, identity)))
  if (keyring.v !== 1) throw new Error('This keyring is of another version.')
  return { identity: keyring.identity, signingSeed: fromBase64(keyring.signingSeed) }
}
