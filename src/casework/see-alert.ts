import { keepAlertSeen } from '../store/alerts.ts'
import { onAlert } from './alert-at-hand.ts'
import type { Office } from './office.ts'

/** A responder has opened an alert: whoever raised it sees that it was seen (D1). */
export async function seeAlert(office: Office, id: string, member: string): Promise<void> {
  await onAlert(office, id, member, async ({ tx, alert, now }) => {
    const first = await keepAlertSeen(tx, id, member, now)
    return { alert: first ? alert : null, deed: 'alert-seen' }
  })
}
