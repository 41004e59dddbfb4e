import { bech32 } from '@scure/base'
import { identityToRecipient } from 'age-encryption'
import { randomBytes } from './bytes.ts'

const identityPrefix = 'AGE-SECRET-KEY-PQ-'
const recipientPrefix = 'age1pq'
/** Characters of bech32 after `age1pq1`: 1216 bytes of five bits each, and a checksum of six. */
const recipientLength = Math.ceil((1216 * 8) / 5) + 6

/**
 * The hybrid identity (X25519 with ML-KEM-768) of a 32-byte seed.
 *
 * @param seed - 32 bytes of full entropy.
 * @returns an age identity, `AGE-SECRET-KEY-PQ-1…`.
 * @throws if the seed is not 32 bytes long.
 */
export function identityOf(seed: Uint8Array): string {
  if (seed.length !== 32) throw new Error('An identity is made from 32 bytes.')
  return bech32.encodeFromBytes(identityPrefix, seed).toUpperCase()
}

/** A new random hybrid identity, `AGE-SECRET-KEY-PQ-1…`. */
export const newIdentity = (): string => identityOf(randomBytes(32))

/** The recipient, `age1pq1…`, of a hybrid identity. Throws if it is an identity of another kind. */
export async function recipientOf(identity: string): Promise<string> {
  if (!identity.startsWith(`${identityPrefix}1`)) throw new Error('Only hybrid identities are used here.')
  return identityToRecipient(identity)
}

/**
 * Whether a string is a well-formed hybrid recipient. Every other kind is refused everywhere, since mixing
 * kinds in one age file silently downgrades it to the weaker.
 *
 * @param value - anything; only `age1pq1…` with a valid checksum and 1216 bytes passes.
 */
export function isHybridRecipient(value: unknown): value is string {
  const start = recipientPrefix.length + 1
  if (typeof value !== 'string' || !value.startsWith(`${recipientPrefix}1`)) return false
  if (value.length !== start + recipientLength) return false
  let sum = prefixSum
  for (let index = start; index < value.length; index += 1) {
    const five = fiveBits[value.charCodeAt(index)]
    if (five === undefined) return false
    // 1216 bytes end two bits before their last five do; those are zero.
    if (index === value.length - 7 && (five & 3) !== 0) return false
    sum = checksum(sum, five)
  }
  return sum === 1
}

// The checksum of bech32 (BIP 173) by itself: the server checks two recipients in every report, and decoding them
// for it costs ten times as much.
const fiveBits: Record<number, number> = Object.fromEntries(
  [...'qpzry9x8gf2tvdw0s3jn54khce6mua7l'].map((character, five) => [character.charCodeAt(0), five]),
)
const generator = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3]
const carried = Array.from({ length: 32 }, (_, top) =>
  generator.reduce((sum, part, bit) => ((top >> bit) & 1 ? sum ^ part : sum), 0),
)
const checksum = (sum: number, five: number): number =>
  ((sum & 0x1ffffff) << 5) ^ five ^ (carried[sum >>> 25] as number)
const codes = [...recipientPrefix].map((character) => character.charCodeAt(0))
const prefixSum = [...codes.map((code) => code >> 5), 0, ...codes.map((code) => code & 31)].reduce(
  checksum,
  1,
)
