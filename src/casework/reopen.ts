import { nextState, type State } from '../procedure/lifecycle.ts'
import type { Playbook } from '../procedure/playbook.ts'
import { insertDue } from '../store/due.ts'
import { closingDates, closingDues } from './closing-dates.ts'
import type { Office } from './office.ts'
import { handOver, peopleOfCase } from './people-of-case.ts'
import { Refused } from './refused.ts'
import { tellMembers } from './tell.ts'
import { type WrittenDeed, writtenDeed } from './written-deed.ts'

/**
 * New information: the same case goes back into discussion, with what is new as a note; its old outcome stays on record
 * (L6). It is due as long after this as a new one would be. One that was only kept on file comes before the committee
 * now (I1).
 *
 * @throws {Refused} `impossible-step`: `still-open`.
 */
export async function reopen(office: Office, given: WrittenDeed): Promise<void> {
  const { member } = given
  await writtenDeed(
    office,
    given,
    ['reopen'],
    () => ({ kind: 'note', shared: false }),
    async (tx, incident, now) => {
      const next = nextState(incident.state as State, 'reopen')
      if (!next.ok) throw new Refused('impossible-step', { reason: next.reason })
      const { community, eligible, readers } = await peopleOfCase(tx, incident)
      const fresh = await handOver(tx, { ...incident, state: next.state }, eligible, now)
      const dates = closingDates(now, community.timeZone, JSON.parse(community.playbook) as Playbook)
      await insertDue(tx, closingDues(incident, dates))
      return {
        changes: {
          state: next.state,
          closed_at: null,
          review_at: null,
          informed_at: null,
          group_level: 0,
          brought_at: incident.brought_at ?? now,
          delayed_to: dates.resolveBy,
        },
        deed: 'reopened',
        detail: { state: next.state, handedTo: fresh.map(({ id }) => id) },
        notices: tellMembers(
          [...readers, ...fresh].filter(({ id }) => id !== member),
          incident,
          'case-reopened',
          now,
        ),
      }
    },
  )
}
