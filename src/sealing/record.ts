import { fromUtf8, utf8 } from './bytes.ts'
import { digest } from './derive.ts'
import { open, seal } from './envelope.ts'
import { padJson } from './padding.ts'
import { sign, verify, verifyKeyOf } from './signing.ts'

/** Who wrote a record. `server`: it was sealed by the server (mail, or a browser without JavaScript), unsigned. */
export type Author =
  | { readonly who: 'reporter' }
  | { readonly who: 'member'; readonly id: string }
  | { readonly who: 'server' }

/** One entry of a case, as it is signed and then sealed. Times are epoch milliseconds, by the author's clock. */
export interface CaseRecord<Body = unknown> {
  readonly v: 1
  readonly community: string
  readonly case: string
  readonly epoch: number
  readonly kind: string
  readonly author: Author
  readonly at: number
  readonly body: Body
  /** {@link hashOf} the sealed record before this one in the case; null for the first. */
  readonly after: string | null
  /** The same among those the reporter can read, so that the mailbox too notices what was dropped or reordered. */
  readonly afterShared: string | null
}

/** How a record's author is known. */
export type Signed = { readonly by: string } | 'by-the-server' | 'wrong'

/** A record that could be opened, and what its signature says. */
export interface OpenedRecord {
  readonly record: CaseRecord
  /** {@link recipientHash} of everybody it was sealed to, as its author signed it. */
  readonly to: readonly string[]
  /** The verify key (base64) that signed it, `by-the-server` if nobody did and it says so, `wrong` otherwise. */
  readonly signed: Signed
}

interface Signature {
  readonly record: string
  readonly signature: string | null
  readonly key: string | null
}

/** What a record says of whom it is sealed to: SHA-256 of the recipient, hex. */
export const recipientHash = (recipient: string): string => digest(utf8(recipient))

/** The hash by which the next record refers to a sealed one: SHA-256 of the envelope, hex. */
export const hashOf = (sealed: Uint8Array): string => digest(sealed)

/**
 * Signs a record, pads it to its size class and seals it.
 *
 * @param record - what is recorded.
 * @param signingSeed - the author's 32-byte Ed25519 seed; null only where the server seals for somebody.
 * @param recipients - the epoch's recipient, and the reporter's where the reporter may read it.
 */
export async function sealRecord(
  record: CaseRecord,
  signingSeed: Uint8Array | null,
  recipients: readonly string[],
): Promise<Uint8Array> {
  if ((signingSeed === null) !== (record.author.who === 'server'))
    throw new Error('A record is signed by its author, and only the server signs none.')
  // Signed along, so that nobody can put in recipients of their own for those who answer.
  const text = JSON.stringify({ ...record, to: recipients.map(recipientHash) })
  const signed: Signature = {
    record: text,
    signature: signingSeed && sign('record', text, signingSeed),
    key: signingSeed && verifyKeyOf(signingSeed),
  }
  return seal(padJson(utf8(JSON.stringify(signed))), recipients)
}

/**
 * Opens a sealed record and checks its signature against the key it names. Whose key that is, and whether the
 * record stands in its right place, is for {@link readTimeline} to say.
 *
 * @throws if it cannot be opened with this identity or does not hold a record.
 */
export async function openRecord(sealed: Uint8Array, identity: string): Promise<OpenedRecord> {
  const container = JSON.parse(fromUtf8(await open(sealed, identity))) as Signature
  const { to, ...record } = JSON.parse(container.record) as CaseRecord & { to?: unknown }
  if (record?.v !== 1 || typeof record.kind !== 'string' || typeof record.author?.who !== 'string')
    throw new Error('The envelope does not hold a record of this version.')
  return { record, to: Array.isArray(to) ? to.map(String) : [], signed: signatureOf(container, record) }
}

function signatureOf({ record, signature, key }: Signature, { author }: CaseRecord): Signed {
  if (signature === null) return author.who === 'server' ? 'by-the-server' : 'wrong'
  if (key === null || author.who === 'server') return 'wrong'
  return verify('record', record, signature, key) ? { by: key } : 'wrong'
}
