import type { Office } from '../casework/office.ts'
import {
  addressFor,
  type ClaimedNotice,
  claimNotices,
  nextNoticeAt,
  releaseNotices,
  type Settled,
  settleNotices,
} from '../store/outbox.ts'
import type { WriteLetter } from './letter.ts'
import type { Post } from './mail.ts'

const second = 1000
const minute = 60 * second
const hour = 60 * minute

const delays = [30 * second, minute, 2 * minute, 5 * minute, 15 * minute, hour]
const giveUpAfter = 48 * hour
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

/**
 * When a notice that failed for now is tried again.
 *
 * @param attempts - tries so far, this one included.
 * @returns the instant, or null: not any more (two days after it was queued).
 */
export function nextTry(attempts: number, createdAt: number, now: number): number | null {
  const at = now + (delays[attempts - 1] ?? hour)
  return at > createdAt + giveUpAfter ? null : at
}

/** The outbox of a store, sent through a post. At least once: a letter is settled only after it was handed over. */
export function openOutbox(office: Office, post: Post, write: WriteLetter): Outbox {
  const { store, clock, serverKey } = office
  const settle = store.gather(async (tx, settled: readonly Settled[]) => {
    await settleNotices(tx, settled)
    return settled
  })

  async function addressOf(notice: ClaimedNotice): Promise<string | null> {
    if (notice.sealedAddress === null) return addressFor(store.db, notice)
    return serverKey.open(notice.sealedAddress)
  }

  async function handOver(notice: ClaimedNotice): Promise<Settled> {
    const ended = (state: Settled['state'], failure: string | null, nextAt?: number): Settled => {
      const at = clock.now()
      return { id: notice.id, state, failure, at, nextAt: nextAt ?? at }
    }
    let address: string | null
    try {
      address = await addressOf(notice)
    } catch (error) {
      // The key that sealed it is gone: no later try can open it.
      if (notice.sealedAddress !== null) return ended('failed-for-good', 'unreadable')
      throw error
    }
    if (address === null) return ended('withdrawn', null)
    const outcome = await post.send(write(notice, address))
    if (outcome.ok) return ended('sent', null)
    const again = outcome.again ? nextTry(notice.attempts + 1, notice.createdAt, clock.now()) : null
    return again === null
      ? ended('failed-for-good', outcome.failure)
      : ended('failed-for-now', outcome.failure, again)
  }

  return {
    async drain(round) {
      for (;;) {
        await round()
        const claimed = await claimNotices(office, clock.now() + lease, batchSize)
        if (claimed.length === 0) return
        // One that cannot be settled now stays claimed, and is taken up again when its lease has run out.
        const ended = await Promise.allSettled(claimed.map(async (notice) => settle(await handOver(notice))))
        const failed = ended.find((one) => one.status === 'rejected')
        if (failed) throw failed.reason
      }
    },
    async untilNext() {
      const at = await nextNoticeAt(store.db)
      return at === null ? null : Math.max(0, at - clock.now())
    },
  }
}

/** Lets go of what a process that was killed had in hand, where no other process can have it: the embedded store. */
export async function recoverClaims({ store }: Office): Promise<void> {
  if (store.kind === 'sqlite') await store.write(releaseNotices)
}
