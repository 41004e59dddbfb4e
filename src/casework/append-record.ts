import { limits } from '../procedure/records.ts'
import { countRecipients } from '../sealing/envelope.ts'
import { hashOf } from '../sealing/record.ts'
import { rowId } from '../store/ids.ts'
import { insertRecord } from '../store/records.ts'
import type { IncidentTable } from '../store/schema.ts'
import type { Tx } from '../store/store.ts'
import { attachUpload } from '../store/uploads.ts'
import { Refused } from './refused.ts'

/** A sealed record as its author sends it. */
export interface NewRecord {
  readonly sealed: Uint8Array
  /** Head of the case as the author saw it: the record before this one. */
  readonly after: string
  readonly uploads: readonly { readonly upload: string; readonly tokenHash: string }[]
  /** The server sealed it, for a browser that could not. */
  readonly byServer?: boolean
}

/** What the server must know of a record to file it; never what it says. */
export type FiledKind =
  | 'note'
  | 'message'
  | 'completion'
  | 'support'
  | 'answer'
  | 'shepherd'
  | 'proposal'
  | 'agreement'
  | 'draft'
  | 'delay'
  | 'motion'
  | 'closing'
  | 'epoch'

/** How the server files it. */
export interface Filed {
  readonly kind: FiledKind
  /** Member id; null: the reporter. */
  readonly author: string | null
  /** The reporter may read it: it must be sealed to them too. */
  readonly shared: boolean
}

/** What {@link appendRecord} changed of the case. */
export interface Appended {
  readonly id: string
  readonly changes: Pick<IncidentTable, 'head' | 'shared_head' | 'records'>
}

/**
 * Adds a record at the end of its case.
 *
 * @throws {MalformedEnvelope | Refused} `malformed-envelope` if it is not sealed to exactly those who may read it;
 * `out-of-order`, with the present heads, if another record came first; `file-limit`, `file-incomplete`.
 */
export async function appendRecord(
  tx: Tx,
  incident: IncidentTable,
  { kind, author, shared }: Filed,
  { sealed, after, uploads, byServer }: NewRecord,
  now: number,
): Promise<Appended> {
  if (countRecipients(sealed) !== (shared ? 2 : 1))
    throw new Refused('malformed-envelope', { reason: 'It is sealed to another number of readers.' })
  if (after !== incident.head)
    throw new Refused('out-of-order', { head: incident.head, sharedHead: incident.shared_head ?? '' })
  if (uploads.length > limits.files)
    throw new Refused('file-limit', { files: limits.files, megabytes: limits.fileBytes / 1024 / 1024 })
  const { id: caseId, community_id: community, epoch } = incident
  for (const upload of uploads)
    if (!(await attachUpload(tx, upload, { community, case: caseId, epoch, shared })))
      throw new Refused('file-incomplete')
  const hash = hashOf(sealed)
  const records = incident.records + 1
  const id = rowId(now)
  await insertRecord(tx, {
    id,
    case_id: caseId,
    seq: records,
    epoch,
    kind,
    author_member: author,
    by_server: byServer ? 1 : 0,
    at: now,
    shared: shared ? 1 : 0,
    opened_at: null,
    hash,
    sealed,
  })
  return { id, changes: { head: hash, shared_head: shared ? hash : incident.shared_head, records } }
}

/** What of a record tells two requests with the same key apart. */
export const askedOf = ({ sealed, after, uploads }: NewRecord): readonly unknown[] => [
  hashOf(sealed),
  after,
  uploads,
]
