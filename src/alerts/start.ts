import { performance } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Office } from '../casework/office.ts'
import { letterWriter } from './letter.ts'
import { openPost, type PostSettings } from './mail.ts'
import { openOutbox, recoverClaims } from './outbox.ts'

const longestWait = 15_000
const stuckAfter = 3 * 60_000
const patience = 5_000
const busy = 0.7
const longestPause = 500

/** What sends notices in the background. */
export interface Alerts {
  /** Hands over everything due by the office's clock; resolves when nothing is. */
  runDue(): Promise<void>
  /** Whether handing over has hung for minutes. A mail server that is away is no reason to take in no reports. */
  stuck(): boolean
  /** Finishes the letters in hand, as far as they take no longer than some seconds, and stops. */
  stop(): Promise<void>
}

/** Starts sending what the outbox holds: at once when something is queued, and later what failed. */
export function startAlerts(office: Office, settings: PostSettings & { readonly log: Logger }): Alerts {
  const { log } = settings
  const post = openPost(settings)
  const outbox = openOutbox(office, post, letterWriter(settings.publicUrl))
  let stopping = false
  let asked = false
  let timer: NodeJS.Timeout | undefined
  let begun: number | null = null
  let turn: Promise<void> = recoverClaims(office).catch(failed)

  const unsubscribe = office.store.subscribe((topic) => {
    if (topic === 'outbox') wake()
  })
  wake()

  /** One turn at a time; a call during a turn makes one more follow. */
  function wake(): void {
    if (asked || stopping) return
    asked = true
    turn = turn.then(async () => {
      asked = false
      if (stopping) return
      clearTimeout(timer)
      await drain(politely()).catch(failed)
      if (stopping || asked) return
      const next = await outbox.untilNext().catch(() => null)
      timer = setTimeout(wake, Math.min(Math.max(next ?? longestWait, 1000), longestWait))
      timer.unref()
    })
  }

  async function drain(giveWay: () => Promise<void>): Promise<void> {
    // Not listening yet, so there is no address for the links.
    if (settings.publicUrl() === '') return
    try {
      await outbox.drain(async () => {
        await giveWay()
        begun = performance.now()
      })
    } finally {
      begun = null
    }
  }

  function failed(error: unknown): void {
    if (!stopping)
      log.error({ failure: (error as Error)?.name ?? 'unknown' }, 'notices could not be handed over')
  }

  return {
    async runDue() {
      const mine = turn.then(() => drain(async () => {}))
      turn = mine.catch(() => {})
      await mine
    },
    stuck: () => begun !== null && performance.now() - begun > stuckAfter,
    async stop() {
      stopping = true
      unsubscribe()
      clearTimeout(timer)
      let limit: NodeJS.Timeout | undefined
      await Promise.race([
        turn,
        new Promise<void>((resolve) => {
          limit = setTimeout(resolve, patience)
        }),
      ])
      clearTimeout(limit)
      post.close()
    },
  }
}

/**
 * Lets requests go first where there are more of them than time: between two rounds of letters it waits several
 * times as long as the round kept this process busy. Where the process is idle, or waits for the mail server, it
 * does not wait.
 */
function politely(): () => Promise<void> {
  let before = performance.eventLoopUtilization()
  return async () => {
    const { active, utilization } = performance.eventLoopUtilization(before)
    if (utilization > busy) await wait(Math.min(active * 4, longestPause), undefined, { ref: false })
    before = performance.eventLoopUtilization()
  }
}
