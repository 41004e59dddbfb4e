import { setTimeout as wait } from 'node:timers/promises'
import { z } from '@hono/zod-openapi'
import type { Office } from '../../casework/office.ts'
import { testMail } from '../../casework/test-mail.ts'
import { noticeKinds, noticeState, recentNotices } from '../../store/outbox.ts'
import type { Routes } from '../endpoint.ts'
import { accountOf, memberOf } from '../visitor.ts'
import { id, instant, shortName } from './shapes.ts'

const params = z.object({ community: shortName })

const noticeLine = z
  .object({
    id,
    notice: z.enum(noticeKinds),
    channel: z.enum(['any', 'mail', 'push', 'ntfy', 'webhook']),
    state: z.enum(['queued', 'sent', 'failed-for-now', 'failed-for-good', 'withdrawn']),
    createdAt: instant,
    sentAt: instant.nullable(),
    attempts: z.int(),
    /** A class of failure, never an address or what a server said. */
    failure: z.string().nullable(),
  })
  .openapi('NoticeLine')

const testAnswer = z
  .object({ sent: z.boolean(), configured: z.boolean(), failure: z.string().nullable() })
  .openapi('MailTest')

/** A notice in the outbox, without address or content. */
export type NoticeLine = z.infer<typeof noticeLine>
/** How a test message fared. */
export type MailTestAnswer = z.infer<typeof testAnswer>

const shown = 100
const patience = 20_000
const pause = 100

/**
 * Whether mail arrives.
 *
 * @param mail - whether a mail server is set.
 */
export function addMailRoutes(routes: Routes, office: Office, mail: { readonly configured: boolean }): void {
  const { store } = office
  routes.endpoint(
    {
      method: 'post',
      path: '/communities/{community}/mail-test',
      who: 'chair',
      summary:
        'Send a test message to yourself, on the way every notice takes; answers when it was handed over',
      params,
      answer: testAnswer,
    },
    async ({ c }) => {
      const visitor = c.get('visitor')
      const notice = await testMail(office, memberOf(visitor), accountOf(visitor).id)
      const { configured } = mail
      for (let waited = 0; waited < patience; waited += pause) {
        const found = await noticeState(store.db, notice)
        if (found?.state === 'sent') return { sent: true, configured, failure: null }
        if (found && found.state !== 'queued') return { sent: false, configured, failure: found.failure }
        await wait(pause)
      }
      return { sent: false, configured, failure: 'slow' }
    },
  )

  routes.endpoint(
    {
      method: 'get',
      path: '/communities/{community}/outbox',
      who: 'chair',
      summary:
        'The newest notices and how they fared; of those about cases, only about cases handed to you (K1)',
      params,
      answer: z.array(noticeLine),
    },
    async ({ c }) => {
      const { community, id: member } = memberOf(c.get('visitor'))
      const rows = await recentNotices(store.db, community, member, shown)
      return rows.map((row) => ({
        id: row.id,
        notice: row.notice as NoticeLine['notice'],
        channel: row.channel,
        state: row.state,
        createdAt: row.created_at,
        sentAt: row.sent_at,
        attempts: row.attempts,
        failure: row.failure,
      }))
    },
  )
}
