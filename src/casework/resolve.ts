import { nextState, type State } from '../procedure/lifecycle.ts'
import { leanOnCommunities } from '../store/communities.ts'
import { appendLog } from '../store/log.ts'
import { queueNotices } from '../store/outbox.ts'
import { withdrawDrafts } from '../store/outgoing.ts'
import { announce } from './announce.ts'
import { appendRecord, askedOf, type NewRecord } from './append-record.ts'
import { asSeen, caseAtHand, changeCase } from './case-at-hand.ts'
import { setDue } from './closing-dates.ts'
import type { Office } from './office.ts'
import { peopleOfCase } from './people-of-case.ts'
import { Refused } from './refused.ts'
import { once } from './repeatable.ts'
import { shepherdOnly } from './shepherd-only.ts'
import { tellMembers, tellOfMessage } from './tell.ts'
import { asMessage, type WrittenDeed } from './written-deed.ts'

const day = 24 * 60 * 60_000
const farthest = 5 * 366 * day

/** What a case is closed with. */
export interface Resolution extends WrittenDeed {
  /** M7, to the reporter: the record after {@link closing}. */
  readonly record: NewRecord
  /** Actions taken, outcome and review date, and M8 to the committee. */
  readonly closing: NewRecord
  /** When its shepherd is to look at it again (L6), epoch milliseconds. */
  readonly reviewAt: number
}

/**
 * Closes a case (L4): the file is completed, the committee is told (M8), the reporter hears of the final resolution
 * (M7), and its shepherd is reminded on the review date (L6). All of it or nothing.
 *
 * @throws {Refused} `impossible-step`: `not-yours` for anybody but the shepherd, `inform-first` while M5 is not sent
 * (L1), or the reason why not now; `invalid-input` for a review date that is past or too far off; `case-changed`, and what
 * {@link appendRecord} refuses.
 */
export async function resolve(office: Office, given: Resolution): Promise<void> {
  const { case: caseId, member, closing, record, reviewAt, version, key } = given
  const changed = await office.store.write(async (tx) => {
    const incident = await caseAtHand(office, tx, caseId, member)
    await leanOnCommunities(tx, office.store.kind, [incident.community_id])
    const now = office.clock.now()
    const asked = [reviewAt, ...askedOf(closing), ...askedOf(record)]
    const { answer, first } = await once(
      tx,
      { scope: ['resolve', caseId, member], key, asked },
      now,
      async () => {
        asSeen(incident, version)
        shepherdOnly(incident, member)
        const next = nextState(incident.state as State, 'resolve')
        if (!next.ok) throw new Refused('impossible-step', { reason: next.reason })
        if (incident.informed_at === null) throw new Refused('impossible-step', { reason: 'inform-first' })
        if (reviewAt <= now || reviewAt > now + farthest)
          throw new Refused('invalid-input', { field: 'reviewAt', reason: 'is past or too far away' })
        const filed = { kind: 'closing', author: member, shared: false } as const
        const completed = await appendRecord(tx, incident, filed, closing, now)
        const standing = { ...incident, ...completed.changes }
        const told = await appendRecord(tx, standing, { ...asMessage(incident), author: member }, record, now)
        const changes = { ...told.changes, state: next.state, closed_at: now, review_at: reviewAt }
        const after = await changeCase(tx, incident, changes, now)
        await setDue(tx, incident, 'review', reviewAt)
        await withdrawDrafts(tx, caseId, member, now)
        await appendLog(tx, [
          {
            community: incident.community_id,
            at: now,
            case: caseId,
            actor: member,
            deed: 'resolved',
            detail: { records: [completed.id, told.id], state: next.state, reviewAt },
          },
        ])
        const { readers } = await peopleOfCase(tx, incident)
        await queueNotices(tx, [
          ...tellMembers(
            readers.filter(({ id }) => id !== member),
            incident,
            'case-closed',
            now,
          ),
          ...(await tellOfMessage(tx, incident, member, now)),
        ])
        return { version: after.version }
      },
    )
    return first ? answer : null
  })
  if (changed) await announce(office, caseId, changed.version)
}
