import { z } from '@hono/zod-openapi'
import { announceSignedOut } from '../../casework/announce.ts'
import type { Office } from '../../casework/office.ts'
import { Refused } from '../../casework/refused.ts'
import { endSessionByHandle, sessionsOf } from '../../store/sessions.ts'
import type { Routes } from '../endpoint.ts'
import { sessionIdle } from '../guard.ts'
import { accountOf } from '../visitor.ts'
import { id, instant } from './shapes.ts'

const sessionLine = z
  .object({
    handle: id,
    /** Browser and system, for example `Firefox, Linux`; empty where not known. */
    label: z.string(),
    createdAt: instant,
    seenAt: instant,
    current: z.boolean(),
  })
  .openapi('SessionLine')

/** A session of whoever is signed in. */
export type SessionLine = z.infer<typeof sessionLine>

/** Where somebody is signed in, and signing out there. */
export function addSessionsRoutes(routes: Routes, { store, clock }: Office): void {
  routes.endpoint(
    {
      method: 'get',
      path: '/sessions',
      who: 'account',
      summary: 'Where you are signed in',
      answer: z.array(sessionLine),
    },
    async ({ c }) => {
      const account = accountOf(c.get('visitor'))
      const rows = await sessionsOf(store.db, account.id, clock.now() - sessionIdle)
      return rows.map(({ id, handle, label, created_at, seen_at }) => ({
        handle,
        label,
        createdAt: created_at,
        seenAt: seen_at,
        current: id === account.session,
      }))
    },
  )

  routes.endpoint(
    {
      method: 'delete',
      path: '/sessions/{handle}',
      who: 'account',
      summary: 'Sign out somewhere else',
      params: z.object({ handle: id }),
    },
    async ({ params, c }) => {
      const account = accountOf(c.get('visitor'))
      const ended = await store.write((tx) => endSessionByHandle(tx, account.id, params.handle))
      if (!ended) throw new Refused('not-found')
      await announceSignedOut({ store })
      return null
    },
  )
}
