import { appendLog } from '../store/log.ts'
import { queueNotices } from '../store/outbox.ts'
import { announce } from './announce.ts'
import { appendRecord, askedOf, type NewRecord } from './append-record.ts'
import { caseAtHand, changeCase } from './case-at-hand.ts'
import type { Office } from './office.ts'
import { Refused } from './refused.ts'
import { once } from './repeatable.ts'
import { setCaseTask } from './tasks.ts'
import { tellFiler, tellReporter } from './tell.ts'

const deeds = {
  note: 'note-added',
  message: 'message-sent',
  completion: 'completed',
  support: 'support-recorded',
} as const

/** Something a member adds to a case. */
export interface Addition {
  readonly case: string
  readonly member: string
  /** A note, a message to the reporter, the first responder's completion (H4), or what came of a support (B4). */
  readonly kind: keyof typeof deeds
  readonly record: NewRecord
  /** Nothing that the reporter waits for is open any more: nobody is reminded of it further (B4). */
  readonly settled?: boolean
  readonly key: string
}

/** A record that was added, and the heads of the case after it. */
export interface Added {
  readonly id: string
  readonly head: string
  readonly sharedHead: string | null
}

/**
 * Adds a member's record to a case. A message is the only kind the reporter may read; they are told that there is
 * something, if they left an address. In a case that a member logged, messages are for that member.
 *
 * @throws {Refused} `impossible-step` (`no-reporter`) for a message where nobody returns with a code, and what
 * {@link appendRecord} refuses.
 */
export async function addRecord(office: Office, given: Addition): Promise<Added> {
  const { case: caseId, member, kind, record, settled = false, key } = given
  const { answer, version } = await office.store.write(async (tx) => {
    const incident = await caseAtHand(office, tx, caseId, member)
    const now = office.clock.now()
    const request = { scope: ['records', caseId, member], key, asked: [kind, settled, ...askedOf(record)] }
    const { answer, first } = await once(tx, request, now, async () => {
      const shared = kind === 'message' && incident.reporter_recipient !== null
      if (kind === 'message' && !shared && incident.channel !== 'member')
        throw new Refused('impossible-step', { reason: 'no-reporter' })
      const { id, changes } = await appendRecord(tx, incident, { kind, author: member, shared }, record, now)
      await changeCase(tx, incident, changes, now)
      await appendLog(tx, [
        {
          community: incident.community_id,
          at: now,
          case: caseId,
          actor: member,
          deed: deeds[kind],
          detail: { record: id, files: record.uploads.length },
        },
      ])
      if (kind === 'message')
        await queueNotices(
          tx,
          shared ? tellReporter(incident, now) : await tellFiler(tx, incident, member, now),
        )
      if (kind === 'support') await setCaseTask(tx, incident, { settled, member, now })
      return { id, head: changes.head, sharedHead: changes.shared_head }
    })
    return { answer, version: first ? incident.version + 1 : null }
  })
  if (version !== null) await announce(office, caseId, version)
  return answer
}
