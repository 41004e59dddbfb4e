import { acknowledgeBy, openToAllAt, secondaryInheritsAt } from '../procedure/deadlines.ts'
import type { Playbook } from '../procedure/playbook.ts'
import { receivers } from '../procedure/roster.ts'
import { followUpAt } from '../procedure/tasks.ts'
import { newId } from '../sealing/bytes.ts'
import type { Committee } from '../store/committee.ts'
import { taskDue } from '../store/due.ts'
import type { FiledRows } from '../store/filings.ts'
import { rowId } from '../store/ids.ts'
import type { Notice } from '../store/outbox.ts'
import type { Schema } from '../store/schema.ts'
import { type ClosingDates, closingDates, closingDues } from './closing-dates.ts'
import type { Contact } from './contact.ts'
import type { ServerKey } from './server-key.ts'
import type { Submission } from './submission.ts'

/** A report to open a case for. */
export interface NewReport {
  /** Id of the community. */
  readonly community: string
  readonly submission: Submission
  readonly channel: Schema['incident']['channel']
  /** The member who files it, or null for a reporter. */
  readonly by: string | null
  /** The server sealed it, for a browser that could not. */
  readonly byServer?: boolean
  /** SHA-256 (hex) of what tells its request from all others. */
  readonly request: string
  /** `hashOf` its record. */
  readonly hash: string
}

/** What the reporter is told. Instants are epoch milliseconds. */
export interface Filed {
  readonly case: string
  /** H1 */
  readonly acknowledgeBy: number
  /** L5 */
  readonly resolveBy: number
  readonly timeZone: string
}

/** On what terms a community takes reports in at an instant: the same for all that arrive together. */
export interface Terms {
  readonly committee: Committee
  readonly now: number
  /** G3 */
  readonly secondaryInheritsAt: number
  /** H1 */
  readonly acknowledgeBy: number
  /** G4 */
  readonly openToAllAt: number
  /** L5 */
  readonly closing: ClosingDates
}

/** The terms of a committee at an instant, by its playbook. */
export function termsOf(committee: Committee, now: number): Terms {
  const playbook = JSON.parse(committee.playbook) as Playbook
  return {
    committee,
    now,
    secondaryInheritsAt: secondaryInheritsAt(now, playbook),
    acknowledgeBy: acknowledgeBy(now, playbook),
    openToAllAt: openToAllAt(now, playbook),
    closing: closingDates(now, committee.timeZone, playbook),
  }
}

/** A case that a report opens: what the reporter is told, and every row of it. */
export interface NewCase extends FiledRows {
  readonly filed: Filed
}

/**
 * Opens the case of a report: handed to its receivers (F1) without those involved (K1, K2), or, if nobody is left,
 * blocked and known to the organizers alone (J4). A member who filed it has it too: it is their own, and the answer
 * is for them (E2).
 *
 * @param name - its code name.
 */
export function newCase(
  { submission, channel, by, byServer, community, request, hash }: NewReport,
  terms: Terms,
  name: string,
  serverKey: ServerKey,
): NewCase {
  const { committee, now } = terms
  const { case: id, receipt } = submission
  const involved = new Set(submission.involved)
  const members = committee.members.map((member) => member.id)
  const told = receivers({
    pair: committee.pair,
    rotation: members,
    excluded: involved,
    active: new Set(members),
  })
  const handed = by === null || involved.has(by) || told.includes(by) ? told : [...told, by]
  const filed: Filed = {
    case: id,
    acknowledgeBy: terms.acknowledgeBy,
    resolveBy: terms.closing.resolveBy,
    timeZone: committee.timeZone,
  }
  const task: Schema['task'] = {
    id: newId(),
    community_id: community,
    case_id: id,
    member_id: null,
    due_at: followUpAt(now),
    created_at: now,
    done_at: null,
    done_by: null,
    sealed: null,
  }
  const tasks = submission.followUp && told.length > 0 ? [task] : []
  const due = (deed: string, at: number): Schema['due'] => ({
    id: rowId(at),
    at,
    deed,
    community_id: community,
    case_id: id,
  })
  const accounts = new Map(committee.members.map((member) => [member.id, member.account]))
  const notify = (member: string, notice: Notice['notice']): Notice => ({
    community,
    case: id,
    account: accounts.get(member) as string,
    notice,
    detail: { codeName: name },
    at: now,
  })
  return {
    filed,
    incident: {
      id,
      community_id: community,
      code_name: name,
      state: 'new',
      channel,
      arrived_at: now,
      acknowledge_by: filed.acknowledgeBy,
      resolve_by: filed.resolveBy,
      open_at: terms.openToAllAt,
      acknowledged_at: null,
      responder_id: null,
      shepherd_id: null,
      shepherd_named_at: null,
      objection_ends_at: null,
      shepherd_introduced_at: null,
      informed_at: null,
      group_level: 0,
      delayed_to: null,
      review_at: null,
      renew_epoch: 0,
      brought_at: null,
      closed_at: null,
      blocked: told.length === 0 ? 1 : 0,
      epoch: 1,
      version: 1,
      head: hash,
      shared_head: receipt ? hash : null,
      records: 1,
      receipt_lookup: receipt?.lookup ?? null,
      receipt_hash: receipt?.tokenHash ?? null,
      reporter_recipient: receipt?.recipient ?? null,
      reporter_key: receipt?.verifyKey ?? null,
      sealed_notice: submission.notice === null ? null : serverKey.seal(submission.notice),
      language: submission.language,
    },
    epoch: { case_id: id, epoch: 1, recipient: submission.recipient },
    exclusions: [...involved].map((member) => ({ case_id: id, member_id: member, since: now })),
    grants: submission.grants.map(({ member, sealed }) => ({
      case_id: id,
      epoch: 1,
      member_id: member,
      sealed,
    })),
    readers: handed.map((member) => ({
      case_id: id,
      member_id: member,
      community_id: community,
      since: now,
      open: 1,
      sort: filed.acknowledgeBy,
    })),
    record: {
      id: rowId(now),
      case_id: id,
      seq: 1,
      epoch: 1,
      kind: 'report',
      author_member: by,
      by_server: byServer ? 1 : 0,
      at: now,
      shared: receipt ? 1 : 0,
      opened_at: null,
      hash,
      sealed: submission.record,
    },
    due:
      told.length === 0
        ? []
        : [
            due('secondary-inherits', terms.secondaryInheritsAt),
            due('acknowledge-reminder', terms.acknowledgeBy),
            due('open-to-all', terms.openToAllAt),
            ...closingDues({ id, community_id: community }, terms.closing),
            ...tasks.map((one) => ({ ...due(taskDue, one.due_at), id: one.id })),
          ],
    tasks,
    answer: { id: request, body_hash: hash, answer: JSON.stringify(filed), at: now },
    log: {
      community,
      at: now,
      case: id,
      actor: by ?? 'reporter',
      deed: 'report-filed',
      detail: { channel, handedTo: handed },
    },
    notices:
      told.length > 0
        ? told.map((member) => notify(member, 'report-new'))
        : organizersNotices(
            { community, case: id, detail: { codeName: name }, at: now },
            committee,
            serverKey,
          ),
  }
}

/** Nobody on the committee may know of it (J4): the organizers learn that it exists, by account or by address. */
function organizersNotices(
  about: Pick<Notice, 'community' | 'case' | 'detail' | 'at'>,
  { organizers, contact }: Committee,
  serverKey: ServerKey,
): Notice[] {
  const notice = 'report-for-organizers'
  if (organizers.length > 0) return organizers.map(({ account }) => ({ ...about, notice, account }))
  const { organizersEmail } = JSON.parse(contact) as Contact
  return organizersEmail === null
    ? []
    : [{ ...about, notice, sealedAddress: serverKey.seal(organizersEmail) }]
}
