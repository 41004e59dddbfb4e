import { remindersAt, resolveBy } from '../procedure/deadlines.ts'
import type { Playbook } from '../procedure/playbook.ts'
import { type ClosingDue, insertDue } from '../store/due.ts'
import { rowId } from '../store/ids.ts'
import type { DueTable, IncidentTable } from '../store/schema.ts'
import type { Tx } from '../store/store.ts'

/** When a case is due to be resolved, and when its shepherd is reminded of that before (L5). */
export interface ClosingDates {
  readonly resolveBy: number
  readonly reminders: readonly number[]
}

/** Counted from when a case arrived or was reopened, in the zone of its community (L5). */
export const closingDates = (from: number, zone: string, playbook: Playbook): ClosingDates => ({
  resolveBy: resolveBy(from, zone, playbook),
  reminders: remindersAt(from, zone, playbook),
})

type Case = Pick<IncidentTable, 'id' | 'community_id'>

/** What happens by itself until a case is resolved: reminders, and that it is overdue (L5). */
export const closingDues = (incident: Case, dates: ClosingDates): DueTable[] => [
  ...dates.reminders.map((at) => dueOfCase(incident, 'resolve-reminder', at)),
  dueOfCase(incident, 'resolve-overdue', dates.resolveBy),
]

/** Has something happen to a case by itself at an instant. */
export const setDue = (tx: Tx, incident: Case, deed: ClosingDue, at: number): Promise<void> =>
  insertDue(tx, [dueOfCase(incident, deed, at)])

/** Something that is to happen to a case by itself at an instant. */
const dueOfCase = ({ id, community_id }: Case, deed: ClosingDue, at: number): DueTable => ({
  id: rowId(at),
  at,
  deed,
  community_id,
  case_id: id,
})
