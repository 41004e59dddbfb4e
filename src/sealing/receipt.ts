import { toBase64Url } from './bytes.ts'
import { codeSecret } from './code.ts'
import { derive, digest } from './derive.ts'
import { identityOf, recipientOf } from './identity.ts'
import { verifyKeyOf } from './signing.ts'

/** Words in a receipt code: 8 × 12.9 = 103 bits. */
export const receiptWords = 8

/** Everything a receipt code stands for. Only `lookup` and the public keys are ever sent when a report is filed. */
export interface Receipt {
  /** Finds the case; 22 characters. */
  readonly lookup: string
  /** Proves to the server that the code is known; the server keeps {@link tokenHash} alone. 43 characters. */
  readonly token: string
  /** Opens what is sealed to the reporter. */
  readonly identity: string
  readonly recipient: string
  /** Signs what the reporter writes; 32 bytes. */
  readonly signingSeed: Uint8Array
  readonly verifyKey: string
}

/**
 * Derives a receipt from its code. The code has full entropy, so no slow key derivation is needed.
 *
 * @param code - the words, typed in any case and with any separators.
 */
export async function receiptOf(code: string): Promise<Receipt> {
  const secret = codeSecret(code)
  const identity = identityOf(derive(secret, 'receipt/identity'))
  const signingSeed = derive(secret, 'receipt/signing')
  return {
    lookup: toBase64Url(derive(secret, 'receipt/lookup', 16)),
    token: toBase64Url(derive(secret, 'receipt/token')),
    identity,
    recipient: await recipientOf(identity),
    signingSeed,
    verifyKey: verifyKeyOf(signingSeed),
  }
}

/** What the server stores of a high-entropy token: its SHA-256 in hex. */
export const tokenHash = (token: string): string => digest(new TextEncoder().encode(token))
