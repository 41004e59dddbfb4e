import { performance } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Office } from '../casework/office.ts'
import { noticeWriter } from './letter.ts'
import { openPost, type PostSettings } from './mail.ts'
import { type Ended, openOutbox, recoverClaims } from './outbox.ts'
import { openCourier } from './outgoing.ts'
import { noticeSender } from './send.ts'

const longestWait = 15_000
const shortestWait = 1000
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
  /** How many deliveries ended how, since the start, by channel. */
  deliveries(): readonly DeliveryCount[]
  /** Finishes what is in hand, as far as it takes no longer than some seconds, and stops. */
  stop(): Promise<void>
}

export type DeliveryCount = Ended & { readonly count: number }

export interface AlertSettings extends PostSettings {
  /** By whom push services can reach the operator (`mailto:…` or `https://…`); undefined: our own address. */
  readonly vapidSubject: string | undefined
  /** Whether addresses of the operator's own network may be called. */
  readonly reachPrivate: boolean
  readonly log: Logger
}

/**
 * Starts sending what the outbox holds: at once when something is queued, and later what failed. What rings has a
 * lane and connections of its own, so that it waits neither behind a batch of letters nor for requests.
 */
export function startAlerts(office: Office, settings: AlertSettings): Alerts {
  const { publicUrl, vapidSubject } = settings
  const courier = openCourier(settings.reachPrivate)
  const writer = noticeWriter(publicUrl, office.serverKey.open)
  // Push services refuse a subject that is neither mail nor https.
  const subject = (): string =>
    vapidSubject ?? (publicUrl().startsWith('https:') ? publicUrl() : 'mailto:bellwether@localhost')
  const counts = new Map<string, DeliveryCount>()
  const recovered = recoverClaims(office)
  const lanes = [true, false].map((urgent) => {
    const post = openPost(settings)
    const outbox = openOutbox(office, {
      urgent,
      send: noticeSender(office, { post, courier, writer, vapidSubject: subject }),
      ended({ channel, state }) {
        const key = `${channel} ${state}`
        counts.set(key, { channel, state, count: (counts.get(key)?.count ?? 0) + 1 })
      },
    })
    return { post, urgent, ...startLane(office, { outbox, recovered, urgent, settings }) }
  })

  return {
    async runDue() {
      await Promise.all(lanes.map((lane) => lane.runDue()))
    },
    stuck: () => lanes.some((lane) => lane.stuck()),
    deliveries: () => [...counts.values()],
    async stop() {
      await Promise.all(lanes.map((lane) => lane.stop()))
      for (const { post } of lanes) post.close()
      courier.close()
    },
  }
}

interface LaneSettings {
  readonly outbox: ReturnType<typeof openOutbox>
  /** What a killed process had in hand is let go of. */
  readonly recovered: Promise<void>
  readonly urgent: boolean
  readonly settings: AlertSettings
}

/** Hands over what one outbox holds, whenever there is something. */
function startLane(
  { store }: Office,
  { outbox, recovered, urgent, settings }: LaneSettings,
): Pick<Alerts, 'runDue' | 'stuck' | 'stop'> {
  const { log, publicUrl } = settings
  let stopping = false
  let asked = false
  let timer: NodeJS.Timeout | undefined
  let begun: number | null = null
  let turn: Promise<void> = recovered.catch(failed)

  const unsubscribe = store.subscribe((topic) => {
    if (topic !== 'outbox') return
    outbox.stir()
    wake()
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
      await drain(urgent ? atOnce : politely()).catch(failed)
      if (stopping || asked) return
      const next = await outbox.untilNext().catch(() => null)
      timer = setTimeout(wake, Math.min(Math.max(next ?? longestWait, shortestWait), longestWait))
      timer.unref()
    })
  }

  async function drain(giveWay: () => Promise<void>): Promise<void> {
    // Not listening yet, so there is no address for the links.
    if (publicUrl() === '') return
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
      const mine = turn.then(() => drain(atOnce))
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
    },
  }
}

const atOnce = async (): Promise<void> => {}

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
