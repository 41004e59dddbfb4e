/**
 * Whom an alert goes to, and when (D1 to D3, K1, K2), and when the responders are reminded of the report (A4).
 * Instants are epoch milliseconds.
 *
 * The steps of an alert are numbered: 0 the primary, 1 the secondary too, 2 everybody, from 3 on everybody again.
 * The number is the key under which a step is done once, whichever process does it: record the step and what
 * it sends in one transaction, under (alert, step). What was done is all that decides what comes next, so that a
 * restart at any moment neither loses nor doubles a step.
 *
 * A step that is late, because nothing ran or because the clock jumped, is done once: of several that are due the
 * furthest, to everybody whom the others would have reached. Repeats count from when the step before was done,
 * so they never come in a burst. Where the clock was set back, so that what was done lies ahead of it, the next
 * step is due at once: rather one alert too many than silence.
 */
import type { Playbook } from './playbook.ts'
import { type MemberId, receivers } from './roster.ts'

/** What has to be known of an alert. */
export type AlertFacts = {
  readonly raisedAt: number
  readonly times: Pick<Playbook['times'], 'alertSecondaryMinutes' | 'alertAllMinutes' | 'alertRepeatMinutes'>
  /** Who is on call (G1); null: nobody. */
  readonly primary: MemberId | null
  readonly secondary: MemberId | null
  /** All members in the order of the rotation. */
  readonly order: readonly MemberId[]
  /** Members who are there now and have a channel set up. */
  readonly reachable: ReadonlySet<MemberId>
  /** Members named as involved (K1). */
  readonly excluded: ReadonlySet<MemberId>
  readonly taken: { readonly at: number; readonly by: MemberId } | null
  /** When it was closed, with a reason; null: it was not. */
  readonly closedAt: number | null
  /** When the person who raised it withdrew it; null: they did not. */
  readonly withdrawnAt: number | null
}

/** A step that was done, when, and whom it reached. Those before it that were not done were passed over with it. */
export type DoneStep = { readonly step: number; readonly at: number; readonly to: readonly MemberId[] }

/** What a step does: the widest it reaches. `all` and `repeat` go to every member without a conflict. */
export type StepKind = 'primary' | 'secondary' | 'all' | 'repeat'

export type Step = {
  /** From 0; the key under which it is done once. */
  readonly step: number
  /** When it is due. */
  readonly at: number
  /** At least one member, nobody twice, none of them excluded. */
  readonly to: readonly MemberId[]
  readonly kind: StepKind
}

const minute = 60_000

/** How far the clocks of two processes may be apart before it is taken for a clock that was set back. */
const clockSkew = minute

/**
 * Whom an alert reaches (D3). `nobody`: there is nobody who could be alerted. `everybody`: nobody is on call, so
 * everybody is alerted at once. In both cases the person is told so at once, with the phone numbers that the
 * community publishes. `on-call`: the pair on call, or who takes their place (K2).
 */
export function reachOf(facts: AlertFacts): 'on-call' | 'everybody' | 'nobody' {
  if (everybody(facts).length === 0) return 'nobody'
  return isAnybodyOnCall(facts) ? 'on-call' : 'everybody'
}

/** How an alert stands. Closed or withdrawn it is over, whoever had taken it; only `open` has a next step. */
export function stateOf(facts: AlertFacts): 'open' | 'taken' | 'closed' | 'withdrawn' {
  const { taken, closedAt, withdrawnAt } = facts
  if (closedAt !== null && closedAt <= (withdrawnAt ?? Infinity)) return 'closed'
  if (withdrawnAt !== null) return 'withdrawn'
  return taken === null ? 'open' : 'taken'
}

/**
 * The next step of an alert after those in `done`, in whatever order they are given; due if its `at` is not after
 * `now`. null: nothing comes any more, because it was taken, closed or withdrawn (D2), or there is nobody to alert
 * (D3); then ask again when that changes.
 */
export function nextStepAfter(facts: AlertFacts, done: readonly DoneStep[], now: number): Step | null {
  if (stateOf(facts) !== 'open') return null
  const last = done.reduce<DoneStep | null>((a, b) => (a && a.step > b.step ? a : b), null)
  const reached = new Set(done.flatMap(({ to }) => to))
  const coming = [0, 1, 2].filter((step) => step > (last?.step ?? -1))
  if (coming.length === 0) coming.push((last?.step ?? 0) + 1)
  const steps = coming
    .map((step) => ({ step, at: dueAt(facts, step, last), ...reachedBy(facts, step, reached) }))
    .filter(({ to }) => to.length > 0)
  const [next] = steps
  if (next === undefined) return null
  // It reaches everybody whom the steps that are passed over with it would have reached.
  const furthest = steps.findLast(({ at }) => at <= now)
  if (furthest !== undefined) return furthest
  const wasSetBack = last === null || last.at > now + clockSkew
  return wasSetBack ? { ...next, at: now } : next
}

/**
 * The next step, due at once whatever its time: the person said that it got worse. What comes after it counts from
 * now. null where {@link nextStepAfter} says so.
 */
export function nextStepAtOnce(facts: AlertFacts, done: readonly DoneStep[], now: number): Step | null {
  const next = nextStepAfter(facts, done, now)
  return next && { ...next, at: Math.min(next.at, now) }
}

/** When a step is due, given the last that was done. */
function dueAt({ raisedAt, times }: AlertFacts, step: number, last: DoneStep | null): number {
  if (step > 2) return (last?.at ?? raisedAt) + times.alertRepeatMinutes * minute
  const minutes = [0, times.alertSecondaryMinutes, times.alertAllMinutes]
  const since = (from: number) => ((minutes[step] as number) - (minutes[from] as number)) * minute
  // Where the clock was set back after the alert was raised, what was done since is the measure.
  return Math.min(raisedAt + since(0), last === null ? Infinity : last.at + since(last.step))
}

/** Whom a step reaches of its own, and what it is, when `reached` have been alerted before. */
function reachedBy(
  facts: AlertFacts,
  step: number,
  reached: ReadonlySet<MemberId>,
): { to: MemberId[]; kind: StepKind } {
  if (step > 2) return { to: everybody(facts), kind: 'repeat' }
  if (step === 2) return { to: everybody(facts), kind: 'all' }
  if (!isAnybodyOnCall(facts)) return { to: step === 0 ? everybody(facts) : [], kind: 'all' }
  const both = onDutyFor(facts)
  if (step === 0) return { to: both.slice(0, 1), kind: 'primary' }
  // With the secondary a primary who came on duty, or took the place of another, since the first step.
  return { to: both.filter((id) => !reached.has(id)), kind: 'secondary' }
}

/**
 * Whose it is to answer an alert: those on call, or who takes the place of one with a conflict (K2) or without a
 * channel; at most two, whoever is called first before the other. None where nobody is on call.
 */
export function onDutyFor(facts: AlertFacts): MemberId[] {
  if (!isAnybodyOnCall(facts)) return []
  const { primary, secondary, order, excluded, reachable } = facts
  const pair = { primary: (primary ?? secondary) as MemberId, secondary: primary === null ? null : secondary }
  return receivers({ pair, rotation: order, excluded, active: reachable })
}

function isAnybodyOnCall({ primary, secondary }: AlertFacts): boolean {
  return primary !== null || secondary !== null
}

/** Every member without a conflict who can be alerted, those on call first (D2). */
function everybody({ primary, secondary, order, reachable, excluded }: AlertFacts): MemberId[] {
  const members = [primary, secondary, ...order].filter((id) => id !== null)
  return [...new Set(members)].filter((id) => reachable.has(id) && !excluded.has(id))
}

/** Hours after an alert was taken or is over at which the responders are reminded of the report; then every day. */
const reminderHours = [1, 6, 24]
const hour = 60 * minute

/** A reminder, numbered from 0: the key under which it is sent once. */
export type Reminder = { readonly reminder: number; readonly at: number }

/**
 * The next reminder of the report that an alert ends with (A4), after the last that was `sent` (its number; null:
 * none); due if its `at` is not after `now`. Of several that are late only the latest comes. It goes to whoever
 * took the alert or helped, or else to those on call. null: a report was filed, or it was recorded why none is
 * (`settled`), or nobody has taken the alert yet and it is not over.
 */
export function nextReminderAfter(
  facts: Pick<AlertFacts, 'taken' | 'closedAt' | 'withdrawnAt'>,
  settled: boolean,
  sent: number | null,
  now: number,
): Reminder | null {
  const since = Math.min(
    facts.taken?.at ?? Infinity,
    facts.closedAt ?? Infinity,
    facts.withdrawnAt ?? Infinity,
  )
  if (settled || since === Infinity) return null
  const days = Math.floor((now - since) / (24 * hour))
  const latest = days > 0 ? days + 1 : reminderHours.findLastIndex((hours) => since + hours * hour <= now)
  const reminder = Math.max(latest, (sent ?? -1) + 1)
  return { reminder, at: since + (reminderHours[reminder] ?? (reminder - 1) * 24) * hour }
}
