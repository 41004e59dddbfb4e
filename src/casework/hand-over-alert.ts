import { stateOf } from '../procedure/escalation.ts'
import { updateAlert } from '../store/alerts.ts'
import { queueNotices } from '../store/outbox.ts'
import { onAlert } from './alert-at-hand.ts'
import type { Office } from './office.ts'
import { Refused } from './refused.ts'
import { tellResponders } from './tell.ts'

/**
 * Whoever has an alert, or stands beside them, hands it over to another responder, who is called.
 *
 * @throws {Refused} `impossible-step` if nobody has taken it, `alert-ended`, `not-found`; for somebody who may not
 * know of it `not-found` too (K1).
 */
export async function handOverAlert(office: Office, id: string, member: string, to: string): Promise<void> {
  await onAlert(office, id, member, async ({ tx, alert, people, now }) => {
    const state = stateOf(people.facts)
    const deed = 'alert-handed-over'
    if (state === 'open') throw new Refused('impossible-step', { reason: 'nobody has taken it' })
    if (state !== 'taken') throw new Refused('alert-ended')
    const heir = people.responders.find((one) => one.id === to)
    if (!heir) throw new Refused('not-found')
    if (alert.taken_by === to) return { alert: null, deed }
    await updateAlert(tx, id, { taken_by: to })
    if (to !== member)
      await queueNotices(tx, tellResponders([heir], alert, 'alert-handed-over', now, new Set([to])))
    return { alert: { ...alert, taken_by: to }, deed, detail: { to } }
  })
}
