import { hkdf } from '@noble/hashes/hkdf.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { utf8 } from './bytes.ts'

/**
 * One key of several from one secret (HKDF-SHA-256, RFC 5869).
 *
 * @param secret - input keying material of at least 100 bits of entropy (stretch a passphrase first).
 * @param what - the full name of the derived key; different names give independent keys.
 * @param length - bytes wanted.
 */
export const derive = (secret: Uint8Array, what: string, length = 32): Uint8Array =>
  hkdf(sha256, secret, utf8('bellwether/v1'), utf8(what), length)

/** SHA-256 in lower-case hex. */
export const digest = (bytes: Uint8Array): string => bytesToHex(sha256(bytes))
