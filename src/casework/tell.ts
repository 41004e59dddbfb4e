import { type CasePerson, filerOf } from '../store/case-people.ts'
import type { Notice, NoticeKind } from '../store/outbox.ts'
import type { IncidentTable } from '../store/schema.ts'
import type { Tx } from '../store/store.ts'

/** Notices to members about a case. */
export function tellMembers(
  people: readonly Pick<CasePerson, 'account'>[],
  incident: Pick<IncidentTable, 'id' | 'community_id'>,
  notice: NoticeKind,
  at: number,
): Notice[] {
  return people.map(({ account }) => ({
    community: incident.community_id,
    case: incident.id,
    account,
    notice,
    detail: {},
    at,
  }))
}

/** "There is something for you", to a reporter who left an address for that; none otherwise. */
export function tellReporter(
  { id, community_id, sealed_notice, language }: IncidentTable,
  at: number,
): Notice[] {
  if (sealed_notice === null) return []
  return [
    {
      community: community_id,
      case: id,
      sealedAddress: sealed_notice,
      notice: 'reporter-message',
      detail: { language },
      at,
    },
  ]
}

/** "What you logged was answered", to the member who filed a case, unless it is they who write (E2). */
export async function tellFiler(
  tx: Tx,
  incident: IncidentTable,
  author: string,
  at: number,
): Promise<Notice[]> {
  const filer = incident.channel === 'member' ? await filerOf(tx, incident.id) : null
  return filer && filer.id !== author ? tellMembers([filer], incident, 'log-answered', at) : []
}
