import { nextStepAfter, stateOf } from '../procedure/escalation.ts'
import { alertById, alertSeenBy, alertSteps, caseExclusions, unsettledAlerts } from '../store/alerts.ts'
import { eventById } from '../store/events.ts'
import { isHanded } from '../store/readers.ts'
import type { Db } from '../store/store.ts'
import { peopleOfAlert } from './alert-facts.ts'
import type { Office } from './office.ts'
import { Refused } from './refused.ts'

/** An alert in a member's list. */
export interface AlertLine {
  readonly id: string
  /** Short name of the community. */
  readonly community: string
  readonly state: 'open' | 'taken' | 'closed' | 'withdrawn'
  readonly raisedAt: number
  readonly worseAt: number | null
  readonly takenBy: string | null
  /** It has ended, and there is neither a report nor a reason why there is none (A4). */
  readonly needsReport: boolean
}

/** More are not listed: nobody could look at them. */
const mostLines = 50

/** The alerts that somebody may know of and that still need somebody, newest first (K1: of no other there is a trace). */
export async function alertLines({ store: { db } }: Office, account: string): Promise<AlertLine[]> {
  const rows = await unsettledAlerts(db, account, mostLines)
  return rows.map((row) => {
    const state = rowState(row)
    return {
      id: row.id,
      community: row.short_name,
      state,
      raisedAt: row.raised_at,
      worseAt: row.worse_at,
      takenBy: row.taken_by,
      needsReport: state === 'closed' || state === 'withdrawn',
    }
  })
}

const rowState = (row: {
  readonly taken_at: number | null
  readonly taken_by: string | null
  readonly closed_at: number | null
  readonly withdrawn_at: number | null
}) =>
  row.closed_at !== null
    ? 'closed'
    : row.withdrawn_at !== null
      ? 'withdrawn'
      : row.taken_at !== null
        ? 'taken'
        : 'open'

/** An alert as a responder sees it. Members by id, instants in epoch milliseconds. */
export interface AlertView extends AlertLine {
  /** Name of the event at which it is. */
  readonly event: string | null
  readonly place: string | null
  readonly sealedWords: Uint8Array | null
  readonly wordsByServer: boolean
  readonly overAt: number | null
  readonly takenAt: number | null
  readonly endedAt: number | null
  readonly closedBy: string | null
  readonly closeReason: string | null
  readonly sealedNote: Uint8Array | null
  readonly steps: readonly { readonly kind: string; readonly at: number; readonly to: readonly string[] }[]
  readonly next: { readonly kind: string; readonly at: number } | null
  readonly seen: readonly { readonly member: string; readonly at: number }[]
  /** Those to whom it can be handed over, and words and notes are sealed. */
  readonly responders: readonly { readonly id: string; readonly name: string }[]
  /** The report, of which somebody whom it names as involved sees nothing (K1). */
  readonly reported: boolean
  /** The case of the report, for whoever it was handed to. */
  readonly reportCase: string | null
  readonly noReport: string | null
}

/**
 * Reads an alert for a responder.
 *
 * @throws {Refused} `not-found`.
 */
export async function alertView(office: Office, id: string, member: string): Promise<AlertView> {
  const { clock, serverKey } = office
  const { db } = office.store
  const alert = await alertById(db, id)
  if (!alert) throw new Refused('not-found')
  const now = clock.now()
  const { facts, responders } = await peopleOfAlert(office, db, alert, now)
  const steps = await alertSteps(db, id)
  const next = nextStepAfter(facts, steps, now)
  const state = stateOf(facts)
  const event = alert.event_id === null ? null : await eventById(db, alert.community_id, alert.event_id)
  const report = await reportFor(db, alert.report_case, member)
  return {
    id,
    community: await shortNameOf(db, alert.community_id),
    state,
    raisedAt: alert.raised_at,
    worseAt: alert.worse_at,
    takenBy: alert.taken_by,
    needsReport:
      (state === 'closed' || state === 'withdrawn') && !report.reported && alert.no_report === null,
    event: event?.name ?? null,
    place: alert.sealed_place === null ? null : serverKey.open(alert.sealed_place),
    sealedWords: alert.sealed_words,
    wordsByServer: alert.words_by_server === 1,
    overAt: alert.over_at,
    takenAt: alert.taken_at,
    endedAt: alert.closed_at ?? alert.withdrawn_at,
    closedBy: alert.closed_by,
    closeReason: alert.close_reason,
    sealedNote: alert.sealed_note,
    steps: steps.map(({ kind, at, to }) => ({ kind, at, to })),
    next: next && { kind: next.kind, at: next.at },
    seen: await alertSeenBy(db, id),
    responders: responders.map(({ id: one, name }) => ({ id: one, name })),
    reported: report.reported,
    reportCase: report.case,
    noReport: alert.no_report,
  }
}

async function reportFor(
  db: Db,
  reportCase: string | null,
  member: string,
): Promise<{ reported: boolean; case: string | null }> {
  if (reportCase === null) return { reported: false, case: null }
  const reported = !(await caseExclusions(db, reportCase)).has(member)
  return { reported, case: reported && (await isHanded(db, reportCase, member)) ? reportCase : null }
}

async function shortNameOf(db: Db, community: string): Promise<string> {
  const row = await db
    .selectFrom('community')
    .select('short_name')
    .where('id', '=', community)
    .executeTakeFirstOrThrow()
  return row.short_name
}
