import { z } from '@hono/zod-openapi'
import { acceptInvitation, readInvitation } from '../../casework/accept-invitation.ts'
import { invite } from '../../casework/invite.ts'
import type { Office } from '../../casework/office.ts'
import type { Place } from '../../casework/passkeys.ts'
import { revokeInvitation } from '../../casework/revoke-invitation.ts'
import { invitationsOf } from '../../store/invitations.ts'
import { deviceOf, giveSession } from '../device.ts'
import type { Routes } from '../endpoint.ts'
import { type GuardSettings, whoIsSignedIn } from '../guard.ts'
import { memberOf } from '../visitor.ts'
import { email, name, newUnlockers, signedIn } from './account-shapes.ts'
import { id, instant, publicKeys, shortName, signedText } from './shapes.ts'

const ofCommunity = z.object({ community: shortName })
const ofInvitation = z.object({ invitation: id })
const standing = z.enum(['member', 'organizer'])

const newInvitation = z
  .object({
    id,
    standing,
    chair: z.boolean(),
    /** For whom; seen by chairs alone. */
    note: z.string().trim().max(200),
    delegation: signedText,
    replaces: id.nullable(),
  })
  .openapi('NewInvitation')

const invitationLine = z
  .object({
    id,
    standing,
    chair: z.boolean(),
    note: z.string(),
    createdAt: instant,
    expiresAt: instant,
    usedAt: instant.nullable(),
    revokedAt: instant.nullable(),
    replaces: id.nullable(),
  })
  .openapi('InvitationLine')

const invitation = z
  .object({
    community: z.object({ id, shortName, name: z.string(), fingerprint: z.string() }),
    standing,
    replaces: z.object({ id, name: z.string() }).nullable(),
    delegation: signedText,
    directory: z.array(signedText).readonly(),
    invitedBy: z.string(),
    expiresAt: instant,
    now: instant,
  })
  .openapi('Invitation')

const acceptance = z
  .object({
    memberId: id,
    account: z.object({ name, email }).nullable(),
    keys: publicKeys,
    directoryEntry: signedText,
    unlockers: newUnlockers,
  })
  .openapi('Acceptance')

/** An invitation as chairs see it. */
export type InvitationLine = z.infer<typeof invitationLine>
/** An invitation as the holder of its link sees it. */
export type InvitationAnswer = z.infer<typeof invitation>
/** An acceptance as a browser sends it. */
export type AcceptanceBody = z.input<typeof acceptance>

/** Inviting somebody, and accepting. The link is `/console/invitation/{id}#{seed}`; the seed never comes here. */
export function addInvitationRoutes(
  routes: Routes,
  office: Office,
  settings: GuardSettings,
  place: Place,
): void {
  routes.endpoint(
    {
      method: 'post',
      path: '/communities/{community}/invitations',
      who: 'chair',
      summary: 'Invite somebody, for seven days. The same invitation again is one invitation.',
      params: ofCommunity,
      body: newInvitation,
      answer: z.object({ id, expiresAt: instant }),
      status: 201,
    },
    async ({ body, c }) => ({ id: body.id, ...(await invite(office, memberOf(c.get('visitor')), body)) }),
  )

  routes.endpoint(
    {
      method: 'get',
      path: '/communities/{community}/invitations',
      who: 'chair',
      summary: 'Every invitation, newest first',
      params: ofCommunity,
      answer: z.array(invitationLine),
    },
    async ({ c }) => {
      const rows = await invitationsOf(office.store.db, memberOf(c.get('visitor')).community)
      return rows.map((row) => ({
        id: row.id,
        standing: row.standing,
        chair: row.chair === 1,
        note: row.note,
        createdAt: row.created_at,
        expiresAt: row.expires_at,
        usedAt: row.used_at,
        revokedAt: row.revoked_at,
        replaces: row.replaces,
      }))
    },
  )

  routes.endpoint(
    {
      method: 'delete',
      path: '/communities/{community}/invitations/{invitation}',
      who: 'chair',
      summary: 'Take an invitation back',
      params: ofCommunity.extend(ofInvitation.shape),
    },
    async ({ params, c }) => {
      await revokeInvitation(office, memberOf(c.get('visitor')), params.invitation)
      return null
    },
  )

  routes.endpoint(
    {
      method: 'get',
      path: '/invitations/{invitation}',
      who: 'anybody',
      summary: 'What an invitation is for',
      params: ofInvitation,
      answer: invitation,
    },
    ({ params }) => readInvitation(office, params.invitation),
  )

  routes.endpoint(
    {
      method: 'post',
      path: '/invitations/{invitation}/accept',
      who: 'anybody',
      summary:
        'Accept an invitation; signs in. Without unlockers it joins with the account signed in and its keyring.',
      params: ofInvitation,
      body: acceptance,
      answer: signedIn,
      status: 201,
    },
    async ({ params, body, c }) => {
      const account = await whoIsSignedIn(c, office, settings)
      const accepted = { ...body, invitation: params.invitation }
      const begun = await acceptInvitation(
        office,
        place,
        account?.id ?? null,
        accepted,
        deviceOf(c, settings),
      )
      giveSession(c, settings, begun.token)
      return begun.answer
    },
  )
}
