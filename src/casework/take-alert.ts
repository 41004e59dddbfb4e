import { stateOf } from '../procedure/escalation.ts'
import { alertSteps, updateAlert, withdrawCalls } from '../store/alerts.ts'
import { queueNotices } from '../store/outbox.ts'
import { onAlert } from './alert-at-hand.ts'
import type { Office } from './office.ts'
import { Refused } from './refused.ts'
import { tellResponders } from './tell.ts'

/**
 * A member goes (D2): what still rings anywhere stops, and the others who were called are told that somebody has it.
 * Of two at once one wins, and the other is told who.
 *
 * @throws {Refused} `alert-taken` with the `name` of whoever has it, `alert-ended`, `not-found`.
 */
export async function takeAlert(office: Office, id: string, member: string): Promise<void> {
  await onAlert(office, id, member, async ({ tx, alert, people, now }) => {
    const state = stateOf(people.facts)
    const deed = 'alert-taken'
    if (state === 'taken' && alert.taken_by === member) return { alert: null, deed }
    if (state === 'taken') {
      const name = people.responders.find((one) => one.id === alert.taken_by)?.name
      throw new Refused('alert-taken', { name: name ?? '' })
    }
    if (state !== 'open') throw new Refused('alert-ended')
    const taken = { taken_at: now, taken_by: member }
    await updateAlert(tx, id, taken)
    await withdrawCalls(tx, id)
    const called = new Set((await alertSteps(tx, id)).flatMap(({ to }) => to))
    const others = people.responders.filter((one) => called.has(one.id) && one.id !== member)
    await queueNotices(tx, tellResponders(others, alert, 'alert-taken', now))
    return { alert: { ...alert, ...taken }, deed }
  })
}
