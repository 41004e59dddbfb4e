import { objectionEndsAt } from '../procedure/deadlines.ts'
import type { State } from '../procedure/lifecycle.ts'
import type { Playbook } from '../procedure/playbook.ts'
import { mayPick } from '../procedure/shepherd.ts'
import { objectionDue } from '../store/due.ts'
import { rowId } from '../store/ids.ts'
import type { IncidentTable } from '../store/schema.ts'
import type { Tx } from '../store/store.ts'
import type { Office } from './office.ts'
import { peopleOfCase } from './people-of-case.ts'
import { Refused } from './refused.ts'
import { tellOfMessage } from './tell.ts'
import { asMessage, type WrittenDeed, writtenDeed } from './written-deed.ts'

/**
 * Tells the reporter who the shepherd is (M3, I5). From then on they may object, until the days of the playbook are over
 * (I6). Whoever takes the shepherd’s place by then is named anew.
 *
 * @throws {Refused} `impossible-step`: `too-early` where there is no shepherd, `too-late` once they were named.
 */
export async function nameShepherd(office: Office, given: WrittenDeed): Promise<void> {
  await writtenDeed(office, given, ['name-shepherd'], asMessage, async (tx, incident, now) => {
    const barred = mayPick(incident.state as State)
    if (barred !== null) throw new Refused('impossible-step', { reason: barred })
    if (incident.shepherd_id === null) throw new Refused('impossible-step', { reason: 'too-early' })
    if (incident.shepherd_named_at !== null) throw new Refused('impossible-step', { reason: 'too-late' })
    return {
      changes: await named(tx, incident, now),
      deed: 'shepherd-named',
      detail: { about: incident.shepherd_id },
      notices: await tellOfMessage(tx, incident, given.member, now),
    }
  })
}

/**
 * What changes when the reporter hears who the shepherd is: they may object from now on. Where nobody returns with a
 * code, nobody does.
 */
export async function named(
  tx: Tx,
  incident: IncidentTable,
  now: number,
): Promise<Pick<IncidentTable, 'shepherd_named_at' | 'objection_ends_at'>> {
  if (incident.reporter_recipient === null) return { shepherd_named_at: now, objection_ends_at: null }
  const { community } = await peopleOfCase(tx, incident)
  const ends = objectionEndsAt(now, community.timeZone, JSON.parse(community.playbook) as Playbook)
  await tx
    .insertInto('due')
    .values({
      id: rowId(now),
      at: ends,
      deed: objectionDue,
      community_id: incident.community_id,
      case_id: incident.id,
    })
    .execute()
  return { shepherd_named_at: now, objection_ends_at: ends }
}
