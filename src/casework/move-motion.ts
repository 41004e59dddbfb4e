import { nextState, type State } from '../procedure/lifecycle.ts'
import { countRecipients } from '../sealing/envelope.ts'
import { rowId } from '../store/ids.ts'
import { insertMotion } from '../store/motions.ts'
import type { Office } from './office.ts'
import { peopleOfCase } from './people-of-case.ts'
import { Refused } from './refused.ts'
import { shepherdOnly } from './shepherd-only.ts'
import { type WrittenDeed, writtenDeed } from './written-deed.ts'

/** A confidential report and a motion. */
export interface MotionDeed extends WrittenDeed {
  /** The same words as the record, sealed to the organizers alone. */
  readonly forOrganizers: Uint8Array
  /** Head of the key directory it was sealed by. */
  readonly directory: string
}

/**
 * Sends the organizers a confidential report and a motion (M9), once the committee has agreed to something that needs
 * them (J3).
 *
 * @throws {MalformedEnvelope | Refused} `impossible-step`: `not-yours` for anybody but the shepherd, `no-motion` where
 * nothing of the kind was agreed, `no-organizers` where there are none, or the reason why not now; `recipients-changed`;
 * `malformed-envelope` if it is not sealed to exactly the organizers.
 */
export async function moveMotion(office: Office, given: MotionDeed): Promise<void> {
  const { member, forOrganizers, directory } = given
  const sealedTo = countRecipients(forOrganizers)
  await writtenDeed(
    office,
    given,
    ['motion', directory],
    () => ({ kind: 'motion', shared: false }),
    async (tx, incident, now) => {
      shepherdOnly(incident, member)
      const next = nextState(incident.state as State, 'move-motion')
      if (!next.ok) throw new Refused('impossible-step', { reason: next.reason })
      if (incident.group_level !== 1) throw new Refused('impossible-step', { reason: 'no-motion' })
      const { community } = await peopleOfCase(tx, incident)
      const { organizers } = community
      if (organizers.length === 0) throw new Refused('impossible-step', { reason: 'no-organizers' })
      if (directory !== community.directoryHead) throw new Refused('recipients-changed')
      if (sealedTo !== organizers.length)
        throw new Refused('malformed-envelope', { reason: 'It is sealed to others than the organizers.' })
      const id = rowId(now)
      return {
        changes: { state: next.state },
        deed: 'motion-moved',
        detail: { motion: id, state: next.state },
        // The organizers get no case: what they read is the motion.
        notices: organizers.map(({ account }) => ({
          community: incident.community_id,
          case: null,
          account,
          notice: 'motion-new',
          detail: {},
          at: now,
        })),
        keep: (record) =>
          insertMotion(tx, {
            id,
            community_id: incident.community_id,
            case_id: incident.id,
            record_id: record,
            moved_by: member,
            moved_at: now,
            sealed: forOrganizers,
            outcome: null,
            voted_by: null,
            voted_at: null,
          }),
      }
    },
  )
}
