import { z } from '@hono/zod-openapi'
import type { FileReport } from '../../casework/file-report.ts'
import { Refused } from '../../casework/refused.ts'
import type { Routes } from '../endpoint.ts'
import { memberOf } from '../visitor.ts'
import { filed, reportBody } from './reports.ts'
import { idempotencyKey, shortName } from './shapes.ts'

const body = reportBody.omit({ receipt: true, uploads: true, notice: true, channel: true }).openapi('Log')

/** What a member logs, as their console sends it. */
export type LogSubmission = z.input<typeof body>

/** What members log themselves: a warning, a presentation that was stopped, something they were told (E1, E4, F2). */
export function addLogRoutes(routes: Routes, fileReport: FileReport): void {
  routes.endpoint(
    {
      method: 'post',
      path: '/communities/{community}/logs',
      who: 'committee',
      summary:
        'Log a warning or something told privately, sealed and signed by me. It comes to those on call.',
      params: z.object({ community: shortName }),
      body,
      answer: filed,
      status: 201,
    },
    ({ body: submission, c }) => {
      const key = idempotencyKey(c.req.header('idempotency-key'))
      if (!key) throw new Refused('key-missing')
      const member = memberOf(c.get('visitor'))
      return fileReport({
        community: member.community,
        channel: 'member',
        by: member.id,
        // Keys of different members never meet.
        key: `${member.id} ${key}`,
        submission: { ...submission, receipt: null, uploads: [], notice: null },
      })
    },
  )
}
