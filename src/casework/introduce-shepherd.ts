import { nextState, type State } from '../procedure/lifecycle.ts'
import { mayPick } from '../procedure/shepherd.ts'
import { named } from './name-shepherd.ts'
import type { Office } from './office.ts'
import { Refused } from './refused.ts'
import { tellOfMessage } from './tell.ts'
import { asMessage, type WrittenDeed, writtenDeed } from './written-deed.ts'

/**
 * The shepherd writes to the reporter (M4, I7), and the committee discusses. Where the first responder is the shepherd
 * there was no M3 (I5), so that the reporter may object from now on. A shepherd who takes over later introduces
 * themselves too, and the case stays where it is.
 *
 * @throws {Refused} `impossible-step`: `not-yours` for anybody but the shepherd, `too-early` while M3 is not sent,
 * `too-late` once they wrote, `closed`.
 */
export async function introduceShepherd(office: Office, given: WrittenDeed): Promise<void> {
  await writtenDeed(office, given, ['introduce-shepherd'], asMessage, async (tx, incident, now) => {
    const state = incident.state as State
    const barred = mayPick(state)
    if (barred !== null) throw new Refused('impossible-step', { reason: barred })
    if (incident.shepherd_id !== given.member) throw new Refused('impossible-step', { reason: 'not-yours' })
    if (incident.shepherd_introduced_at !== null) throw new Refused('impossible-step', { reason: 'too-late' })
    const isNamed = incident.shepherd_named_at !== null
    if (!isNamed && incident.responder_id !== given.member)
      throw new Refused('impossible-step', { reason: 'too-early' })
    const next = nextState(state, 'introduce-shepherd')
    return {
      changes: {
        ...(isNamed ? {} : await named(tx, incident, now)),
        shepherd_introduced_at: now,
        ...(next.ok ? { state: next.state } : {}),
      },
      deed: 'shepherd-introduced',
      detail: next.ok ? { state: next.state } : {},
      notices: await tellOfMessage(tx, incident, given.member, now),
    }
  })
}
