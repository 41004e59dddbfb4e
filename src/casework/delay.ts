import { isClosed, type State } from '../procedure/lifecycle.ts'
import { setDue } from './closing-dates.ts'
import type { Office } from './office.ts'
import { peopleOfCase } from './people-of-case.ts'
import { Refused } from './refused.ts'
import { tellMembers } from './tell.ts'
import { resolveDue } from './turns.ts'
import { type WrittenDeed, writtenDeed } from './written-deed.ts'

const day = 24 * 60 * 60_000
const farthest = 365 * day

/** A new date by which a case is to be resolved. */
export interface DelayDeed extends WrittenDeed {
  /** Epoch milliseconds. */
  readonly until: number
}

/**
 * Says to the committee that a case takes longer, why (sealed), and by when it will be done (I4, L5). The shepherd does;
 * as long as there is none, anybody who has the case.
 *
 * @throws {Refused} `impossible-step`: `not-yours`, `closed`; `invalid-input` for a date that is not later than the one
 * there is, or past, or more than a year away.
 */
export async function delay(office: Office, given: DelayDeed): Promise<void> {
  const { member, until } = given
  await writtenDeed(
    office,
    given,
    ['delay', until],
    () => ({ kind: 'delay', shared: false }),
    async (tx, incident, now) => {
      if (isClosed(incident.state as State)) throw new Refused('impossible-step', { reason: 'closed' })
      if (incident.shepherd_id !== null && incident.shepherd_id !== member)
        throw new Refused('impossible-step', { reason: 'not-yours' })
      if (until <= now || until <= resolveDue(incident))
        throw new Refused('invalid-input', { field: 'until', reason: 'is not later than the date there is' })
      if (until > now + farthest)
        throw new Refused('invalid-input', { field: 'until', reason: 'is more than a year away' })
      await setDue(tx, incident, 'resolve-overdue', until)
      const { readers } = await peopleOfCase(tx, incident)
      return {
        changes: { delayed_to: until },
        deed: 'delayed',
        detail: { until },
        notices: tellMembers(
          readers.filter(({ id }) => id !== member),
          incident,
          'case-delayed',
          now,
        ),
      }
    },
  )
}
