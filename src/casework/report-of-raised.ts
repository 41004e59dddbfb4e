import { tokenHash } from '../sealing/receipt.ts'
import { alertByToken, updateAlert } from '../store/alerts.ts'
import { onAlert } from './alert-at-hand.ts'
import type { Office } from './office.ts'

/**
 * Whoever raised an alert has filed the report it ends with (A4): the reminders stop, except for somebody whom the
 * report names as involved, who must not notice that there is one (K1). The first report stays the alert's own.
 *
 * @param filed - `token`: of the alert, known only to whoever raised it; one that is unknown, or of another community,
 * changes nothing, since the report is filed in any case.
 */
export async function reportOfRaised(
  office: Office,
  filed: { readonly community: string; readonly token: string; readonly case: string },
): Promise<void> {
  const raised = await alertByToken(office.store.db, tokenHash(filed.token))
  if (raised?.community_id !== filed.community || raised.report_case !== null) return
  await onAlert(office, raised.id, 'reporter', async ({ tx, alert }) => {
    const deed = 'alert-reported'
    if (alert.report_case !== null) return { alert: null, deed }
    await updateAlert(tx, alert.id, { report_case: filed.case })
    return { alert: { ...alert, report_case: filed.case }, deed }
  })
}
