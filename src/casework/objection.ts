import { isClosed, type State } from '../procedure/lifecycle.ts'
import type { ShepherdAnswer } from '../procedure/records.ts'
import type { Notice } from '../store/outbox.ts'
import type { IncidentTable } from '../store/schema.ts'
import { endPick } from '../store/shepherds.ts'
import type { Tx } from '../store/store.ts'
import type { Office } from './office.ts'
import { peopleOfCase } from './people-of-case.ts'
import { withoutShepherd } from './pick-shepherd.ts'
import { Refused } from './refused.ts'
import { tellMembers } from './tell.ts'
import { type WrittenDeed, writtenDeed } from './written-deed.ts'

/** Until when the reporter may say whether the shepherd is all right with them; null: not now (I6). */
export const mayObjectUntil = (
  { state, shepherd_id, objection_ends_at }: IncidentTable,
  now: number,
): number | null =>
  shepherd_id !== null && objection_ends_at !== null && now < objection_ends_at && !isClosed(state as State)
    ? objection_ends_at
    : null

/**
 * What the reporter says of the shepherd takes effect: they agree, and need not wait; or another is picked (I6).
 *
 * @throws {Refused} `impossible-step` (`objection-over`) where they were not asked, or it is too late.
 */
export async function hearObjection(
  tx: Tx,
  incident: IncidentTable,
  said: ShepherdAnswer,
  now: number,
): Promise<{
  readonly changes: Partial<IncidentTable>
  readonly deed: string
  readonly notices: readonly Notice[]
}> {
  if (mayObjectUntil(incident, now) === null)
    throw new Refused('impossible-step', { reason: 'objection-over' })
  const { readers } = await peopleOfCase(tx, incident)
  if (said === 'objects') {
    await endPick(tx, incident.id, 'objected', now)
    return {
      changes: withoutShepherd,
      deed: 'shepherd-objected',
      notices: tellMembers(readers, incident, 'shepherd-needed', now),
    }
  }
  const shepherd = readers.filter(({ id }) => id === incident.shepherd_id)
  return {
    changes: { objection_ends_at: null },
    deed: 'shepherd-agreed',
    notices:
      incident.shepherd_introduced_at === null
        ? tellMembers(shepherd, incident, 'shepherd-introduce', now)
        : [],
  }
}

/**
 * Records what the reporter said of the shepherd by another way than the mailbox, with a note of how (I6).
 *
 * @throws {Refused} as {@link hearObjection}.
 */
export async function recordObjection(
  office: Office,
  given: WrittenDeed & { readonly said: ShepherdAnswer },
): Promise<void> {
  await writtenDeed(
    office,
    given,
    ['objection', given.said],
    () => ({ kind: 'note', shared: false }),
    async (tx, incident, now) => hearObjection(tx, incident, given.said, now),
  )
}
