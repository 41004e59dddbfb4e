import { z } from '@hono/zod-openapi'
import type { Routes } from '../endpoint.ts'

/** With `--test-clock` only: moves the time, and runs everything that has become due before it answers. */
export function addTestClockRoute(routes: Routes, moveTo: ((now: number) => Promise<void>) | null): void {
  routes.endpoint(
    {
      method: 'put',
      path: '/test/clock',
      who: 'test',
      summary: 'Move the test clock (RFC 3339)',
      body: z.object({ now: z.iso.datetime({ offset: true }) }),
    },
    async ({ body }) => {
      await moveTo?.(Date.parse(body.now))
      return null
    },
  )
}
