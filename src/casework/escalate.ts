import {
  nextReminderAfter,
  nextStepAfter,
  nextStepAtOnce,
  type Step,
  stateOf,
} from '../procedure/escalation.ts'
import {
  alertSteps,
  caseExclusions,
  keepAlertStep,
  type Responder,
  setAlertDue,
  updateAlert,
} from '../store/alerts.ts'
import { appendLog } from '../store/log.ts'
import { queueNotices } from '../store/outbox.ts'
import type { AlertTable } from '../store/schema.ts'
import type { Tx } from '../store/store.ts'
import { type PeopleOfAlert, peopleOfAlert } from './alert-facts.ts'
import type { Office } from './office.ts'
import { tellResponders, tellRooms } from './tell.ts'

const minute = 60_000

/** What an alert did when it was looked at. */
export interface MovedOn {
  readonly step: Step | null
  /** When it has to be looked at next; null: never again. */
  readonly next: number | null
}

/**
 * Does what is due of an alert: its next step (D2), the reminder of its report (A4), each once, in the transaction that
 * queues what it sends; and says when it has to be looked at next. The alert must be held by `alertForDeed`, and be as
 * it is now.
 *
 * @param atOnce - its next step is due now: it got worse.
 */
export async function moveOn(
  office: Pick<Office, 'hasMail'>,
  tx: Tx,
  alert: AlertTable,
  now: number,
  atOnce = false,
): Promise<MovedOn> {
  const people = await peopleOfAlert(office, tx, alert, now)
  const { facts } = people
  const done = await alertSteps(tx, alert.id)
  const coming = (atOnce ? nextStepAtOnce : nextStepAfter)(facts, done, now)
  const step = coming !== null && coming.at <= now ? coming : null
  if (step !== null) await take(tx, alert, step, people, now)

  const after = step === null ? done : [...done, { step: step.step, at: now, to: step.to }]
  const instants: number[] = []
  const following = nextStepAfter(facts, after, now)
  if (following !== null) instants.push(following.at)
  // D3: nobody can be alerted just now, which may change.
  else if (stateOf(facts) === 'open') instants.push(now + facts.times.alertRepeatMinutes * minute)

  const reminded = await remind(tx, alert, people, now)
  if (reminded !== null) instants.push(reminded)
  const next = instants.length === 0 ? null : Math.min(...instants)
  await setAlertDue(tx, alert, next)
  return { step, next }
}

async function take(
  tx: Tx,
  alert: AlertTable,
  { step, to, kind }: Step,
  { facts, responders, onDuty }: PeopleOfAlert,
  now: number,
): Promise<void> {
  await keepAlertStep(tx, { alert_id: alert.id, step, at: now, kind, members: JSON.stringify(to) })
  const told = responders.filter(({ id }) => to.includes(id))
  await queueNotices(tx, [
    ...tellResponders(told, alert, 'alert', now, onDuty),
    ...(kind === 'all' && facts.excluded.size === 0 ? [tellRooms(alert, now)] : []),
  ])
  const entry = { community: alert.community_id, at: now, case: null, actor: 'server' }
  await appendLog(tx, [{ ...entry, deed: 'alert-step', detail: { alert: alert.id, step, to } }])
}

/** Sends the reminder that is due, and returns when the next one is; null: none. */
async function remind(tx: Tx, alert: AlertTable, people: PeopleOfAlert, now: number): Promise<number | null> {
  const { facts } = people
  if (stateOf(facts) === 'open') return null
  const told = await unsettledFor(tx, alert, people)
  const due = (sent: number | null) => nextReminderAfter(facts, told.length === 0, sent, now)
  const reminder = due(alert.reminded)
  if (reminder === null || reminder.at > now) return reminder?.at ?? null
  await updateAlert(tx, alert.id, { reminded: reminder.reminder })
  await queueNotices(tx, tellResponders(told, alert, 'alert-report-reminder', now))
  return due(reminder.reminder)?.at ?? null
}

/**
 * Who is reminded of the report: whoever has the alert or closed it, or else those on call. A report that names one of
 * them as involved changes nothing for them, since they must not notice that there is one (K1).
 */
async function unsettledFor(
  tx: Tx,
  alert: AlertTable,
  { responders, onCall }: PeopleOfAlert,
): Promise<readonly Responder[]> {
  if (alert.no_report !== null) return []
  const holder = alert.taken_by ?? alert.closed_by
  const mine = responders.filter(({ id }) => id === holder)
  const told = mine.length > 0 ? mine : onCall
  if (alert.report_case === null) return told
  const involved = await caseExclusions(tx, alert.report_case)
  return told.filter(({ id }) => involved.has(id))
}
