import { type AlertFacts, onDutyFor } from '../procedure/escalation.ts'
import { pairAt } from '../procedure/event.ts'
import type { Playbook } from '../procedure/playbook.ts'
import { receivers } from '../procedure/roster.ts'
import { type Responder, reachableAccounts, respondersOf } from '../store/alerts.ts'
import { readCommittee } from '../store/committee.ts'
import { eventById } from '../store/events.ts'
import type { AlertTable } from '../store/schema.ts'
import type { Db, Tx } from '../store/store.ts'
import type { Office } from './office.ts'
import { Refused } from './refused.ts'

/** Who is who in an alert. */
export interface PeopleOfAlert {
  readonly facts: AlertFacts
  /** Everybody who may know of it (K1), in the order of the rotation. */
  readonly responders: readonly Responder[]
  /** On call, or who takes their place (K2); at most two. */
  readonly onCall: readonly Responder[]
  /** Ids of those whose it is to answer, in whoever's place: their quiet hours do not hold it back. */
  readonly onDuty: ReadonlySet<string>
}

/**
 * Reads what decides whom an alert goes to and when.
 *
 * @param now - epoch milliseconds: who is on call then.
 */
export async function peopleOfAlert(
  { hasMail }: Pick<Office, 'hasMail'>,
  db: Db | Tx,
  alert: AlertTable,
  now: number,
): Promise<PeopleOfAlert> {
  const committee = await readCommittee(db, alert.community_id, now)
  if (!committee) throw new Refused('not-found')
  const responders = await respondersOf(db, alert)
  const mayKnow = new Set(responders.map(({ id }) => id))
  const reachable = await reachableAccounts(
    db,
    responders.map(({ account }) => account),
    hasMail,
  )
  const order = committee.members.map(({ id }) => id)
  const event = alert.event_id === null ? null : await eventById(db, alert.community_id, alert.event_id)
  // G1: an event's own pair goes before the roster's on its days.
  const pair = (event && pairAt(event, now, committee.timeZone)) ?? committee.pair
  const { taken_at, taken_by, closed_at, withdrawn_at } = alert
  const facts: AlertFacts = {
    raisedAt: alert.raised_at,
    times: (JSON.parse(committee.playbook) as Playbook).times,
    primary: pair?.primary ?? null,
    secondary: pair?.secondary ?? null,
    order,
    reachable: new Set(responders.filter(({ account }) => reachable.has(account)).map(({ id }) => id)),
    excluded: new Set(order.filter((id) => !mayKnow.has(id))),
    taken: taken_at === null || taken_by === null ? null : { at: taken_at, by: taken_by },
    closedAt: closed_at,
    withdrawnAt: withdrawn_at,
  }
  const onCall = receivers({
    pair,
    rotation: order,
    excluded: facts.excluded,
    active: mayKnow,
  })
  return {
    facts,
    responders,
    onCall: onCall.flatMap((id) => responders.filter((one) => one.id === id)),
    onDuty: new Set(onDutyFor(facts)),
  }
}
