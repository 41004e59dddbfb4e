import { z } from '@hono/zod-openapi'
import { addUnlocker, removeUnlocker } from '../../casework/change-unlockers.ts'
import type { Office } from '../../casework/office.ts'
import { creationOptions, type Place } from '../../casework/passkeys.ts'
import { Refused } from '../../casework/refused.ts'
import { accountById } from '../../store/accounts.ts'
import type { UnlockerTable } from '../../store/schema.ts'
import { unlockersOf } from '../../store/unlockers.ts'
import type { Routes } from '../endpoint.ts'
import { accountOf } from '../visitor.ts'
import { newUnlocker, passkeyOptions } from './account-shapes.ts'
import { id, instant } from './shapes.ts'

/** A way to sign in, as its holder sees it. */
export const unlockerLine = z
  .object({
    id,
    kind: z.enum(['passkey', 'passphrase', 'recovery']),
    label: z.string(),
    createdAt: instant,
    usedAt: instant.nullable(),
    /** False: it signs in, and does not open the keyring. */
    unlocks: z.boolean(),
  })
  .openapi('Unlocker')

/** A way to sign in, as its holder sees it. */
export type UnlockerLine = z.infer<typeof unlockerLine>

/** Unlockers as their holder sees them. */
export const unlockerLines = (rows: readonly UnlockerTable[]): UnlockerLine[] =>
  rows.map(({ id, kind, label, created_at, used_at, sealed_keyring }) => ({
    id,
    kind,
    label,
    createdAt: created_at,
    usedAt: used_at,
    unlocks: sealed_keyring !== null,
  }))

/** The ways in which whoever is signed in can sign in and unlock. */
export function addUnlockerRoutes(routes: Routes, office: Office, place: Place): void {
  const { store } = office
  routes.endpoint(
    {
      method: 'post',
      path: '/unlockers/passkey/options',
      who: 'account',
      summary: 'What a browser needs to make another passkey; no device is asked twice',
      answer: passkeyOptions,
    },
    async ({ c }) => {
      const account = await accountById(store.db, accountOf(c.get('visitor')).id)
      if (!account) throw new Refused('not-signed-in')
      return creationOptions(office, place, account, await unlockersOf(store.db, account.id))
    },
  )

  routes.endpoint(
    {
      method: 'post',
      path: '/unlockers',
      who: 'account',
      summary: 'Add a way to sign in. A passphrase or recovery kit takes the place of the one before.',
      body: newUnlocker,
      answer: z.object({ id }),
      status: 201,
    },
    async ({ body, c }) => ({ id: await addUnlocker(office, place, accountOf(c.get('visitor')).id, body) }),
  )

  routes.endpoint(
    {
      method: 'delete',
      path: '/unlockers/{unlocker}',
      who: 'account',
      summary: 'Take a way to sign in away',
      params: z.object({ unlocker: id }),
    },
    async ({ params, c }) => {
      await removeUnlocker(office, accountOf(c.get('visitor')).id, params.unlocker)
      return null
    },
  )
}
