import { newId } from './bytes.ts'
import type { Directory } from './directory.ts'
import { sealGrant } from './grant.ts'
import { newIdentity, recipientOf } from './identity.ts'
import { type Receipt, tokenHash } from './receipt.ts'
import { type Author, sealRecord } from './record.ts'

/** Stands for the community's recovery recipient where grants name their readers. */
export const recovery = 'recovery'

/** What a new case is made of. */
export interface NewCase {
  readonly community: string
  /** Verified: nobody is sealed to who is not in it, the recovery recipient included. */
  readonly directory: Directory
  /** Ids of members who must not read it (K1). */
  readonly involved: readonly string[]
  /** A `ReportBody` of procedure/report.ts. */
  readonly body: unknown
  /** Epoch milliseconds, by the author's clock. */
  readonly at: number
  /** Null: nobody returns to it with a code. */
  readonly receipt: Receipt | null
  readonly author: Author
  /** The author's; null where the server seals for somebody. */
  readonly signingSeed: Uint8Array | null
  /** Where files were sealed before the report was written: the case's id and identity they were sealed for. */
  readonly prepared?: Prepared
}

/** Id and first epoch of a case that does not exist yet. */
export interface Prepared {
  readonly case: string
  readonly identity: string
  readonly recipient: string
}

/** A new case, sealed: what is sent to the server. */
export interface SealedCase {
  readonly case: string
  /** Head of the directory it was sealed by: the server refuses keys that were replaced meanwhile. */
  readonly directory: string
  readonly recipient: string
  readonly grants: readonly { readonly member: string; readonly sealed: Uint8Array }[]
  readonly record: Uint8Array
  readonly receipt: {
    readonly lookup: string
    readonly tokenHash: string
    readonly recipient: string
    readonly verifyKey: string
  } | null
}

/** Draws the id and the first epoch's identity of a case, before anything is sealed to it. */
export async function prepareCase(): Promise<Prepared> {
  const identity = newIdentity()
  return { case: newId(), identity, recipient: await recipientOf(identity) }
}

/**
 * Seals the first record of a new case and grants its epoch to every active member of the committee who is not
 * involved, and to the recovery recipient (K1, F1).
 *
 * @throws if nobody is left to read it.
 */
export async function sealCase(made: NewCase): Promise<SealedCase> {
  const { community, directory, receipt, involved } = made
  const { case: id, identity, recipient } = made.prepared ?? (await prepareCase())
  const readers = [...directory.members.values()]
    .filter((member) => member.active && member.standing === 'member' && !involved.includes(member.id))
    .map((member) => ({ member: member.id, recipient: member.recipient }))
  if (directory.recovery !== null) readers.push({ member: recovery, recipient: directory.recovery })
  if (readers.length === 0) throw new Error('Nobody is left who could read this.')
  const grant = { v: 1, community, case: id, epoch: 1, identity } as const
  const grants: { member: string; sealed: Uint8Array }[] = []
  // One after the other, so that a phone's worker stays responsive to messages in between.
  for (const reader of readers)
    grants.push({ member: reader.member, sealed: await sealGrant(grant, reader.recipient) })
  const record = await sealRecord(
    {
      v: 1,
      community,
      case: id,
      epoch: 1,
      kind: 'report',
      author: made.author,
      at: made.at,
      body: made.body,
      after: null,
      afterShared: null,
    },
    made.signingSeed,
    receipt ? [recipient, receipt.recipient] : [recipient],
  )
  return {
    case: id,
    directory: directory.head,
    recipient,
    grants,
    record,
    receipt: receipt && {
      lookup: receipt.lookup,
      tokenHash: tokenHash(receipt.token),
      recipient: receipt.recipient,
      verifyKey: receipt.verifyKey,
    },
  }
}
