import { stateOf } from '../procedure/escalation.ts'
import { updateAlert } from '../store/alerts.ts'
import { onAlert } from './alert-at-hand.ts'
import type { Office } from './office.ts'
import { tellOfEnd } from './tell-of-end.ts'

/** Whoever raised an alert takes it back (D2). What has ended already stays as it ended. */
export async function withdrawAlert(office: Office, id: string): Promise<void> {
  await onAlert(office, id, 'reporter', async ({ tx, alert, people, now }) => {
    const deed = 'alert-withdrawn'
    const state = stateOf(people.facts)
    if (state === 'closed' || state === 'withdrawn') return { alert: null, deed }
    await updateAlert(tx, id, { withdrawn_at: now })
    await tellOfEnd(tx, alert, people, 'reporter', now)
    return { alert: { ...alert, withdrawn_at: now }, deed }
  })
}
