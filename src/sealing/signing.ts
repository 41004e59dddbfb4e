import { ed25519 } from '@noble/curves/ed25519.js'
import { fromBase64, toBase64, utf8 } from './bytes.ts'

/** What a signature is about; a signature for one purpose never passes for another. */
export type Purpose = 'record' | 'directory' | 'delegation'

const message = (purpose: Purpose, text: string): Uint8Array => utf8(`bellwether/${purpose}/v1\n${text}`)

/** The verify key (base64, 32 bytes) of an Ed25519 signing seed (32 bytes). */
export const verifyKeyOf = (seed: Uint8Array): string => toBase64(ed25519.getPublicKey(seed))

/** Signs a text for one purpose. Returns the Ed25519 signature in base64. */
export const sign = (purpose: Purpose, text: string, seed: Uint8Array): string =>
  toBase64(ed25519.sign(message(purpose, text), seed))

/** Whether a signature (base64) over a text, for this purpose, is by the owner of a verify key (base64). */
export function verify(purpose: Purpose, text: string, signature: string, verifyKey: string): boolean {
  try {
    return ed25519.verify(fromBase64(signature), message(purpose, text), fromBase64(verifyKey))
  } catch {
    return false
  }
}
