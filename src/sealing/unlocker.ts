import { argon2idAsync } from '@noble/hashes/argon2.js'
import { fromBase64, toBase64, toBase64Url, utf8 } from './bytes.ts'
import { codeSecret } from './code.ts'
import { derive } from './derive.ts'
import { identityOf } from './identity.ts'

/** Words in a recovery kit, a member's or the community's: 10 × 12.9 = 129 bits. */
export const recoveryWords = 10

/** What opens a sealed keyring. `token` (43 characters) signs in with the server, which keeps its hash alone. */
export interface Unlocker {
  readonly identity: string
  readonly token: string
}

/** Argon2id's cost: memory in KiB, passes, lanes; the salt is 16 bytes in base64. Stored beside the unlocker. */
export interface PassphraseCost {
  readonly salt: string
  readonly memory: number
  readonly passes: number
  readonly lanes: number
}

/** The least that a passphrase may cost, memory in KiB: less would let whoever has its token guess it. */
export const leastPassphraseCost = { memory: 8 * 1024, passes: 1, lanes: 1 } as const

/** Whether a cost is at least {@link leastPassphraseCost}. Ask before a token made at it is given away. */
export const isEnoughCost = ({ memory, passes, lanes }: PassphraseCost): boolean =>
  memory >= leastPassphraseCost.memory &&
  passes >= leastPassphraseCost.passes &&
  lanes >= leastPassphraseCost.lanes

/** The cost of a new passphrase: RFC 9106's second choice, halved in memory for phones, at the same passes. */
export const passphraseCost = (salt: Uint8Array): PassphraseCost => ({
  salt: toBase64(salt),
  memory: 32 * 1024,
  passes: 3,
  lanes: 1,
})

const unlocker = (secret: Uint8Array, kind: string): Unlocker => ({
  identity: identityOf(derive(secret, `unlocker/${kind}/identity`)),
  token: toBase64Url(derive(secret, `unlocker/${kind}/token`)),
})

/**
 * The unlocker of a passphrase, which never leaves the browser. Slow by intention (Argon2id); run it in a worker.
 *
 * @param passphrase - as typed; Unicode is normalized (NFKC), the rest counts.
 * @param onProgress - told how much is done, from 0 to 1.
 */
export async function passphraseUnlocker(
  passphrase: string,
  cost: PassphraseCost,
  onProgress: (done: number) => void = () => {},
): Promise<Unlocker> {
  const { salt, memory: m, passes: t, lanes: p } = cost
  const secret = await argon2idAsync(utf8(passphrase.normalize('NFKC')), fromBase64(salt), {
    m,
    t,
    p,
    dkLen: 32,
    onProgress,
  })
  return stretchedUnlocker(secret)
}

/** The unlocker of a passphrase that was stretched elsewhere: Argon2id of its NFKC form at its cost, 32 bytes. */
export const stretchedUnlocker = (secret: Uint8Array): Unlocker => unlocker(secret, 'passphrase')

/** The unlocker of a printed recovery kit's words, typed in any case and with any separators. */
export const recoveryUnlocker = (words: string): Unlocker => unlocker(codeSecret(words), 'recovery')

/**
 * The unlocker of a passkey: the output of WebAuthn's PRF extension.
 *
 * @param prf - 32 bytes, the result for the salt {@link prfInput}. The token is unused: the assertion signs in.
 */
export const passkeyUnlocker = (prf: Uint8Array): Unlocker => unlocker(prf, 'passkey')

/** The salt given to the PRF extension, the same for every passkey: WebAuthn separates credentials itself. */
export const prfInput = (): Uint8Array => utf8('bellwether/unlocker/passkey/v1')

/** The identity in the community's printed recovery kit. */
export const communityRecoveryIdentity = (words: string): string =>
  identityOf(derive(codeSecret(words), 'community-recovery/identity'))
