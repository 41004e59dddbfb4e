import { nextStepAfter, reachOf, type StepKind, stateOf } from '../procedure/escalation.ts'
import { alertSeenBy, alertSteps, type CallsMade, callsMade } from '../store/alerts.ts'
import type { AlertTable } from '../store/schema.ts'
import { peopleOfAlert } from './alert-facts.ts'
import type { Office } from './office.ts'

/** An alert as whoever raised it sees it (D1). Instants are epoch milliseconds. */
export interface RaisedAlert {
  readonly state: 'open' | 'taken' | 'closed' | 'withdrawn'
  readonly raisedAt: number
  /** Whom it reaches: where it is not those on call, the page says so at once (D3). */
  readonly reach: 'on-call' | 'everybody' | 'nobody'
  /** Whether the calls have left: `failing` while none could be handed over. */
  readonly calls: CallsMade
  readonly seenAt: number | null
  readonly takenBy: string | null
  readonly takenAt: number | null
  /** What comes next while nobody has taken it. */
  readonly next: { readonly kind: StepKind; readonly at: number } | null
  readonly worseAt: number | null
  readonly overAt: number | null
  readonly endedAt: number | null
  readonly place: string | null
  readonly hasWords: boolean
}

/** Reads how an alert stands, for whoever raised it. No name but that of whoever has taken it is told. */
export async function raisedAlert(office: Office, alert: AlertTable): Promise<RaisedAlert> {
  const { clock, serverKey, hasMail } = office
  const { db } = office.store
  const now = clock.now()
  const { facts, responders } = await peopleOfAlert(office, db, alert, now)
  const next = nextStepAfter(facts, await alertSteps(db, alert.id), now)
  const [seen] = await alertSeenBy(db, alert.id)
  return {
    state: stateOf(facts),
    raisedAt: alert.raised_at,
    reach: reachOf(facts),
    calls: await callsMade(db, alert.id, hasMail),
    seenAt: seen?.at ?? null,
    takenBy: responders.find(({ id }) => id === alert.taken_by)?.name ?? null,
    takenAt: alert.taken_at,
    next: next && { kind: next.kind, at: next.at },
    worseAt: alert.worse_at,
    overAt: alert.over_at,
    endedAt: alert.closed_at ?? alert.withdrawn_at,
    place: alert.sealed_place === null ? null : serverKey.open(alert.sealed_place),
    hasWords: alert.sealed_words !== null,
  }
}
