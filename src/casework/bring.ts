import { nextState, type State } from '../procedure/lifecycle.ts'
import { leanOnCommunities } from '../store/communities.ts'
import { appendLog } from '../store/log.ts'
import { queueNotices } from '../store/outbox.ts'
import { announce } from './announce.ts'
import { asSeen, caseAtHand, changeCase } from './case-at-hand.ts'
import type { Office } from './office.ts'
import { handOver, peopleOfCase } from './people-of-case.ts'
import { Refused } from './refused.ts'
import { tellMembers } from './tell.ts'

/**
 * Brings a case to the committee: every member without a conflict who holds a grant can now read it, and is told (I1).
 *
 * @param version - of the case as the member read it.
 * @throws {Refused} `not-found`, `case-changed`, `impossible-step`.
 */
export async function bring(
  office: Office,
  given: { readonly case: string; readonly member: string; readonly version: number },
): Promise<void> {
  const { case: caseId, member, version } = given
  const changed = await office.store.write(async (tx) => {
    const incident = await caseAtHand(office, tx, caseId, member)
    await leanOnCommunities(tx, office.store.kind, [incident.community_id])
    asSeen(incident, version)
    const next = nextState(incident.state as State, 'bring-to-committee')
    if (!next.ok) throw new Refused('impossible-step', { reason: next.reason })
    const now = office.clock.now()
    const after = await changeCase(tx, incident, { state: next.state, brought_at: now }, now)
    const { eligible, readers } = await peopleOfCase(tx, incident)
    const fresh = await handOver(tx, after, eligible, now)
    await appendLog(tx, [
      {
        community: incident.community_id,
        at: now,
        case: caseId,
        actor: member,
        deed: 'brought',
        detail: { state: next.state, handedTo: fresh.map(({ id }) => id) },
      },
    ])
    const others = [...readers, ...fresh].filter(({ id }) => id !== member)
    await queueNotices(tx, tellMembers(others, incident, 'case-brought', now))
    return after
  })
  await announce(office, caseId, changed.version)
}
