import { isBlocked, nextState, type State } from '../procedure/lifecycle.ts'
import type { Playbook } from '../procedure/playbook.ts'
import { rowId } from '../store/ids.ts'
import { insertProposal } from '../store/proposals.ts'
import type { Office } from './office.ts'
import { peopleOfCase } from './people-of-case.ts'
import { Refused } from './refused.ts'
import { shepherdOnly } from './shepherd-only.ts'
import { tellMembers } from './tell.ts'
import { type WrittenDeed, writtenDeed } from './written-deed.ts'

/** Actions that the shepherd proposes. */
export interface ProposalDeed extends WrittenDeed {
  /** What is proposed needs the organizers too: a ban, removal, legal action (J3). */
  readonly groupLevel: boolean
}

/**
 * Proposes actions, about which every other member without a conflict is asked (J2). A new proposal takes the place of
 * the one before, which stays on record.
 *
 * @throws {Refused} `impossible-step`: `not-yours` for anybody but the shepherd, `blocked` where too few are left to
 * agree (J4), or the reason why it cannot be proposed now.
 */
export async function propose(office: Office, given: ProposalDeed): Promise<void> {
  const { member, groupLevel } = given
  await writtenDeed(
    office,
    given,
    ['propose', groupLevel],
    () => ({ kind: 'proposal', shared: false }),
    async (tx, incident, now) => {
      shepherdOnly(incident, member)
      const next = nextState(incident.state as State, 'propose')
      if (!next.ok) throw new Refused('impossible-step', { reason: next.reason })
      const { community, eligible, readers } = await peopleOfCase(tx, incident)
      const { quorum } = JSON.parse(community.playbook) as Playbook
      if (isBlocked(next.state, eligible.length, quorum))
        throw new Refused('impossible-step', { reason: 'blocked' })
      const id = rowId(now)
      return {
        changes: { state: next.state, group_level: groupLevel ? 1 : 0, informed_at: null },
        deed: 'proposed',
        detail: { proposal: id, groupLevel, state: next.state },
        notices: tellMembers(
          readers.filter((reader) => reader.id !== member),
          incident,
          'proposal-new',
          now,
        ),
        keep: (record) =>
          insertProposal(tx, {
            id,
            case_id: incident.id,
            record_id: record,
            proposed_by: member,
            proposed_at: now,
            group_level: groupLevel ? 1 : 0,
            ended_at: null,
            ended: null,
          }),
      }
    },
  )
}
