import { countRecipients } from '../sealing/envelope.ts'
import { isHybridRecipient } from '../sealing/identity.ts'
import { Refused } from './refused.ts'

/** A sealed report as it reaches the server, whoever sealed it. */
export interface Submission {
  /** Made by whoever sealed it, since every record names its case. */
  readonly case: string
  /** Head of the key directory its grants were sealed by. */
  readonly directory: string
  /** Recipient of the first epoch. */
  readonly recipient: string
  readonly grants: readonly { readonly member: string; readonly sealed: Uint8Array }[]
  readonly record: Uint8Array
  /** Null: nobody returns to it with a code (a member's own log, a taker's report). */
  readonly receipt: {
    readonly lookup: string
    readonly tokenHash: string
    readonly recipient: string
    readonly verifyKey: string
  } | null
  /** Members named as involved (K1). */
  readonly involved: readonly string[]
  readonly uploads: readonly { readonly upload: string; readonly tokenHash: string }[]
  /** Mail address for "there is something for you", or null. */
  readonly notice: string | null
  readonly language: string
  /** The person waits for something to be arranged (B4): whoever has the case in hand is reminded. What it is, is sealed. */
  readonly followUp?: boolean
}

/**
 * Checks all of a submission that needs no database: that every envelope is sealed to hybrid recipients alone, and
 * to as many as it must be.
 *
 * @throws {MalformedEnvelope | Refused}
 */
export function checkSubmission({ recipient, receipt, grants, record }: Submission): void {
  for (const candidate of receipt ? [recipient, receipt.recipient] : [recipient])
    if (!isHybridRecipient(candidate))
      throw new Refused('malformed-envelope', { reason: 'Only hybrid (age1pq…) recipients are accepted.' })
  if (countRecipients(record) !== (receipt ? 2 : 1))
    throw new Refused('malformed-envelope', { reason: 'The report is sealed to another number of readers.' })
  for (const { sealed } of grants)
    if (countRecipients(sealed) !== 1)
      throw new Refused('malformed-envelope', { reason: 'A grant is for one reader.' })
}
