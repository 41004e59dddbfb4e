import type { CloseReason } from '../procedure/alert.ts'
import { stateOf } from '../procedure/escalation.ts'
import { countRecipients } from '../sealing/envelope.ts'
import { updateAlert } from '../store/alerts.ts'
import { onAlert } from './alert-at-hand.ts'
import type { Office } from './office.ts'
import { Refused } from './refused.ts'
import { tellOfEnd } from './tell-of-end.ts'

/** Why an alert is closed. */
export interface Closing {
  readonly reason: CloseReason
  /** A note for the other responders, sealed to them. */
  readonly note: Uint8Array | null
}

/**
 * Closes an alert with a reason (D2). Those who were called are told.
 *
 * @throws {Refused} `alert-ended`, `recipients-changed` where the note must be sealed again, `not-found`.
 */
export async function closeAlert(
  office: Office,
  id: string,
  member: string,
  { reason, note }: Closing,
): Promise<void> {
  await onAlert(office, id, member, async ({ tx, alert, people, now }) => {
    const deed = 'alert-closed'
    const state = stateOf(people.facts)
    if (state === 'closed' && alert.closed_by === member && alert.close_reason === reason)
      return { alert: null, deed }
    if (state === 'closed' || state === 'withdrawn') throw new Refused('alert-ended')
    if (note !== null && countRecipients(note) !== people.responders.length)
      throw new Refused('recipients-changed')
    const closed = { closed_at: now, closed_by: member, close_reason: reason, sealed_note: note }
    await updateAlert(tx, id, closed)
    await tellOfEnd(tx, alert, people, member, now)
    return { alert: { ...alert, ...closed }, deed, detail: { reason } }
  })
}
