import type { State } from '../procedure/lifecycle.ts'
import { rowId } from '../store/ids.ts'
import { insertDraft } from '../store/outgoing.ts'
import type { Office } from './office.ts'
import { peopleOfCase } from './people-of-case.ts'
import { Refused } from './refused.ts'
import { shepherdOnly } from './shepherd-only.ts'
import { tellMembers } from './tell.ts'
import { type WrittenDeed, writtenDeed } from './written-deed.ts'

/** A message to somebody else, sealed. */
export interface DraftDeed extends WrittenDeed {
  /** `outgoingDigest` of it: what is sent later must be the same. */
  readonly digest: string
}

/** In which something was decided, so that others may have to be written to. */
const decided: readonly State[] = ['agreed', 'motion', 'acting']

/**
 * Drafts a message to somebody else (M6), for another member to confirm (L2). It can wait while the reporter is told.
 *
 * @throws {Refused} `impossible-step`: `not-yours` for anybody but the shepherd, `too-early` while nothing is decided.
 */
export async function draftMessage(office: Office, given: DraftDeed): Promise<void> {
  const { member, digest } = given
  await writtenDeed(
    office,
    given,
    ['draft', digest],
    () => ({ kind: 'draft', shared: false }),
    async (tx, incident, now) => {
      shepherdOnly(incident, member)
      if (!decided.includes(incident.state as State))
        throw new Refused('impossible-step', { reason: 'too-early' })
      const id = rowId(now)
      const { readers } = await peopleOfCase(tx, incident)
      return {
        changes: {},
        deed: 'drafted',
        detail: { draft: id },
        notices: tellMembers(
          readers.filter((reader) => reader.id !== member),
          incident,
          'draft-new',
          now,
        ),
        keep: (record) =>
          insertDraft(tx, {
            id,
            case_id: incident.id,
            record_id: record,
            digest,
            drafted_by: member,
            drafted_at: now,
            ended_by: null,
            ended_at: null,
            ended: null,
          }),
      }
    },
  )
}
