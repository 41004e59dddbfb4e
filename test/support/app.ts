import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { Logger } from 'pino'
import pino from 'pino'
import type { Office } from '../../src/casework/office.ts'
import { type App, type AppSettings, makeApp } from '../../src/http/app.ts'
import { serverOf } from '../../src/http/listen.ts'
import { loadSite, type SiteParts } from '../../src/http/pages/site.ts'
import { type Send, wireTo } from './wire.ts'

let site: Promise<SiteParts> | undefined

/** The web application in this process, behind a real socket. */
export interface ServedApp {
  readonly app: App
  /** `http://localhost:port` */
  readonly origin: string
  readonly send: Send
  stop(): Promise<void>
}

/** Serves the whole application, pages and all (build the browser code first), on a free port of the loopback. */
export async function serveApp(
  office: Office,
  dataDir: string,
  more: Partial<AppSettings> = {},
  log: Logger = pino({ level: 'silent' }),
): Promise<ServedApp> {
  site ??= loadSite(fileURLToPath(new URL('../../dist', import.meta.url)))
  let origin = ''
  const app = makeApp(office, {
    secure: false,
    origin: undefined,
    publicUrl: () => origin,
    dataDir,
    metricsToken: undefined,
    testClock: true,
    trustProxy: false,
    mailConfigured: false,
    readiness: { stuck: () => false, deliveries: () => [] },
    site: await site,
    log,
    moveClock: async () => {},
    ...more,
  })
  const server = serverOf(app)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  origin = `http://localhost:${(server.address() as AddressInfo).port}`
  return {
    app,
    origin,
    send: wireTo(origin),
    stop: async () => {
      app.close()
      server.close()
      server.closeAllConnections()
    },
  }
}
