import type { Context } from 'hono'
import type { Office } from '../casework/office.ts'
import { Refused } from '../casework/refused.ts'
import { alertById, respondersOf } from '../store/alerts.ts'
import { incidentById } from '../store/incidents.ts'
import { accountsHanded } from '../store/readers.ts'
import type { Routes } from './endpoint.ts'
import { type Env, sessionIdle } from './guard.ts'

const heartbeatEvery = 20_000
/** Events a browser may leave unread before it is cut off; it comes back and fetches everything again. */
const mostUnread = 200

/** Event streams that never end by themselves. */
export interface Live {
  close(): void
}

interface Listener {
  readonly account: string
  readonly session: string
  send(text: string): void
  end(): void
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

/**
 * `GET /live`: tells whoever is signed in that a case handed to them, or an alert that they may know of, changed, and
 * nothing of any other (K1). The
 * stream ends with its session, which it does not keep alive.
 */
export function addLiveRoutes(routes: Routes, office: Office): Live {
  const { store, clock } = office
  const listeners = new Set<Listener>()

  const unsubscribe = store.subscribe((topic, payload) => {
    if (listeners.size === 0) return
    if (topic === 'case') tell(payload).catch(() => {})
    if (topic === 'alert') tellOfAlert(payload).catch(() => {})
    if (topic === 'session') endEnded().catch(() => {})
  })
  const heartbeat = setInterval(() => {
    for (const listener of listeners) listener.send(': here\n\n')
    endEnded().catch(() => {})
  }, heartbeatEvery)
  heartbeat.unref()

  async function tell(payload: string): Promise<void> {
    if (listeners.size === 0) return
    const { case: caseId } = JSON.parse(payload) as { case: string }
    const accounts = await accountsHanded(store.db, caseId)
    if (![...listeners].some(({ account }) => accounts.has(account))) return
    const version = (await incidentById(store.db, caseId))?.version
    await sendTo(accounts, `event: case\ndata: ${JSON.stringify({ case: caseId, version })}\n\n`)
  }

  async function tellOfAlert(alertId: string): Promise<void> {
    const alert = await alertById(store.db, alertId)
    if (!alert) return
    const accounts = new Set((await respondersOf(store.db, alert)).map(({ account }) => account))
    await sendTo(accounts, `event: alert\ndata: ${JSON.stringify({ alert: alertId })}\n\n`)
  }

  /** Sends an event to those of some accounts who listen and whose session has not ended. */
  async function sendTo(accounts: ReadonlySet<string>, text: string): Promise<void> {
    const mine = [...listeners].filter(({ account }) => accounts.has(account))
    const here = await sessionsHere(mine)
    for (const listener of mine) {
      if (!here.has(listener.session)) listener.end()
      else listener.send(text)
    }
  }

  async function endEnded(): Promise<void> {
    const all = [...listeners]
    const here = await sessionsHere(all)
    for (const listener of all) if (!here.has(listener.session)) listener.end()
  }

  async function sessionsHere(asked: readonly Listener[]): Promise<Set<string>> {
    if (asked.length === 0) return new Set()
    const rows = await store.db
      .selectFrom('session')
      .select('id')
      .where('id', 'in', [...new Set(asked.map(({ session }) => session))])
      .where('seen_at', '>', clock.now() - sessionIdle)
      .execute()
    return new Set(rows.map(({ id }) => id))
  }

  function stream(account: string, session: string): ReadableStream<Uint8Array> {
    let listener: Listener
    return new ReadableStream<Uint8Array>(
      {
        start(controller) {
          listener = {
            account,
            session,
            send: (text) => {
              if ((controller.desiredSize ?? 0) <= 0) listener.end()
              else controller.enqueue(bytes(text))
            },
            end: () => {
              if (listeners.delete(listener)) controller.close()
            },
          }
          listeners.add(listener)
          listener.send('retry: 3000\n\n')
        },
        cancel: () => {
          listeners.delete(listener)
        },
      },
      new CountQueuingStrategy({ highWaterMark: mostUnread }),
    )
  }

  routes.endpoint(
    {
      method: 'get',
      path: '/live',
      who: 'account',
      summary:
        'Server-sent events: `case` with {case, version} whenever a case handed to me changed, `alert` with {alert} for a call',
    },
    async ({ c }) => {
      const { id, session } = accountOf(c)
      return new Response(stream(id, session), {
        headers: {
          'content-type': 'text/event-stream; charset=utf-8',
          'cache-control': 'no-store',
          'x-accel-buffering': 'no',
        },
      })
    },
  )

  return {
    close() {
      unsubscribe()
      clearInterval(heartbeat)
      for (const listener of [...listeners]) listener.end()
    },
  }
}

function accountOf(c: Context<Env>): { readonly id: string; readonly session: string } {
  const { account } = c.get('visitor')
  if (!account) throw new Refused('not-signed-in')
  return account
}
