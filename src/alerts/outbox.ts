import type { Office } from '../casework/office.ts'
import {
  type ClaimedNotice,
  claimNotices,
  nextNoticeAt,
  releaseNotices,
  type Settled,
  settleNotices,
} from '../store/outbox.ts'
import type { SendNotice } from './send.ts'

const second = 1000
const minute = 60 * second
const hour = 60 * minute

const delays = [30 * second, minute, 2 * minute, 5 * minute, 15 * minute, hour]
const giveUpAfter = 48 * hour
/** Of what rings. An alert that is still open repeats by itself. */
const urgentDelays = [2 * second, 5 * second, 10 * second, 20 * second, 30 * second]
const giveUpUrgentAfter = 15 * minute
/** Longer than a batch takes; then another process takes over from one that was killed. */
const lease = 2 * minute
const batchSize = 16

/** Hands over what is due, again and again. */
export interface Outbox {
  /**
   * Hands over everything that is due now, however many rounds it takes; resolves when nothing is.
   *
   * @param round - awaited before each round.
   * @throws {StoreUnavailable}
   */
  drain(round: () => Promise<void>): Promise<void>
  /** Milliseconds until something is due, or null where nothing waits. */
  untilNext(): Promise<number | null>
}

/** By which channel and how it ended, for the count of deliveries: no name, no address. */
export type Ended = Pick<Settled, 'state'> & Pick<ClaimedNotice, 'channel'>

/** How the outbox sends and whom it tells. */
export interface OutboxSettings {
  /** Whether it hands over what rings, or everything else. */
  readonly urgent: boolean
  readonly send: SendNotice
  /** Told of everything that was handed over, or was not. */
  readonly ended: (ended: Ended) => void
}

/**
 * When a notice that failed for now is tried again.
 *
 * @param attempts - tries so far, this one included.
 * @param after - how long the server asks us to wait, milliseconds.
 * @returns the instant, or null: not any more (two days after it was queued; a quarter of an hour, if it rings).
 */
export function nextTry(
  attempts: number,
  createdAt: number,
  now: number,
  { urgent = false, after = 0 }: { readonly urgent?: boolean; readonly after?: number } = {},
): number | null {
  const [steps, limit] = urgent ? [urgentDelays, giveUpUrgentAfter] : [delays, giveUpAfter]
  const at = now + Math.max(steps[attempts - 1] ?? (steps.at(-1) as number), after)
  return at > createdAt + limit ? null : at
}

/** The outbox of a store. At least once: a notice is settled only after it was handed over. */
export function openOutbox(office: Office, { urgent, send, ended: tell }: OutboxSettings): Outbox {
  const { store, clock } = office
  const settle = store.gather(async (tx, settled: readonly Settled[]) => {
    await settleNotices(tx, settled)
    return settled
  })

  async function handOver(notice: ClaimedNotice): Promise<Settled> {
    const outcome = await send(notice)
    const at = clock.now()
    const ended = (
      state: Settled['state'],
      failure: string | null,
      over: Settled['over'] = 'no',
      nextAt = at,
    ): Settled => ({ notice, state, failure, over, at, nextAt })
    if (outcome === 'not-theirs') return ended('withdrawn', null)
    if (outcome.ok) return ended('sent', null)
    const { failure, again, after = 0 } = outcome
    const next = again ? nextTry(notice.attempts + 1, notice.createdAt, at, { urgent, after }) : null
    if (next !== null) return ended('failed-for-now', failure, 'no', next)
    return ended('failed-for-good', failure, failure === 'gone' ? 'gone' : again ? 'no' : 'dead')
  }

  async function handOverAndSettle(notice: ClaimedNotice): Promise<void> {
    const settled = await settle(await handOver(notice))
    tell({ channel: notice.channel, state: settled.state })
    if (notice.alertId !== null) await store.publish('told', notice.alertId).catch(() => {})
  }

  return {
    async drain(round) {
      for (;;) {
        await round()
        const claimed = await claimNotices(office, clock.now() + lease, { urgent, most: batchSize })
        if (claimed === null) return
        // One that cannot be settled now stays claimed, and is taken up again when its lease has run out.
        const ended = await Promise.allSettled(claimed.map(handOverAndSettle))
        const failed = ended.find((one) => one.status === 'rejected')
        if (failed) throw failed.reason
      }
    },
    async untilNext() {
      const at = await nextNoticeAt(store.db, { urgent })
      return at === null ? null : Math.max(0, at - clock.now())
    },
  }
}

/** Lets go of what a process that was killed had in hand, where no other process can have it: the embedded store. */
export async function recoverClaims({ store }: Office): Promise<void> {
  if (store.kind === 'sqlite') await store.write(releaseNotices)
}
