import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { startAlerts } from './alerts/start.ts'
import { startDue } from './casework/due.ts'
import type { Clock, Office } from './casework/office.ts'
import { loadServerKey } from './casework/server-key.ts'
import { setupToken } from './casework/setup-link.ts'
import { systemClock, testClock } from './clock.ts'
import { makeApp } from './http/app.ts'
import { serverOf } from './http/listen.ts'
import { loadSite } from './http/pages/site.ts'
import type { Settings } from './settings.ts'
import { openStore } from './store/open.ts'

const longestGoodbye = 30_000

/** A running server. */
export interface Running {
  readonly office: Office
  /** Where it listens, for a browser on this machine. */
  readonly url: string
  /** What to tell whoever started it. */
  readonly greeting: readonly string[]
  /** Takes no more requests, finishes those in hand, stops what works in the background, closes the store. */
  stop(): Promise<void>
}

/**
 * Opens the store and starts http, alerts and what is due.
 *
 * @throws if the store cannot be opened or the address is taken; the message says which.
 */
export async function serve(settings: Settings, log: Logger): Promise<Running> {
  const moved = settings.testClock ? testClock() : null
  const clock: Clock = moved ?? systemClock
  const store = await openStore(settings.databaseUrl, settings.dataDir)
  const serverKey = await loadServerKey(settings.serverKey, settings.dataDir)
  const hasMail = settings.smtpUrl !== undefined || settings.folderIsRead
  const office: Office = { store, clock, serverKey, hasMail }
  let publicUrl = settings.publicUrl ?? ''
  const alerts = startAlerts(office, {
    smtpUrl: settings.smtpUrl,
    mailFrom: settings.mailFrom,
    vapidSubject: settings.vapidSubject,
    reachPrivate: settings.reachPrivate,
    dataDir: settings.dataDir,
    publicUrl: () => publicUrl,
    log,
  })
  const due = startDue(office, log)
  const app = makeApp(office, {
    secure: settings.publicUrl?.startsWith('https:') ?? false,
    origin: settings.publicUrl,
    publicUrl: () => publicUrl,
    dataDir: settings.dataDir,
    metricsToken: settings.metricsToken,
    testClock: settings.testClock,
    trustProxy: settings.trustProxy,
    mailConfigured: settings.smtpUrl !== undefined,
    readiness: alerts,
    site: await loadSite(join(import.meta.dirname, '..', 'dist')),
    log,
    moveClock:
      moved &&
      (async (now) => {
        moved.set(now)
        await due.runDue()
        await alerts.runDue()
      }),
  })
  const server = serverOf(app)
  await listen(server, settings)
  const url = `http://${settings.host === '127.0.0.1' ? 'localhost' : settings.host}:${(server.address() as AddressInfo).port}`
  publicUrl ||= url
  if (moved)
    log.warn('The clock stands still and anybody can move it (--test-clock). Never run this for real.')
  const token = await setupToken(office)
  return {
    office,
    url,
    greeting: [
      `Bellwether is at ${publicUrl}`,
      ...(token ? [`Set it up here (the link works once): ${publicUrl}/setup#${token}`] : []),
    ],
    stop: async () => {
      app.close()
      // What finishes now is not kept for another request.
      server.keepAliveTimeout = 1
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeIdleConnections()
      // Somebody on a bad line gets their time; somebody who is gone does not keep us from ending.
      const patience = setTimeout(() => server.closeAllConnections(), longestGoodbye)
      await closed
      clearTimeout(patience)
      await due.stop()
      await alerts.stop()
      await store.close()
    },
  }
}

function listen(server: Server, { port, host }: Settings): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE' ? new Error(`Port ${port} is taken. Set PORT to another one.`) : error,
      ),
    )
    server.listen(port, host, resolve)
  })
}
