import { updateAlert } from '../store/alerts.ts'
import { incidentById } from '../store/incidents.ts'
import { isHanded } from '../store/readers.ts'
import { onAlert } from './alert-at-hand.ts'
import type { Office } from './office.ts'
import { Refused } from './refused.ts'

/**
 * Names the report that an alert ended with (A4): the reminders stop, except for somebody whom the report names as
 * involved, who must not notice that there is one (K1).
 *
 * @param member - a responder to whom the case was handed.
 * @throws {Refused} `not-found` if the alert or the case is not theirs to know.
 */
export async function linkReport(office: Office, id: string, member: string, caseId: string): Promise<void> {
  await onAlert(office, id, member, async ({ tx, alert }) => {
    const deed = 'alert-reported'
    const isHere = (await incidentById(tx, caseId))?.community_id === alert.community_id
    if (!isHere || !(await isHanded(tx, caseId, member))) throw new Refused('not-found')
    if (alert.report_case === caseId) return { alert: null, deed }
    await updateAlert(tx, id, { report_case: caseId })
    return { alert: { ...alert, report_case: caseId }, deed }
  })
}
