import { setTimeout as wait } from 'node:timers/promises'
import type { Office } from '../casework/office.ts'
import {
  type ClaimedNotice,
  claimNotices,
  nextNoticeAt,
  releaseNotices,
  type Settled,
  settleNotices,
} from '../store/outbox.ts'
import { channelKinds } from '../store/schema.ts'
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

/** How long at most nothing is looked for while something is in hand. */
const longestRest = second

/** Hands over what is due, again and again. */
export interface Outbox {
  /** Something may have been queued: one that is handing over looks at once. */
  stir(): void
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
    // The next channel may have it now.
    if (settled.state !== 'sent') stir()
    if (notice.alertId !== null) await store.publish('told', notice.alertId).catch(() => {})
  }

  /** What is in hand: its channel, by the notice's id. */
  const inHand = new Map<string, ClaimedNotice['channel']>()
  const countOf = (kind: ClaimedNotice['channel']): number =>
    [...inHand.values()].filter((other) => other === kind).length
  let failure: unknown
  let stirred = Promise.withResolvers<void>()
  const stir = (): void => stirred.resolve()

  function take(notice: ClaimedNotice): void {
    const { id, channel } = notice
    // Still in hand though its lease has run out.
    if (inHand.has(id)) return
    inHand.set(id, channel)
    handOverAndSettle(notice)
      // One that cannot be settled now stays claimed, and is taken up again when its lease has run out.
      .catch((error) => {
        failure ??= error
      })
      .finally(() => {
        inHand.delete(id)
        if (inHand.size === 0 || countOf(channel) === batchSize / 2) stir()
      })
  }

  /** Until something in hand has ended that makes a difference, something was queued, or something may be due. */
  async function rest(): Promise<void> {
    await Promise.race([stirred.promise, wait(longestRest, undefined, { ref: false })])
    stirred = Promise.withResolvers()
  }

  return {
    stir,
    async drain(round) {
      failure = undefined
      while (failure === undefined) {
        await round()
        // A server that is slow holds up what goes to it, and no other channel.
        const without = channelKinds.filter((kind) => countOf(kind) > batchSize / 2)
        const lane = { urgent, most: batchSize, without }
        const claimed = await claimNotices(office, clock.now() + lease, lane)
        for (const notice of claimed ?? []) take(notice)
        if (claimed !== null) continue
        if (inHand.size === 0) break
        await rest()
      }
      while (inHand.size > 0) await rest()
      if (failure !== undefined) throw failure
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
