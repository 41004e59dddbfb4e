import { alertSteps, withdrawCalls } from '../store/alerts.ts'
import { queueNotices } from '../store/outbox.ts'
import type { AlertTable } from '../store/schema.ts'
import type { Tx } from '../store/store.ts'
import type { PeopleOfAlert } from './alert-facts.ts'
import { tellResponders } from './tell.ts'

/** What still rings stops, and everybody who was called, or has it, is told that it has ended. */
export async function tellOfEnd(
  tx: Tx,
  alert: AlertTable,
  { responders }: PeopleOfAlert,
  actor: string,
  now: number,
): Promise<void> {
  await withdrawCalls(tx, alert.id)
  const called = new Set((await alertSteps(tx, alert.id)).flatMap(({ to }) => to))
  if (alert.taken_by !== null) called.add(alert.taken_by)
  const told = responders.filter(({ id }) => called.has(id) && id !== actor)
  await queueNotices(tx, tellResponders(told, alert, 'alert-ended', now))
}
