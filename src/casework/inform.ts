import { nextState, type State } from '../procedure/lifecycle.ts'
import type { Office } from './office.ts'
import { Refused } from './refused.ts'
import { shepherdOnly } from './shepherd-only.ts'
import { tellOfMessage } from './tell.ts'
import { asMessage, type WrittenDeed, writtenDeed } from './written-deed.ts'

/**
 * Tells the reporter what was decided (M5), before anybody else hears of it (L1). Where the organizers are asked, it
 * says that a motion was made, and the case stays with them (J3, S10).
 *
 * @throws {Refused} `impossible-step`: `not-yours` for anybody but the shepherd, `motion-first` where the organizers
 * have not been asked yet, `too-late` if they were told, or the reason why it cannot be said now.
 */
export async function inform(office: Office, given: WrittenDeed): Promise<void> {
  await writtenDeed(office, given, ['inform'], asMessage, async (tx, incident, now) => {
    shepherdOnly(incident, given.member)
    const state = incident.state as State
    const isStill = state === 'motion' || state === 'acting'
    const next = nextState(state, 'inform-reporter')
    if (!next.ok && !isStill) throw new Refused('impossible-step', { reason: next.reason })
    if (state === 'agreed' && incident.group_level === 1)
      throw new Refused('impossible-step', { reason: 'motion-first' })
    if (incident.informed_at !== null) throw new Refused('impossible-step', { reason: 'too-late' })
    return {
      changes: { informed_at: now, ...(next.ok ? { state: next.state } : {}) },
      deed: 'reporter-informed',
      detail: next.ok ? { state: next.state } : {},
      notices: await tellOfMessage(tx, incident, given.member, now),
    }
  })
}
