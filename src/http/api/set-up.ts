import { z } from '@hono/zod-openapi'
import { Contact } from '../../casework/contact.ts'
import type { Office } from '../../casework/office.ts'
import type { Place } from '../../casework/passkeys.ts'
import { setUpCommunity } from '../../casework/set-up-community.ts'
import { tokenHash } from '../../sealing/receipt.ts'
import { deviceOf, giveSession } from '../device.ts'
import type { Routes } from '../endpoint.ts'
import type { GuardSettings } from '../guard.ts'
import { email, name, newUnlockers } from './account-shapes.ts'
import { id, publicKeys, shortName, signedText } from './shapes.ts'
import { timeZone } from './time-zone.ts'

const body = z
  .object({
    community: z.object({ name, shortName, timeZone, contact: Contact }),
    communityId: id,
    memberId: id,
    founder: z.object({ name, email }),
    keys: publicKeys,
    directoryEntry: signedText,
    recoveryRecipient: z.string().max(2000).nullable(),
    unlockers: newUnlockers,
  })
  .openapi('SetUp')

/** A community as its founder's browser sets it up. */
export type SetUpBody = z.input<typeof body>

/** Setting up a community with the link that the server printed. */
export function addSetUpRoutes(routes: Routes, office: Office, settings: GuardSettings, place: Place): void {
  routes.endpoint(
    {
      method: 'post',
      path: '/set-up',
      who: 'set-up',
      summary: 'Set up a community; signs its founder in. The set-up link is used up.',
      body,
      answer: z.object({ community: shortName }),
      status: 201,
    },
    async ({ body, c }) => {
      const [, token = ''] = (c.req.header('authorization') ?? '').split(' ')
      const founding = { ...body, setupToken: tokenHash(token) }
      const begun = await setUpCommunity(office, place, founding, deviceOf(c, settings))
      giveSession(c, settings, begun.token)
      return begun.answer
    },
  )
}
