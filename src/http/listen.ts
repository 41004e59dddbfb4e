import type { Server } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import type { App } from './app.ts'

/**
 * How long a connection may rest between two requests, milliseconds. Longer than proxies keep theirs (nginx a minute,
 * Caddy two): whoever gives up first must be the client, or it sends a report into a connection that we are closing,
 * and is told that it was reset.
 */
const restsFor = 125_000

/** A server for the application, not listening yet. */
export function serverOf({ fetch }: Pick<App, 'fetch'>): Server {
  const server = createAdaptorServer({ fetch }) as Server
  server.keepAliveTimeout = restsFor
  return server
}
