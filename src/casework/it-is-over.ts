import { stateOf } from '../procedure/escalation.ts'
import { updateAlert } from '../store/alerts.ts'
import { onAlert } from './alert-at-hand.ts'
import type { Office } from './office.ts'
import { tellOfEnd } from './tell-of-end.ts'

/**
 * Whoever raised an alert says that it is over. While nobody has taken it, that closes it, so that nobody is called
 * any more; whoever has taken it is told, and closes it when they have looked.
 */
export async function itIsOver(office: Office, id: string): Promise<void> {
  await onAlert(office, id, 'reporter', async ({ tx, alert, people, now }) => {
    const deed = 'alert-said-to-be-over'
    const state = stateOf(people.facts)
    if (state === 'closed' || state === 'withdrawn' || alert.over_at !== null) return { alert: null, deed }
    const over =
      state === 'open' ? { over_at: now, closed_at: now, close_reason: 'over-before' } : { over_at: now }
    await updateAlert(tx, id, over)
    await tellOfEnd(tx, alert, people, 'reporter', now)
    return { alert: { ...alert, ...over }, deed }
  })
}
