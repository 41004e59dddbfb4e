import type { Keyring } from '../../sealing/keyring.ts'
import { isEnoughCost, passkeyUnlocker, recoveryUnlocker } from '../../sealing/unlocker.ts'
import type { Api } from '../api/client.ts'
import type { PassphraseCost, SealedUnlocker, Session, SignedIn } from '../api/shapes.ts'
import type { Desk } from '../desk.tsx'
import {
  askPasskey,
  askPasskeyToUnlock,
  type PublicKeyCredentialRequestOptionsJSON,
} from '../keys/passkey.ts'
import { unlock, unlockWithAny, WrongUnlocker } from '../keys/unlock.ts'

/** Somebody who has signed in. No keyring: what they signed in with does not open it on this device. */
export interface Entered {
  readonly signedIn: SignedIn
  readonly keyring: Keyring | null
}

type WorkOut = Desk['workOut']

/** Signs in and unlocks with one passkey prompt. Throws what the API or the browser's prompt throws. */
export async function signInWithPasskey(api: Api): Promise<Entered> {
  const { challenge, options } = await api.send<{
    challenge: string
    options: PublicKeyCredentialRequestOptionsJSON
  }>('POST', '/session/passkey/options')
  const { assertion, prf } = await askPasskey(options)
  const signedIn = await api.send<SignedIn>('POST', '/session/passkey', { challenge, assertion })
  return { signedIn, keyring: prf && (await opened(signedIn, passkeyUnlocker(prf).identity)) }
}

/** The server asks for a token that is too cheap to make: with it, it could guess the passphrase. */
export class TooCheap extends Error {
  override name = 'TooCheap'
}

/**
 * Signs in and unlocks with a passphrase, which stays in the browser: only a token made from it is sent.
 *
 * @throws {TooCheap} where the server asks for one that it could guess from.
 */
export async function signInWithPassphrase(
  api: Api,
  workOut: WorkOut,
  { email, passphrase }: { readonly email: string; readonly passphrase: string },
  onProgress: (done: number) => void,
): Promise<Entered> {
  const { cost } = await api.send<{ cost: PassphraseCost }>('POST', '/session/passphrase/cost', { email })
  if (!isEnoughCost(cost)) throw new TooCheap()
  const { identity, token } = await workOut(passphrase, cost, onProgress)
  const signedIn = await api.send<SignedIn>('POST', '/session/passphrase', { email, token })
  return { signedIn, keyring: await opened(signedIn, identity) }
}

/** Signs in and unlocks with the words of a printed recovery kit. */
export async function signInWithKit(
  api: Api,
  { email, words }: { readonly email: string; readonly words: string },
): Promise<Entered> {
  const { identity, token } = recoveryUnlocker(words)
  const signedIn = await api.send<SignedIn>('POST', '/session/recovery', { email, token })
  return { signedIn, keyring: await opened(signedIn, identity) }
}

const opened = ({ sealedKeyring, account }: SignedIn, identity: string): Promise<Keyring | null> =>
  sealedKeyring === null
    ? Promise.resolve(null)
    : unlock(sealedKeyring, identity, account.keys).catch(() => null)

/** The ways in which somebody who is signed in can unlock their keyring. */
export interface Unlocking {
  readonly passkeys: readonly SealedUnlocker[]
  readonly passphrase: SealedUnlocker | null
  readonly kits: readonly SealedUnlocker[]
}

/** Sorts an account's unlockers into the ways to unlock: those that hold the keyring. */
export function waysToUnlock(unlockers: readonly SealedUnlocker[]): Unlocking {
  const holding = unlockers.filter(({ sealedKeyring }) => sealedKeyring !== null)
  return {
    passkeys: holding.filter(({ kind, credentialId }) => kind === 'passkey' && credentialId !== null),
    passphrase: holding.find(({ kind, cost }) => kind === 'passphrase' && cost !== null) ?? null,
    kits: holding.filter(({ kind }) => kind === 'recovery'),
  }
}

/** Unlocks with one of the passkeys. Throws {@link WrongUnlocker} where this device gives no PRF result. */
export async function unlockWithPasskey({ passkeys }: Unlocking, { account }: Session): Promise<Keyring> {
  const { assertion, prf } = await askPasskeyToUnlock(
    passkeys.map(({ credentialId }) => credentialId as string),
  )
  const used = passkeys.filter(({ credentialId }) => credentialId === assertion.id)
  if (prf === null) throw new WrongUnlocker()
  return unlockWithAny(used, passkeyUnlocker(prf).identity, account.keys)
}

/** Unlocks with the passphrase. Throws {@link WrongUnlocker} for a wrong one. */
export async function unlockWithPassphrase(
  { passphrase: held }: Unlocking,
  { account }: Session,
  workOut: WorkOut,
  passphrase: string,
  onProgress: (done: number) => void,
): Promise<Keyring> {
  if (held === null) throw new WrongUnlocker()
  const { identity } = await workOut(passphrase, held.cost as PassphraseCost, onProgress)
  return unlockWithAny([held], identity, account.keys)
}

/** Unlocks with a recovery kit's words. Throws {@link WrongUnlocker} for wrong ones. */
export const unlockWithKit = ({ kits }: Unlocking, { account }: Session, words: string): Promise<Keyring> =>
  unlockWithAny(kits, recoveryUnlocker(words).identity, account.keys)
