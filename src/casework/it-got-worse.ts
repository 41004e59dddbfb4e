import { stateOf } from '../procedure/escalation.ts'
import { alertSteps, updateAlert } from '../store/alerts.ts'
import { queueNotices } from '../store/outbox.ts'
import { onAlert } from './alert-at-hand.ts'
import type { Office } from './office.ts'
import { tellResponders } from './tell.ts'

/** Two taps within this are one. */
const oneTap = 15_000

/**
 * It got worse: everybody who was called before is called again, and while nobody has taken it, it goes to the next
 * wider step at once (D2). Once it has ended, nothing comes of it: a new alert is one tap away.
 */
export async function itGotWorse(office: Office, id: string): Promise<void> {
  await onAlert(office, id, 'reporter', async ({ tx, alert, people, now }) => {
    const deed = 'alert-got-worse'
    const state = stateOf(people.facts)
    const isEnded = state === 'closed' || state === 'withdrawn'
    const isSameTap = alert.worse_at !== null && Math.abs(now - alert.worse_at) < oneTap
    if (isEnded || isSameTap) return { alert: null, deed }
    await updateAlert(tx, id, { worse_at: now })
    const called = new Set((await alertSteps(tx, id)).flatMap(({ to }) => to))
    if (alert.taken_by !== null) called.add(alert.taken_by)
    const told = people.responders.filter((one) => called.has(one.id))
    const onDuty = alert.taken_by === null ? people.onDuty : new Set([...people.onDuty, alert.taken_by])
    await queueNotices(tx, tellResponders(told, alert, 'alert-worse', now, onDuty))
    return { alert: { ...alert, worse_at: now }, deed, atOnce: true }
  })
}
