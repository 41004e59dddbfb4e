import { leanOnCommunities } from '../store/communities.ts'
import { appendLog } from '../store/log.ts'
import { type Notice, queueNotices } from '../store/outbox.ts'
import type { IncidentTable } from '../store/schema.ts'
import type { Tx } from '../store/store.ts'
import { announce } from './announce.ts'
import { appendRecord, askedOf, type Filed, type NewRecord } from './append-record.ts'
import { asSeen, caseAtHand, changeCase } from './case-at-hand.ts'
import type { Office } from './office.ts'
import { once } from './repeatable.ts'

/** A deed of a member that comes with a record of what they say. */
export interface WrittenDeed {
  readonly case: string
  readonly member: string
  readonly record: NewRecord
  /** Of the case as they read it. */
  readonly version: number
  readonly key: string
}

/** What a deed does beside adding its record. */
export interface Effect {
  readonly changes: Partial<Omit<IncidentTable, 'id' | 'community_id' | 'version'>>
  /** For the log. */
  readonly deed: string
  readonly detail?: Readonly<Record<string, unknown>>
  readonly notices: readonly Notice[]
  /** Keeps what refers to the record, once it has its id. */
  readonly keep?: (record: string) => Promise<void>
}

/**
 * Does a deed that comes with a record: once for its key, on the case as its actor saw it, with its log entry and its
 * notices in the same transaction.
 *
 * @param asked - what else tells two requests with the same key apart, the deed's name first.
 * @param decide - what it does, or why it is refused.
 * @throws {Refused} `case-changed`, what {@link appendRecord} refuses, and what `decide` does.
 */
export async function writtenDeed(
  office: Office,
  given: WrittenDeed,
  asked: readonly [name: string, ...unknown[]],
  filed: (incident: IncidentTable) => Pick<Filed, 'kind' | 'shared'>,
  decide: (tx: Tx, incident: IncidentTable, now: number) => Promise<Effect>,
): Promise<void> {
  const { case: caseId, member, record, version, key } = given
  const changed = await office.store.write(async (tx) => {
    const incident = await caseAtHand(office, tx, caseId, member)
    await leanOnCommunities(tx, office.store.kind, [incident.community_id])
    const now = office.clock.now()
    const request = { scope: [asked[0], caseId, member], key, asked: [...asked, ...askedOf(record)] }
    const { answer, first } = await once(tx, request, now, async () => {
      asSeen(incident, version)
      const { changes, deed, detail, notices, keep } = await decide(tx, incident, now)
      const added = await appendRecord(tx, incident, { ...filed(incident), author: member }, record, now)
      await keep?.(added.id)
      const after = await changeCase(tx, incident, { ...added.changes, ...changes }, now)
      await appendLog(tx, [
        {
          community: incident.community_id,
          at: now,
          case: caseId,
          actor: member,
          deed,
          detail: { record: added.id, ...detail },
        },
      ])
      await queueNotices(tx, notices)
      return { version: after.version }
    })
    return first ? answer : null
  })
  if (changed) await announce(office, caseId, changed.version)
}

/** How a message to the reporter is filed: they may read it, if they return with a code. */
export const asMessage = ({ reporter_recipient }: IncidentTable): Pick<Filed, 'kind' | 'shared'> => ({
  kind: 'message',
  shared: reporter_recipient !== null,
})
