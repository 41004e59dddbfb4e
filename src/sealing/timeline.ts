import { type CaseRecord, hashOf, openRecord, recipientHash } from './record.ts'

/** A record as the server hands it out. */
export interface SealedRecord {
  /** The server's id of the record. */
  readonly id: string
  readonly epoch: number
  readonly sealed: Uint8Array
}

/** Something a reader must be told about a record. */
export type Doubt =
  /** It could not be opened with the key of its epoch, or the reader holds none. */
  | 'unreadable'
  /** The signature is wrong or missing. */
  | 'signature-wrong'
  /** It is signed, but by a key that is not its author's. */
  | 'author-unknown'
  /** It says it is of another case, epoch or community. */
  | 'misplaced'
  /** It does not follow the record before it: one was dropped, added or moved. */
  | 'out-of-order'

export interface TimelineEntry {
  readonly id: string
  /** null when it could not be opened. */
  readonly record: CaseRecord | null
  /** `recipientHash` of everybody it was sealed to, as its author says. */
  readonly to: readonly string[]
  /** Sealed by the server, not by its author (mail, no JavaScript): weaker, and said so. */
  readonly sealedByServer: boolean
  /** Empty: verified. */
  readonly doubts: readonly Doubt[]
}

/** What a reader knows about a case before opening its records. */
export interface TimelineKeys {
  readonly community: string
  readonly case: string
  /** Identity of each epoch this reader can open. In the mailbox: the reporter's own, for every epoch. */
  identityOf(epoch: number): string | undefined
  /** Verify keys (base64) a member has had, from the verified key directory. */
  memberKeys(member: string): readonly string[]
  /** The reporter's verify key as derived from the receipt; null: trust the first record's (case view). */
  readonly reporterKey: string | null
  /** Which chain to follow: every record of the case, or those shared with the reporter. */
  readonly chain: 'after' | 'afterShared'
}

/**
 * Opens and verifies the records of a case in the order the server claims. Never throws for a bad record: what
 * is wrong with it is said beside it, and nothing is hidden.
 */
export async function readTimeline(
  records: readonly SealedRecord[],
  keys: TimelineKeys,
): Promise<TimelineEntry[]> {
  let reporterKey = keys.reporterKey
  let previous: string | null = null
  const entries: TimelineEntry[] = []
  for (const { id, epoch, sealed } of records) {
    const identity = keys.identityOf(epoch)
    const opened = identity === undefined ? null : await openRecord(sealed, identity).catch(() => null)
    const doubts: Doubt[] = []
    if (opened === null) doubts.push('unreadable')
    else {
      const { record, signed } = opened
      if (signed === 'wrong') doubts.push('signature-wrong')
      else if (signed !== 'by-the-server') {
        if (record.author.who === 'reporter') reporterKey ??= signed.by
        if (!keysOf(record, reporterKey, keys).includes(signed.by)) doubts.push('author-unknown')
      }
      if (record.community !== keys.community || record.case !== keys.case || record.epoch !== epoch)
        doubts.push('misplaced')
      if (record[keys.chain] !== previous) doubts.push('out-of-order')
    }
    entries.push({
      id,
      record: opened?.record ?? null,
      to: opened?.to ?? [],
      sealedByServer: opened?.signed === 'by-the-server',
      doubts,
    })
    previous = hashOf(sealed)
  }
  return entries
}

function keysOf({ author }: CaseRecord, reporterKey: string | null, keys: TimelineKeys): readonly string[] {
  if (author.who === 'member') return keys.memberKeys(author.id)
  return reporterKey === null ? [] : [reporterKey]
}

/**
 * Whether the report a case began with vouches for a recipient: the reporter's, before a member seals to it, or the
 * epoch's, before the reporter does. The server hands both out, and could hand out its own.
 *
 * @param entries - of {@link readTimeline}, from the first on.
 */
export function reportVouchesFor([report]: readonly TimelineEntry[], recipient: string): boolean {
  return (
    report?.record?.kind === 'report' &&
    report.doubts.length === 0 &&
    report.to.includes(recipientHash(recipient))
  )
}

/**
 * Whether a case vouches for the recipient that the server hands out for one of its epochs: the report it began with
 * for the first, the record of the member who made it for a later one. The server could hand out its own.
 *
 * @param entries - of {@link readTimeline}, from the first on.
 */
export function epochVouched(entries: readonly TimelineEntry[], epoch: number, recipient: string): boolean {
  if (epoch === 1) return reportVouchesFor(entries, recipient)
  return entries.some(
    ({ record, doubts, to }) =>
      record?.kind === 'epoch' &&
      record.epoch === epoch &&
      record.author.who === 'member' &&
      doubts.length === 0 &&
      to.includes(recipientHash(recipient)),
  )
}
