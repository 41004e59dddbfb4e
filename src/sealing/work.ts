import { sha256 } from '@noble/hashes/sha2.js'
import { utf8 } from './bytes.ts'

/** Whether a hash begins with `difficulty` zero bits. */
export function workIsDone(hash: Uint8Array, difficulty: number): boolean {
  for (let bit = 0; bit < difficulty; bit += 1)
    if (((hash[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1) return false
  return true
}

/**
 * Solves a proof of work (hashcash with SHA-256): takes about 2^difficulty hashes; run it in a worker.
 *
 * @param challenge - from a `too-many` problem.
 * @returns the value of the `Proof-Of-Work` header to repeat the request with.
 */
export function proveWork(challenge: string, difficulty: number): string {
  for (let nonce = 0; ; nonce += 1) {
    const proof = `${challenge}:${nonce}`
    if (workIsDone(sha256(utf8(proof)), difficulty)) return proof
  }
}
