import { nextState, type State } from '../procedure/lifecycle.ts'
import { withdrawDrafts } from '../store/outgoing.ts'
import type { Office } from './office.ts'
import { peopleOfCase } from './people-of-case.ts'
import { Refused } from './refused.ts'
import { shepherdOnly } from './shepherd-only.ts'
import { tellMembers } from './tell.ts'
import { type WrittenDeed, writtenDeed } from './written-deed.ts'

/**
 * Not resolved yet: back to discussion, with what happened as a note, as often as needed (L3).
 *
 * @throws {Refused} `impossible-step`: `not-yours` for anybody but the shepherd, or the reason why not now.
 */
export async function goOn(office: Office, given: WrittenDeed): Promise<void> {
  await writtenDeed(
    office,
    given,
    ['go-on'],
    () => ({ kind: 'note', shared: false }),
    async (tx, incident, now) => {
      shepherdOnly(incident, given.member)
      const next = nextState(incident.state as State, 'go-on')
      if (!next.ok) throw new Refused('impossible-step', { reason: next.reason })
      await withdrawDrafts(tx, incident.id, given.member, now)
      const { readers } = await peopleOfCase(tx, incident)
      return {
        changes: { state: next.state, group_level: 0, informed_at: null },
        deed: 'went-on',
        detail: { state: next.state },
        notices: tellMembers(
          readers.filter(({ id }) => id !== given.member),
          incident,
          'case-goes-on',
          now,
        ),
      }
    },
  )
}
