import { StoreUnavailable } from '../store/failure.ts'
import type { Office } from './office.ts'

/**
 * Tells whoever listens, in any process, that a case changed and that notices may be waiting. What it is about is
 * durable already, so that a store that is away just now changes nothing: screens and the outbox catch up.
 */
export async function announce({ store }: Office, caseId: string, version: number): Promise<void> {
  try {
    await store.publish('case', JSON.stringify({ case: caseId, version }))
    await store.publish('outbox', '')
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error
  }
}

/**
 * Tells whoever listens, in any process, that an alert changed, that notices may be waiting, and when it has to be
 * looked at next, so that whichever process is first does so on time.
 *
 * @param next - epoch milliseconds; null: never again.
 */
export async function announceAlert({ store }: Office, alert: string, next: number | null): Promise<void> {
  try {
    await Promise.all([
      store.publish('outbox', ''),
      store.publish('alert', alert),
      ...(next === null ? [] : [store.publish('due', String(next))]),
    ])
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error
  }
}

/** Tells every process that notices may be waiting. */
export async function announceNotices({ store }: Pick<Office, 'store'>): Promise<void> {
  try {
    await store.publish('outbox', '')
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error
  }
}

/** Tells every process that sessions have ended, so that screens which are still open hear of it at once (K4). */
export async function announceSignedOut({ store }: Pick<Office, 'store'>): Promise<void> {
  try {
    await store.publish('session', '')
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error
  }
}
