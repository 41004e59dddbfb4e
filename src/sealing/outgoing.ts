import { utf8 } from './bytes.ts'
import { digest } from './derive.ts'

/** A message to somebody else, as it is confirmed and then sent (L2). */
export interface Outgoing {
  /** Mail address; null: it is handed over by hand. */
  readonly address: string | null
  readonly subject: string
  readonly text: string
  /** Random, so that nobody who knows the digest can guess the rest. */
  readonly salt: string
}

/**
 * By what the server knows a confirmed message again without having read it: SHA-256, hex. What is sent is refused if
 * its digest is another one.
 */
export const outgoingDigest = ({ address, subject, text, salt }: Outgoing): string =>
  digest(utf8(JSON.stringify([salt, address, subject, text])))
