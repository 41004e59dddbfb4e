import { nextState, type State } from '../procedure/lifecycle.ts'
import { appendLog } from '../store/log.ts'
import { queueNotices } from '../store/outbox.ts'
import { announce } from './announce.ts'
import { appendRecord, askedOf, type NewRecord } from './append-record.ts'
import { asSeen, caseAtHand, changeCase } from './case-at-hand.ts'
import type { Office } from './office.ts'
import { Refused } from './refused.ts'
import { once } from './repeatable.ts'
import { tellOfMessage } from './tell.ts'

/** The first response to a report. */
export interface Acknowledgement {
  readonly case: string
  /** The member who answers: from now on the first responder (G2). */
  readonly member: string
  /** M1: it will be discussed (H2). M2: it is kept on file (H3). */
  readonly template: 'M1' | 'M2'
  readonly record: NewRecord
  /** Of the case as they read it. */
  readonly version: number
  readonly key: string
}

/**
 * Acknowledges a report with M1, or keeps it on file with M2. The message is a record of the case, the reporter may
 * read it, and is told that there is something, if they left an address; so is the member who logged it, of what a member logged (E2).
 *
 * @throws {Refused} `case-changed`, `impossible-step`, and what {@link appendRecord} refuses.
 */
export async function acknowledge(office: Office, given: Acknowledgement): Promise<void> {
  const { case: caseId, member, template, record, version, key } = given
  const changed = await office.store.write(async (tx) => {
    const incident = await caseAtHand(office, tx, caseId, member)
    const now = office.clock.now()
    const request = { scope: ['acknowledge', caseId, member], key, asked: [template, ...askedOf(record)] }
    const { answer, first } = await once(tx, request, now, async () => {
      asSeen(incident, version)
      const step = template === 'M1' ? 'acknowledge' : 'keep-on-file'
      const next = nextState(incident.state as State, step)
      if (!next.ok) throw new Refused('impossible-step', { reason: next.reason })
      const shared = incident.reporter_recipient !== null
      const { id, changes } = await appendRecord(
        tx,
        incident,
        { kind: 'message', author: member, shared },
        record,
        now,
      )
      const after = await changeCase(
        tx,
        incident,
        {
          ...changes,
          state: next.state,
          acknowledged_at: incident.acknowledged_at ?? now,
          responder_id: incident.responder_id ?? member,
          closed_at: next.state === 'on-file' ? now : null,
        },
        now,
      )
      await appendLog(tx, [
        {
          community: incident.community_id,
          at: now,
          case: caseId,
          actor: member,
          deed: template === 'M1' ? 'acknowledged' : 'kept-on-file',
          detail: { record: id, state: next.state },
        },
      ])
      await queueNotices(tx, await tellOfMessage(tx, incident, member, now))
      return { version: after.version }
    })
    return first ? answer : null
  })
  if (changed) await announce(office, caseId, changed.version)
}
