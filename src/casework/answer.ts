import type { ShepherdAnswer } from '../procedure/records.ts'
import type { CasePerson } from '../store/case-people.ts'
import { incidentForDeed } from '../store/incidents.ts'
import { appendLog } from '../store/log.ts'
import { queueNotices } from '../store/outbox.ts'
import type { IncidentTable } from '../store/schema.ts'
import type { Added } from './add-record.ts'
import { announce } from './announce.ts'
import { appendRecord, askedOf, type NewRecord } from './append-record.ts'
import { changeCase } from './case-at-hand.ts'
import { hearObjection } from './objection.ts'
import type { Office } from './office.ts'
import { peopleOfCase } from './people-of-case.ts'
import { Refused } from './refused.ts'
import { once } from './repeatable.ts'
import { tellMembers } from './tell.ts'

/**
 * Adds what the reporter writes from the mailbox, and tells whoever has the case in charge. A closed case comes back
 * into the inboxes until a member looks after it (L6).
 *
 * @throws {Refused} `not-found`, and what {@link appendRecord} and {@link hearObjection} refuse.
 */
export async function answer(
  office: Office,
  given: {
    readonly case: string
    readonly record: NewRecord
    /** What they say of the shepherd, as the record says it too (I6); null: nothing. */
    readonly shepherd?: ShepherdAnswer | null
    readonly key: string
  },
): Promise<Added> {
  const { case: caseId, record, shepherd = null, key } = given
  const { added, version } = await office.store.write(async (tx) => {
    const incident = await incidentForDeed(tx, office.store.kind, caseId)
    if (!incident || incident.reporter_recipient === null) throw new Refused('not-found')
    const now = office.clock.now()
    const request = { scope: ['answers', caseId], key, asked: [shepherd, ...askedOf(record)] }
    const { answer: added, first } = await once(tx, request, now, async () => {
      const filed = { kind: 'answer', author: null, shared: true } as const
      const { id, changes } = await appendRecord(tx, incident, filed, record, now)
      const heard = shepherd === null ? null : await hearObjection(tx, incident, shepherd, now)
      const after = await changeCase(tx, incident, { ...changes, ...heard?.changes }, now, true)
      await appendLog(tx, [
        {
          community: incident.community_id,
          at: now,
          case: caseId,
          actor: 'reporter',
          deed: heard?.deed ?? 'answered',
          detail: { record: id, files: record.uploads.length },
        },
      ])
      const { readers } = await peopleOfCase(tx, incident)
      await queueNotices(tx, heard?.notices ?? [])
      if (shepherd !== 'objects')
        await queueNotices(tx, tellMembers(inCharge(readers, after), incident, 'answer-new', now))
      return { id, head: changes.head, sharedHead: changes.shared_head }
    })
    return { added, version: first ? incident.version + 1 : null }
  })
  if (version !== null) await announce(office, caseId, version)
  return added
}

/** Whoever answered or shepherds it, as long as they are here; everybody who has it, where nobody does. */
function inCharge(
  readers: readonly CasePerson[],
  { responder_id, shepherd_id }: IncidentTable,
): readonly CasePerson[] {
  const mine = readers.filter(({ id }) => id === responder_id || id === shepherd_id)
  return mine.length > 0 ? mine : readers
}
