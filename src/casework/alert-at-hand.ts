import { alertForDeed } from '../store/alerts.ts'
import { appendLog } from '../store/log.ts'
import type { AlertTable } from '../store/schema.ts'
import type { Tx } from '../store/store.ts'
import { type PeopleOfAlert, peopleOfAlert } from './alert-facts.ts'
import { announceAlert } from './announce.ts'
import { moveOn } from './escalate.ts'
import type { Office } from './office.ts'
import { Refused } from './refused.ts'

/** An alert in hand for a deed. */
export interface AlertAtHand {
  readonly tx: Tx
  readonly alert: AlertTable
  readonly people: PeopleOfAlert
  readonly now: number
}

/** What a deed made of an alert. */
export interface AlertDeed {
  /** The alert as it is now; null: nothing changed, because it was done before. */
  readonly alert: AlertTable | null
  /** Its name in the log, with ids, states and times alone. */
  readonly deed: string
  readonly detail?: Readonly<Record<string, unknown>>
  /** The next step is due now. */
  readonly atOnce?: boolean
}

/**
 * Does a deed on an alert: nobody else's comes in between, and what has become due by it is done in the same
 * transaction.
 *
 * @param actor - a member, or `reporter` for whoever raised it.
 * @throws {Refused} `not-found` if it is not theirs to know (K1), and what the deed refuses.
 */
export async function onAlert(
  office: Office,
  id: string,
  actor: string,
  deed: (at: AlertAtHand) => Promise<AlertDeed>,
): Promise<void> {
  const { store, clock } = office
  const next = await store.write(async (tx) => {
    const alert = await alertForDeed(tx, store.kind, id)
    if (!alert) throw new Refused('not-found')
    const now = clock.now()
    const people = await peopleOfAlert(office, tx, alert, now)
    const known = actor === 'reporter' || people.responders.some((one) => one.id === actor)
    if (!known) throw new Refused('not-found')
    const done = await deed({ tx, alert, people, now })
    if (done.alert === null) return undefined
    await appendLog(tx, [
      {
        community: alert.community_id,
        at: now,
        case: null,
        actor,
        deed: done.deed,
        detail: { alert: id, ...done.detail },
      },
    ])
    return (await moveOn(office, tx, done.alert, now, done.atOnce ?? false)).next
  })
  if (next !== undefined) await announceAlert(office, id, next)
}
