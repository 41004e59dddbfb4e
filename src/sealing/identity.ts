import { bech32 } from '@scure/base'
import { identityToRecipient } from 'age-encryption'
import { randomBytes } from './bytes.ts'

const identityPrefix = 'AGE-SECRET-KEY-PQ-'
const recipientPrefix = 'age1pq'
const recipientBytes = 1216

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
  if (typeof value !== 'string' || !value.startsWith(`${recipientPrefix}1`) || value.length > 2000)
    return false
  try {
    const { prefix, words } = bech32.decode(value as `${string}1${string}`, false)
    return prefix === recipientPrefix && bech32.fromWords(words).length === recipientBytes
  } catch {
    return false
  }
}
