import { type CasePerson, filerOf } from '../store/case-people.ts'
import type { Notice, NoticeKind } from '../store/outbox.ts'
import type { AlertTable, IncidentTable } from '../store/schema.ts'
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

/**
 * Notices to members about an alert. Those that call somebody ring, go first, and show the place, since that is what
 * the place is for (D1); none shows anything else of it.
 *
 * @param onDuty - ids of those whose it is to answer, so that their quiet hours do not count.
 */
export function tellResponders(
  people: readonly Pick<CasePerson, 'id' | 'account'>[],
  alert: Pick<AlertTable, 'id' | 'community_id' | 'sealed_place'>,
  notice: AlertNotice,
  at: number,
  onDuty: ReadonlySet<string> = new Set(),
): Notice[] {
  const calls = callingNotices.has(notice)
  return people.map(({ id, account }) => ({
    community: alert.community_id,
    case: null,
    alert: alert.id,
    account,
    notice,
    detail: {},
    urgent: calls,
    onDuty: onDuty.has(id),
    ...(calls && alert.sealed_place !== null ? { sealedLine: alert.sealed_place } : {}),
    at,
  }))
}

/** Calls the chat rooms of the community, where everybody on the committee may know of it. */
export const tellRooms = (alert: Pick<AlertTable, 'id' | 'community_id'>, at: number): Notice => ({
  community: alert.community_id,
  case: null,
  alert: alert.id,
  webhooks: true,
  notice: 'alert',
  detail: {},
  urgent: true,
  at,
})

type AlertNotice = Extract<NoticeKind, 'alert' | `alert-${string}`>

const callingNotices: ReadonlySet<AlertNotice> = new Set([
  'alert',
  'alert-worse',
  'alert-handed-over',
] as const)

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

/** Tells of a message in a case: the reporter, or the member who logged it where nobody returns with a code. */
export const tellOfMessage = async (
  tx: Tx,
  incident: IncidentTable,
  author: string,
  at: number,
): Promise<Notice[]> =>
  incident.reporter_recipient === null ? tellFiler(tx, incident, author, at) : tellReporter(incident, at)
