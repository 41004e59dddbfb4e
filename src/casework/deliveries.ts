import { timingSafeEqual } from 'node:crypto'
import { markDelivered, markSeen } from '../store/deliveries.ts'
import type { Office } from './office.ts'
import { Refused } from './refused.ts'
import type { ServerKey } from './server-key.ts'

/** What goes with a push, so that the browser that has it can say so without being signed in. */
export const receiptFor = (serverKey: ServerKey, delivery: string): string =>
  serverKey.disguise(`delivered ${delivery}`)

/**
 * Notes that a browser has a push.
 *
 * @param receipt - as it came with the push.
 * @throws {Refused} `not-found`.
 */
export async function pushDelivered(office: Office, delivery: string, receipt: string): Promise<void> {
  const [given, right] = [Buffer.from(receipt), Buffer.from(receiptFor(office.serverKey, delivery))]
  if (given.length !== right.length || !timingSafeEqual(given, right)) throw new Refused('not-found')
  await tell(office, await office.store.write((tx) => markDelivered(tx, delivery, office.clock.now())))
}

/** Notes that somebody opened what a notice leads to. One that is not theirs stays as it is, without a word. */
export async function noticeSeen(office: Office, account: string, delivery: string): Promise<void> {
  await tell(office, await office.store.write((tx) => markSeen(tx, account, delivery, office.clock.now())))
}

async function tell({ store }: Office, alert: string | null): Promise<void> {
  if (alert !== null) await store.publish('told', alert).catch(() => {})
}
