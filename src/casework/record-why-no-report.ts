import type { NoReportReason } from '../procedure/alert.ts'
import { stateOf } from '../procedure/escalation.ts'
import { updateAlert } from '../store/alerts.ts'
import { onAlert } from './alert-at-hand.ts'
import type { Office } from './office.ts'
import { Refused } from './refused.ts'

/**
 * A responder records why there is no report of an alert that has ended (A4): the reminders stop.
 *
 * @throws {Refused} `impossible-step` while it goes on, `not-found`.
 */
export async function recordWhyNoReport(
  office: Office,
  id: string,
  member: string,
  reason: NoReportReason,
): Promise<void> {
  await onAlert(office, id, member, async ({ tx, alert, people }) => {
    const deed = 'alert-without-report'
    const state = stateOf(people.facts)
    if (state !== 'closed' && state !== 'withdrawn')
      throw new Refused('impossible-step', { reason: 'it is still going on' })
    if (alert.no_report !== null) return { alert: null, deed }
    const why = { no_report: reason, no_report_by: member }
    await updateAlert(tx, id, why)
    return { alert: { ...alert, ...why }, deed, detail: { reason } }
  })
}
