import type { MiddlewareHandler } from 'hono'
import { Counter, collectDefaultMetrics, Registry } from 'prom-client'
import type { Office } from '../casework/office.ts'
import type { Routes } from './endpoint.ts'
import type { Env } from './guard.ts'

/** What `/readyz` asks of the parts that work in the background. */
export interface Readiness {
  /** Whether notices have been waiting far longer than they should. */
  stuck(): Promise<boolean> | boolean
  /** How many deliveries ended how, by channel. */
  deliveries(): readonly { readonly channel: string; readonly state: string; readonly count: number }[]
}

/** Counts of answers by method and status class; never by address, so that no case or community shows. */
export interface Meter {
  readonly registry: Registry
  readonly count: MiddlewareHandler<Env>
}

/** Makes the meter of one server. */
export function makeMeter(): Meter {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const answers = new Counter({
    name: 'bellwether_http_answers_total',
    help: 'Answers by method and status class',
    labelNames: ['method', 'status'],
    registers: [registry],
  })
  return {
    registry,
    count: async (c, next) => {
      await next()
      answers.inc({ method: c.req.method, status: `${Math.floor(c.res.status / 100)}xx` })
    },
  }
}

/** `/healthz` (the process), `/readyz` (it can do its work) and `/metrics`. */
export function addHealthRoutes(routes: Routes, { store }: Office, meter: Meter, readiness: Readiness): void {
  new Counter({
    name: 'bellwether_deliveries_total',
    help: 'Notices handed over, or not, by channel and outcome',
    labelNames: ['channel', 'outcome'],
    registers: [meter.registry],
    collect() {
      this.reset()
      for (const { channel, state, count } of readiness.deliveries())
        this.inc({ channel, outcome: state }, count)
    },
  })
  routes.page('get', '/healthz', 'anybody', (c) => c.text('ok'))
  routes.page('get', '/readyz', 'anybody', async (c) => {
    await store.ready()
    return (await readiness.stuck()) ? c.text('notices are stuck', 503) : c.text('ready')
  })
  routes.page('get', '/metrics', 'operator', async (c) =>
    c.text(await meter.registry.metrics(), 200, { 'content-type': meter.registry.contentType }),
  )
}
