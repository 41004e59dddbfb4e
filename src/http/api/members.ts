import { z } from '@hono/zod-openapi'
import { changeMember } from '../../casework/change-member.ts'
import type { Office } from '../../casework/office.ts'
import { removeMember } from '../../casework/remove-member.ts'
import { channelsOf, works } from '../../store/channels.ts'
import { readCommittee } from '../../store/committee.ts'
import { everyMember } from '../../store/members.ts'
import { unlockingCounts } from '../../store/unlockers.ts'
import type { Routes } from '../endpoint.ts'
import { memberOf } from '../visitor.ts'
import { id, instant, shortName, signedText } from './shapes.ts'

const ofCommunity = z.object({ community: shortName })
const ofMember = ofCommunity.extend({ member: id })

const memberLine = z
  .object({
    id,
    name: z.string(),
    /** For chairs; null for everybody else. */
    email: z.string().nullable(),
    standing: z.enum(['member', 'organizer']),
    chair: z.boolean(),
    joinedAt: instant,
    /** False: has left. The name stays with what they wrote. */
    active: z.boolean(),
    /** For chairs: how many ways they have to open their keyring. Two are needed to be on call. */
    unlockers: z.int().nullable(),
    /** How many of their channels work; null: has left. Fewer than two are a risk for whoever is on call (D1). */
    channels: z.int().nullable(),
    /** For chairs and for oneself: how many of their channels are dead. */
    deadChannels: z.int().nullable(),
    onCall: z.boolean(),
  })
  .openapi('MemberLine')

const change = z
  .object({ chair: z.boolean().optional(), rotation: z.int().min(0).max(1_000_000).optional() })
  .openapi('MemberChange')

/** Somebody who is or was in a community, as the others see them. */
export type MemberLine = z.infer<typeof memberLine>

/** Who is in a community. */
export function addMemberRoutes(routes: Routes, office: Office): void {
  const { store, clock } = office
  routes.endpoint(
    {
      method: 'get',
      path: '/communities/{community}/members',
      who: 'member',
      summary: 'Everybody who is or was in the community, in the order of the rotation',
      params: ofCommunity,
      answer: z.array(memberLine),
    },
    async ({ c }) => {
      const { id: me, community, chair } = memberOf(c.get('visitor'))
      const rows = await everyMember(store.db, community)
      const pair = (await readCommittee(store.db, community, clock.now()))?.pair
      const accounts = rows.map(({ account_id }) => account_id)
      const unlocking = chair ? await unlockingCounts(store.db, accounts) : new Map<string, number>()
      const channels = await channelsOf(store.db, accounts)
      return rows.map((row) => {
        const theirs = channels.get(row.account_id) ?? []
        const active = row.left_at === null
        return {
          id: row.id,
          name: row.name,
          email: chair && active ? row.email : null,
          standing: row.standing,
          chair: row.chair === 1,
          joinedAt: row.joined_at,
          active,
          unlockers: chair && active ? (unlocking.get(row.account_id) ?? 0) : null,
          channels: active ? theirs.filter((one) => works(one, office.hasMail)).length : null,
          deadChannels:
            active && (chair || row.id === me) ? theirs.filter(({ dead }) => dead === 1).length : null,
          onCall: active && (pair?.primary === row.id || pair?.secondary === row.id),
        }
      })
    },
  )

  routes.endpoint(
    {
      method: 'patch',
      path: '/communities/{community}/members/{member}',
      who: 'chair',
      summary: 'Make a member chair or no longer chair, or move them in the rotation',
      params: ofMember,
      body: change,
    },
    async ({ params, body, c }) => {
      await changeMember(office, memberOf(c.get('visitor')), params.member, body)
      return null
    },
  )

  routes.endpoint(
    {
      method: 'delete',
      path: '/communities/{community}/members/{member}',
      who: 'chair',
      summary: 'Remove a member: signed out at once, and without access to any case',
      params: ofMember,
      body: z.object({ directoryEntry: signedText }),
    },
    async ({ params, body, c }) => {
      await removeMember(office, memberOf(c.get('visitor')), params.member, body.directoryEntry)
      return null
    },
  )
}
